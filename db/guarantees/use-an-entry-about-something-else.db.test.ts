import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";
import type { Sql } from "#db/testing/sql.ts";
import { ask, attempt, end, start, vote } from "#db/testing/steps.ts";

const s = await scene();
const live = await s.live();
const other = await s.live(s.ben);
const mine = { actor: s.ana, subject: s.jane, session: live.id };

test.each([
  ["of another event", (sql: Sql) => entry(sql, "action.viewed", mine)],
  ["of another session", (sql: Sql) => entry(sql, "action.write", { ...mine, session: other.id })],
  ["with another actor", (sql: Sql) => entry(sql, "action.write", { ...mine, actor: s.ben })],
  ["with another subject", (sql: Sql) => entry(sql, "action.write", { ...mine, subject: s.rita })],
])("a write with an entry %s", async (_, make) => {
  const outcome = await attack(s, async (sql) => attempt(sql, live, { entry_id: await make(sql) }));
  expect(outcome).toBe("change_without_entry");
});

test("an end with the entry of another's end", async () => {
  const outcome = await attack(s, async (sql) =>
    end(sql, live, {
      ended_entry_id: await entry(sql, "session.ended", { subject: s.jane, session: other.id }),
    }),
  );
  expect(outcome).toBe("change_without_entry");
});

test("a start whose entry names another actor", async () => {
  const request = await s.granted(s.moe);
  const outcome = await attack(s, async (sql) =>
    start(sql, request, {
      started_entry_id: await entry(sql, "session.started", {
        actor: s.ben,
        subject: s.jane,
        request: request.id,
      }),
    }),
  );
  expect(outcome).toBe("change_without_entry");
});

test("a vote whose entry names another manager", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  const outcome = await attack(s, async (sql) =>
    vote(sql, request, s.max, {
      entry_id: await entry(sql, "request.approved", { actor: s.mia, request: request.id }),
    }),
  );
  expect(outcome).toBe("change_without_entry");
});

test("a grant laid down with the ask, so that the entry of another serves", async () => {
  const old = await s.commit((sql) => entry(sql, "request.granted", mine));
  const forged = {
    granted_at: new Date(),
    granted_minutes: 30,
    start_by: new Date(),
    granted_entry_id: old,
  };
  expect(await attack(s, (sql) => ask(sql, s.ana, s.jane, forged))).toBe("request_starts_pending");
});

test("a write that is done as it is attempted, with any entry", async () => {
  const done_entry_id = await s.commit((sql) => entry(sql, "action.done", mine));
  const outcome = await attack(s, (sql) =>
    attempt(sql, live, { done_at: new Date(), done_entry_id }),
  );
  expect(outcome).toBe("action_done_later");
});
