import type { Json } from "#lib/audit/record.ts";
import type { Flag, HeldReason } from "#lib/vocabulary.ts";
import type { FlagValue } from "./flag-rules.ts";
import type { LineError } from "./schemas.ts";

/** A change of what a decision rests on: a tier, a stance, who somebody is. Told in the entry of the account. */
export type FactChange = {
  accountId: string;
  /** The id in the product of the account or user. */
  of: string;
  field: string;
  before: Json;
  after: Json;
};

/** A flag, or what is held of a person since before. */
export type ProposedFlag = Flag | "held";

/** What a push says of a flag that it did not say before: what it was before is void, and what is looser is proposed. */
export type FlagNews = {
  accountId: string;
  subjectId: string | null;
  flag: ProposedFlag;
  /** Of the account or person, for the entry. */
  name: string;
  before: FlagValue | HeldReason[];
  /** Null: nothing looser, so that nothing waits. */
  after: FlagValue | [] | null;
  /** What it is in words, for the entry: “from a VIP to no VIP”. */
  says: string;
};

/** What the lines of one kind come to, before anything is written. */
export type Plan<Row> = {
  /** Lines that are or will be in the directory. */
  taken: number;
  added: Row[];
  changed: Row[];
  facts: FactChange[];
  flags: FlagNews[];
  errors: LineError[];
};

export const emptyPlan = <Row>(): Plan<Row> => ({
  taken: 0,
  added: [],
  changed: [],
  facts: [],
  flags: [],
  errors: [],
});

/** The last line of each id: a push may name a thing twice, a statement may not. */
export function lastOfEach<T extends { value: { id: string } }>(lines: readonly T[]): T[] {
  return [...new Map(lines.map((line) => [line.value.id, line])).values()];
}

/** The fields in which `next` is not as `before` was. Dates compare by instant. */
export function changedFields<T extends object, F extends keyof T>(
  before: T,
  next: T,
  fields: readonly F[],
): F[] {
  const plain = (value: unknown) => (value instanceof Date ? value.getTime() : value);
  return fields.filter((field) => plain(before[field]) !== plain(next[field]));
}
