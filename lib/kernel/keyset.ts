import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { type Cursor, type Page, readCursor, writeCursor } from "./cursor.ts";

export type PageInput = { before?: string | null; after?: string | null };

/** The time of a row as text with microseconds, for its cursor. Select it as `place`. */
export const placeAt = (at: PgColumn) =>
  sql<string>`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'`;

/**
 * Where a newest-first page begins and in which order to read it: `before` goes to older rows, `after` to newer
 * ones (read backwards, turned round by `toPage`). A cursor that we did not write is the first page.
 */
export function keyset(at: PgColumn, id: PgColumn, input: PageInput) {
  const before = readCursor(input.before);
  const after = before ? null : readCursor(input.after);
  const place = (cursor: Cursor) => sql`(${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
  const where: SQL | undefined = before
    ? sql`(${at}, ${id}) < ${place(before)}`
    : after
      ? sql`(${at}, ${id}) > ${place(after)}`
      : undefined;
  const orderBy = after ? [sql`${at} asc`, sql`${id} asc`] : [sql`${at} desc`, sql`${id} desc`];
  return { where, orderBy, backwards: after !== null, isFirst: !before && !after };
}

/** Turns `limit + 1` rows into a page with its neighbours. */
export function toPage<T extends { id: string; place: string }>(
  rows: T[],
  limit: number,
  from: { backwards: boolean; isFirst: boolean },
): Page<T> {
  const more = rows.length > limit;
  const shown = from.backwards ? rows.slice(0, limit).reverse() : rows.slice(0, limit);
  const first = shown[0];
  const last = shown.at(-1);
  const hasNewer = from.backwards ? more : !from.isFirst;
  const hasOlder = from.backwards ? true : more;
  return {
    rows: shown,
    newer: first && hasNewer ? writeCursor({ at: first.place, id: first.id }) : null,
    older: last && hasOlder ? writeCursor({ at: last.place, id: last.id }) : null,
  };
}
