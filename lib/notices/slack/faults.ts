import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from "@slack/web-api";
import { GiveUp, TryLater } from "../message.ts";

/** Of Slack's errors (docs.slack.dev/reference/methods), those that pass by themselves. */
const passing = [
  "ratelimited",
  "rate_limited",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
];

const token = "Slack does not take the bot token any more. Put a new one into SLACK_BOT_TOKEN.";
const noPlace = "Slack knows no such person or channel, or they have left.";
const words: Record<string, string> = {
  invalid_auth: token,
  not_authed: token,
  token_revoked: token,
  token_expired: token,
  account_inactive: token,
  no_permission: "The Slack app lacks a right. Compare its scopes with docs/slack.md.",
  missing_scope: "The Slack app lacks a right. Compare its scopes with docs/slack.md.",
  channel_not_found: noPlace,
  user_not_found: noPlace,
  users_not_found: noPlace,
  user_disabled: "This person's Slack account is deactivated.",
  user_not_visible: noPlace,
  cannot_dm_bot: "That is a bot of Slack's, not a person.",
  not_in_channel: "The app is not in this channel. Invite it there: /invite @Alongside",
  is_archived: "This Slack channel is archived.",
  restricted_action: "The company's Slack lets the app not write there.",
  message_not_found: "The message is not there any more.",
  cant_update_message: "Slack does not let this message be changed any more.",
  edit_window_closed: "Slack does not let this message be changed any more.",
  invalid_blocks: "Slack could not show this message.",
  msg_too_long: "Slack could not show this message: it is too long.",
};

/** What an error of Slack's client means for a message on its way: a later try, or none. Holds nothing of what was sent. */
export function faultOfSlack(error: unknown): TryLater | GiveUp {
  if (error instanceof WebAPIRateLimitedError)
    return new TryLater(error.retryAfter, "Slack asks to be left alone for a while.");
  if (error instanceof WebAPIPlatformError) {
    const { error: code } = error.data;
    // Where what came is no answer of the Web API's, the client has all of it here.
    if (!/^\w{1,60}$/.test(code)) return new TryLater(null, "Slack did not answer.");
    if (passing.includes(code)) return new TryLater(null, `Slack has a fault: ${code}.`);
    return new GiveUp(words[code] ?? `Slack refused it: ${code}.`);
  }
  if (error instanceof WebAPIHTTPError) {
    const { statusCode } = error;
    const passes = statusCode >= 500 || statusCode === 408 || statusCode === 429;
    if (!passes) return new GiveUp(`Slack answered ${statusCode}. Is SLACK_API_URL right?`);
    return new TryLater(null, `Slack answered ${statusCode}.`);
  }
  // No answer, none in time, or one that is no answer of the Web API's.
  return new TryLater(null, "Slack did not answer.");
}
