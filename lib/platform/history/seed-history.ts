import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { Database } from "#db/client.ts";
import { withClient } from "#db/embedded/roles.ts";
import { Failure } from "#db/failure.ts";
import { type PartName, writePart } from "./part.ts";
import { writeDesk } from "./write-desk.ts";
import { writeFindings } from "./write-findings.ts";

/**
 * Writes the parts of the demo's past that are due, once Ledger's customers have arrived: what a support desk did in two
 * quarters, as its verbs would have put it on record.
 */
export async function seedHistory(
  ownerUrl: string,
  due: readonly PartName[],
  signal: AbortSignal,
): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await untilThere(client, signal);
    const now = new Date();
    const write: Record<PartName, (db: Database) => Promise<unknown>> = {
      desk: (db) => writeDesk(client, db, now),
      findings: (db) => writeFindings(client, db, now),
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
