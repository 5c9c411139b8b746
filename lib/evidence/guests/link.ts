import type { Transaction } from "#db/client.ts";
import { guestLinks } from "#db/schema/guests.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { hashSecret, newId, newSecret } from "#lib/kernel/ids.ts";

/** Stores a link, good once, and gives its secret, which is kept nowhere. */
export async function storeLink(
  tx: Transaction,
  { id: madeBy }: StaffActor,
  { guestId, entryId }: { guestId: string; entryId: string },
): Promise<string> {
  const secret = newSecret();
  await tx
    .insert(guestLinks)
    .values({ id: newId(), guestId, secretHash: hashSecret(secret), madeBy, entryId });
  return secret;
}
