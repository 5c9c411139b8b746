import { copyingOut } from "#db/copy-out.ts";
import { csvFile } from "#lib/files/csv.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Exposed, exposedCount, exposedPeople } from "../exposure.ts";
import { type Made, nothing } from "./made.ts";
import type { ExposureOf } from "./schemas.ts";

const batch = 500;

const columns: readonly { head: string; of: (row: Exposed) => string | number }[] = [
  { head: "account", of: (row) => row.account },
  { head: "tier", of: (row) => row.tier },
  { head: "subject", of: (row) => row.name },
  { head: "subject_in_product", of: (row) => row.external_id },
  { head: "sessions", of: (row) => row.sessions },
  { head: "acting", of: (row) => row.acting },
  { head: "first", of: (row) => row.first },
  { head: "last", of: (row) => row.last },
  { head: "reads", of: (row) => row.reads },
  { head: "writes", of: (row) => row.writes },
  { head: "exports", of: (row) => row.exports },
  { head: "kinds", of: (row) => row.kinds.join("; ") },
  { head: "account_id", of: (row) => row.account_id },
  { head: "subject_id", of: (row) => row.id },
];

/** Everybody whom an incident reached, a line each, read in batches from one snapshot. */
export async function exposureFile(ctx: Ctx<StaffActor>, exposure: ExposureOf): Promise<Made> {
  const made: Made = { tally: { rows: 0 }, expected: null, pieces: nothing() };
  made.pieces = copyingOut(ctx.db, async function* (out) {
    made.expected = await exposedCount(out.db, exposure);
    async function* people(): AsyncGenerator<Exposed> {
      for (let after: string | null = null; ; ) {
        const rows: Exposed[] = await exposedPeople(out.db, exposure, after, batch);
        for (const row of rows) {
          made.tally.rows += 1;
          yield row;
        }
        after = rows.at(-1)?.id ?? null;
        if (rows.length < batch) return;
      }
    }
    yield* csvFile(columns, people());
  });
  return made;
}
