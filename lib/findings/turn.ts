import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";

const turn = preparedStatement<{ taken: boolean }>(
  "findings_turn",
  `select case when pg_try_advisory_xact_lock(hashtextextended('findings', 0)) then findings_since() is not null
     else false end as taken`,
);

/** One worker at a time, until its transaction ends; by then it is decided where looking begins. */
export async function takeTurn(tx: Transaction): Promise<boolean> {
  const [row] = await turn(tx);
  return row?.taken === true;
}
