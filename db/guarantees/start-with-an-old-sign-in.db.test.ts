import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { hire } from "#db/testing/people.ts";
import { ruleBy } from "#db/testing/rules.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row } from "#db/testing/sql.ts";
import { approve, ask, grant, start, vote } from "#db/testing/steps.ts";

const s = await scene();
const signIn = async (staff_id: string, minutesOld: number, more: Row = {}) => {
  const id = newId();
  const auth_time = new Date(Date.now() - minutesOld * 60_000);
  await insert(s.owner, "staff_sign_ins", { id, staff_id, auth_time, ...more });
  return id;
};
const fresh = { sensitiveStart: 15, sensitiveApproval: 15 };
const asked = (subject = s.rita, more: Row = {}) =>
  s.commit((sql) => ask(sql, s.ana, subject, more));

test("a sensitive start, where the policy wants a fresh one", async () => {
  const request = await asked();
  await s.commit((sql) => approve(sql, request, s.max));
  await ruleBy(s.owner, { freshSignIn: fresh });
  const old = await signIn(s.ana, 16);
  expect(await attack(s, (sql) => start(sql, request, { sign_in_id: old }))).toBe(
    "session_sign_in",
  );
  await s.commit(async (sql) => start(sql, request, { sign_in_id: await signIn(s.ana, 14) }));
});

test("not one that is not sensitive", async () => {
  const agent = await hire(s.owner, "another agent", ["agent"]);
  const request = await s.granted(agent);
  await s.commit(async (sql) => start(sql, request, { sign_in_id: await signIn(agent, 200) }));
});

test("an approval of a sensitive one: not by an old sign-in, another's, or none", async () => {
  const request = await asked();
  const by = async (sign_in_id: string | null) =>
    attack(s, (sql) => vote(sql, request, s.max, { sign_in_id }));
  expect(await by(null)).toBe("vote_sign_in");
  expect(await by(await signIn(s.max, 16))).toBe("vote_sign_in");
  expect(await by(await signIn(s.mia, 1))).toBe("approvals_own_sign_in");
  await s.commit(async (sql) => vote(sql, request, s.max, { sign_in_id: await signIn(s.max, 1) }));
});

test("a denial needs none", async () => {
  const request = await asked();
  await s.commit((sql) => vote(sql, request, s.max, { vote: "deny", comment: "Not needed" }));
});

test("one of a weaker kind than the policy names", async () => {
  await ruleBy(s.owner, { freshSignIn: { ...fresh, acr: "urn:mfa" } });
  const request = await asked();
  const weak = await signIn(s.max, 1, { acr: "urn:password" });
  expect(await attack(s, (sql) => vote(sql, request, s.max, { sign_in_id: weak }))).toBe(
    "vote_sign_in",
  );
  const strong = await signIn(s.max, 1, { acr: "urn:mfa" });
  await s.commit((sql) => vote(sql, request, s.max, { sign_in_id: strong }));
  await ruleBy(s.owner);
});

test("an account that accepted no terms, where the policy minds", async () => {
  await ruleBy(s.owner, { terms: { version: "3", missing: "refuse" } });
  expect(await attack(s, (sql) => ask(sql, s.ben, s.jane))).toBe("request_terms");
  await ruleBy(s.owner, { terms: { version: "3", missing: "approval" } });
  const request = await s.commit((sql) => ask(sql, s.ben, s.jane));
  expect(await attack(s, (sql) => grant(sql, request))).toBe("request_without_approvals");
  await s.commit((sql) => approve(sql, request, s.max));
  await s.owner.query("update accounts set terms_version = '3' where id = $1", [s.standard]);
  const accepted = await s.commit((sql) => ask(sql, s.ben, s.jane));
  await s.commit((sql) => grant(sql, accepted));
  await ruleBy(s.owner);
});
