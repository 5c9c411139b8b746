import type { z } from "zod";
import type { LineKind } from "#lib/vocabulary.ts";
import { lineProblems } from "./line-problems.ts";
import type { Line } from "./lines.ts";
import {
  type AccountLine,
  directoryLine,
  type LineError,
  namedLine,
  type TicketLine,
  type UserLine,
} from "./schemas.ts";

/** A parsed line with its number, for its error. */
export type Numbered<T> = { line: number; value: T };

/** The lines of one transaction, by kind. */
export type Part = {
  accounts: Numbered<AccountLine>[];
  users: Numbered<UserLine>[];
  tickets: Numbered<TicketLine>[];
  /** Lines that were understood in part only, but say whom they are about: the product knows them. */
  alsoNamed: { kind: LineKind; id: string }[];
  errors: LineError[];
  /** Lines that hold anything, and the number of the last one. */
  lines: number;
  lastLine: number;
  rejected: number;
};

const partLines = 5000;
const partBytes = 4 << 20;

const emptyPart = (): Part => ({
  accounts: [],
  users: [],
  tickets: [],
  alsoNamed: [],
  errors: [],
  lines: 0,
  lastLine: 0,
  rejected: 0,
});

/** Up to 5,000 lines or 4 MiB of them at a time, so that neither memory nor locks grow with a push. */
export async function* inParts(
  lines: AsyncIterable<Line>,
  firstLine: number,
): AsyncGenerator<Part> {
  let part = emptyPart();
  let bytes = 0;
  for await (const read of lines) {
    part.lines += 1;
    part.lastLine = read.line + firstLine - 1;
    add(part, read, part.lastLine);
    bytes += "problem" in read ? 0 : read.size;
    if (part.lines >= partLines || bytes >= partBytes) {
      yield part;
      part = emptyPart();
      bytes = 0;
    }
  }
  if (part.lines > 0) yield part;
}

function add(part: Part, read: Line, line: number): void {
  if ("problem" in read) {
    part.rejected += 1;
    part.errors.push({ line, field: null, message: read.problem });
    return;
  }
  const parsed = directoryLine.safeParse(read.value, { error: lineProblems });
  if (!parsed.success) {
    part.rejected += 1;
    part.errors.push(...errorsOf(parsed.error, line));
    const named = namedLine.safeParse(read.value);
    if (named.success) part.alsoNamed.push({ kind: named.data.type, id: named.data.id });
    return;
  }
  const value = parsed.data;
  if (value.type === "account") part.accounts.push({ line, value });
  else if (value.type === "user") part.users.push({ line, value });
  else part.tickets.push({ line, value });
}

/** What is wrong with a line, field by field; the first thing of each field. */
function errorsOf(error: z.ZodError, line: number): LineError[] {
  const byField = new Map<string | null, string>();
  for (const { path, message } of error.issues) {
    const field = path.length > 0 ? path.join(".") : null;
    if (!byField.has(field)) byField.set(field, message);
  }
  return [...byField].map(([field, message]) => ({ line, field, message }));
}
