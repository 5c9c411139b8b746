import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll } from "vitest";
import { hire } from "#db/testing/people.ts";
import type { Scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Result } from "#lib/kernel/result.ts";
import type { Role } from "#lib/vocabulary.ts";

/** Many people at once on a scene: connections enough that they meet in the database, and newcomers as the panel knows them. */
export function crowd(s: Scene, like: Ctx<StaffActor>) {
  const pool = new pg.Pool({ connectionString: s.runtimeUrl, max: 30 });
  // The database is dropped while a connection may still be saying goodbye.
  pool.on("error", () => {});
  afterAll(() => pool.end());
  const db = drizzle(pool);
  let count = 0;
  const hired = async (roles: Role[], managerId?: string): Promise<Ctx<StaffActor>> => {
    count += 1;
    const name = `${roles.join(" and ")} ${count}`;
    const id = await hire(s.owner, name.replaceAll(" ", "-"), roles, { managerId });
    const signInId = newId();
    await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
    return { ...like, db, actor: { ...like.actor, id, name, roles, signInId } };
  };
  const rows = async (text: string, params: unknown[] = []) =>
    (await s.owner.query(text, params)).rows;
  return { hired, rows };
}

export const codeOf = (result: Result<unknown>): string => (result.ok ? "ok" : result.error.code);
