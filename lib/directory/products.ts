import { asc, isNotNull, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { preparedSelect } from "#db/prepared.ts";
import { products } from "#db/schema/directory.ts";
import { together } from "#db/together.ts";

const select = preparedSelect(
  "clients",
  {
    id: products.id,
    clientId: products.clientId,
    name: products.name,
    secretHash: products.secretHash,
    /** The secret before, while it is good. */
    previousSecretHash: sql<
      string | null
    >`case when ${products.previousSecretUntil} > clock_timestamp() then ${products.previousSecretHash} end`,
    jwks: products.jwks,
    redirectUris: products.redirectUris,
  },
  (builder, columns) =>
    builder
      .select(columns)
      .from(products)
      .where(sql`${products.clientId} = any(${sql.placeholder("clientIds")}::text[])`),
);

const find = together(
  (clientId: string) => clientId,
  async (db, clientIds) => {
    const rows = await select(db, { clientIds });
    return new Map(rows.map((row) => [row.clientId, row]));
  },
);

/** A product as an OAuth client, with what it proves itself by. */
export async function findClient(db: Reader, clientId: string) {
  // VSCHAR (RFC 6749, appendix A.1): nothing else is asked of the database.
  if (!/^[ -~]{1,200}$/.test(clientId)) return null;
  return find(db, clientId);
}
export type Client = NonNullable<Awaited<ReturnType<typeof findClient>>>;

/** All products, by name. */
export const listProducts = (db: Reader) =>
  db
    .select({
      clientId: products.clientId,
      name: products.name,
      environment: products.environment,
      origin: products.origin,
      redirectUris: products.redirectUris,
      initiateLoginUri: products.initiateLoginUri,
      signs: isNotNull(products.jwks).mapWith(Boolean),
      previousSecretUntil: products.previousSecretUntil,
    })
    .from(products)
    .orderBy(asc(products.name), asc(products.clientId));

/** Where forms and logins may lead: the origins of all products. */
export async function productOrigins(db: Reader): Promise<string[]> {
  const rows = await db.selectDistinct({ origin: products.origin }).from(products);
  return rows.map(({ origin }) => origin).sort();
}
