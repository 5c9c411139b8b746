import type { Issuer } from "#lib/oauth/issuer.ts";
import { env } from "./env.ts";

/** This installation as an authorization server: its configured URL and keys. */
export const issuer = (): Issuer => ({
  url: new URL(env().ALONGSIDE_URL).origin,
  keys: env().ALONGSIDE_SIGNING_KEYS,
});
