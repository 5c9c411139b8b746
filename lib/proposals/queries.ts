import { and, eq, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { clock } from "#db/client.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import { proposals } from "#db/schema/proposals.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { keyset, type PageInput, placeAt, toPage } from "#lib/kernel/keyset.ts";
import { may, reach } from "#lib/staff/rights.ts";
import type { ProposalKind } from "#lib/vocabulary.ts";
import { mayStillPropose } from "./lock.ts";
import { whoMayDecide } from "./others.ts";
import { acceptanceRefusal, decisionRefusal, kindsDecidedBy, otherwise } from "./rules.ts";

const proposer = alias(staff, "proposer");
const decider = alias(staff, "decider");
const person = alias(staff, "person");

const columns = (readerId: string) => ({
  id: proposals.id,
  number: proposals.number,
  kind: proposals.kind,
  accountId: proposals.accountId,
  accountName: accounts.name,
  subjectId: proposals.subjectId,
  subjectName: subjects.name,
  staffId: proposals.staffId,
  staffName: person.name,
  before: proposals.before,
  after: proposals.after,
  reason: proposals.reason,
  proposedBy: proposals.proposedBy,
  /** The person, else the product whose sync did. */
  proposedByName: sql<string>`coalesce(${proposer.name}, ${products.name}, '–')`,
  proposedAt: proposals.proposedAt,
  lapsesAt: proposals.lapsesAt,
  status: proposals.status,
  decidedByName: decider.name,
  decidedAt: proposals.decidedAt,
  comment: proposals.comment,
  isOwn: sql<boolean>`coalesce(same_person(${readerId}::uuid, ${proposals.proposedBy}), false)`,
  proposerMay: mayStillPropose(proposals.proposedBy, proposals.kind),
  isAbout: sql<boolean>`coalesce(same_person(${readerId}::uuid, ${proposals.staffId}), false)`,
  place: placeAt(proposals.proposedAt),
});

const select = ({ db, actor }: Ctx<StaffActor>) =>
  db
    .select(columns(actor.id))
    .from(proposals)
    .leftJoin(accounts, eq(accounts.id, proposals.accountId))
    .leftJoin(subjects, eq(subjects.id, proposals.subjectId))
    .leftJoin(person, eq(person.id, proposals.staffId))
    .leftJoin(proposer, eq(proposer.id, proposals.proposedBy))
    .leftJoin(products, eq(products.id, proposals.productId))
    .leftJoin(decider, eq(decider.id, proposals.decidedBy))
    .$dynamic();
export type Proposal = Awaited<ReturnType<typeof select>>[number];

/** Those that this reader may see: all, or those of the kinds that they decide and their own. */
function visible({ actor }: Ctx<StaffActor>): SQL | undefined {
  if (!may(actor, "decide_proposals")) return sql`false`;
  if (reach(actor, "decide_proposals") === "all") return undefined;
  return or(eq(proposals.proposedBy, actor.id), inArray(proposals.kind, kindsDecidedBy(actor)));
}

const openNow = and(
  eq(proposals.status, "pending"),
  sql`${proposals.lapsesAt} > clock_timestamp()`,
);

/** What waits for a second person, oldest first, with why this reader does not decide on it, or null. */
export async function readWaiting(ctx: Ctx<StaffActor>, limit = 100) {
  const rows = await select(ctx)
    .where(and(openNow, visible(ctx)))
    .orderBy(proposals.proposedAt, proposals.id)
    .limit(limit);
  const at = await clock(ctx.db);
  const judged = rows.map((row) => ({
    ...row,
    // Who else can is told on the page of each.
    mine: decisionRefusal(ctx.actor, { ...row, others: [] }, at) === null,
  }));
  return { rows: judged, at };
}

/** What was decided, withdrawn or lapsed, newest first. */
export async function readDecided(
  ctx: Ctx<StaffActor>,
  params: PageInput & { kind?: ProposalKind },
  limit = 30,
) {
  const from = keyset(proposals.proposedAt, proposals.id, params);
  const rows = await select(ctx)
    .where(
      and(
        or(ne(proposals.status, "pending"), sql`${proposals.lapsesAt} <= clock_timestamp()`),
        params.kind ? eq(proposals.kind, params.kind) : undefined,
        visible(ctx),
        from.where,
      ),
    )
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  return toPage(rows, limit, from);
}

/** One by its id or its number, with what this reader may do with it; null where there is none for them. */
export async function readProposal(
  ctx: Ctx<StaffActor>,
  which: { id: string } | { number: number },
) {
  const found = "id" in which ? eq(proposals.id, which.id) : eq(proposals.number, which.number);
  const [row] = await select(ctx).where(and(found, visible(ctx)));
  if (!row) return null;
  const at = await clock(ctx.db);
  const names = await whoMayDecide(ctx.db, row);
  const others = names.filter((name) => name !== ctx.actor.name);
  return {
    ...row,
    at,
    refusal: decisionRefusal(ctx.actor, { ...row, others }, at),
    /** Why it can be declined only, or null. */
    notAcceptable: acceptanceRefusal(row),
    /** “Mirela Osthoff can.” */
    whoCan: otherwise({ kind: row.kind, others }),
  };
}

/** What waits about one account and its people, or one member of staff. For pages whose reader may see it anyway. */
export const readOpenOf = (
  ctx: Ctx<StaffActor>,
  about: { accountId: string } | { staffId: string } | { kind: ProposalKind },
) =>
  select(ctx)
    .where(
      and(
        openNow,
        "accountId" in about
          ? eq(proposals.accountId, about.accountId)
          : "staffId" in about
            ? eq(proposals.staffId, about.staffId)
            : eq(proposals.kind, about.kind),
      ),
    )
    .orderBy(proposals.proposedAt)
    .limit(50);
