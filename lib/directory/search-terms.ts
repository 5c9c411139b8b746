import { type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { subjects } from "#db/schema/directory.ts";
import { plainText } from "#lib/kernel/typed-text.ts";

/** How many words of a query count; the rest is left out. */
const mostTerms = 8;

export type Terms = {
  /** The words of a query, folded; an ideograph has a space on either side (`fold`). */
  words: string[];
};

/** A query as `fold` of the database sees it: without case and accents, of any script. Null when nothing is left. */
export async function readTerms(db: Reader, q: string): Promise<Terms | null> {
  const words = plainText(q).normalize("NFC").split(/\s+/).slice(0, mostTerms);
  const { rows } = await db.execute<{ words: string[] }>(
    sql`select array(select fold(w) from unnest(${sql.param(words)}::text[]) w) as words`,
  );
  const left = rows[0]?.words.filter((word) => word.trim() !== "") ?? [];
  return left.length > 0 ? { words: left } : null;
}

/** That a subject has every word, wherever in it. */
export const matches = ({ words }: Terms): SQL<boolean> =>
  sql`(${sql.join(
    words.map((word) => sql`${subjects.search} like ${`%${escapeLike(word)}%`}`),
    sql` and `,
  )})`;

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, "\\$&");
