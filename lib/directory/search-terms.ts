import { type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { subjects } from "#db/schema/directory.ts";
import { plainText } from "#lib/kernel/typed-text.ts";

/** How many words of a query count; the rest is left out. */
const mostTerms = 8;
/** From three letters on PostgreSQL finds a word in the trigram index wherever it begins. */
const indexable = 3;

export type Terms = {
  /** The whole query as it was typed. */
  typed: string;
  /** The whole query, folded. */
  whole: string;
  /** Its words, folded; an ideograph has a space on either side (`fold`). */
  words: string[];
};

/** A query as `fold` of the database sees it: without case and accents, of any script. Null when nothing is left. */
export async function readTerms(db: Reader, q: string): Promise<Terms | null> {
  const typed = plainText(q).normalize("NFC");
  const words = typed.split(/\s+/).slice(0, mostTerms);
  const { rows } = await db.execute<{ whole: string; words: string[] }>(
    sql`select fold(${typed}) as whole, array(select fold(w) from unnest(${sql.param(words)}::text[]) w) as words`,
  );
  const [folded] = rows;
  const left = folded?.words.filter((word) => word.trim() !== "") ?? [];
  return folded && left.length > 0 ? { typed, whole: folded.whole.trim(), words: left } : null;
}

/** That a subject has every word, wherever in it. */
export const matches = ({ words }: Terms): SQL<boolean> => every(words, (word) => `%${word}%`);

/** That every word of the query is the beginning of a word. */
export const wordsStart = ({ words }: Terms): SQL<boolean> =>
  every(words, (word) => `% ${word.trimStart()}%`);

const isShort = (word: string): boolean => word.length < indexable;

/** Whether some word is too short for the index wherever it begins. */
export const hasShortWords = ({ words }: Terms): boolean => words.some(isShort);

/** The same as `matches`, but a short word is the beginning of one: then the index finds that too. */
export const matchesByIndex = ({ words }: Terms): SQL<boolean> =>
  every(words, (word, short) => (short ? `% ${word.trimStart()}%` : `%${word}%`));

/** That the name begins with the whole query: `search` begins with a space and the folded name. */
export const nameStarts = ({ whole }: Terms): SQL<boolean> =>
  sql`${subjects.search} like ${` ${escapeLike(whole)}%`}`;

const every = (
  words: readonly string[],
  pattern: (word: string, short: boolean) => string,
): SQL<boolean> =>
  sql`(${sql.join(
    words.map((word) => sql`${subjects.search} like ${pattern(escapeLike(word), isShort(word))}`),
    sql` and `,
  )})`;

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, "\\$&");
