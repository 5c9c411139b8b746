import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { addAccount, addSubject, hire, takeRole } from "#db/testing/people.ts";
import { ruleBy } from "#db/testing/rules.ts";
import { scene } from "#db/testing/scene.ts";
import { approve, ask, grant, start, vote } from "#db/testing/steps.ts";

const s = await scene();
const approvedBy = (approver: string, actor = s.ana) =>
  s.commit(async (sql) => {
    const request = await ask(sql, actor, s.rita);
    await approve(sql, request, approver);
    return request;
  });

test("the approver lost the role between vote and start", async () => {
  const approver = await hire(s.owner, "demoted", ["manager"]);
  const request = await approvedBy(approver);
  await takeRole(s.owner, approver, "manager");
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_approval");
});

test("the approver was deactivated", async () => {
  const approver = await hire(s.owner, "left", ["manager"]);
  const request = await approvedBy(approver);
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [approver],
  );
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_approval");
});

test("the approver reports to the actor by now", async () => {
  const approver = await hire(s.owner, "moved", ["manager"]);
  const request = await approvedBy(approver);
  await s.owner.query("update staff set manager_id = $2 where id = $1", [approver, s.ana]);
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_approval");
});

test.each([
  ["tier", "update accounts set tier = 'enterprise' where id = $1"],
  ["stance", "update accounts set stance = 'opted_out' where id = $1"],
  ["VIP", "update subjects set is_vip = true where account_id = $1"],
  ["owner", "update subjects set is_owner = true where account_id = $1"],
])("became sensitive after a grant by policy: %s", async (_, change) => {
  const account = await addAccount(s.owner, s.product, "standard");
  const subject = await addSubject(s.owner, s.product, account);
  const request = await s.commit(async (sql) => {
    const request = await ask(sql, s.ana, subject);
    await grant(sql, request);
    return request;
  });
  await s.owner.query(change, [account]);
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_approval");
});

test("became stricter after the vote, by a rule that wants more: one vote is not two", async () => {
  await ruleBy(s.owner, {
    approvals: { sensitive: 1, rules: [{ vip: true, votes: 2, by: "manager" }] },
  });
  const subject = await addSubject(s.owner, s.product, s.regulated);
  const [first, second] = [
    await hire(s.owner, "first", ["manager"]),
    await hire(s.owner, "second", ["manager"]),
  ];
  const approved = (...more: string[]) =>
    s.commit(async (sql) => {
      const request = await ask(sql, s.ana, subject);
      for (const one of more) await vote(sql, request, one);
      await approve(sql, request, first);
      return request;
    });
  const [one, two] = [await approved(), await approved(second)];
  await s.owner.query("update subjects set is_vip = true where id = $1", [subject.id]);
  expect(await attack(s, (sql) => start(sql, one))).toBe("session_without_approval");
  await s.commit((sql) => start(sql, two));
});
