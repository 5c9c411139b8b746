import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";
import { update } from "#db/testing/sql.ts";
import { attempt } from "#db/testing/steps.ts";

const s = await scene();
const session = await s.live();
const id = await s.commit((sql) => attempt(sql, session));
const about = { actor: s.ana, subject: s.jane, session: session.id };
await s.commit(async (sql) =>
  update(sql, "actions", id, {
    done_at: new Date(),
    done_entry_id: await entry(sql, "action.done", about),
  }),
);

test.each(["effect = 'view'", "phase = 'refused'", "session_id = session_id", "entry_id = id"])(
  "%s: not permitted",
  async (change) => {
    expect(await attack(s, (sql) => sql.query(`update actions set ${change}`))).toBe("42501");
  },
);

test("what a write did is said once", async () => {
  for (const more of [
    { status: 500 },
    { resource: "INV-1" },
    { done_at: null, done_entry_id: null },
  ])
    expect(await attack(s, (sql) => update(sql, "actions", id, more))).toBe("action_frozen");
});

test("the same action twice", async () => {
  expect(await attack(s, (sql) => attempt(sql, session, { id }))).toBe("actions_once");
});
