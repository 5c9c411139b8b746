import { findAccounts } from "#lib/directory/find-accounts.ts";
import { readAccount, readSubject } from "#lib/directory/queries.ts";
import { searchSubjects } from "#lib/directory/search.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { findStaff, readStaffName } from "#lib/staff/find-staff.ts";
import type { Permission } from "#lib/staff/rights.ts";

/** What was typed as an actor, a subject or an account where the address needs an id, and whom it may mean. */
export type Typed = {
  field: "actor" | "subject" | "account" | "whose";
  text: string;
  choices: { id: string; name: string; second: string }[];
};

/**
 * Looks up what a filter's form sent as text; null when nothing was typed or it is an id already. An actor is one whose work the
 * reader sees by the permission.
 */
export async function readTyped(
  ctx: Ctx<StaffActor>,
  permission: Permission,
  given: Partial<Record<keyof typeof named, string>>,
): Promise<Typed | null> {
  for (const field of ["actor", "subject", "account"] as const) {
    const text = given[field]?.trim().slice(0, 100);
    if (!text || idSchema.safeParse(text).success) continue;
    return { field, text, choices: await named[field](ctx, text, permission) };
  }
  return null;
}

export async function colleagues(
  ctx: Ctx<StaffActor>,
  text: string,
  permission: Permission,
): Promise<Typed["choices"]> {
  const { staff } = await findStaff(ctx, permission, text);
  return staff.map(({ id, name, team }) => ({ id, name, second: team }));
}

async function people(ctx: Ctx<StaffActor>, text: string): Promise<Typed["choices"]> {
  const { hits } = await searchSubjects(ctx, { q: text, limit: 8 });
  return hits.map((hit) => ({
    id: hit.subjectId,
    name: hit.name,
    second: [hit.account.name, hit.email].filter(Boolean).join(" · "),
  }));
}

async function customers(ctx: Ctx<StaffActor>, text: string): Promise<Typed["choices"]> {
  const rows = await findAccounts(ctx.db, text);
  return rows.map(({ id, name, externalId }) => ({ id, name, second: externalId }));
}

const named = { actor: colleagues, subject: people, account: customers };

/** What a chip says of an actor; "Somebody else" where what they do is not the reader's to see. */
export async function nameOfActor(
  ctx: Ctx<StaffActor>,
  permission: Permission,
  id: string,
): Promise<string> {
  return (await readStaffName(ctx, permission, id))?.name ?? "Somebody else";
}
/** What a chip says for an id: the name of the person or the account, else the id. */
export async function nameOfSubject(ctx: Ctx<StaffActor>, id: string): Promise<string> {
  return (await readSubject(ctx, id))?.name ?? id;
}
export async function nameOfAccount(ctx: Ctx<StaffActor>, id: string): Promise<string> {
  return (await readAccount(ctx, id))?.name ?? id;
}
