import { type Placeholder, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Limit } from "./limits.ts";

const answer = z.object({ taken: z.int(), retry_ms: z.coerce.number() });

/** How many permits were taken and, where none was, after how many milliseconds there will be one. */
export type Taken = { taken: number; retryMs: number };

/**
 * Takes up to `wanted` permits of `who` out of the database, by its clock; 0 only asks whether there is one. Throws
 * when the database does not answer: what cannot be counted is not let through.
 */
export async function take(
  db: Reader,
  { most, seconds }: Limit,
  who: string,
  wanted = 1,
): Promise<Taken> {
  const [row] = await permits(db, who, wanted, most, seconds);
  const { taken, retry_ms } = answer.parse(row);
  return { taken, retryMs: retry_ms };
}

/** The same as a column, to be taken with what else is read; `who` is a placeholder or a value. */
export const permitSql = ({ most, seconds }: Limit, who: SQL | Placeholder) =>
  sql<{
    taken: number;
    retry_ms: number;
  }>`(select to_json(p) from take_permits(${who}, 1, ${sql.raw(String(most))}, ${sql.raw(`interval '${seconds} seconds'`)}) p)`;

const permits = preparedStatement(
  "permits",
  "select taken, retry_ms from take_permits($1, $2, $3, make_interval(secs => $4))",
);
