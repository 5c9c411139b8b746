import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { giveRole, hire, takeRole } from "#db/testing/people.ts";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { raiseCloser, review } from "#db/testing/session-reviews.ts";
import { approve, ask, end, start } from "#db/testing/steps.ts";

const s = await scene();

/** A sensitive session that Max approved, ended unless told otherwise. */
const session = (actor = s.ana, ended = true) =>
  s.commit(async (sql) => {
    const request = await ask(sql, actor, s.rita);
    await approve(sql, request, s.max);
    const one = await start(sql, request);
    if (ended) await end(sql, one);
    return one;
  });

test("the actor, who is a manager too", async () => {
  const own = await session(s.moe);
  expect(await attack(s, (sql) => review(sql, own, s.moe))).toBe("session_review_own");
});

test("the actor through a second account", async () => {
  const other = await hire(s.owner, "ana-as-manager", ["manager"]);
  await s.owner.query("update staff set person_id = $2 where id = $1", [other, s.ana]);
  const own = await session();
  expect(await attack(s, (sql) => review(sql, own, other))).toBe("session_review_own");
});

test("who reports to the actor, or to another account of theirs", async () => {
  const mara = await hire(s.owner, "mara", ["agent"]);
  const twin = await hire(s.owner, "mara-too", ["manager"]);
  await s.owner.query("update staff set person_id = $2 where id = $1", [twin, mara]);
  for (const boss of [mara, twin]) {
    const below = await hire(s.owner, `below-${boss}`, ["manager"], { managerId: boss });
    const of = await session(mara);
    expect(await attack(s, (sql) => review(sql, of, below))).toBe(
      "session_review_reports_to_actor",
    );
  }
});

test("an agent, compliance, a manager of yesterday, or one who became it since", async () => {
  const of = await session();
  const former = await hire(s.owner, "former", ["manager"]);
  await takeRole(s.owner, former, "manager");
  const cora = await hire(s.owner, "cora", ["compliance"]);
  const late = await hire(s.owner, "late", []);
  await giveRole(s.owner, late, "manager", "0 seconds");
  for (const by of [s.ben, cora, former, late])
    expect(await attack(s, (sql) => review(sql, of, by))).toBe("session_review_not_reviewer");
});

test("who approved it and has left", async () => {
  const gone = await hire(s.owner, "gone", ["manager"]);
  const of = await s.commit(async (sql) => {
    const request = await ask(sql, s.ben, s.rita);
    await approve(sql, request, gone);
    const one = await start(sql, request);
    await end(sql, one);
    return one;
  });
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [gone],
  );
  expect(await attack(s, (sql) => review(sql, of, gone))).toBe("session_review_not_reviewer");
});

test("while it lives", async () => {
  const live = await session(await s.agent("liv"), false);
  expect(await attack(s, (sql) => review(sql, live, s.max))).toBe("session_review_live");
});

test("in the name of somebody else, about another session, or without an entry", async () => {
  const [one, other] = [await session(), await session()];
  expect(await attack(s, (sql) => review(sql, one, s.max, { reviewer_id: s.mia }))).toBe(
    "change_without_entry",
  );
  expect(await attack(s, (sql) => review(sql, one, s.max, { session_id: other.id }))).toBe(
    "change_without_entry",
  );
  expect(
    await attack(s, async (sql) =>
      review(sql, one, s.max, {
        entry_id: await entry(sql, "finding.raised", { actor: s.max, session: one.id }),
      }),
    ),
  ).toBe("change_without_entry");
});

test("a second time, another verdict, or none", async () => {
  const of = await session();
  await s.commit((sql) => review(sql, of, s.max));
  expect(await attack(s, (sql) => review(sql, of, s.mia))).toBe("session_reviews_once");
  for (const statement of [
    "update session_reviews set verdict = 'look_closer' where session_id = $1",
    "delete from session_reviews where session_id = $1",
    "delete from session_reviews_due where session_id = $1",
    "update session_reviews_due set reviewed_at = null where session_id = $1",
    "update session_reviews_due set asked = '{}' where session_id = $1",
    "insert into session_reviews_due (session_id, asked) values ($1, '{}')",
  ])
    expect(await attack(s, (sql) => sql.query(statement, [of.id]))).toBe("42501");
});

test("to look closer without a sentence, or without its finding", async () => {
  const of = await session();
  const closer = { verdict: "look_closer", comment: "Why were the payslips opened?" };
  expect(
    await attack(s, (sql) => review(sql, of, s.max, { ...closer, comment: "why?      " })),
  ).toBe("session_reviews_closer_says_why");
  expect(await attack(s, (sql) => review(sql, of, s.max, closer))).toBe(
    "session_review_without_finding",
  );
  expect(
    await attack(s, async (sql) => {
      await raiseCloser(sql, of, { actor_id: s.ben });
      await review(sql, of, s.max, closer);
    }),
  ).toBe("session_review_without_finding");
  await s.commit(async (sql) => {
    await raiseCloser(sql, of);
    await review(sql, of, s.max, closer);
  });
});

test("told before its end, twice, or of something else", async () => {
  const live = await session(await s.agent("eve"), false);
  const tell = (of: typeof live, column = "told_entry_id", about = of) => {
    const session = about.id;
    return attack(s, async (sql) =>
      sql.query(`update session_reviews_due set ${column} = $2 where session_id = $1`, [
        of.id,
        await entry(sql, "session.review_due", { session }),
      ]),
    );
  };
  await s.commit((sql) => end(sql, live));
  const other = await session();
  expect(await tell(live, "told_entry_id", other)).toBe("change_without_entry");
  // Only break-glass has an hour by which it is late.
  expect(await tell(live, "late_entry_id")).toBe("session_review_not_late");
  await s.commit(async (sql) =>
    sql.query("update session_reviews_due set told_entry_id = $2 where session_id = $1", [
      live.id,
      await entry(sql, "session.review_due", { session: live.id }),
    ]),
  );
  expect(await tell(live)).toBe("session_review_due_frozen");
});

test("two at once: one verdict", async () => {
  const of = await session();
  const [first, second] = [await opened(s.runtime), await opened(s.runtime)];
  await review(first.sql, of, s.max);
  const outcome = second.race((sql) => review(sql, of, s.mia));
  await waits(s.owner, second);
  await first.commit();
  expect(await outcome).toBe("session_reviews_once");
});
