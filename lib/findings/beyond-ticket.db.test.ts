import { beforeAll, expect, it } from "vitest";
import { addAccount, addSubject } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import { addTicket, atAllHours, detectAll, findingsBy, visit } from "./testing.ts";

const s = await scene();
const { ana, ben, worker } = await atWork(s);

beforeAll(async () => {
  await atAllHours(s, {
    sessionsOfATicket: 3,
    peopleOfATicket: 2,
    freshTickets: 2,
    dormantDays: 1000,
  });
});

const account = () => addAccount(s.owner, s.product, "standard");
const mine = { assignee_email: "ANA@alongside.test" };

it("raises nothing for what a ticket takes, and one finding for what goes beyond it", async () => {
  const of = await addSubject(s.owner, s.product, await account());
  await addTicket(s, "SUP-1", of, mine);
  const sessions = [];
  for (const ago of ["9 days", "8 days", "7 days"]) sessions.push(await visit(s, ana, of, ago));
  expect(await detectAll(worker)).toBe(0);

  sessions.push(await visit(s, ana, of, "6 days"));
  await detectAll(worker);
  expect(await findingsBy(s)).toMatchObject([
    {
      detector: "beyond_ticket",
      actorId: s.ana,
      // Under a ticket, and for the reviewer to open all the same.
      sessions: sessions.toSorted(),
      explanation: expect.stringMatching(/^4 sessions as .* under one ticket: again and again\.$/),
    },
  ]);
  sessions.push(await visit(s, ana, of, "5 days"));
  await detectAll(worker);
  const [grown, ...others] = await findingsBy(s);
  expect(others).toEqual([]);
  expect(grown?.sessions).toEqual(sessions.toSorted());
});

it("counts each ticket that was the actor's then, also those that were closed since", async () => {
  const of = await addSubject(s.owner, s.product, await account());
  await addTicket(s, "SUP-2", of, mine);
  await addTicket(s, "SUP-3", of, mine);
  const before = (await findingsBy(s)).length;
  for (const ago of ["5 days", "4 days", "3 days", "2 days", "1 day"]) await visit(s, ana, of, ago);
  await s.owner.query("update tickets set status = 'closed' where reference = 'SUP-3'");
  await detectAll(worker);
  expect(await findingsBy(s)).toHaveLength(before);
});

it("finds who goes round an account under one ticket", async () => {
  const home = await account();
  const people = [];
  for (let n = 0; n < 3; n += 1) people.push(await addSubject(s.owner, s.product, home));
  await addTicket(s, "SUP-4", people[0] ?? s.jane, { assignee_email: "ben@alongside.test" });
  for (const of of people) await visit(s, ben, of, "1 hour");
  await detectAll(worker);
  expect((await findingsBy(s)).filter(({ actorId }) => actorId === s.ben)).toMatchObject([
    {
      detector: "beyond_ticket",
      subjectId: null,
      explanation: expect.stringMatching(/^3 sessions as 3 people \(Northwind\)/),
    },
  ]);
});

it("finds who makes a ticket each time just before", async () => {
  const of = await addSubject(s.owner, s.product, await account());
  const before = (await findingsBy(s)).length;
  for (const reference of ["SUP-5", "SUP-6"]) {
    // As a product pushes it: known from now on.
    await insert(s.runtime, "tickets", {
      product_id: of.product,
      reference,
      account_id: of.account,
      title: "Please look",
      status: "open",
      ...mine,
    });
    await visit(s, ana, of, "0 seconds");
    await s.runtime.query("update tickets set status = 'closed' where reference = $1", [reference]);
  }
  await detectAll(worker);
  expect((await findingsBy(s)).slice(before)).toMatchObject([
    { explanation: expect.stringMatching(/under 2 tickets: the ticket came just before\.$/) },
  ]);
});
