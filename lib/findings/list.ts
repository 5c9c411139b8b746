import { and, eq, gte, lt, ne, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { findings } from "#db/schema/findings.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { readCursor } from "#lib/kernel/cursor.ts";
import { keyset, placeAt, toPage } from "#lib/kernel/keyset.ts";
import { keeperSql, manager } from "./keeper.ts";
import { type Span, within } from "./of-period.ts";
import type { FindingParams } from "./search-params.ts";
import { visible } from "./visible.ts";

const disposer = alias(staff, "disposer");

const columns = {
  id: findings.id,
  number: findings.number,
  detector: findings.detector,
  explanation: findings.explanation,
  status: findings.status,
  dueAt: findings.dueAt,
  lastAt: findings.lastAt,
  askedAt: findings.askedAt,
  answeredAt: findings.answeredAt,
  disposedAt: findings.disposedAt,
  disposedBy: disposer.name,
  actor: { id: staff.id, name: staff.name, team: staff.team },
  keeper: keeperSql,
};

const select = ({ db }: Ctx<StaffActor>) =>
  db
    .select({ ...columns, duePlace: placeAt(findings.dueAt), lastPlace: placeAt(findings.lastAt) })
    .from(findings)
    .innerJoin(staff, eq(staff.id, findings.actorId))
    .leftJoin(manager, eq(manager.id, staff.managerId))
    .leftJoin(disposer, eq(disposer.id, findings.disposedBy))
    .$dynamic();

const nextDay = (day: string): Date => new Date(Date.parse(day) + 24 * 3_600_000);

const filtered = (params: FindingParams): SQL | undefined =>
  and(
    params.detector ? eq(findings.detector, params.detector) : undefined,
    params.actor ? eq(findings.actorId, params.actor) : undefined,
    params.from ? gte(findings.lastAt, new Date(params.from)) : undefined,
    params.to ? lt(findings.firstAt, nextDay(params.to)) : undefined,
  );

/**
 * Findings that this reader may see: the open ones by deadline, or those that were disposed of, newest first. `period`
 * is by the clock, beside the days of the URL.
 */
export async function readFindings(
  ctx: Ctx<StaffActor>,
  params: FindingParams,
  limit = 30,
  period?: Span,
) {
  const which = and(await visible(ctx), filtered(params), period && within(period));
  return params.status === undefined || params.status === "open"
    ? readOpen(ctx, which, params, limit)
    : readDisposed(ctx, which, params, limit);
}
export type FindingRow = Awaited<ReturnType<typeof readFindings>>["rows"][number];

async function readDisposed(
  ctx: Ctx<StaffActor>,
  which: SQL | undefined,
  params: FindingParams,
  limit: number,
) {
  const from = keyset(findings.lastAt, findings.id, params);
  const status =
    params.status && params.status !== "disposed"
      ? eq(findings.status, params.status)
      : ne(findings.status, "open");
  const rows = await select(ctx)
    .where(and(status, which, from.where))
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  return toPage(
    rows.map((row) => ({ ...row, place: row.lastPlace })),
    limit,
    from,
  );
}

/** By deadline, the nearest first: `before` and `after` are places in the list, as in any other. */
async function readOpen(
  ctx: Ctx<StaffActor>,
  which: SQL | undefined,
  params: FindingParams,
  limit: number,
) {
  const later = readCursor(params.before);
  const sooner = later ? null : readCursor(params.after);
  const place = sql`(${findings.dueAt}, ${findings.id})`;
  const of = later ?? sooner;
  const bound = of && sql`(${of.at}::timestamptz, ${of.id}::uuid)`;
  const order = sooner ? sql`desc` : sql`asc`;
  const rows = await select(ctx)
    .where(
      and(
        eq(findings.status, "open"),
        which,
        bound ? (sooner ? sql`${place} < ${bound}` : sql`${place} > ${bound}`) : undefined,
      ),
    )
    .orderBy(sql`${findings.dueAt} ${order}`, sql`${findings.id} ${order}`)
    .limit(limit + 1);
  const from = { backwards: sooner !== null, isFirst: of === null };
  return toPage(
    rows.map((row) => ({ ...row, place: row.duePlace })),
    limit,
    from,
  );
}
