import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { type CopyOut, copyingOut } from "#db/copy-out.ts";
import { asText } from "#db/literal.ts";
import { csvCellSql } from "#lib/files/csv-sql.ts";
import { csvLines } from "#lib/files/lines.ts";
import { whileLasting } from "#lib/files/while-lasting.ts";
import { mayStillTake } from "#lib/staff/access-lasts.ts";
import type { ControlId } from "./controls.ts";
import { type LooksCtx, recordTaken } from "./draw.ts";
import { isGuest, type Period, readGuestPeriod } from "./period.ts";
import { populationOf } from "./populations.ts";
import { countControl } from "./queries.ts";

const columns = `'§' as control, id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, kind,
  ${csvCellSql("who")} as who, ${csvCellSql("what")} as what, ${csvCellSql("exception")} as exception, entry_id`;

/**
 * Every line of a population as CSV, oldest first, from one snapshot: with it a sample is drawn again, and shown to be of
 * the whole. On record before its first byte with its counts, and at its end with its lines and hash.
 * @throws where the access of whoever takes it ends meanwhile.
 */
export async function* populationFile(
  ctx: LooksCtx,
  control: ControlId,
  period: Period,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  const tally = { rows: -1 };
  const lines = async function* (out: CopyOut) {
    await recordTaken(ctx, period, await countControl(out.db, control, period));
    const all = sql`select ${sql.raw(columns.replace("§", control))} from (select p.* from (${populationOf(control, period)}) p
      order by p.at, p.id offset 0) e`;
    yield* csvLines(out.copy(asText(all), "format csv, header"), tally);
  };
  const pieces = copyingOut(ctx.db, lines, "populations");
  const lasts = async () =>
    isGuest(ctx) ? Boolean(await readGuestPeriod(ctx)) : await mayStillTake(ctx);
  for await (const piece of whileLasting(pieces, lasts)) {
    hash.update(piece);
    yield piece;
  }
  await recordTaken(ctx, period, { control, lines: tally.rows, sha256: hash.digest("hex") });
}
