import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { exports } from "#db/schema/exports.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { ExportBreak } from "#lib/vocabulary.ts";
import { aboutOf } from "./about.ts";
import { filterSchema } from "./schemas.ts";

export type Progress = { rowsDone: number; bytes: number };
export type Ending =
  | ({ status: "complete"; sha256: string; rowsExpected: number } & Progress)
  | ({ status: "cancelled" } & Partial<Progress>)
  | ({ status: "broken"; brokenBy: ExportBreak } & Partial<Progress>);

export type Row = typeof exports.$inferSelect;

/** The row of an export that still runs, held; null when it is over. */
export async function lockRunning(tx: Transaction, id: string): Promise<Row | null> {
  const [row] = await tx.select().from(exports).where(eq(exports.id, id)).for("update");
  return row?.status === "running" ? row : null;
}

/** Ends an export that is held, with its entry. */
export async function endExport(
  tx: Transaction,
  ctx: Ctx,
  row: Row,
  ending: Ending,
): Promise<void> {
  const about = await aboutOf(tx, filterSchema.parse(row.filter));
  const what = about?.what ?? "what is gone";
  const rows = ending.rowsDone ?? row.rowsDone;
  const common = {
    export: row.id,
    kind: row.kind,
    format: row.format,
    rows,
    rows_expected: ending.status === "complete" ? ending.rowsExpected : row.rowsExpected,
    bytes: ending.bytes ?? row.bytes,
  };
  const endedEntryId = await recordAudit(
    tx,
    ctx,
    ending.status === "complete"
      ? {
          event: row.kind === "log" || row.kind === "exposure" ? "export.finished" : "report.made",
          ...about?.entry,
          body: {
            what: `Exported ${what}: ${rows} ${rows === 1 ? "row" : "rows"}, SHA-256 ${ending.sha256}`,
            ...common,
            sha256: ending.sha256,
          },
        }
      : {
          event: "export.stopped",
          ...about?.entry,
          body: {
            what: `The export of ${what} is not whole: ${ending.status === "cancelled" ? "cancelled" : brokenWords[ending.brokenBy]}`,
            ...common,
            ...(ending.status === "broken" ? { broken_by: ending.brokenBy } : {}),
          },
        },
  );
  await tx
    .update(exports)
    .set({ ...ending, endedAt: new Date(), endedEntryId })
    .where(eq(exports.id, row.id));
}

/** Why an export broke, as the end of a sentence. */
export const brokenWords: Record<ExportBreak, string> = {
  reader_gone: "the connection of whoever read it was cut",
  not_fetched: "nobody fetched its file within 10 minutes",
  fault: "it failed on our side",
  panel_gone: "nothing of it was read for 10 minutes, or its panel went away",
  access_over: "whoever read it was signed out, or is in compliance no longer",
};
