import { eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { accounts, subjects } from "#db/schema/directory.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { acceptIn } from "#lib/proposals/decide.ts";
import { propose } from "#lib/proposals/propose.ts";
import { type LetGoInput, proposedHeld } from "./held-schemas.ts";
import { heldSentence } from "./held-words.ts";
import { lapseLate } from "./propose-flags.ts";
import { requireFlagRight } from "./tighten-flag.ts";

/** The person held, as a push and a decision hold them. Refuses with `not_found`. */
async function hold(tx: Transaction, subjectId: string) {
  const [person] = await tx
    .select({
      accountId: subjects.accountId,
      name: subjects.name,
      held: subjects.heldBecause,
      account: accounts.name,
    })
    .from(subjects)
    .innerJoin(accounts, eq(accounts.id, subjects.accountId))
    .where(eq(subjects.id, subjectId))
    .for("no key update", { of: subjects });
  if (!person) refuse("not_found", "Nothing here that you may change.");
  return person;
}

/**
 * A manager asks that somebody is treated as they are now, where what the product proposed was declined or has lapsed.
 * Refuses with `not_allowed`, `not_found`, and `conflict` where nothing is held or it is proposed already.
 */
export const proposeLetGo = (
  ctx: Ctx<StaffActor>,
  { subjectId, reason }: LetGoInput,
): Promise<Result<{ id: string; number: number }>> =>
  transact(ctx, { event: "flag.refused", body: { flag: "held" } }, async (tx) => {
    requireFlagRight(ctx);
    const { accountId, held, name } = await hold(tx, subjectId);
    if (held.length === 0) refuse("conflict", `${name} is treated as they are now already.`);
    await lapseLate(tx, ctx, { accountId, subjectId, flag: "held" });
    return propose(tx, ctx, {
      ...{ kind: "flag", accountId, subjectId, reason },
      ...{ before: { held }, after: { held: [] }, about: `${name}, ${heldSentence(held)}` },
    });
  });

/** Carries it out, once a second manager accepts. Refuses as `acceptIn` does, and with `conflict` where it is not so any more. */
export async function letGoIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  row: { id: string; accountId: string | null; subjectId: string; before: unknown; after: unknown },
  comment: string,
): Promise<{ id: string; number: number }> {
  const { before } = proposedHeld.parse(row);
  const { accountId, held, name } = await hold(tx, row.subjectId);
  const { id, number, reason } = await acceptIn(tx, ctx, row.id, comment, "flag");
  if (accountId !== row.accountId || String([...held].sort()) !== String([...before.held].sort()))
    refuse("conflict", `${name} was changed since. Decline this; it can be proposed anew.`);
  const heldEntryId = await recordAudit(tx, ctx, {
    event: "flag.loosened",
    accountId,
    subjectId: row.subjectId,
    body: {
      what: `${name}: ${heldSentence(held)}`,
      ...{ flag: "held", before: held, after: [], reason, proposal: id },
    },
  });
  await tx
    .update(subjects)
    .set({ heldBecause: [], heldEntryId, updatedAt: sql`clock_timestamp()` })
    .where(eq(subjects.id, row.subjectId));
  return { id, number };
}
