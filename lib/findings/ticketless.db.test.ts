import { beforeAll, expect, it } from "vitest";
import { addAccount, addSubject } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import { addTicket, atAllHours, detectAll, findingsBy, visit } from "./testing.ts";

/* Where nobody of the team works with tickets that we know, a missing one says little. */

const s = await scene();
const { ana, ben, moe, worker } = await atWork(s);

beforeAll(async () => {
  await s.owner.query("update staff set team = 'Warsaw' where id = any($1::uuid[])", [
    [s.ana, s.ben, s.moe],
  ]);
  await atAllHours(s, {
    sameSubject: 2,
    accountsInAnHour: 1000,
    accountsInADay: 1000,
    dormantDays: 1000,
    ticketlessTimes: 3,
    ticketlessShare: 0.3,
  });
});

const customer = async () =>
  addSubject(s.owner, s.product, await addAccount(s.owner, s.product, "standard"));
const sameSubject = async () => {
  await detectAll(worker);
  return findingsBy(s, "same_subject");
};

it("takes a missing ticket seriously until the colleagues show that they have none", async () => {
  const of = await customer();
  for (const ago of ["9 days", "8 days"]) await visit(s, ana, of, ago);
  expect(await sameSubject()).toHaveLength(1);
});

it("takes a pattern of more, once they do; not because of what the actor does", async () => {
  for (let n = 0; n < 6; n += 1) {
    await visit(s, ben, await customer(), "7 days");
    await visit(s, moe, await customer(), "7 days");
  }
  const of = await customer();
  for (const ago of ["6 days", "5 days", "4 days"]) await visit(s, ana, of, ago);
  expect(await sameSubject()).toHaveLength(1);
  for (const ago of ["3 days", "2 days", "1 day"]) await visit(s, ana, of, ago);
  expect(await sameSubject()).toMatchObject([{}, { actorId: s.ana, subjectId: of.id }]);
});

it("takes it seriously again when they work with tickets", async () => {
  for (let n = 0; n < 5; n += 1) {
    const of = await customer();
    await addTicket(s, `SUP-${n}`, of, { assignee_email: "ben@alongside.test" });
    await visit(s, ben, of, "1 day");
  }
  await visit(s, moe, await customer(), "1 day");
  const of = await customer();
  for (const ago of ["2 hours", "1 hour"]) await visit(s, ana, of, ago);
  expect(await sameSubject()).toHaveLength(3);
});
