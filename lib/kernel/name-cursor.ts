import { z } from "zod";

/** A place in a list ordered by name and id; keyset paging compares the two as a tuple. */
export type NameCursor = { name: string; id: string };

const cursor = z.tuple([z.string().regex(/^\P{Cc}{1,200}$/u), z.uuid()]);

export const writeNameCursor = ({ name, id }: NameCursor): string =>
  Buffer.from(JSON.stringify([name, id])).toString("base64url");

/** The place that a URL names; null for anything that we did not write. */
export function readNameCursor(text: string | undefined): NameCursor | null {
  if (!text) return null;
  try {
    const [name, id] = cursor.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return { name, id };
  } catch {
    return null;
  }
}
