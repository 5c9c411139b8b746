import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { policyVersions } from "#db/schema/policy.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { proposalNumber } from "#lib/kernel/ids.ts";
import { ok, type Refusal, type Result } from "#lib/kernel/result.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { whoMayDecide } from "#lib/proposals/others.ts";
import { type ChangedPolicy, changePolicy } from "./change-policy.ts";
import { type Difference, differences } from "./differences.ts";
import { fieldWords } from "./field-words.ts";
import { bodyOf, changedSince } from "./form.ts";
import { isRowList, one, rowsIn, type Typed, withoutRow, withRow } from "./form-rows.ts";
import { loosens } from "./loosens.ts";
import { currentPolicy, type PolicyBody, policyBody } from "./policy.ts";
import { type Effect, readEffects } from "./preview.ts";
import { policyReason } from "./schemas.ts";

export type Preview = {
  changes: (Difference & { isLooser: boolean })[];
  effects: Effect[];
  /** The names of the fields that a second person is asked for. */
  looser: string[];
  /** Who could be that person. */
  seconds: string[];
  /** What was looked at: another body is looked at anew. */
  mark: string;
};
export type Edited =
  | { step: "edit"; typed: Typed }
  | { step: "preview"; typed: Typed; preview: Preview }
  | { step: "done"; version: number | null; isAhead: boolean; proposal: string | null };

/**
 * One step of a change of policy, as its form sends it: a row more or less, a look at what it would come to, or saving
 * what was looked at. Refuses with `invalid` and fields, and as `changePolicy` does.
 */
export async function editPolicy(ctx: Ctx<StaffActor>, typed: Typed): Promise<Result<Edited>> {
  const [does, list = "", row = ""] = one(typed.do).split(":");
  if (does === "add" && isRowList(list)) return ok({ step: "edit", typed: withRow(typed, list) });
  if (does === "drop" && isRowList(list))
    return ok({ step: "edit", typed: withoutRow(typed, list, row) });

  const now = await currentPolicy(ctx.db);
  const seen = await bodyOfVersion(ctx, Number(one(typed.seen)));
  const read = bodyOf(typed, seen ?? now);
  if (!read.ok) return refused(read.fields);
  const doubled = sameReasonTwice(typed, read.body);
  if (doubled) return refused(doubled);
  const body = seen ? changedSince(read.body, seen, now) : read.body;
  const preview = await look(ctx, now, body);
  if (preview.changes.length === 0)
    return {
      ok: false,
      error: { code: "invalid", message: "Nothing is different from the policy in force." },
    };
  const follows = Number(one(typed.follows));
  // Who lost a race is told so, and not only shown another look.
  const isOvertaken = follows !== now.version;
  if (does !== "save" || (one(typed.mark) !== preview.mark && !isOvertaken))
    return ok({ step: "preview", typed, preview });

  const reason = policyReason.safeParse(one(typed.reason));
  const from = await dayOf(ctx, one(typed.from), now.zone);
  const fields = {
    ...(reason.success ? {} : { reason: reason.error.issues[0]?.message ?? "Say why." }),
    ...(from instanceof Date || from === null ? {} : { from: from.wrong }),
  };
  if (!reason.success || !(from instanceof Date || from === null)) return refused(fields);
  const changed = await changePolicy(ctx, { follows, body, from, reason: reason.data });
  if (!changed.ok) return { ok: false, error: await withNews(ctx, changed.error, follows) };
  return ok(doneBy(changed.value, await serverTime(ctx)));
}

const doneBy = (changed: ChangedPolicy, now: Date): Edited => ({
  step: "done",
  version: changed.how === "changed" ? changed.version : null,
  isAhead: changed.how === "changed" && changed.inForceFrom > now,
  proposal: changed.how === "proposed" ? proposalNumber(changed.number) : null,
});

const refused = (fields: Record<string, string>): { ok: false; error: Refusal } => {
  const count = Object.keys(fields).length;
  const message =
    count === 1 ? "One answer needs another look." : `${count} answers need another look.`;
  return { ok: false, error: { code: "invalid", message, fields } };
};

/** A category has one basis. */
function sameReasonTwice(typed: Typed, body: PolicyBody): Record<string, string> | null {
  const at = body.reasons.findIndex(
    ({ category }, i) => body.reasons.findIndex((other) => other.category === category) < i,
  );
  if (at < 0) return null;
  return {
    [`reasons.${rowsIn(typed, "reasons")[at] ?? at}.category`]: "This reason is there already.",
  };
}

async function look(ctx: Ctx<StaffActor>, now: PolicyBody, body: PolicyBody): Promise<Preview> {
  const loose = new Set(loosens(now, body));
  return {
    changes: differences(now, body).map((change) => ({
      ...change,
      isLooser: loose.has(change.field),
    })),
    effects: await readEffects(ctx.db, now, body),
    looser: [...loose].map((field) => fieldWords[field].name),
    seconds: await whoMayDecide(ctx.db, {
      kind: "policy",
      proposedBy: ctx.actor.id,
      staffId: null,
    }),
    mark: createHash("sha256").update(JSON.stringify(body)).digest("base64url").slice(0, 22),
  };
}

async function bodyOfVersion({ db }: Ctx, version: number): Promise<PolicyBody | null> {
  if (!Number.isInteger(version) || version < 0 || version > 2_000_000_000) return null;
  const [row] = await db
    .select({ body: policyVersions.body })
    .from(policyVersions)
    .where(eq(policyVersions.version, version));
  return row ? policyBody.parse(row.body) : null;
}

/** When a day begins where the company is; null: at once. */
async function dayOf(
  ctx: Ctx,
  day: string,
  zone: string,
): Promise<Date | null | { wrong: string }> {
  if (day === "") return null;
  const wrong = "Choose a day after today, or none for at once.";
  if (!/^20\d\d-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) return { wrong };
  const { rows } = await ctx.db.execute<{ at: string }>(
    sql`select (${day}::date::timestamp at time zone ${zone})::text as at`,
  );
  const at = new Date(rows[0]?.at ?? "");
  return at > (await serverTime(ctx)) ? at : { wrong };
}

/** Who lost a race reads what is different by now. */
async function withNews(ctx: Ctx, error: Refusal, follows: number): Promise<Refusal> {
  if (error.code !== "policy_changed") return error;
  const seen = await bodyOfVersion(ctx, follows);
  const now = await currentPolicy(ctx.db);
  const news = seen ? differences(seen, now) : [];
  const told = news
    .slice(0, 5)
    .map(({ what, before, after }) => `${what}: ${before || "nothing"} → ${after || "nothing"}.`);
  const message = [error.message, ...told, news.length > 5 ? `And ${news.length - 5} more.` : ""];
  return {
    ...error,
    message: message.filter((part) => part !== "").join(" "),
    detail: { version: now.version },
  };
}
