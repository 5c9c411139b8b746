import { v7 as newId } from "uuid";
import { beforeEach, expect, test } from "vitest";
import { ageSession } from "#db/testing/age.ts";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { type Sql, update } from "#db/testing/sql.ts";
import { ask, attempt, end, grant, narrow, type Session, start } from "#db/testing/steps.ts";

const s = await scene();
const asOwner = { owner: s.owner, runtime: s.owner };
let acting: Session;
let agents = 0;
beforeEach(async () => {
  acting = await s.live(await s.agent(`acts ${++agents}`));
});
const set = (sql: Sql, session: Session, change: string) =>
  sql.query(`update sessions set ${change} where id = $1`, [session.id]);

test("who has narrowed a session to looking writes nothing in it any more", async () => {
  await s.commit((sql) => attempt(sql, acting));
  await s.commit((sql) => narrow(sql, acting));
  expect(await attack(s, (sql) => attempt(sql, acting))).toBe("action_scope");
  await s.commit((sql) => end(sql, acting));
});

test("nor climbs back, narrows twice or says that it was another time", async () => {
  await s.commit((sql) => narrow(sql, acting));
  const climb = "narrowed_at = null, narrowed_entry_id = null";
  for (const who of [s, asOwner]) {
    expect(await attack(who, (sql) => set(sql, acting, climb))).toBe("session_narrowed_once");
    expect(await attack(who, (sql) => set(sql, acting, "narrowed_at = now()"))).toBe(
      "session_narrowed_once",
    );
  }
  expect(await attack(s, (sql) => narrow(sql, acting))).toBe("session_narrowed_once");
});

test("a time of one's own choice is not taken", async () => {
  await s.commit((sql) => narrow(sql, acting, { narrowed_at: new Date("2020-01-01") }));
  const { rows } = await s.owner.query(
    "select narrowed_at > started_at as is_now, scope from sessions where id = $1",
    [acting.id],
  );
  expect(rows).toEqual([{ is_now: true, scope: "write" }]);
});

test("nothing else changes with it: neither its time nor what it was for", async () => {
  for (const more of [
    { expires_at: new Date(Date.now() + 3_600_000) },
    { minutes: 60 },
    { scope: "read" },
  ]) {
    expect(await attack(s, (sql) => narrow(sql, acting, more))).toBe("42501");
    expect(await attack(asOwner, (sql) => narrow(sql, acting, more))).toBe("session_frozen");
  }
});

test("only what acts is narrowed, while it lives", async () => {
  const looking = await s.commit(async (sql) => {
    const request = await ask(sql, await s.agent(`looks ${agents}`), s.jane, { scope: "read" });
    await grant(sql, request);
    return start(sql, request);
  });
  expect(await attack(s, (sql) => narrow(sql, looking))).toBe("sessions_narrowed");
  await ageSession(s.owner, acting.id, "10 minutes 1 second");
  expect(await attack(s, (sql) => narrow(sql, acting))).toBe("session_over");
  await s.commit((sql) => end(sql, acting, { end_cause: "idle" }));
  expect(await attack(s, (sql) => narrow(sql, acting))).toBe("session_ended");
});

test("not without an entry of its own that says so", async () => {
  expect(await attack(s, (sql) => narrow(sql, acting, { narrowed_entry_id: newId() }))).toBe(
    "change_without_entry",
  );
  const { actor, subject, id: request } = acting.request;
  const about = { actor, subject, request, session: acting.id };
  for (const [event, of] of [
    ["session.ended", about],
    ["session.narrowed", { ...about, actor: s.ben }],
    ["session.narrowed", { ...about, session: newId() }],
  ] as const)
    expect(
      await attack(s, async (sql) =>
        narrow(sql, acting, { narrowed_entry_id: await entry(sql, event, of) }),
      ),
    ).toBe("change_without_entry");
});

test("not as it starts, nor as it ends", async () => {
  const request = await s.granted(await s.agent(`again ${agents}`));
  expect(
    await attack(s, async (sql) => {
      const narrowed = await entry(sql, "session.narrowed", { actor: request.actor });
      await start(sql, request, { narrowed_at: new Date(), narrowed_entry_id: narrowed });
    }),
  ).toBe("session_starts_live");
  expect(
    await attack(s, async (sql) => {
      const { actor, subject, id } = acting.request;
      const about = { actor, subject, request: id, session: acting.id };
      await update(sql, "sessions", acting.id, {
        ...{ ended_at: new Date(), end_cause: "actor" },
        ended_entry_id: await entry(sql, "session.ended", about),
        narrowed_at: new Date(),
        narrowed_entry_id: await entry(sql, "session.narrowed", about),
      });
    }),
  ).toBe("session_frozen");
});

test("the narrowing first: a write that waited for it is refused", async () => {
  const [looks, writes] = [await opened(s.runtime), await opened(s.runtime)];
  await narrow(looks.sql, acting);
  const outcome = writes.race((sql) => attempt(sql, acting));
  await waits(s.owner, writes);
  await looks.commit();
  expect(await outcome).toBe("action_scope");
});

test("the write first: the narrowing waits for it", async () => {
  const [looks, writes] = [await opened(s.runtime), await opened(s.runtime)];
  await attempt(writes.sql, acting);
  const outcome = looks.race((sql) => narrow(sql, acting));
  await waits(s.owner, looks);
  await writes.commit();
  expect(await outcome).toBe("won");
});

test("an end that came first leaves nothing to narrow, and of two narrowings one is made", async () => {
  for (const [first, refused] of [
    [narrow, "session_narrowed_once"],
    [end, "session_ended"],
  ] as const) {
    const session = await s.live(await s.agent(`races ${++agents}`));
    const [one, two] = [await opened(s.runtime), await opened(s.runtime)];
    await first(one.sql, session);
    const outcome = two.race((sql) => narrow(sql, session));
    await waits(s.owner, two);
    await one.commit();
    expect(await outcome).toBe(refused);
  }
});
