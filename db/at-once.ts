import { createHash } from "node:crypto";
import type { Reader } from "./client.ts";

/** A read that can go along with others: `text` gives one value of JSON, `read` what it stands for. */
export type Part<T> = {
  /** Nothing else may have it. */
  name: string;
  text: () => string;
  params: unknown[];
  read: (found: unknown) => T;
};

type Asked = {
  part: Omit<Part<unknown>, "read">;
  answer: (found: unknown) => void;
  reject: (error: unknown) => void;
};

const batches = new WeakMap<object, Asked[]>();

/**
 * What one request asks for at the same moment goes to the database as one statement: the way there and back costs more
 * than most reads. Two that ask for the same share it. An error is everybody's; never within a
 * transaction.
 */
export const readAtOnce = <T>(ctx: { db: Reader }, part: Part<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const answer = (found: unknown) => resolve(part.read(found));
    const asked: Asked = { part, answer, reject };
    const waiting = batches.get(ctx);
    if (waiting) {
      waiting.push(asked);
      return;
    }
    const batch = [asked];
    batches.set(ctx, batch);
    // Not at once: the layout and the page ask one after the other.
    setImmediate(() => {
      batches.delete(ctx);
      void serve(ctx.db, batch);
    });
  });

async function serve(db: Reader, batch: Asked[]): Promise<void> {
  try {
    const groups = new Map<string, Asked[]>();
    for (const asked of batch) {
      const { name, params } = asked.part;
      const key = params.length === 0 ? name : `${name} ${JSON.stringify(params)}`;
      groups.set(key, [...(groups.get(key) ?? []), asked]);
    }
    // In one order, so that each set of reads is one statement.
    const asked = [...groups.values()]
      .flatMap((group) => group.slice(0, 1).map(({ part }) => ({ part, group })))
      .sort((a, b) => (a.part.name < b.part.name ? -1 : 1));
    const { name, text } = statementOf(asked.map(({ part }) => part));
    const params = asked.flatMap(({ part }) => part.params);
    const { rows } = await db._.session
      .prepareQuery<{ execute: { rows: unknown[][] }; all: unknown; values: unknown }>(
        { sql: text, params },
        undefined,
        name,
        true,
        (found) => ({ rows: found }),
      )
      .execute();
    asked.forEach(({ group }, i) => {
      for (const { answer, reject } of group)
        try {
          answer(rows[0]?.[i]);
        } catch (error) {
          reject(error);
        }
    });
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

type Statement = { name: string; text: string };
/** One for each set of reads that a page makes. */
const statements = new Map<string, Statement>();

function statementOf(parts: Asked["part"][]): Statement {
  const key = parts.map(({ name }) => name).join(" ");
  const known = statements.get(key);
  if (known) return known;
  let params = 0;
  const columns = parts.map((part) => {
    const column = `(${shifted(part.text(), params)})`;
    params += part.params.length;
    return column;
  });
  const name = `at_once_${createHash("sha256").update(key).digest("hex").slice(0, 32)}`;
  const made = { name, text: `select ${columns.join(",\n")}` };
  statements.set(key, made);
  return made;
}

/** The same text with `$1` as `$1 + by`, and so on. */
export const shifted = (text: string, by: number): string =>
  by === 0 ? text : text.replaceAll(/\$(\d+)/g, (_, digits) => `$${Number(digits) + by}`);

/** A select of so many columns as a JSON array of arrays, whatever the columns are called. */
export function jsonOfRows(text: string, columns: number): string {
  const names = Array.from({ length: columns }, (_, i) => `c${i}`).join(", ");
  return `select coalesce(json_agg(json_build_array(${names})), '[]') from (${text}) as t(${names})`;
}

/** A select as a JSON array of objects. */
export const jsonOfObjects = (text: string): string =>
  `select coalesce(json_agg(t), '[]') from (${text}) as t`;
