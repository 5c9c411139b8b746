import { after } from "next/server";
import { recordRefusal } from "#lib/audit/transact.ts";
import { type Refusal, Refused } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
import { interact } from "#lib/notices/slack/interact.ts";
import { json, notFoundProblem, refusalProblem } from "./api.ts";
import { env } from "./env.ts";
import { answered } from "./out-of-reach.ts";
import { receivedText, refusedType } from "./received.ts";
import { anonymousCtx } from "./request.ts";

/** Bytes of a press with the message that it is on; ours are under 20 KiB. */
const largest = 256 << 10;

/**
 * Presses and forms that Slack brings. It takes no cookie: Slack's signature says whose press it is. 200, empty or with
 * what Slack is to show; 401 where the signature is not good, 404 where there is no Slack app.
 */
export const slackInteraction = answered(async (request: Request): Promise<Response> => {
  const { slack } = env();
  if (!slack) return notFoundProblem();
  const ctx = anonymousCtx(request.headers);
  const often = await limited(ctx, "slack_from_source");
  if (often) return refusalProblem(often);
  const wrongType = refusedType(request, "application/x-www-form-urlencoded");
  if (wrongType) return refused(wrongType);
  const body = await bodyOf(request);
  if (typeof body !== "string") return refused(body);
  const answer = await interact(
    ctx,
    slack,
    {
      timestamp: request.headers.get("x-slack-request-timestamp"),
      signature: request.headers.get("x-slack-signature"),
      body,
    },
    new Date(),
  );
  if (!answer.ok) return refusalProblem({ ...answer.error, code: "not_signed_in" });
  const { body: shown, later } = answer.value;
  if (later) after(later);
  return shown ? json(shown) : new Response(null, { headers: { "cache-control": "no-store" } });

  async function refused(refusal: Refusal): Promise<Response> {
    await recordRefusal(ctx, { event: "slack.refused" }, refusal);
    return refusalProblem(refusal);
  }
});

async function bodyOf(request: Request): Promise<string | Refusal> {
  try {
    return await receivedText(request, largest);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}
