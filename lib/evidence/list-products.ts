import { asc } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { products } from "#db/schema/directory.ts";

/** The products, for a choice of one. A company has few. */
export const listProducts = (db: Reader) =>
  db
    .select({ id: products.id, name: products.name })
    .from(products)
    .orderBy(asc(products.name), asc(products.id))
    .limit(200);
