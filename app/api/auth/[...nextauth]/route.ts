import { authHandler } from "#lib/platform/auth.ts";

export { authHandler as GET, authHandler as POST };
