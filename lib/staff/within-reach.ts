import { eq, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Permission, reach } from "./rights.ts";

/** Of rows with this actor, those that this reader may see: own, those of the own team, or all (DESIGN §2). */
export function withinReach(
  { actor: reader }: Ctx<StaffActor>,
  permission: Permission,
  actorId: PgColumn,
): SQL | undefined {
  switch (reach(reader, permission)) {
    case "all":
      return undefined;
    case "team":
      // By the ids of the team, so that the rows of others are passed over without a look at each one's actor.
      return sql`(${actorId} = ${reader.id}
        or ${actorId} in (select t.id from ${staff} t where t.team = ${reader.team}))`;
    case "own":
      return eq(actorId, reader.id);
    case "none":
      return sql`false`;
  }
}
