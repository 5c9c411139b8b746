import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { addAccount, addSubject, hire, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, grant, start } from "#db/testing/steps.ts";

const s = await scene();

async function grantedFor(actor = s.ana) {
  const account = await addAccount(s.owner, s.product, "standard");
  const subject = await addSubject(s.owner, s.product, account);
  return s.commit(async (sql) => {
    const request = await ask(sql, actor, subject);
    await grant(sql, request);
    return request;
  });
}

test.each([
  [
    "the account closed",
    "update accounts set stance = 'closed' where id = $2 and $1::uuid is not null",
  ],
  ["deactivated", "update subjects set status = 'deactivated' where id = $1 and account_id = $2"],
  ["a service user", "update subjects set kind = 'service' where id = $1 and account_id = $2"],
  ["staff", "update subjects set email = 'MAX@alongside.test' where id = $1 and account_id = $2"],
])("%s", async (_, change) => {
  const request = await grantedFor();
  await s.owner.query(change, [request.subject.id, request.subject.account]);
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_subject");
});

test("the actor is no agent any more", async () => {
  const actor = await hire(s.owner, "moving on", ["agent"]);
  const request = await grantedFor(actor);
  await takeRole(s.owner, actor, "agent");
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_actor_role");
});

test("the actor is deactivated", async () => {
  const actor = await hire(s.owner, "leaving", ["agent"]);
  const request = await grantedFor(actor);
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [actor],
  );
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_actor_role");
});
