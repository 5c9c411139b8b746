import type { FlagValue } from "#lib/directory/flag-rules.ts";
import { proposedFlag } from "#lib/directory/flag-schemas.ts";
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

export async function openProposals(
  ctx: Ctx<StaffActor>,
  accountId: string,
  subjectId: string | null,
): Promise<OpenProposal[]> {
  const rows = await readOpenOf(ctx, { accountId });
  const own = rows.filter((row) => row.kind === "flag" && row.subjectId === subjectId);
  return Promise.all(
    own.map(async (row) => {
      const { before, after } = proposedFlag.parse(row);
      const others = await whoMayDecide(ctx.db, row);
      return {
        ...{ number: row.number, flag: after.flag, before: before.value, after: after.value },
        proposedBy: row.proposedByName,
        whoCan: otherwise({ kind: "flag", others }),
      };
    }),
  );
}
