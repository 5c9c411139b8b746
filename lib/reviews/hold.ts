import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/** Holds items of open reviews in one order, so that two who hold several do not wait for each other in a circle. */
export const holdItems = (tx: Transaction, ids: readonly string[]) =>
  tx.execute(
    sql`select open_item(o.id) from (select id from unnest(${sql.param([...ids])}::uuid[]) id order by id) o`,
  );

/**
 * Holds, once the items or their review are held, whose rights they are and whoever else is named, in the order in which
 * every change of staff holds them; every admin where one of them may be the last.
 */
export const holdPeople = (
  tx: Transaction,
  itemIds: readonly string[],
  others: readonly string[] = [],
) =>
  tx.execute(sql`
    with items as materialized (select staff_id, role from review_items where id = any(${sql.param([...itemIds])}::uuid[]))
    select s.id from staff s where s.id = any(${sql.param([...others])}::uuid[]) or s.id in (select staff_id from items)
      or s.id in (select g.staff_id from staff_roles g where g.role = 'admin' and g.revoked_at is null
        and exists (select 1 from items where role = 'admin'))
    order by s.id for no key update of s`);
