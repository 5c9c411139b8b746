export { backchannelLogout as POST } from "#lib/platform/backchannel-logout.ts";
