import { transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Ctx } from "#lib/kernel/context.ts";

const rollUpSome = preparedStatement<{ n: number }>("roll_up", "select roll_up($1) as n");

/**
 * The worker's part: counts the entries that are new, each batch in a transaction with the place up to which the log is
 * read. At most `rounds` of them, so that a log that is counted anew keeps nothing else waiting. Gives how many there were.
 */
export async function rollUp(ctx: Ctx, most = 20_000, rounds = 15): Promise<number> {
  let counted = 0;
  for (let round = 0; round < rounds; round += 1) {
    const [row] = await transaction(ctx.db, (tx) => rollUpSome(tx, most));
    counted += row?.n ?? 0;
    if ((row?.n ?? 0) < most) break;
  }
  return counted;
}
