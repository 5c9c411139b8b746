import type { FlagValue } from "#lib/directory/flag-rules.ts";
import { proposedFlag } from "#lib/directory/flag-schemas.ts";
import { proposedHeld } from "#lib/directory/held-schemas.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { whoMayDecide } from "#lib/proposals/others.ts";
import { readOpenOf } from "#lib/proposals/queries.ts";
import { otherwise } from "#lib/proposals/rules.ts";
import type { Flag } from "#lib/vocabulary.ts";

/** What waits about a flag of an account, or of one of its people. */
export type OpenProposal = {
  number: number;
  flag: Flag;
  before: FlagValue;
  after: FlagValue;
  proposedBy: string;
  /** “Ansel Dray can.” */
  whoCan: string;
};

/** What waits about how a person is treated since before. */
export type OpenHeld = Pick<OpenProposal, "number" | "proposedBy" | "whoCan">;

export async function openHeld(
  ctx: Ctx<StaffActor>,
  accountId: string,
  subjectId: string,
): Promise<OpenHeld | null> {
  const rows = await readOpenOf(ctx, { accountId });
  const row = rows.find(
    (one) => one.subjectId === subjectId && proposedHeld.safeParse(one).success,
  );
  if (!row) return null;
  const whoCan = otherwise({ kind: "flag", others: await whoMayDecide(ctx.db, row) });
  return { number: row.number, proposedBy: row.proposedByName, whoCan };
}

export async function openProposals(
  ctx: Ctx<StaffActor>,
  accountId: string,
  subjectId: string | null,
): Promise<OpenProposal[]> {
  const rows = await readOpenOf(ctx, { accountId });
  const own = rows.filter((row) => row.kind === "flag" && row.subjectId === subjectId);
  const found = await Promise.all(
    own.map(async (row) => {
      const proposed = proposedFlag.safeParse(row);
      if (!proposed.success) return [];
      const { before, after } = proposed.data;
      const others = await whoMayDecide(ctx.db, row);
      const open: OpenProposal = {
        ...{ number: row.number, flag: after.flag, before: before.value, after: after.value },
        proposedBy: row.proposedByName,
        whoCan: otherwise({ kind: "flag", others }),
      };
      return [open];
    }),
  );
  return found.flat();
}
