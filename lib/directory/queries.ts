import { and, asc, count, eq, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { accounts, products, subjects, tickets } from "#db/schema/directory.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import type { AccountStance, Tier } from "#lib/vocabulary.ts";
import { factsColumns, type SubjectFacts } from "./facts.ts";
import { notTheirs, reachRulesSql } from "./kept.ts";
import { externalIdSchema } from "./schemas.ts";

export type OpenTicket = {
  reference: string;
  title: string;
  assigneeEmail: string | null;
  /** Where the assignee is one of the staff. */
  assigneeId: string | null;
  assigneeName: string | null;
};

export type Subject = SubjectFacts & {
  lang: string | null;
  lastSeenAt: Date | null;
  account: SubjectFacts["account"] & { externalId: string; users: number };
  openTickets: OpenTicket[];
  /** Why this reader may not stand in for them; null where they may, or where they are no agent. */
  notTheirs: string | null;
};

/** One person by our id or the product's; null when there is none, or two products use the same id. */
export async function readSubject(
  { db, actor }: Ctx<StaffActor>,
  idOrExternalId: string,
): Promise<Subject | null> {
  const [row, another] = await db
    .select({
      ...factsColumns,
      account: {
        ...factsColumns.account,
        externalId: accounts.externalId,
        users: usersOf.mapWith(Number),
      },
      lang: subjects.lang,
      lastSeenAt: subjects.lastSeenAt,
      reach: reachRulesSql,
    })
    .from(subjects)
    .innerJoin(accounts, eq(accounts.id, subjects.accountId))
    .innerJoin(products, eq(products.id, subjects.productId))
    .where(named(subjects, idOrExternalId))
    .limit(2);
  if (!row || another) return null;
  const { reach, ...subject } = row;
  return {
    ...subject,
    openTickets: await readOpenTickets(db, row.subjectId),
    notTheirs: notTheirs(actor, subject, reach),
  };
}

const usersOf = sql<number>`(select count(*) from ${subjects} u where u.account_id = ${accounts.id})`;

const named = (table: typeof subjects | typeof accounts, id: string) => {
  if (idSchema.safeParse(id).success) return eq(table.id, id);
  return externalIdSchema.safeParse(id).success ? eq(table.externalId, id) : sql`false`;
};

const readOpenTickets = (db: Reader, subjectId: string): Promise<OpenTicket[]> =>
  db
    .select({
      reference: tickets.reference,
      title: tickets.title,
      assigneeEmail: tickets.assigneeEmail,
      assigneeId: staff.id,
      assigneeName: staff.name,
    })
    .from(tickets)
    .leftJoin(staff, eq(sql`lower(${staff.email})`, sql`lower(${tickets.assigneeEmail})`))
    .where(and(eq(tickets.subjectId, subjectId), eq(tickets.status, "open")))
    .orderBy(asc(tickets.reference))
    .limit(50);

export type Account = {
  id: string;
  externalId: string;
  name: string;
  tier: Tier;
  stance: AccountStance;
  region: string | null;
  product: SubjectFacts["product"];
  users: number;
  openTickets: number;
  /** Why this reader may stand in for nobody there; null where they may for some, or where they are no agent. */
  notTheirs: string | null;
};

/** One customer by our id or the product's; null when there is none, or two products use the same id. */
export async function readAccount(
  { db, actor }: Ctx<StaffActor>,
  idOrExternalId: string,
): Promise<Account | null> {
  const [row, another] = await db
    .select({
      id: accounts.id,
      externalId: accounts.externalId,
      name: accounts.name,
      tier: accounts.tier,
      stance: accounts.stance,
      region: accounts.region,
      product: factsColumns.product,
      users: usersOf.mapWith(Number),
      reach: reachRulesSql,
    })
    .from(accounts)
    .innerJoin(products, eq(products.id, accounts.productId))
    .where(named(accounts, idOrExternalId))
    .limit(2);
  if (!row || another) return null;
  const [open] = await db
    .select({ n: count() })
    .from(tickets)
    .where(and(eq(tickets.accountId, row.id), eq(tickets.status, "open")));
  const { reach, ...account } = row;
  const why = notTheirs(actor, { account, product: account.product }, reach);
  return { ...account, openTickets: open?.n ?? 0, notTheirs: why };
}
