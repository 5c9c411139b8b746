import { and, eq, sql } from "drizzle-orm";
import { clock, type Transaction } from "#db/client.ts";
import { proposals } from "#db/schema/proposals.ts";
import { recordAudits } from "#lib/audit/record.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId, proposalNumber } from "#lib/kernel/ids.ts";
import { proposalDays } from "#lib/proposals/rules.ts";
import type { FlagNews, ProposedFlag } from "./plan.ts";
import { anyOf, arrayOf } from "./write-rows.ts";

type About = { accountId: string; subjectId: string | null; flag: ProposedFlag };
const keyOf = ({ accountId, subjectId, flag }: About) => `${accountId} ${subjectId} ${flag}`;

/**
 * Lets what a push says looser wait for a second person, one proposal for each flag; what the product proposed of it
 * before is taken back. Where a person has proposed, theirs stays. A few statements for any number of flags.
 */
export async function proposeFlags(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  news: readonly FlagNews[],
): Promise<void> {
  if (news.length === 0) return;
  const waiting = await readWaiting(tx, news);
  const isOpen = new Set(waiting.filter(({ byPerson }) => byPerson).map(keyOf));
  await takeBack(
    tx,
    ctx,
    waiting.filter(({ byPerson }) => !byPerson),
  );
  const asked = news.filter((one) => one.after !== null && !isOpen.has(keyOf(one)));
  if (asked.length > 0) await add(tx, ctx, asked);
}

type Waiting = About & {
  id: string;
  number: number;
  status: "withdrawn" | "lapsed";
  byPerson: boolean;
};

/** What waits about these flags, held; what nobody decided in time is to be closed as that. */
async function readWaiting(tx: Transaction, about: readonly About[]): Promise<Waiting[]> {
  const keys = new Set(about.map(keyOf));
  const rows = await tx
    .select({
      id: proposals.id,
      number: proposals.number,
      accountId: sql<string>`${proposals.accountId}`,
      subjectId: proposals.subjectId,
      flag: sql<ProposedFlag>`(select k from jsonb_object_keys(${proposals.after}) k)`,
      isLate: sql<boolean>`${proposals.lapsesAt} <= clock_timestamp()`,
      isByPerson: sql<boolean>`${proposals.proposedBy} is not null`,
    })
    .from(proposals)
    .where(
      and(
        eq(proposals.kind, "flag"),
        eq(proposals.status, "pending"),
        anyOf(proposals.accountId, [...new Set(about.map(({ accountId }) => accountId))]),
      ),
    )
    .orderBy(proposals.id)
    .for("no key update");
  return rows
    .filter((row) => keys.has(keyOf(row)))
    .map(({ isLate, isByPerson, ...row }) => ({
      ...row,
      status: isLate ? "lapsed" : "withdrawn",
      byPerson: isByPerson && !isLate,
    }));
}

/** Closes what a product proposed of a flag that somebody tightens, or on which it says something else by now. */
export async function closeProposed(tx: Transaction, ctx: Ctx, about: About): Promise<void> {
  const waiting = await readWaiting(tx, [about]);
  await takeBack(
    tx,
    ctx,
    waiting.filter(({ byPerson }) => !byPerson),
  );
}

/** Closes what nobody decided in time, whoever proposed it: it stands in the way of another. */
export async function lapseLate(tx: Transaction, ctx: Ctx, about: About): Promise<void> {
  const waiting = await readWaiting(tx, [about]);
  await takeBack(
    tx,
    ctx,
    waiting.filter(({ status }) => status === "lapsed"),
  );
}

async function takeBack(tx: Transaction, ctx: Ctx, rows: readonly Waiting[]): Promise<void> {
  if (rows.length === 0) return;
  const entries = await recordAudits(
    tx,
    ctx,
    rows.map((row) => ({
      event: `proposal.${row.status}`,
      accountId: row.accountId,
      subjectId: row.subjectId,
      body: {
        what: `${proposalNumber(row.number)} ${row.status}: what it was about has changed meanwhile`,
        proposal: row.id,
        number: proposalNumber(row.number),
        kind: "flag",
      },
    })),
  );
  const column = <K extends "id" | "status">(name: K, type: string) =>
    arrayOf(
      rows.map((row) => row[name]),
      type,
    );
  await tx.execute(sql`update ${proposals} p set status = t.status, decided_at = clock_timestamp(), decided_entry_id = t.entry
    from unnest(${column("id", "uuid")}, ${column("status", "text")}, ${arrayOf(entries, "uuid")}) as t(id, status, entry)
    where p.id = t.id`);
}

type Asked = FlagNews;

async function add(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  asked: readonly Asked[],
): Promise<void> {
  const { rows: drawn } = await tx.execute<{ number: number }>(
    sql`select nextval('proposal_numbers')::integer as number from generate_series(1, ${asked.length}::integer)`,
  );
  const at = await clock(tx);
  const lapsesAt = new Date(at.getTime() + proposalDays * 24 * 3_600_000);
  const reason = `${ctx.actor.name} says so in its directory.`;
  const rows = asked.map((one, i) => {
    const number = drawn[i]?.number;
    if (number === undefined) throw new Error("As many numbers are drawn as there are flags");
    return {
      ...{ id: newId(), number, accountId: one.accountId, subjectId: one.subjectId },
      before: JSON.stringify({ [one.flag]: one.before }),
      after: JSON.stringify({ [one.flag]: one.after }),
      about: `${one.name}, ${one.says}`,
    };
  });
  const entries = await recordAudits(
    tx,
    ctx,
    rows.map(({ about, ...row }) => ({
      event: "proposal.made",
      accountId: row.accountId,
      subjectId: row.subjectId,
      body: {
        what: `${proposalNumber(row.number)} proposed: ${about}`,
        proposal: row.id,
        number: proposalNumber(row.number),
        kind: "flag",
        before: JSON.parse(row.before),
        after: JSON.parse(row.after),
        reason,
      },
    })),
  );
  const column = (name: Exclude<keyof (typeof rows)[number], "about">, type: string) =>
    arrayOf(
      rows.map((row) => row[name]),
      type,
    );
  await tx.execute(sql`insert into ${proposals}
      (id, number, kind, account_id, subject_id, before, after, reason, product_id, lapses_at, made_entry_id)
    select t.id, t.number, 'flag', t.account, t.subject, t.before, t.after, ${reason}, ${ctx.actor.id}::uuid, ${lapsesAt}, t.entry
    from unnest(${column("id", "uuid")}, ${column("number", "integer")}, ${column("accountId", "uuid")},
      ${column("subjectId", "uuid")}, ${column("before", "jsonb")}, ${column("after", "jsonb")}, ${arrayOf(entries, "uuid")})
      as t(id, number, account, subject, before, after, entry)`);
}
