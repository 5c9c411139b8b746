import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { ask, attempt, end, grant, start, vote } from "#db/testing/steps.ts";

const s = await scene();
const granted = await s.granted(s.ben);
const live = await s.live();
const pending = await s.commit((sql) => ask(sql, s.ana, s.rita));

test("asking", async () => {
  const none = (asked_entry_id: string | null) =>
    attack(s, (sql) => ask(sql, s.ana, s.jane, { asked_entry_id }));
  expect(await none(newId())).toBe("requests_asked_entry");
  expect(await none(null)).toBe("23502");
});

test("voting", async () => {
  const outcome = await attack(s, (sql) => vote(sql, pending, s.max, { entry_id: newId() }));
  expect(outcome).toBe("approvals_entry");
});

test("granting", async () => {
  const none = (granted_entry_id: string | null) =>
    attack(s, async (sql) => grant(sql, await ask(sql, s.ana, s.jane), { granted_entry_id }));
  expect(await none(newId())).toBe("requests_granted_entry");
  expect(await none(null)).toBe("requests_granted");
});

test("starting", async () => {
  const none = (started_entry_id: string | null) =>
    attack(s, (sql) => start(sql, granted, { started_entry_id }));
  expect(await none(newId())).toBe("sessions_started_entry");
  expect(await none(null)).toBe("23502");
});

test("ending", async () => {
  const none = (ended_entry_id: string | null) =>
    attack(s, (sql) => end(sql, live, { ended_entry_id }));
  expect(await none(newId())).toBe("sessions_ended_entry");
  expect(await none(null)).toBe("sessions_end");
});

test("writing", async () => {
  const outcome = await attack(s, (sql) => attempt(sql, live, { entry_id: newId() }));
  expect(outcome).toBe("actions_entry");
});

test("what a write did", async () => {
  const id = await s.commit((sql) => attempt(sql, live));
  const none = (entry: string | null) =>
    attack(s, (sql) =>
      sql.query("update actions set done_at = now(), done_entry_id = $2 where id = $1", [
        id,
        entry,
      ]),
    );
  expect(await none(newId())).toBe("actions_done_entry");
  expect(await none(null)).toBe("actions_done");
});

test("a global stop, by the owner", async () => {
  const outcome = await attack({ owner: s.owner, runtime: s.owner }, (sql) =>
    insert(sql, "global_stops", {
      id: newId(),
      started_by: s.max,
      reason: "A test",
      started_entry_id: newId(),
    }),
  );
  expect(outcome).toBe("change_without_entry");
});
