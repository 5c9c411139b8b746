import type { Transaction } from "#db/client.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { Facts } from "./facts.ts";
import { idsAround, loadAccesses } from "./load-accesses.ts";
import { loadRefusals, withSessions } from "./load-refusals.ts";
import { idsOfUnknown, loadStarts } from "./load-starts.ts";
import { loadTicketless } from "./load-ticketless.ts";
import { loadOften, underTickets } from "./load-under-tickets.ts";
import { loadPairs, loadQuick } from "./load-votes.ts";
import { countWrites, loadWritings } from "./load-writings.ts";
import type { Read } from "./read-on.ts";

export type LoadedFacts = Omit<Facts, "zoneOf" | "isDisposed">;

/** What detectors ask about everything that was just read, by a handful of queries however much it is. */
export async function loadFacts(tx: Transaction, read: Read, policy: Policy): Promise<LoadedFacts> {
  const rules = policy.findings;
  const unknown = await idsOfUnknown(tx, read.ended);
  const counted = await countWrites(tx, read.written, rules);
  const refusals = await loadRefusals(tx, read.refused);
  const own = await loadAccesses(
    tx,
    new Set([
      ...read.started,
      ...unknown,
      ...counted.map(({ id }) => id),
      ...refusals.flatMap(({ sessionId }) => sessionId ?? []),
    ]),
    rules,
  );
  // Most of it is explained, and what was around that is of no pattern.
  const unexplained = read.started.filter((id) => own.get(id)?.explained === false);
  const around = await idsAround(tx, unexplained);
  const often = await loadOften(
    tx,
    read.started.filter((id) => own.get(id)?.explained),
    rules,
  );
  const others = [...around, ...often.map(({ id }) => id)].filter((id) => !own.has(id));
  const accesses = new Map([...own, ...(await loadAccesses(tx, new Set(others), rules))]);
  const ticketless = await loadTicketless(tx, unexplained, rules);
  const [began, ended] = [new Set(read.started), new Set(unknown)];
  return {
    around: around.flatMap((id) => accesses.get(id) ?? []),
    starts: await loadStarts(tx, accesses, began, ended, ticketless, policy),
    broken: read.started.flatMap((id) => own.get(id) ?? []).filter((one) => one.brokeGlass),
    underTickets: underTickets(often, accesses),
    isTicketless: (id) => ticketless.has(id),
    writings: await loadWritings(tx, counted, accesses),
    refusals: withSessions(refusals, accesses),
    votes: await loadQuick(tx, read.approved, rules),
    pairs: await loadPairs(tx, read.approved, rules),
  };
}
