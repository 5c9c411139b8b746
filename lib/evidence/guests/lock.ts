import { eq } from "drizzle-orm";
import { clock, type Transaction } from "#db/client.ts";
import { guests } from "#db/schema/guests.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import { accessOver } from "./rules.ts";

/** Only who may export evidence lets somebody see it. */
export function refuseUnlessExporter(actor: StaffActor): void {
  if (!may(actor, "export_evidence"))
    refuse("not_allowed", "Only compliance invites auditors, and ends their access.");
}

/** The row of a guest whose access lasts, held until the transaction is over. Refuses with `not_found`, `ended`. */
export async function lockGuest(tx: Transaction, guestId: string) {
  const [guest] = await tx.select().from(guests).where(eq(guests.id, guestId)).for("no key update");
  if (!guest) refuse("not_found", "Nobody here whose access you may change.");
  const at = await clock(tx);
  if (accessOver(guest, at)) refuse("ended", `The access of ${guest.name} is over already.`);
  return { guest, at };
}
