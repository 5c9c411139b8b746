import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { addAccount, addSubject, hire } from "#db/testing/people.ts";
import { ruleBy } from "#db/testing/rules.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { approve, ask, grant, start, vote } from "#db/testing/steps.ts";

const s = await scene();
const [first, second] = [
  await hire(s.owner, "first", ["manager"]),
  await hire(s.owner, "second", ["manager"]),
];
const plain = await addSubject(
  s.owner,
  s.product,
  await addAccount(s.owner, s.product, "standard"),
);
const approved = (...more: string[]) =>
  s.commit(async (sql) => {
    const request = await ask(sql, s.ana, s.rita);
    for (const one of more) await vote(sql, request, one);
    await approve(sql, request, first);
    return request;
  });
const granted = () =>
  s.commit(async (sql) => {
    const request = await ask(sql, s.ben, plain);
    await grant(sql, request);
    return request;
  });
const two = { approvals: { sensitive: 2, rules: [] } };

test("one vote was enough when it was asked, and two are wanted by the start", async () => {
  await ruleBy(s.owner);
  const [one, both] = [await approved(), await approved(second)];
  await ruleBy(s.owner, two);
  expect(await attack(s, (sql) => start(sql, one))).toBe("session_policy_stricter");
  await s.commit((sql) => start(sql, both));
});

test("the account had accepted the terms when it was asked, and has not by the start", async () => {
  const agent = await s.agent("terms");
  const account = await addAccount(s.owner, s.product, "standard", { terms_version: "3" });
  const subject = await addSubject(s.owner, s.product, account);
  const accepted = (version: string | null) =>
    s.owner.query("update accounts set terms_version = $2 where id = $1", [account, version]);
  for (const [missing, refusal] of [
    ["refuse", "session_terms"],
    ["approval", "session_policy_stricter"],
  ] as const) {
    await ruleBy(s.owner, { terms: { version: "3", missing } });
    await accepted("3");
    const { rows } = await s.owner.query("select max(version) as now from policy_versions");
    const request = await s.commit(async (sql) => {
      const asked = await ask(sql, agent, subject, { policy_version: rows[0]?.now });
      await grant(sql, asked);
      return asked;
    });
    await accepted("2");
    expect(await attack(s, (sql) => start(sql, request))).toBe(refusal);
  }
});

test("any manager was enough, and their own is wanted by the start", async () => {
  await ruleBy(s.owner);
  const request = await approved();
  await ruleBy(s.owner, { approvals: { sensitive: 1, rules: [{ by: "own_manager", votes: 1 }] } });
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_policy_stricter");
});

test("nobody had to approve, and somebody has by the start", async () => {
  await ruleBy(s.owner);
  const request = await granted();
  await ruleBy(s.owner, { approvals: { sensitive: 1, rules: [{ by: "manager", votes: 1 }] } });
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_policy_stricter");
  await ruleBy(s.owner, { terms: { version: "2026-01", missing: "refuse" } });
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_terms");
  // What has nothing to do with it does not get in its way.
  await ruleBy(s.owner, { breadth: { hour: 5, day: 50 } });
  await s.commit((sql) => start(sql, request));
});

test("what was loosened after the ask helps nobody", async () => {
  await ruleBy(s.owner, two);
  const request = await approved(second);
  await ruleBy(s.owner);
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [second],
  );
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_approval");
});

test("a request that names a version which lay ahead is judged by it once it is there", async () => {
  await ruleBy(s.owner);
  const { rows } = await s.owner.query("select max(version) + 1 as next from policy_versions");
  const version = rows[0]?.next;
  await insert(s.owner, "policy_versions", {
    ...{ version, body: two, in_force_from: new Date(Date.now() + 3_600_000) },
  });
  const request = await s.commit(async (sql) => {
    const request = await ask(sql, s.ana, s.rita, { policy_version: version });
    await approve(sql, request, first);
    return request;
  });
  await s.owner.query("alter table policy_versions disable trigger append_only");
  await s.owner.query(
    "update policy_versions set in_force_from = clock_timestamp() where version = $1",
    [version],
  );
  await s.owner.query("alter table policy_versions enable always trigger append_only");
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_policy_stricter");
});
