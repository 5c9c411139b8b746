import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";
import { attempt } from "#db/testing/steps.ts";

const s = await scene();

test.each([
  "select * from owed",
  "delete from owed",
  "update owed set id = gen_random_uuid()",
  "insert into owed (what, id) values ('payload', gen_random_uuid())",
])("%s: not permitted", async (statement) => {
  expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
});

test("what is brought before the commit is owed no more", async () => {
  const live = await s.live();
  await s.commit(async (sql) => {
    const entry_id = newId();
    await attempt(sql, live, { entry_id });
    await sql.query(
      `insert into audit_entry (id, event, actor_id, subject_id, session_id)
       select $1, 'action.write', actor_id, subject_id, id from sessions where id = $2`,
      [entry_id, live.id],
    );
    await sql.query("insert into audit_payload (entry_id, salt, body) values ($1, '\\x00', '{}')", [
      entry_id,
    ]);
  });
  const { rows } = await s.owner.query("select * from owed");
  expect(rows).toEqual([]);
});

test("one of many entries of a statement without its payload", async () => {
  const outcome = await attack(s, async (sql) => {
    const ids = [newId(), newId(), newId()];
    await sql.query(
      `with e as (insert into audit_entry (id, event) select id, 'page.refused' from unnest($1::uuid[]) id returning id)
       insert into audit_payload (entry_id, salt, body) select id, '\\x00', '{}' from e where id <> $2`,
      [ids, ids[1]],
    );
  });
  expect(outcome).toBe("audit_entry_without_payload");
});

test("one of many actions of a statement with the entry of another session", async () => {
  const live = await s.live(s.ben);
  const outcome = await attack(s, async (sql) => {
    const about = { actor: s.ben, subject: s.jane, session: live.id };
    const [own, others] = [
      await entry(sql, "action.write", about),
      await entry(sql, "action.write", { ...about, session: newId() }),
    ];
    await sql.query(
      `insert into actions (id, session_id, seq, phase, effect, method, route, happened_at, entry_id)
       select gen_random_uuid(), $1, 1, 'attempt', 'data', 'POST', '/x', now(), e from unnest($2::uuid[]) e`,
      [live.id, [own, others]],
    );
  });
  expect(outcome).toBe("change_without_entry");
});

test("an index with a time of the same transaction that is not its entry's", async () => {
  const outcome = await attack(s, async (sql) => {
    const id = await entry(sql, "page.refused");
    await sql.query(
      "insert into audit_index (entry_id, occurred_at) select $1, clock_timestamp()",
      [id],
    );
  });
  expect(outcome).toBe("audit_index_without_entry");
});
