import { asc, eq, sql } from "drizzle-orm";
import { preparedSelect } from "#db/prepared.ts";
import { accounts, products } from "#db/schema/directory.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { plainText } from "#lib/kernel/typed-text.ts";
import { isKept, notTheirs, reachRulesSql } from "./kept.ts";

/** Read for a reader from whom some may be kept. */
const read = 30;

const select = preparedSelect(
  "accounts_named",
  {
    id: accounts.id,
    externalId: accounts.externalId,
    name: accounts.name,
    tier: accounts.tier,
    stance: accounts.stance,
    region: accounts.region,
    clientId: products.clientId,
    productName: products.name,
    reach: reachRulesSql,
  },
  (builder, columns) =>
    builder
      .select(columns)
      .from(
        // Each by its own index; the letters after all others end a range of names.
        sql`((select a.id from accounts a, (select btrim(fold(${sql.placeholder("typed")})) as w) f
            where f.w <> '' and left(fold(a.name), 64) >= left(f.w, 64) and left(fold(a.name), 64) < left(f.w, 64) || U&'\\+10FFFF'
            order by left(fold(a.name), 64) limit ${sql.raw(String(read))})
          union select a.id from accounts a where lower(a.external_id) = lower(${sql.placeholder("typed")}) limit ${sql.raw(String(read))}) as found`,
      )
      .innerJoin(accounts, eq(accounts.id, sql`found.id`))
      .innerJoin(products, eq(products.id, accounts.productId))
      .orderBy(asc(sql`left(fold(${accounts.name}), 64)`), asc(accounts.id)),
);

/**
 * Accounts whose name begins with what was typed, or whose id in the product it is, by name; at most `limit`. What a team may
 * not open is not among them: a palette leads, and tells of nothing that it does not lead to.
 */
export async function accountsNamed({ db, actor }: Ctx<StaffActor>, q: string, limit: number) {
  const typed = plainText(q).normalize("NFC").trim();
  if (typed === "") return [];
  const rows = await select(db, { typed });
  return rows
    .filter(({ reach, clientId, productName, ...account }) => {
      const customer = { account, product: { clientId, name: productName } };
      return !isKept(actor, notTheirs(actor, customer, reach));
    })
    .slice(0, limit)
    .map(({ id, externalId, name, tier }) => ({ id, externalId, name, tier }));
}
