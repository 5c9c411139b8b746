import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { Transaction } from "#db/client.ts";
import { withClient } from "#db/embedded/roles.ts";
import { Failure } from "#db/failure.ts";
import { type PartName, writePart } from "./part.ts";
import { writeDesk } from "./write-desk.ts";
import { writeFindings } from "./write-findings.ts";
import { writeReviews } from "./write-reviews.ts";

/**
 * Writes the parts of the demo's past that are due, once Ledger's customers have arrived: what a support desk did in two
 * quarters, as its verbs would have put it on record.
 */
export async function seedHistory(
  ownerUrl: string,
  due: readonly PartName[],
  signal: AbortSignal,
  now = new Date(),
): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await untilThere(client, signal);
    const write: Record<PartName, (tx: Transaction) => Promise<unknown>> = {
      desk: (tx) => writeDesk(client, tx, now),
      findings: (tx) => writeFindings(client, tx, now),
      reviews: (tx) => writeReviews(client, tx, now),
    };
    for (const part of due) await writePart(client, part, write[part]);
  });
}

/** Tickets come last, and all at once. */
async function untilThere(client: pg.Client, signal: AbortSignal): Promise<void> {
  for (const until = Date.now() + patienceMs; ; await delay(100, undefined, { signal })) {
    const { rowCount } = await client.query("select from tickets limit 1");
    if (rowCount) return;
    if (Date.now() > until) throw new Failure("Ledger's tickets did not arrive in the panel.");
  }
}

const patienceMs = 60_000;
