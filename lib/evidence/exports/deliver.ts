import { createHash } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { transaction } from "#db/client.ts";
import { exports } from "#db/schema/exports.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { accessLasts } from "#lib/staff/access-lasts.ts";
import type { ExportBreak } from "#lib/vocabulary.ts";
import { type Ending, endExport, lockRunning } from "./end.ts";
import { type Made, nothing } from "./made.ts";

const everyMs = 1000;

/**
 * Hands a file over, piece by piece as it is asked for, and keeps the record of it: once a second how far it is, at the
 * end its rows and hash. It comes to its end only when that is on record, so that a reader who saw the end has a file that
 * is known. Cut off by a cancel, by a fault, by the reader going away or being let
 * in no longer: the record says which.
 */
export async function* deliver(
  ctx: Ctx,
  id: string,
  make: () => Promise<Made>,
): AsyncGenerator<Uint8Array> {
  let made: Made = { pieces: nothing(), tally: { rows: 0 }, expected: null };
  const hash = createHash("sha256");
  let bytes = 0;
  let over = false;
  let next = 0;
  let later: ReturnType<typeof setTimeout> | undefined;
  let noting: Promise<unknown> = Promise.resolve();
  // Of a reader who takes no more for now: what they have is on record all the same.
  const noteLater = () => {
    later ??= setTimeout(() => {
      noting = note(ctx, id, made, bytes).catch(() => {});
    }, everyMs);
  };
  const stop = async (brokenBy: ExportBreak) => {
    over = true;
    await end(ctx, id, { status: "broken", brokenBy, ...progress(made, bytes) });
  };
  const goOn = async () => {
    clearTimeout(later);
    later = undefined;
    await noting;
    const { runs, lasts } = await note(ctx, id, made, bytes);
    over = !runs;
    if (!runs) throw new Cut("The export was cancelled");
    if (lasts) return;
    await stop("access_over");
    throw new Cut("The access of whoever reads it is over");
  };
  try {
    made = await make();
    for await (const piece of made.pieces) {
      const given = typeof piece === "string" ? Buffer.from(piece) : piece;
      if (given.length === 0) continue;
      hash.update(given);
      bytes += given.length;
      if (Date.now() >= next) {
        await goOn();
        next = Date.now() + everyMs;
      } else noteLater();
      yield given;
    }
    await goOn();
    over = true;
    const ended = await end(ctx, id, {
      status: "complete",
      sha256: hash.digest("hex"),
      rowsExpected: made.expected ?? made.tally.rows,
      ...progress(made, bytes),
    });
    if (!ended) throw new Cut("The export was cancelled");
  } catch (error) {
    if (!(error instanceof Cut)) await stop("fault");
    throw error;
  } finally {
    clearTimeout(later);
    // Not to the end, and no fault: whoever read it asked for no more.
    if (!over) await stop("reader_gone");
  }
}

class Cut extends Error {}

const progress = ({ tally }: Made, bytes: number) => ({ rowsDone: Math.max(0, tally.rows), bytes });

/** Writes down how far it is. `runs`: it was not ended meanwhile; `lasts`: its reader may still have it. */
async function note(
  ctx: Ctx,
  id: string,
  made: Made,
  bytes: number,
): Promise<{ runs: boolean; lasts: boolean }> {
  const [noted] = await ctx.db
    .update(exports)
    .set({
      ...progress(made, bytes),
      ...(made.expected === null ? {} : { rowsExpected: made.expected }),
    })
    .where(and(eq(exports.id, id), eq(exports.status, "running")))
    .returning({ lasts: accessLasts(sql`${exports.startedBy}`, sql`${exports.signInId}`) });
  return { runs: noted !== undefined, lasts: noted?.lasts ?? true };
}

const end = (ctx: Ctx, id: string, ending: Ending): Promise<boolean> =>
  transaction(ctx.db, async (tx) => {
    const row = await lockRunning(tx, id);
    if (!row) return false;
    await endExport(tx, ctx, row, ending);
    return true;
  });
