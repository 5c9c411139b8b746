export { beginRenewal as POST } from "#lib/platform/issuer-renewal.ts";
