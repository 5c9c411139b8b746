import type { Deed } from "#lib/impersonation/deeds.ts";
import { type Item, itemOf } from "#lib/impersonation/timeline.ts";

/** As many reads stand in one line; more begin another, so that none holds all of a long session. */
const most = 200;

/** What is told of a session and what was done in it, in order. Reads that follow each other fold, as on its page. */
export async function* stepsOf(
  told: readonly Item[],
  deeds: AsyncIterable<Deed>,
): AsyncGenerator<Item> {
  const waiting = [...told];
  let reads: Extract<Item, { kind: "reads" }> | null = null;
  for await (const deed of deeds) {
    const before = waiting.findIndex(({ at }) => at > deed.at);
    const due = waiting.splice(0, before < 0 ? waiting.length : before);
    const isRead = deed.phase === "view";
    if (reads && isRead && due.length === 0 && reads.deeds.length < most) {
      reads.deeds.push(deed);
      continue;
    }
    if (reads) yield reads;
    yield* due;
    reads = isRead ? { kind: "reads", at: deed.at, deeds: [deed] } : null;
    if (!isRead) yield itemOf(deed);
  }
  if (reads) yield reads;
  yield* waiting;
}

/** How many steps a line stands for. */
export const stepsIn = (item: Item): number => (item.kind === "reads" ? item.deeds.length : 1);
