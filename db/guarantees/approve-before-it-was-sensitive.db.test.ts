import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { addSubject } from "#db/testing/people.ts";
import { ruleBy } from "#db/testing/rules.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Sql, update } from "#db/testing/sql.ts";
import { approve, ask, end, grant, start, vote } from "#db/testing/steps.ts";

const s = await scene();
// A vote for any acting, and a fresh sign-in for a yes to what is sensitive.
await ruleBy(s.owner, {
  approvals: { sensitive: 1, rules: [{ by: "manager", votes: 1, scopes: ["write"] }] },
  standing: { maxHours: 8 },
  freshSignIn: { sensitiveApproval: 15 },
});
const plain = () => addSubject(s.owner, s.product, s.standard);
const vip = (id: string, is = true) => update(s.owner, "subjects", id, { is_vip: is });
let agents = 0;
const agent = () => s.agent(`agent ${++agents}`);

/** A yes with a sign-in of this age. */
async function approveAfter(sql: Sql, request: Parameters<typeof vote>[1], minutes: number) {
  const id = newId();
  const auth_time = new Date(Date.now() - minutes * 60_000);
  await insert(sql, "staff_sign_ins", { id, staff_id: s.max, auth_time });
  await grant(sql, request, {
    granted_entry_id: await vote(sql, request, s.max, { sign_in_id: id }),
  });
}

test("who became a VIP after a yes without a fresh sign-in is not started on it", async () => {
  const subject = await plain();
  const request = await s.commit(async (sql) => ask(sql, await agent(), subject));
  await s.commit((sql) => approve(sql, request, s.max));
  await vip(subject.id);
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_approval");
  await vip(subject.id, false);
  await s.commit((sql) => start(sql, request));
});

test("after a yes with one they are", async () => {
  const subject = await plain();
  const request = await s.commit(async (sql) => ask(sql, await agent(), subject));
  await s.commit((sql) => approveAfter(sql, request, 1));
  await vip(subject.id);
  await s.commit((sql) => start(sql, request));
});

test("who became one before the yes is approved by a fresh sign-in only", async () => {
  const subject = await plain();
  const request = await s.commit(async (sql) => ask(sql, await agent(), subject));
  await vip(subject.id);
  expect(await attack(s, (sql) => approve(sql, request, s.max))).toBe("vote_sign_in");
  expect(await attack(s, (sql) => approveAfter(sql, request, 20))).toBe("vote_sign_in");
  await s.commit((sql) => approveAfter(sql, request, 1));
  await s.commit((sql) => start(sql, request));
});

test("what stands by a yes without one stands for no VIP of the account", async () => {
  const [subject, other, important] = [await plain(), await plain(), await plain()];
  await vip(important.id);
  const base = { ticket: "SUP-1" };
  const standing = async (yes: (sql: Sql, request: Awaited<ReturnType<typeof ask>>) => unknown) => {
    const first = await s.commit(async (sql) => {
      const asked = await ask(sql, await agent(), subject, { ...base, standing_hours: 8 });
      await yes(sql, asked);
      return asked;
    });
    const session = await s.commit((sql) => start(sql, first));
    await s.commit((sql) => end(sql, session));
    return (of: typeof subject) => async (sql: Sql) =>
      grant(sql, await ask(sql, first.actor, of, { ...base, standing_of: first.id }));
  };
  const byOld = await standing((sql, request) => approve(sql, request, s.max));
  await s.commit(byOld(other));
  expect(await attack(s, byOld(important))).toBe("request_without_approvals");
  const byFresh = await standing((sql, request) => approveAfter(sql, request, 1));
  await s.commit(byFresh(important));
});

test("whether a vote came by one is not for who casts it to say", async () => {
  const subject = await plain();
  const request = await s.commit(async (sql) => ask(sql, await agent(), subject));
  await s.commit((sql) => vote(sql, request, s.max, { by_fresh_sign_in: true }));
  const { rows } = await s.owner.query(
    "select by_fresh_sign_in as is from approvals where request_id = $1",
    [request.id],
  );
  expect(rows).toEqual([{ is: false }]);
});
