import { recordRefusal } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { ok, type Refusal, type Result } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { mayApproveInSlack, readWeight } from "#lib/requests/by-button.ts";
import { type RequestView, readRequest } from "#lib/requests/queries.ts";
import { approve } from "#lib/requests/vote.ts";
import type { Vote } from "#lib/vocabulary.ts";
import { callSlack } from "./call.ts";
import { type Asked, denyModal } from "./modal.ts";
import type { SlackSettings } from "./settings.ts";

/** Opens the form for the reason of a denial. Refuses where the person cannot deny, before they have typed anything. */
export async function pressDeny(
  ctx: Ctx<StaffActor>,
  settings: SlackSettings,
  asked: Asked,
  triggerId: string,
): Promise<Result<null>> {
  const open = await openFor(ctx, "deny", asked);
  if (!open.ok) return open;
  // Slack takes the trigger for three seconds after the press.
  await callSlack(settings, AbortSignal.timeout(2000), (slack) =>
    slack.views.open({ trigger_id: triggerId, view: denyModal(open.value) }),
  );
  return ok(null);
}

/** Approves what was asked, in full, where the policy lets a button do that for this request. */
export async function pressApprove(ctx: Ctx<StaffActor>, asked: Asked): Promise<Result<string>> {
  const open = await openFor(ctx, "approve", asked);
  if (!open.ok) return open;
  const { id, minutes, number } = open.value;
  const weight = await readWeight(ctx.db, id);
  if (!weight || !mayApproveInSlack(await currentPolicy(ctx.db), weight))
    return refused(ctx, "approve", asked, {
      code: "not_allowed",
      message: "This one is approved on its page in Alongside. Nothing was recorded here.",
    });
  const decided = await approve(ctx, { ...asked, minutes });
  if (!decided.ok) return decided;
  const more = decided.value.status === "pending" ? " One more approval is needed." : "";
  return ok(`You approved ${requestNumber(number)} for ${minutes} min.${more}`);
}

/** The request of a button, where it is still the one that was shown and this person can decide on it now. */
async function openFor(
  ctx: Ctx<StaffActor>,
  vote: Vote,
  asked: Asked,
): Promise<Result<RequestView>> {
  const request = await readRequest(ctx, asked.requestId);
  const error = !request ? nothing : refusalOf(ctx.actor, request, asked.ask);
  if (error || !request) return refused(ctx, vote, asked, error ?? nothing);
  return ok(request);
}

const nothing: Refusal = { code: "not_found", message: "Nothing here that you may decide." };

function refusalOf(
  reader: StaffActor,
  request: RequestView & { canDecide: boolean },
  ask: string,
): Refusal | null {
  if (request.ask !== ask)
    return {
      code: "conflict",
      message: "This is not the request that you were shown. Read it again in Alongside.",
    };
  if (request.actor.id === reader.id)
    return {
      code: "own_request",
      message: "You cannot decide on your own request. Another manager can.",
    };
  if (request.status !== "pending")
    return { code: "already_decided", message: endedWords(request) };
  if (request.votes.some(({ by }) => by.id === reader.id))
    return { code: "already_decided", message: "You have decided on this already." };
  return request.canDecide
    ? null
    : { code: "not_approver", message: "You cannot decide on this request. Others can." };
}

/** Who decided and what, to somebody who comes late. */
function endedWords(request: RequestView): string {
  const which = requestNumber(request.number);
  const last = request.votes.at(-1);
  if (request.status === "cancelled")
    return `${request.actor.name} took ${which} back. Nothing was recorded.`;
  if (request.status === "lapsed")
    return `${which} has lapsed${last ? "" : ": nobody decided in time"}. Nothing was recorded.`;
  if (!last) return `${which} was closed before you decided. Nothing was recorded.`;
  const how = last.vote === "deny" ? `denied ${which}: “${last.comment}”` : `approved ${which}`;
  return `${last.by.name} ${how}. Nothing was recorded of yours.`;
}

async function refused(
  ctx: Ctx<StaffActor>,
  vote: Vote,
  { requestId }: Asked,
  error: Refusal,
): Promise<Result<never>> {
  await recordRefusal(ctx, { event: "vote.refused", requestId, body: { vote } }, error);
  return { ok: false, error };
}
