import { z } from "zod";
import type { SlackSettings } from "#lib/notices/slack/settings.ts";

const loopback = ["localhost", "127.0.0.1", "[::1]"];

const settings = z.object({
  SLACK_BOT_TOKEN: z.string().regex(/^xox[a-z]-\S+$/, "is no token of a Slack app"),
  SLACK_SIGNING_SECRET: z.string().min(16, "is shorter than 16 characters"),
  /** For tests: Slack's own is where Slack is. */
  SLACK_API_URL: z
    .string()
    .refine(isApi, "is not an https address that ends in / (http is for loopback only)")
    .default("https://slack.com/api/"),
});

function isApi(value: string): boolean {
  const url = URL.parse(value);
  const isSafe =
    url?.protocol === "https:" || (url?.protocol === "http:" && loopback.includes(url.hostname));
  return isSafe && value.endsWith("/");
}

/**
 * Reads the company's Slack app out of the environment: null when none of its variables is set, or each fault as the
 * variable's name and what is wrong with it, never its value.
 */
export function readSlack(
  variables: Record<string, string | undefined>,
): { slack: SlackSettings | null } | { faults: { name: string; message: string }[] } {
  const names = Object.keys(settings.shape);
  const given = Object.fromEntries(
    names.flatMap((name) => (variables[name] ? [[name, variables[name]]] : [])),
  );
  if (Object.keys(given).length === 0) return { slack: null };
  const parsed = settings.safeParse(given);
  if (!parsed.success)
    return {
      faults: parsed.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        return { name, message: name in given ? message : "is not set" };
      }),
    };
  const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL } = parsed.data;
  return {
    slack: {
      botToken: SLACK_BOT_TOKEN,
      signingSecret: SLACK_SIGNING_SECRET,
      apiUrl: SLACK_API_URL,
    },
  };
}

/** The same settings for a child process. */
export const slackVariables = (slack: SlackSettings | null): Record<string, string> =>
  slack
    ? {
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: slack.apiUrl,
      }
    : {};
