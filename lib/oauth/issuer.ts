import type { SigningKeys } from "./keys.ts";

/** Who we are as an authorization server: the configured URL, never the Host header (RFC 8414 §2, RFC 9207). */
export type Issuer = { url: string; keys: SigningKeys };

/** An error of RFC 6749 §5.2, as a value. */
export type OAuthError = { error: string; error_description: string };
