import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { log } from "./log.ts";
import type { SignOn } from "./sign-on-settings.ts";

/** What the company's issuer says of itself (OpenID Connect Discovery 1.0, section 3). */
export type IssuerMetadata = z.infer<typeof metadata>;

const address = z.url({ protocol: /^https?$/ });
const metadata = z.object({
  issuer: z.string(),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  userinfo_endpoint: address.optional(),
  end_session_endpoint: address.optional(),
  /** Absent means: basic (section 3). */
  token_endpoint_auth_methods_supported: z.array(z.string()).default(["client_secret_basic"]),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
});

const PATIENCE_MS = 5_000;
const KEPT_MS = 300_000;

type Kept = { of: string; metadata: IssuerMetadata; keys: JWTVerifyGetKey; readAt: number };
// On globalThis, since the bundles of one process do not share their modules.
const held = globalThis as typeof globalThis & { alongsideIssuer?: Kept };

/** Fetches from the issuer. @throws when it does not answer within 5 s; redirects are not followed. */
export const askIssuer = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) });

/**
 * The issuer's metadata and keys, read now or at most five minutes ago; null when it does not answer, or answers as
 * somebody else. `fresh`: asked now, so that nobody is sent to an issuer that is down.
 */
export async function readIssuer(signOn: SignOn, fresh = false): Promise<Kept | null> {
  const kept = held.alongsideIssuer;
  if (!fresh && kept?.of === signOn.issuer && Date.now() - kept.readAt < KEPT_MS) return kept;
  try {
    const answer = await askIssuer(
      `${withoutSlash(signOn.issuer)}/.well-known/openid-configuration`,
      {
        headers: { accept: "application/json" },
      },
    );
    const read = metadata.parse(answer.ok ? await answer.json() : null);
    requireSame(signOn.issuer, read);
    const keys =
      kept?.metadata.jwks_uri === read.jwks_uri
        ? kept.keys
        : createRemoteJWKSet(new URL(read.jwks_uri), { timeoutDuration: PATIENCE_MS });
    held.alongsideIssuer = { of: signOn.issuer, metadata: read, keys, readAt: Date.now() };
    return held.alongsideIssuer;
  } catch (error) {
    log().error({ issuer: signOn.issuer, why: nameOf(error) }, "the issuer does not answer");
    return null;
  }
}

const withoutSlash = (url: string): string => url.replace(/\/$/, "");

/** Section 4.3: whoever answers must be whom we asked, and must not lead off https. */
function requireSame(issuer: string, read: IssuerMetadata): void {
  if (withoutSlash(read.issuer) !== withoutSlash(issuer)) throw new Error("another issuer answers");
  const endpoints = [read.authorization_endpoint, read.token_endpoint, read.jwks_uri];
  endpoints.push(
    ...[read.userinfo_endpoint, read.end_session_endpoint].filter((one) => one !== undefined),
  );
  if (issuer.startsWith("https:") && endpoints.some((url) => !url.startsWith("https:")))
    throw new Error("an endpoint is not https");
}

/** Never the message of what failed: it may hold an answer of the issuer. */
const nameOf = (error: unknown): string => {
  if (error instanceof z.ZodError)
    return `metadata: ${error.issues.map(({ path }) => path.join(".")).join(", ")}`;
  if (!(error instanceof Error)) return "unknown";
  return error.constructor === Error ? error.message : error.name;
};
