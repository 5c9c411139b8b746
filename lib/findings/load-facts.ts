import type { Transaction } from "#db/client.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { Facts } from "./facts.ts";
import { idsAround, loadAccesses } from "./load-accesses.ts";
import { loadRefusals, withSessions } from "./load-refusals.ts";
import { idsOfUnknown, loadStarts } from "./load-starts.ts";
import { loadTicketless } from "./load-ticketless.ts";
import { loadUnderTickets } from "./load-under-tickets.ts";
import { loadPairs, loadQuick } from "./load-votes.ts";
import { countWrites, loadWritings } from "./load-writings.ts";
import type { Read } from "./read-on.ts";

export type LoadedFacts = Omit<Facts, "zoneOf" | "isDisposed">;

/** What detectors ask about everything that was just read, by a handful of queries however much it is. */
export async function loadFacts(tx: Transaction, read: Read, policy: Policy): Promise<LoadedFacts> {
  const around = await idsAround(tx, read.started);
  const unknown = await idsOfUnknown(tx, read.ended);
  const counted = await countWrites(tx, read.written, policy.findings);
  const refusals = await loadRefusals(tx, read.refused);
  const accesses = await loadAccesses(
    tx,
    new Set([
      ...around,
      ...unknown,
      ...counted.map(({ id }) => id),
      ...refusals.flatMap(({ sessionId }) => sessionId ?? []),
    ]),
    policy.findings,
  );
  const unexplained = read.started.filter((id) => accesses.get(id)?.explained === false);
  const ticketless = await loadTicketless(tx, unexplained, policy.findings);
  const [began, ended] = [new Set(read.started), new Set(unknown)];
  const isAround = new Set(around);
  return {
    around: [...accesses.values()].filter(({ id }) => isAround.has(id)),
    starts: await loadStarts(tx, accesses, began, ended, ticketless, policy),
    underTickets: await loadUnderTickets(tx, read.started, policy.findings, accesses),
    isTicketless: (id) => ticketless.has(id),
    writings: await loadWritings(tx, counted, accesses),
    refusals: withSessions(refusals, accesses),
    votes: await loadQuick(tx, read.approved, policy.findings),
    pairs: await loadPairs(tx, read.approved, policy.findings),
  };
}
