import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { staff, staffRoles } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { SystemActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { lettersOf, typedText } from "#lib/kernel/typed-text.ts";
import { readStaff } from "./queries.ts";

export const makeAdminSchema = z.object({
  email: typedText.pipe(z.email("is not an e-mail address").max(200, "is too long")),
  /** Of somebody new; without it the e-mail gives one. */
  name: typedText
    .pipe(z.string().max(100, "is longer than 100 characters"))
    .refine((name) => lettersOf(name) >= 2 && !/[\n\t]/.test(name), "is not a name")
    .optional(),
  /** Whether somebody who is suspended is let in again. */
  restore: z.boolean().optional(),
});
export type MakeAdmin = z.infer<typeof makeAdminSchema>;

export type MadeAdmin = { name: string; done: "added" | "granted" | "restored" | "was_admin" };

/**
 * Makes somebody an admin: a new person, or one who is known by this e-mail. By whoever owns the database only, since
 * an admin is who makes all others; so nobody is locked out for good where no second admin is left. Refuses with
 * `not_allowed` when that person is suspended, but where they are to be let in again.
 */
export const makeAdmin = (ctx: Ctx<SystemActor>, input: MakeAdmin): Promise<Result<MadeAdmin>> =>
  transact(ctx, { event: "settings.refused", body: { email: input.email } }, async (tx) => {
    const [found] = await tx
      .select({ id: staff.id })
      .from(staff)
      .where(sql`lower(${staff.email}) = lower(${input.email})`)
      .for("no key update");
    const person = found ? await readStaff(tx, found.id) : null;
    const isSuspended = person?.status === "deactivated";
    if (isSuspended && !input.restore)
      refuse(
        "not_allowed",
        `${person.name} is suspended. Two admins let them in again, or you do: npm run admin -- ${person.email} --restore`,
      );
    if (isSuspended) await restore(tx, ctx, person);
    if (person?.roles.includes("admin"))
      return { name: person.name, done: isSuspended ? "restored" : "was_admin" };
    const id = person?.id ?? newId();
    const name = person?.name ?? input.name ?? nameIn(input.email);
    if (!person) {
      await recordAudit(tx, ctx, {
        event: "staff.added",
        body: { what: `Added ${name} to the staff`, person: id, name, email: input.email },
      });
      await tx.insert(staff).values({ id, name, email: input.email, team: "Operations" });
    }
    await recordAudit(tx, ctx, {
      event: "role.granted",
      body: { what: `Gave ${name} the role admin`, person: id, name, role: "admin" },
    });
    await tx.insert(staffRoles).values({ id: newId(), staffId: id, role: "admin" });
    return { name, done: isSuspended ? "restored" : person ? "granted" : "added" };
  });

async function restore(
  tx: Transaction,
  ctx: Ctx<SystemActor>,
  { id, name }: { id: string; name: string },
): Promise<void> {
  const changedEntryId = await recordAudit(tx, ctx, {
    event: "staff.restored",
    body: { what: `Let ${name} in again`, person: id, name },
  });
  await tx
    .update(staff)
    .set({ status: "active", deactivatedAt: null, changedEntryId })
    .where(eq(staff.id, id));
}

/** "jane.doe@example.com" is Jane Doe until somebody says otherwise. */
const nameIn = (email: string): string =>
  (email.split("@")[0] ?? email)
    .split(/[._-]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
