import type { Transaction } from "#db/client.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { propose } from "#lib/proposals/propose.ts";
import type { Role } from "#lib/vocabulary.ts";
import { type Held, heldWords } from "./change-roles.ts";
import { refuseProposed, requireSecondAdmin } from "./second-admin.ts";

/** What is given now, and what is left for a second admin to accept. */
export function splitAdmin<W extends Held>(before: Held, wanted: W): { now: W; admin: boolean } {
  const isNew = wanted.roles.includes("admin") && !before.roles.includes("admin");
  const roles = wanted.roles.filter((role) => !isNew || role !== "admin");
  return { now: { ...wanted, roles }, admin: isNew };
}

type Person = { id: string; name: string; email: string };

/**
 * Lets a second admin accept that somebody becomes one, in the caller's transaction. Refuses with `second_person` where
 * there is no other, and with `conflict` where it is proposed already.
 */
export async function proposeAdmin(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  person: Person,
  held: Held,
  reason: string,
): Promise<{ number: number }> {
  await requireSecondAdmin(
    tx,
    ctx,
    person.id,
    `Nothing was saved: an admin is made by two, and there is no other who could accept ${person.name}. Whoever runs this installation can make one: npm run admin -- ${person.email}`,
  );
  await refuseProposed(tx, ctx, person, "admin", `${person.name} becomes an admin`);
  const roles: Role[] = [...held.roles, "admin"];
  return propose(tx, ctx, {
    kind: "role",
    staffId: person.id,
    before: { roles: heldWords(held) },
    after: { roles: heldWords({ ...held, roles }) },
    reason,
    about: `${person.name} becomes an admin`,
  });
}
