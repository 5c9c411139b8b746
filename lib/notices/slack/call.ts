import { LogLevel, WebClient } from "@slack/web-api";
import { faultOfSlack } from "./faults.ts";
import type { SlackSettings } from "./settings.ts";

/** It would print what it sends. */
const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/**
 * Asks Slack once: our queue tries again, not the client. Throws `TryLater` or `GiveUp`; an answer takes 10 seconds at
 * most, or as long as `signal` says.
 */
export async function callSlack<T>(
  { botToken, apiUrl }: SlackSettings,
  signal: AbortSignal,
  run: (slack: WebClient) => Promise<T>,
): Promise<T> {
  const slack = new WebClient(botToken, {
    slackApiUrl: apiUrl,
    allowAbsoluteUrls: false,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    logger: silent,
    fetch: (url, init) =>
      fetch(url, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]) }),
  });
  try {
    return await run(slack);
  } catch (error) {
    throw faultOfSlack(error);
  }
}
