import { env } from "./env.ts";
import { isHttps } from "./session-cookie.ts";

const development = process.env.NODE_ENV === "development";

/**
 * The Content Security Policy of the panel (DESIGN §6). Forms may lead to ourselves, to the products and to
 * the company's issuer, since browsers hold redirects after a form to `form-action` too.
 */
export function contentSecurityPolicy(nonce: string, products: readonly string[]): string {
  const { ALONGSIDE_URL, signOn } = env();
  const own = [ALONGSIDE_URL, ...(signOn ? [signOn.issuer] : [])];
  const origins = [...own.map((url) => new URL(url).origin), ...products];
  // React's development build evaluates strings for its stacks.
  const evaluated = development ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluated}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // Positions of pop-ups and widths of bars are style attributes; they run nothing.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self' ${[...new Set(origins)].join(" ")}`,
    "frame-ancestors 'none'",
  ].join("; ");
}

/** What every answer carries besides, as pairs of name and value. */
export const securityHeaders = (): [string, string][] => [
  ["referrer-policy", "strict-origin-when-cross-origin"],
  ["x-content-type-options", "nosniff"],
  ["permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"],
  ["x-frame-options", "DENY"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["cross-origin-embedder-policy", "require-corp"],
  ["x-permitted-cross-domain-policies", "none"],
  ["x-robots-tag", "noindex, nofollow"],
  // Whether its subdomains have https too is not ours to say.
  ...(isHttps() ? [["strict-transport-security", "max-age=31536000"] as [string, string]] : []),
];
