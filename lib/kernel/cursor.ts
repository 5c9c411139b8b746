import { z } from "zod";

/** A place in a list ordered by time and id; keyset paging compares the two as a tuple. */
export type Cursor = { at: string; id: string };

// Microseconds as PostgreSQL writes them: a Date would round them off and skip rows. What is no time, such as a
// February 30, would be refused by it with a fault.
const time = z
  .string()
  .regex(/^[2-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/)
  .refine((text) => z.iso.datetime().safeParse(text.replace(" ", "T").replace("+00", "Z")).success);
const cursor = z.tuple([time, z.uuid()]);

export const writeCursor = (place: Cursor): string =>
  Buffer.from(JSON.stringify([place.at, place.id])).toString("base64url");

/** The place that a URL names; null for anything that we did not write. */
export function readCursor(text: string | null | undefined): Cursor | null {
  if (!text || text.length > 200) return null;
  try {
    const [at, id] = cursor.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return { at, id };
  } catch {
    return null;
  }
}

/** One page of a list and where the neighbouring ones begin; null where there is none. */
export type Page<T> = { rows: T[]; newer: string | null; older: string | null };
