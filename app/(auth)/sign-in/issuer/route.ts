export { beginAtIssuer as POST } from "#lib/platform/issuer-sign-in.ts";
