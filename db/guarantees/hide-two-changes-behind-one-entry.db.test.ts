import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, attempt, vote } from "#db/testing/steps.ts";

const s = await scene();

test("two writes", async () => {
  const live = await s.live();
  const outcome = await attack(s, async (sql) => {
    const about = { actor: s.ana, subject: s.jane, session: live.id };
    const entry_id = await entry(sql, "action.write", about);
    await attempt(sql, live, { entry_id });
    await attempt(sql, live, { entry_id });
  });
  expect(outcome).toBe("actions_own_entry");
});

test("two votes", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita, { approvals_needed: 2 }));
  const outcome = await attack(s, async (sql) => {
    const entry_id = await vote(sql, request, s.max);
    await vote(sql, request, s.mia, { entry_id });
  });
  expect(outcome).toBe("approvals_own_entry");
});
