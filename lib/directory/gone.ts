import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { LineKind } from "#lib/vocabulary.ts";
import { recordFacts } from "./record-part.ts";
import { arrayOf } from "./write-rows.ts";

/** How many went, and after whom the next piece begins; null when there is none. */
export type Step = {
  gone: { accounts?: number; users?: number; tickets?: number };
  after: string | null;
};

/** Rows looked at in one transaction. */
const piece = 5000;
const first = "00000000-0000-0000-0000-000000000000";

/**
 * Users of a product whom the sync did not name, deactivated. Looked through by id, so that each piece costs the same
 * however many there are, and locked in that order, as a push does.
 */
export async function deactivateUsers(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  syncId: string,
  after: string,
): Promise<Step> {
  const looked = sql`select id, external_id as of, account_id as "accountId", status as before, status = 'active' as counts
    from subjects where product_id = ${ctx.actor.id} and id > ${after || first} order by id limit ${piece}`;
  const { missing, next } = await notNamed(tx, looked, syncId, "user");
  if (missing.length > 0) {
    const ids = idsOf(missing, "uuid");
    await tx.execute(
      sql`select from subjects where id = any(${ids}) order by id for no key update`,
    );
    await tx.execute(
      sql`update subjects set status = 'deactivated', updated_at = clock_timestamp() where id = any(${ids})`,
    );
    const facts = missing.map((row) => ({ ...row, field: "status", after: "deactivated" }));
    await recordFacts(tx, ctx, facts, { sync: syncId });
  }
  return { gone: { users: missing.length }, after: next };
}

/** Accounts that the sync did not name, closed to standing in until they are named again: then they are as they stood. */
export async function closeAccounts(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  syncId: string,
  after: string,
): Promise<Step> {
  const looked = sql`select id, external_id as of, id as "accountId", stance as before, stance <> 'closed' as counts
    from accounts where product_id = ${ctx.actor.id} and id > ${after || first} order by id limit ${piece}`;
  const { missing, next } = await notNamed(tx, looked, syncId, "account");
  if (missing.length > 0) {
    await tx.execute(
      sql`update accounts set gone_stance = stance, pushed_stance = coalesce(pushed_stance, stance), stance = 'closed', updated_at = clock_timestamp() where id = any(${idsOf(missing, "uuid")})`,
    );
    const facts = missing.map((row) => ({ ...row, field: "stance", after: "closed" }));
    await recordFacts(tx, ctx, facts, { sync: syncId });
  }
  return { gone: { accounts: missing.length }, after: next };
}

/** Tickets that the sync did not name, closed. No decision rests on one, so that they have no entry of their own. */
export async function closeTickets(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  syncId: string,
  after: string,
): Promise<Step> {
  const looked = sql`select reference as id, reference as of, account_id as "accountId", status as before, status = 'open' as counts
    from tickets where product_id = ${ctx.actor.id} and reference > ${after} order by reference limit ${piece}`;
  const { missing, next } = await notNamed(tx, looked, syncId, "ticket");
  if (missing.length > 0)
    await tx.execute(
      sql`update tickets set status = 'closed', updated_at = clock_timestamp()
        where product_id = ${ctx.actor.id} and reference = any(${idsOf(missing, "text")})`,
    );
  return { gone: { tickets: missing.length }, after: next };
}

type Missing = { id: string; of: string; accountId: string; before: string };

const idsOf = (rows: readonly Missing[], type: "uuid" | "text") =>
  arrayOf(
    rows.map(({ id }) => id),
    type,
  );

/** Of a piece of rows those that count and were not named, and where the next piece begins. */
async function notNamed(
  tx: Transaction,
  looked: SQL,
  syncId: string,
  kind: LineKind,
): Promise<{ missing: Missing[]; next: string | null }> {
  const { rows } = await tx.execute<Missing & { isMissing: boolean; isLast: boolean }>(sql`
    select l.id, l.of, l."accountId", l.before, l.counts and s.external_id is null as "isMissing", l.n = ${piece} as "isLast"
    from (select *, row_number() over (order by id) as n from (${looked}) t) l
    left join directory_seen s on s.sync_id = ${syncId} and s.kind = ${kind} and s.external_id = l.of
    where l.n = ${piece} or (l.counts and s.external_id is null) order by l.id`);
  const next = rows.find((row) => row.isLast)?.id ?? null;
  return { missing: rows.filter((row) => row.isMissing), next };
}
