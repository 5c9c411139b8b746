import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { allowGlass, askGlass, useGlass } from "#db/testing/break-glass.ts";
import { addAccount, addSubject, hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { review } from "#db/testing/session-reviews.ts";
import { type Row, update } from "#db/testing/sql.ts";
import { ask, end, grant, start } from "#db/testing/steps.ts";

const s = await scene();
let version = 20;
const allow = async (more: Row = {}) => {
  version += 1;
  await allowGlass(s.owner, version, more);
};
await allow();

/** Tries it with a request that says `more`, of somebody who never did before. */
const forge = async (more: Row, subject = s.rita) => {
  const actor = await s.agent(`agent-${Math.random()}`);
  return attack(s, async (sql) => useGlass(sql, await askGlass(sql, actor, subject, more)));
};

test("where the policy lets nobody", async () => {
  await allow({ allowed: false });
  expect(await forge({})).toBe("request_break_glass");
  await allow();
});

test.each([
  ["for longer than it lets", { minutes: 60 }],
  ["for acting", { scope: "write" }],
  ["with a short reason", { reason: "It cannot wait for anybody" }],
  ["with a reason of blanks", { reason: `It cannot wait${" ".repeat(60)}` }],
])("%s", async (_, more) => {
  expect(await forge(more)).toBe("request_break_glass");
});

test("where no approval was wanted, whatever the request says of that", async () => {
  expect(await forge({}, s.jane)).toBe("request_break_glass");
  expect(await forge({ approvals_needed: 1 }, s.jane)).toBe("request_break_glass");
  expect(await forge({ requirements: '[{"by": "manager", "votes": 1}]' }, s.jane)).toBe(
    "request_break_glass",
  );
});

test("into a closed account", async () => {
  const closed = await addAccount(s.owner, s.product, "regulated", { stance: "closed" });
  const nobody = await addSubject(s.owner, s.product, closed);
  expect(await forge({}, nobody)).toBe("request_subject");
});

test("with a request that was asked without it", async () => {
  const actor = await s.agent("later");
  const request = await s.commit((sql) => ask(sql, actor, s.rita, { scope: "read", minutes: 15 }));
  expect(
    await attack(s, (sql) =>
      sql.query("update requests set break_glass = true where id = $1", [request.id]),
    ),
  ).toBe("42501");
  await expect(
    update(s.owner, "requests", request.id, { break_glass: true }),
  ).rejects.toMatchObject({ constraint: "request_frozen" });
  expect(await attack(s, (sql) => grant(sql, request))).toBe("request_without_approvals");
});

test("with an old sign-in", async () => {
  const actor = await s.agent("sleepy");
  const { rows } = await s.owner.query(
    `insert into staff_sign_ins (id, staff_id, auth_time) values (gen_random_uuid(), $1, now() - interval '6 minutes') returning id`,
    [actor],
  );
  expect(
    await attack(s, async (sql) =>
      useGlass(sql, await askGlass(sql, actor, s.rita), { session: { sign_in_id: rows[0]?.id } }),
    ),
  ).toBe("session_sign_in");
});

test("after the policy took it back between the grant and the start", async () => {
  const actor = await s.agent("late");
  const request = await s.commit(async (sql) => {
    const one = await askGlass(sql, actor, s.rita);
    await grant(sql, one);
    return one;
  });
  await allow({ allowed: false });
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_break_glass");
  await allow();
});

test("without telling somebody whom it skips, or anybody", async () => {
  const actor = await s.agent("quiet");
  for (const asked of [[], [s.max], [s.max, s.mia]])
    expect(
      await attack(s, async (sql) => useGlass(sql, await askGlass(sql, actor, s.rita), { asked })),
    ).toBe("break_glass_untold");
  expect(
    await attack(s, async (sql) => {
      const request = await askGlass(sql, actor, s.rita);
      await grant(sql, request);
      await start(sql, request);
    }),
  ).toBe("break_glass_untold");
});

test("a second time before the first was reviewed, live or ended, also through a second account", async () => {
  const actor = await s.agent("again");
  const twin = await hire(s.owner, "again-too", ["agent"]);
  await s.owner.query("update staff set person_id = $2 where id = $1", [twin, actor]);
  const first = await s.commit(async (sql) => useGlass(sql, await askGlass(sql, actor, s.rita)));
  const second = (by: string) =>
    attack(s, async (sql) => useGlass(sql, await askGlass(sql, by, s.rita)));
  for (const by of [actor, twin]) expect(await second(by)).toBe("request_break_glass");
  await s.commit((sql) => end(sql, first));
  for (const by of [actor, twin]) expect(await second(by)).toBe("request_break_glass");
  expect(await attack(s, (sql) => review(sql, first, actor))).toBe("session_review_own");
  await s.commit((sql) => review(sql, first, s.mia));
  await s.commit(async (sql) => useGlass(sql, await askGlass(sql, twin, s.rita)));
  expect(await second(actor)).toBe("request_break_glass");
});

test("reviewed by who was not skipped: an agent, compliance that no rule wants, a manager of since", async () => {
  const actor = await s.agent("watched");
  const of = await s.commit(async (sql) => useGlass(sql, await askGlass(sql, actor, s.rita)));
  await s.commit((sql) => end(sql, of));
  const cora = await hire(s.owner, "cora", ["compliance"]);
  const since = await hire(s.owner, "since", ["manager"], { since: "0 seconds" });
  for (const by of [s.ben, cora, since])
    expect(await attack(s, (sql) => review(sql, of, by))).toBe("session_review_not_reviewer");
});

test("keeps what was wanted, and when it is to be reviewed", async () => {
  await allow({ reviewHours: 3 });
  const actor = await s.agent("honest");
  const of = await s.commit(async (sql) => useGlass(sql, await askGlass(sql, actor, s.rita)));
  const { rows } = await s.owner.query(
    `select r.requirements, d.due_at - s.started_at as within from sessions s join requests r on r.id = s.request_id
     join session_reviews_due d on d.session_id = s.id where s.id = $1`,
    [of.id],
  );
  expect(rows).toMatchObject([
    { requirements: [{ by: "manager", votes: 1 }], within: { hours: 3 } },
  ]);
});
