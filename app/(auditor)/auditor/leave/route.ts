export { leaveAsGuest as POST } from "#lib/platform/guest-door.ts";
