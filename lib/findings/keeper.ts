import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { findings } from "#db/schema/findings.ts";
import { staff } from "#db/schema/staff.ts";

/** Whom the actor reports to. */
export const manager = alias(staff, "manager");

/** Whose turn it is: the actor's manager, where they may dispose of it; null: only compliance. */
export const keeperSql = sql<
  string | null
>`case when not same_person(${manager.id}, ${findings.actorId}) and same_person(${manager.id}, ${findings.otherId}) is not true
  and exists (select from roles_held h where h.staff_id = ${manager.id} and h.role = 'manager') then ${manager.name} end`;
