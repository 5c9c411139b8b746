import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { findingsMissed } from "#db/schema/findings.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { DetectorRule } from "./facts.ts";
import { isNothing, type Read, readKinds } from "./read-on.ts";

const ids = z.array(z.guid()).default([]);

/** What is kept of what was read: ids, by what they are. */
export const missedRead = z
  .object({ started: ids, ended: ids, written: ids, approved: ids, refused: ids })
  .transform((kept): Read => ({ read: 0, ...kept }));

/** Keeps what a detector was to look at; what it does not look at anyway is left out. */
export async function keepMissed(tx: Transaction, rule: DetectorRule, read: Read): Promise<void> {
  const kept = Object.fromEntries(
    readKinds.map((kind) => [kind, rule.reads.includes(kind) ? read[kind] : []]),
  );
  if (isNothing(missedRead.parse(kept))) return;
  await tx.insert(findingsMissed).values({ id: newId(), detector: rule.name, read: kept });
}

/** The same in two parts; null where it is one thing. */
export function halvesOf(read: Read): [Read, Read] | null {
  const all = readKinds.flatMap((kind) => read[kind].map((id) => ({ kind, id })));
  if (all.length < 2) return null;
  const half = Math.ceil(all.length / 2);
  return [readOf(all.slice(0, half)), readOf(all.slice(half))];
}

function readOf(list: readonly { kind: (typeof readKinds)[number]; id: string }[]): Read {
  const of = (kind: (typeof readKinds)[number]) =>
    list.filter((one) => one.kind === kind).map(({ id }) => id);
  return {
    read: 0,
    started: of("started"),
    ended: of("ended"),
    written: of("written"),
    approved: of("approved"),
    refused: of("refused"),
  };
}
