export { issuerCallback as GET } from "#lib/platform/issuer-callback.ts";
