import { expect, test } from "vitest";
import { ageSession } from "#db/testing/age.ts";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { update } from "#db/testing/sql.ts";
import { end } from "#db/testing/steps.ts";

const s = await scene();
const asOwner = { owner: s.owner, runtime: s.owner };

const live = await s.live();

test.each([
  "expires_at = expires_at + interval '1 minute'",
  "started_at = now()",
  "minutes = 60",
  "idle_minutes = 60",
  "actor_id = subject_id",
])("%s: not permitted, and frozen to the owner", async (change) => {
  const prolong = `update sessions set ${change} where id = $1`;
  expect(await attack(s, (sql) => sql.query(prolong, [live.id]))).toBe("42501");
  expect(await attack(asOwner, (sql) => sql.query(prolong, [live.id]))).toBe("session_frozen");
});

test("an ended one stays ended, and as it ended", async () => {
  const session = await s.live(s.ben);
  await s.commit((sql) => end(sql, session));
  const reopen = { ended_at: null, end_cause: null, ended_entry_id: null };
  for (const more of [reopen, { end_cause: "time" }, { end_comment: "Forged" }])
    expect(await attack(s, (sql) => update(sql, "sessions", session.id, more))).toBe(
      "session_ended",
    );
});

test("an idle or overdue one is not touched back to life", async () => {
  const session = await s.live(s.moe);
  const touch = () =>
    attack(s, (sql) => update(sql, "sessions", session.id, { last_active_at: new Date() }));
  await ageSession(s.owner, session.id, "10 minutes 1 second");
  expect(await touch()).toBe("session_over");
  await ageSession(s.owner, session.id, "25 minutes");
  expect(await touch()).toBe("session_over");
});

test("a live one carries no word of an end", async () => {
  for (const more of [{ end_comment: "Forged" }, { ended_by: s.max }])
    expect(await attack(s, (sql) => update(sql, "sessions", live.id, more))).toBe(
      "sessions_end_details",
    );
});
