import { recordRefusal } from "#lib/audit/transact.ts";
import type { AnonymousActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Refusal, type Result } from "#lib/kernel/result.ts";
import { spendToken } from "#lib/limits/spend-token.ts";
import { denySchema } from "#lib/requests/schemas.ts";
import { deny } from "#lib/requests/vote.ts";
import { GiveUp, TryLater } from "../message.ts";
import { actionIds } from "./blocks.ts";
import { callSlack } from "./call.ts";
import { slackChannel } from "./channel.ts";
import { linkActionId } from "./link/ask.ts";
import { closeAskedLinks } from "./link/close.ts";
import { confirmSlackLink } from "./link/confirm.ts";
import { readMember } from "./member.ts";
import { askedIn, denyModalId, reasonId, saysModal } from "./modal.ts";
import { type Member, memberOf, type Press, readPayload, type Submission } from "./payload.ts";
import { pressApprove, pressDeny } from "./press.ts";
import type { SlackSettings } from "./settings.ts";
import { type SignedRequest, signatureFault } from "./signature.ts";
import { escaped, plain } from "./text.ts";

/** What Slack is answered, and what is still to be told to who pressed, after the answer: it has to come within 3 s. */
export type Answer = { body: object | null; later: (() => Promise<void>) | null };
const noted: Answer = { body: null, later: null };

/**
 * A press or a form that Slack brings (docs.slack.dev/interactivity). Refuses with `not_allowed` what Slack did not sign
 * within five minutes, or brought before; with `invalid` what is none. Whoever pressed is told kindly what came of it.
 */
export async function interact(
  ctx: Ctx<AnonymousActor>,
  settings: SlackSettings,
  request: SignedRequest,
  at: Date,
): Promise<Result<Answer>> {
  const fault = signatureFault(settings.signingSecret, request, at);
  if (fault || !request.signature) return refusedCall(ctx, signatureWords[fault ?? "missing"]);
  // Kept for longer than the signature is taken for, whatever the two clocks say.
  const goodUntil = new Date(at.getTime() + 15 * 60_000);
  const isNew = await spendToken(ctx.db, { issuer: "slack", jti: request.signature, goodUntil });
  if (!isNew) return refusedCall(ctx, "This was brought before.");
  const payload = readPayload(request.body);
  const member = payload && memberOf(payload);
  if (!payload || !member) return ok(noted);
  // Where they pressed is Slack's to say; the servers that it is brought from say nothing of the person.
  const from = { ...ctx, ip: null };
  return ok(
    payload.type === "block_actions"
      ? await pressed(from, settings, payload, member)
      : await submitted(from, payload, member),
  );
}

const signatureWords = {
  missing: "There is no signature of Slack's.",
  wrong: "The signature is not Slack's.",
  stale: "The signature is too old, or of a time to come.",
} as const;

async function refusedCall(ctx: Ctx<AnonymousActor>, message: string): Promise<Result<never>> {
  const error: Refusal = { code: "not_allowed", message };
  await recordRefusal(ctx, { event: "slack.refused" }, error);
  return { ok: false, error };
}

async function pressed(
  ctx: Ctx<AnonymousActor>,
  settings: SlackSettings,
  press: Press,
  member: Member,
): Promise<Answer> {
  const [action] = press.actions;
  const isOurs =
    action?.action_id === actionIds.deny ||
    action?.action_id === actionIds.approve ||
    action?.action_id === linkActionId;
  // A button that only leads to a page is told of too.
  if (!action || !isOurs) return noted;
  const tell = (text: string): Answer => ({
    body: null,
    later: () => sayTo(settings, press, member, text),
  });
  if (action.action_id === linkActionId) {
    const linked = await confirmSlackLink(ctx, member, action.value ?? "");
    const words = linked.ok
      ? `You are ${linked.value.name} in Alongside. Requests that you can decide on reach you here.`
      : linked.error.message;
    const later = async () => {
      await sayTo(settings, press, member, words);
      await closeAskedLinks(ctx.db, slackChannel(settings));
    };
    return { body: null, later };
  }
  const known = await knownAs(ctx, member);
  if (!known.ok) return tell(known.error.message);
  const asked = askedIn(action.value);
  if (!asked) return tell("This button decides nothing. Nothing was recorded.");
  if (action.action_id === actionIds.approve) {
    const approved = await pressApprove(known.value, asked);
    return tell(approved.ok ? approved.value : approved.error.message);
  }
  try {
    const opened = await pressDeny(known.value, settings, asked, press.trigger_id);
    return opened.ok ? noted : tell(opened.error.message);
  } catch (error) {
    if (!(error instanceof GiveUp || error instanceof TryLater)) throw error;
    return tell("Slack did not open the form. Press again, or deny it on its page in Alongside.");
  }
}

/** The reason for a denial was typed: the denial is recorded, or the form says why not. */
async function submitted(
  ctx: Ctx<AnonymousActor>,
  { view }: Submission,
  member: Member,
): Promise<Answer> {
  const says = (text: string): Answer => ({
    body: { response_action: "update", view: saysModal("Not denied", text) },
    later: null,
  });
  if (view.callback_id !== denyModalId) return noted;
  const known = await knownAs(ctx, member);
  if (!known.ok) return says(known.error.message);
  const asked = askedIn(view.private_metadata);
  if (!asked) return says("This form decides nothing. Nothing was recorded.");
  const comment = view.state.values[reasonId]?.[reasonId]?.value ?? "";
  const input = denySchema.safeParse({ ...asked, comment });
  if (!input.success) {
    const message = input.error.issues[0]?.message ?? "Say why.";
    return {
      body: { response_action: "errors", errors: { [reasonId]: message } },
      later: null,
    };
  }
  const denied = await deny(known.value, input.data);
  return denied.ok ? noted : says(denied.error.message);
}

async function knownAs(ctx: Ctx<AnonymousActor>, member: Member): Promise<Result<Ctx<StaffActor>>> {
  const read = await readMember(ctx.db, member);
  if (read.ok) return ok({ ...ctx, actor: read.actor });
  const body = { slack_team: member.teamId, slack_user: member.userId };
  const by = read.staffId
    ? { ...ctx, actor: { kind: "system" as const, part: "sign_in" as const } }
    : ctx;
  await recordRefusal(by, { event: "slack.refused", actorId: read.staffId, body }, read.error);
  return read;
}

/** Seen by this person only, beside the message. What Slack does not take is not said: nothing hangs on it. */
async function sayTo(
  settings: SlackSettings,
  { channel }: Press,
  { userId }: Member,
  text: string,
): Promise<void> {
  if (!channel) return;
  const message = {
    channel: channel.id,
    user: userId,
    text: escaped(text),
    blocks: [{ type: "section" as const, text: plain(text, 3000) }],
  };
  await callSlack(settings, AbortSignal.timeout(8000), (slack) =>
    slack.chat.postEphemeral(message),
  ).catch((error: unknown) => {
    if (!(error instanceof GiveUp || error instanceof TryLater)) throw error;
  });
}
