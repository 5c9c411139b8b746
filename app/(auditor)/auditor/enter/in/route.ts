export { enterAsGuest as POST } from "#lib/platform/guest-door.ts";
