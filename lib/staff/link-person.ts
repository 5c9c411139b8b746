import { and, eq, ne, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { lockPerson } from "./lock.ts";
import type { LinkPerson } from "./schemas.ts";

/**
 * An admin says that two accounts are one person's: what one asks, the other does not decide, and together they vote once.
 * All accounts of either are then one person's. Refuses with `not_allowed`, `not_found`, `own_record`, or `invalid`.
 */
export const linkPerson = (
  ctx: Ctx<StaffActor>,
  input: LinkPerson,
): Promise<Result<{ staffId: string }>> =>
  transact(ctx, { event: "settings.refused", body: { person: input.staffId } }, async (tx) => {
    const person = await lockPerson(tx, ctx.actor, input.staffId);
    const invalid = (otherEmail: string): never =>
      refuse("invalid", "One answer needs another look.", { fields: { otherEmail } });
    const [other] = await tx
      .select({ id: staff.id, name: staff.name, personId: staff.personId })
      .from(staff)
      .where(sql`lower(${staff.email}) = lower(${input.otherEmail})`);
    if (!other) return invalid("Nobody on the staff has this e-mail.");
    if (other.id === person.id) return invalid("This is the same account: name the other one.");
    const accounts = await tx
      .select({ id: staff.id, name: staff.name, personId: staff.personId })
      .from(staff)
      .where(
        eq(staff.personId, sql`(select person_id from staff s where s.id = ${person.id}::uuid)`),
      )
      .orderBy(staff.id);
    if (accounts.some(({ personId }) => personId === other.personId))
      return invalid("These two are one person already.");
    for (const account of accounts) {
      const personEntryId = await recordAudit(tx, ctx, {
        event: "person.linked",
        body: {
          what: `${account.name} and ${other.name} are one person`,
          person: account.id,
          name: account.name,
          other: other.id,
          other_name: other.name,
          reason: input.reason,
        },
      });
      await tx
        .update(staff)
        .set({ personId: other.personId, personEntryId })
        .where(eq(staff.id, account.id));
    }
    return { staffId: person.id };
  });

/** The other accounts of the same person. */
export const readSamePerson = (db: Reader, staffId: string) =>
  db
    .select({ id: staff.id, name: staff.name, email: staff.email })
    .from(staff)
    .where(
      and(
        eq(staff.personId, sql`(select person_id from staff s where s.id = ${staffId}::uuid)`),
        ne(staff.id, staffId),
      ),
    )
    .orderBy(staff.name, staff.id);
