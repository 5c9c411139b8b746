export { slackInteraction as POST } from "#lib/platform/slack-endpoint.ts";
