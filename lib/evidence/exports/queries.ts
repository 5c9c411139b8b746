import { and, eq } from "drizzle-orm";
import { exports } from "#db/schema/exports.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { keyset, type PageInput, placeAt, toPage } from "#lib/kernel/keyset.ts";
import { aboutEach } from "./about.ts";
import { filterSchema } from "./schemas.ts";

const columns = {
  id: exports.id,
  kind: exports.kind,
  format: exports.format,
  filter: exports.filter,
  reason: exports.reason,
  startedBy: exports.startedBy,
  name: staff.name,
  startedAt: exports.startedAt,
  fetchedAt: exports.fetchedAt,
  rowsExpected: exports.rowsExpected,
  rowsDone: exports.rowsDone,
  bytes: exports.bytes,
  sha256: exports.sha256,
  status: exports.status,
  brokenBy: exports.brokenBy,
  endedAt: exports.endedAt,
  seenAt: exports.seenAt,
  startedEntryId: exports.startedEntryId,
  endedEntryId: exports.endedEntryId,
  place: placeAt(exports.startedAt),
};

const views = (ctx: Ctx<StaffActor>) =>
  ctx.db.select(columns).from(exports).innerJoin(staff, eq(staff.id, exports.startedBy));

async function withWords(
  ctx: Ctx<StaffActor>,
  rows: readonly Awaited<ReturnType<typeof views>>[number][],
) {
  const filters = rows.map(({ filter }) => filterSchema.parse(filter));
  const abouts = await aboutEach(ctx.db, filters);
  return rows.map(({ filter, ...row }, at) => ({
    ...row,
    filter: filterSchema.parse(filter),
    what: abouts[at]?.what ?? "what is gone",
  }));
}
export type ExportView = Awaited<ReturnType<typeof withWords>>[number];

/** One export, for whoever may export at all; null for unknown. */
export async function readExport(ctx: Ctx<StaffActor>, id: string): Promise<ExportView | null> {
  const rows = await views(ctx).where(eq(exports.id, id));
  return (await withWords(ctx, rows))[0] ?? null;
}

/** The reader's own export that runs now. */
export async function readOwnRunning(ctx: Ctx<StaffActor>): Promise<ExportView | null> {
  const rows = await views(ctx).where(
    and(eq(exports.startedBy, ctx.actor.id), eq(exports.status, "running")),
  );
  return (await withWords(ctx, rows))[0] ?? null;
}

/** What was taken out of the panel, newest first, 30 a page. */
export async function readExports(ctx: Ctx<StaffActor>, input: PageInput, limit = 30) {
  const from = keyset(exports.startedAt, exports.id, input);
  const rows = await views(ctx)
    .where(from.where)
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  const page = toPage(rows, limit, from);
  return { ...page, rows: await withWords(ctx, page.rows) };
}
