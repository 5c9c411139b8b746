import type { Result } from "#lib/kernel/result.ts";

/** What a form of Slack's gets where the installation has no Slack app: no page of ours offers one then. */
export const notSetUp: Result<never> = {
  ok: false,
  error: { code: "not_found", message: "This installation has no Slack app." },
};
