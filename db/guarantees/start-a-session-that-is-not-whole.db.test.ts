import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";
import { update } from "#db/testing/sql.ts";
import { close, end, start } from "#db/testing/steps.ts";

const s = await scene();
const request = await s.granted();

test("already ended, so that it never counts as live", async () => {
  const outcome = await attack(s, async (sql) => {
    const ended_entry_id = await entry(sql, "session.ended");
    await start(sql, request, { ended_at: new Date(), end_cause: "actor", ended_entry_id });
  });
  expect(outcome).toBe("session_starts_live");
});

test("that leaves its request to be used again", async () => {
  const outcome = await attack(s, (sql) => start(sql, request, {}, "granted"));
  expect(outcome).toBe("session_request_not_used_up");
});

test("that lets its request be cancelled instead of using it up", async () => {
  const outcome = await attack(s, async (sql) => {
    await start(sql, request, {}, "granted");
    await close(sql, request, "cancelled");
  });
  expect(outcome).toBe("session_request_not_used_up");
});

test("that ends in the future, or before it began", async () => {
  const session = await s.live(s.moe);
  await s.commit((sql) => end(sql, session, { ended_at: "2999-01-01" }));
  const { rows } = await s.owner.query(
    "select ended_at <= clock_timestamp() and ended_at >= started_at as sane from sessions where id = $1",
    [session.id],
  );
  expect(rows).toEqual([{ sane: true }]);
  expect(
    await attack(s, (sql) => update(sql, "sessions", session.id, { ended_at: "2001-01-01" })),
  ).toBe("session_ended");
});
