import { and, asc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { accounts, products, subjects, tickets } from "#db/schema/directory.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { plainText } from "#lib/kernel/typed-text.ts";
import { countSearch } from "./count-search.ts";
import { factsColumns } from "./facts.ts";
import { idsInAddress, pageAddress } from "./ids-in-address.ts";
import { isKept, notTheirs, reachRulesSql } from "./kept.ts";
import { externalIdSchema } from "./schemas.ts";
import type { Hit } from "./search.ts";

/** What a link from elsewhere says of the person: an id or e-mail, a ticket, the page of a product. */
export type Naming = { subject?: string; ticket?: string; url?: string };

export type NamedBy = {
  /** Whom this reader may open, by name; `mostNamed` at most. */
  people: Hit[];
  /** What they were found by; null where nothing found anybody. */
  by: keyof Naming | null;
  /** Of which product the page is; null where no page was given, or it is none of a product's. */
  pageOf: { id: string; name: string } | null;
};

/** How many people may be meant: more are no answer. */
const mostNamed = 20;

/**
 * Who is meant. An id of ours or of the product's, or an e-mail, decides alone; else the page's address, by the ids of
 * users in it, or of accounts; and the ticket, by its requester. Where page and ticket name different people, all of them are.
 * Counted as a search, and refused as one. Who is another team's is not among them: unknown and forbidden answer alike.
 */
export async function findNamed(ctx: Ctx<StaffActor>, naming: Naming): Promise<Result<NamedBy>> {
  const { subject = "", ticket = "", url = "" } = naming;
  const often = await countSearch(ctx, (subject || url || ticket).slice(0, 200));
  if (often) return { ok: false, error: often };
  const page = pageAddress(url);
  const pageOf = page && (await productAt(ctx.db, page.origin));
  const named = await whichOf(ctx, naming, page, pageOf);
  return ok({ ...named, pageOf });
}

async function whichOf(
  ctx: Ctx<StaffActor>,
  { subject, ticket }: Naming,
  page: URL | null,
  pageOf: NamedBy["pageOf"],
): Promise<Pick<NamedBy, "people" | "by">> {
  if (subject) {
    const all = await read(ctx, bySubject(plainText(subject).trim()));
    // The same e-mail or id in two products: the page tells which.
    const there = pageOf ? all.filter((one) => one.product.id === pageOf.id) : [];
    const people = there.length > 0 ? there : all;
    return { people, by: people.length > 0 ? "subject" : null };
  }
  const onPage = page && pageOf ? await onPageOf(ctx, pageOf.id, idsInAddress(page)) : [];
  const asked = ticket ? await read(ctx, byTicket(ticket.trim().toUpperCase())) : [];
  const both = asked.filter((one) => onPage.some(({ subjectId }) => subjectId === one.subjectId));
  if (both.length > 0) return { people: both, by: "ticket" };
  const people = [...onPage, ...asked].slice(0, mostNamed);
  const by = onPage.length > 0 ? "url" : asked.length > 0 ? "ticket" : null;
  return { people, by };
}

async function onPageOf(ctx: Ctx<StaffActor>, productId: string, ids: string[]): Promise<Hit[]> {
  if (ids.length === 0) return [];
  const there = eq(subjects.productId, productId);
  const mails = ids.filter((id) => id.includes("@"));
  const users = or(
    inArray(sql`lower(${subjects.externalId})`, ids),
    mails.length > 0 ? inArray(sql`lower(${subjects.email})`, mails) : undefined,
  );
  const people = await read(ctx, and(there, users));
  if (people.length > 0) return people;
  return read(
    ctx,
    sql`${subjects.accountId} in (select id from ${accounts}
      where product_id = ${productId} and lower(external_id) in ${ids})`,
  );
}

function bySubject(text: string): SQL {
  if (idSchema.safeParse(text).success) return eq(subjects.id, text);
  if (text.includes("@")) return eq(sql`lower(${subjects.email})`, text.toLowerCase());
  return externalIdSchema.safeParse(text).success
    ? eq(sql`lower(${subjects.externalId})`, text.toLowerCase())
    : sql`false`;
}

/** Whose ticket it is; where nobody's in particular, everybody at the account may be meant. */
function byTicket(reference: string): SQL {
  if (!externalIdSchema.safeParse(reference).success) return sql`false`;
  const which = sql`from ${tickets} where (product_id, reference) in (select id, ${reference} from ${products})`;
  return sql`(${subjects.id} in (select subject_id ${which})
    or ${subjects.accountId} in (select account_id ${which} and subject_id is null))`;
}

async function productAt(db: Reader, origin: string): Promise<NamedBy["pageOf"]> {
  const [one] = await db
    .select({ id: products.id, name: products.name })
    .from(products)
    .where(eq(products.origin, origin))
    .limit(1);
  return one ?? null;
}

async function read({ db, actor }: Ctx<StaffActor>, which: SQL | undefined): Promise<Hit[]> {
  const rows = await db
    .select({
      ...factsColumns,
      account: { ...factsColumns.account, externalId: accounts.externalId },
      lang: subjects.lang,
      lastSeenAt: subjects.lastSeenAt,
      reach: reachRulesSql,
    })
    .from(subjects)
    .innerJoin(accounts, eq(accounts.id, subjects.accountId))
    .innerJoin(products, eq(products.id, subjects.productId))
    .where(which)
    .orderBy(asc(subjects.name), asc(subjects.id))
    .limit(mostNamed);
  return rows
    .map(({ reach, ...row }) => ({ ...row, notTheirs: notTheirs(actor, row, reach) }))
    .filter((row) => !isKept(actor, row.notTheirs))
    .map((row) => ({ ...row, isKept: false, sameName: 1, corrected: null }));
}
