import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Reader } from "#db/client.ts";
import { inSnapshot } from "#db/copy-out.ts";
import { type Page, readCursor } from "#lib/kernel/cursor.ts";
import { toPage } from "#lib/kernel/keyset.ts";
import { type ControlId, controlIds } from "./controls.ts";
import type { EvidenceParams } from "./params.ts";
import type { Period } from "./period.ts";
import { populationOf } from "./populations.ts";

const lineKinds = [
  "session",
  "grant",
  "revocation",
  "deactivation",
  "change",
  "decision",
  "finding",
] as const;

const line = z.object({
  id: z.uuid(),
  at: z.coerce.date(),
  kind: z.enum(lineKinds),
  about: z.string(),
  entryId: z.uuid().nullable(),
  who: z.string(),
  what: z.string(),
  exception: z.string().nullable(),
  place: z.string(),
});
export type Line = z.infer<typeof line>;

const columns = sql`p.id, to_char(p.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, p.kind, p.about,
  p.entry_id as "entryId", p.who, p.what, p.exception, to_char(p.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00' as place`;

async function lines(db: Reader, query: SQL): Promise<Line[]> {
  const { rows } = await db.execute(query);
  return z.array(line).parse(rows);
}

export type Count = { control: ControlId; count: number; exceptions: number };
const counted = z.object({ count: z.coerce.number(), exceptions: z.coerce.number() });

/** How many lines a population has, and how many exceptions. */
export async function countControl(db: Reader, control: ControlId, period: Period): Promise<Count> {
  const { rows } = await db.execute(
    sql`select count(*) as count, count(p.exception) as exceptions from (${populationOf(control, period)}) p`,
  );
  return { control, ...counted.parse(rows[0]) };
}

/** Of each control, how many lines and how many exceptions, at one moment. */
export const countControls = (db: Database, period: Period): Promise<Count[]> =>
  inSnapshot(db, async (within) => {
    const counts: Count[] = [];
    for (const control of controlIds) counts.push(await countControl(within, control, period));
    return counts;
  });

type Within = Pick<EvidenceParams, "only" | "before" | "after">;

/** A population, the newest line first, or its exceptions only; 50 a page. */
export async function readPopulation(
  db: Reader,
  control: ControlId,
  period: Period,
  { only, ...asked }: Within,
  limit = 50,
): Promise<Page<Line>> {
  const before = readCursor(asked.before);
  const after = before ? null : readCursor(asked.after);
  const place = before ?? after;
  const rows = await lines(
    db,
    sql`select ${columns} from (${populationOf(control, period)}) p
      where ${only ? sql`p.exception is not null` : sql`true`}
        and ${place ? sql`(p.at, p.id) ${before ? sql`<` : sql`>`} (${place.at}::timestamptz, ${place.id}::uuid)` : sql`true`}
      order by p.at ${after ? sql`asc, p.id asc` : sql`desc, p.id desc`} limit ${limit + 1}`,
  );
  return toPage(rows, limit, { backwards: after !== null, isFirst: !place });
}

/** A page of a population with the counts of the whole, at one moment. */
export const readCounted = (db: Database, control: ControlId, period: Period, asked: Within) =>
  inSnapshot(db, async (within) => ({
    population: await readPopulation(within, control, period, asked),
    count: await countControl(within, control, period),
  }));

/**
 * The first `n` lines by the SHA-256 of "seed:id": whoever knows the ids of the population draws the same, and nobody
 * who draws knows beforehand which it will be. Only the ids are ordered, not what is said of them.
 */
export const drawLines = (
  db: Reader,
  control: ControlId,
  period: Period,
  { n, seed }: { n: number; seed: string },
): Promise<Line[]> => {
  const rank = (id: SQL) => sql`sha256(convert_to(${`${seed}:`} || ${id}::text, 'UTF8'))`;
  return lines(
    db,
    sql`select ${columns} from (${populationOf(control, period)}) p
      where p.id in (select q.id from (${populationOf(control, period)}) q order by ${rank(sql`q.id`)} limit ${n})
      order by ${rank(sql`p.id`)}`,
  );
};

/** One line of a population; null where it is none of it. */
export async function readLine(
  db: Database,
  control: ControlId,
  period: Period,
  id: string,
): Promise<Line | null> {
  const [found] = await lines(
    db,
    sql`select ${columns} from (${populationOf(control, period)}) p where p.id = ${id}::uuid`,
  );
  return found ?? null;
}
