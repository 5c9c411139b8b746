import { v7 as newId } from "uuid";
import { entry } from "./entry.ts";
import { addSubject, type Subject } from "./people.ts";
import type { Scene } from "./scene.ts";
import { insert, type Row, type Sql } from "./sql.ts";
import { ask, end, grant, start } from "./steps.ts";

/** Others of the standard account, one each. */
export const crowd = (s: Scene, n: number): Promise<Subject[]> =>
  Promise.all(Array.from({ length: n }, () => addSubject(s.owner, s.product, s.standard)));

/** A whole session by plain SQL, from the question to the end, in one transaction. */
export async function standInFor(sql: Sql, actor: string, subject: Subject): Promise<string> {
  const request = await ask(sql, actor, subject);
  await grant(sql, request);
  const session = await start(sql, request);
  await end(sql, session);
  return session.id;
}

/** A lift as an honest panel writes it; `more` says what an attack does differently. */
export async function lift(sql: Sql, actor: string, by: string, more: Row = {}): Promise<string> {
  const id = newId();
  await insert(sql, "breadth_lifts", {
    id,
    actor_id: actor,
    lifted_by: by,
    reason: "An outage at Northwind, all hands",
    entry_id:
      "entry_id" in more ? more.entry_id : await entry(sql, "breadth.lifted", { actor: by }),
    ...more,
  });
  return id;
}
