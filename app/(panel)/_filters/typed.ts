import { findAccounts } from "#lib/directory/find-accounts.ts";
import { readAccount, readSubject } from "#lib/directory/queries.ts";
import { searchSubjects } from "#lib/directory/search.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";

/** What was typed as a subject or an account where the address needs an id, and whom it may mean. */
export type Typed = {
  field: "subject" | "account";
  text: string;
  choices: { id: string; name: string; second: string }[];
};

/** Looks up what a filter's form sent as text; null when nothing was typed or it is an id already. */
export async function readTyped(
  ctx: Ctx<StaffActor>,
  given: { subject?: string; account?: string },
): Promise<Typed | null> {
  for (const field of ["subject", "account"] as const) {
    const text = given[field]?.trim().slice(0, 100);
    if (!text || idSchema.safeParse(text).success) continue;
    const choices = field === "subject" ? await people(ctx, text) : await customers(ctx, text);
    return { field, text, choices };
  }
  return null;
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

/** What a chip says for an id: the name of the person or the account, else the id. */
export async function nameOfSubject(ctx: Ctx<StaffActor>, id: string): Promise<string> {
  return (await readSubject(ctx, id))?.name ?? id;
}
export async function nameOfAccount(ctx: Ctx<StaffActor>, id: string): Promise<string> {
  return (await readAccount(ctx, id))?.name ?? id;
}
