import { beforeAll, expect, it } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { crowd } from "#db/testing/breadth.ts";
import { addAccount, addSubject, type Subject } from "#db/testing/people.ts";
import { atRest } from "#db/testing/race.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import { detect } from "./detect.ts";
import { addTicket, atAllHours, detectAll, findingsBy, visit } from "./testing.ts";

const s = await scene();
const { ana, ben, worker } = await atWork(s);
const events = async (event: string): Promise<number> => {
  const { rowCount } = await s.owner.query("select from audit_entry where event = $1", [event]);
  return rowCount ?? 0;
};
let people: Subject[] = [];

/** Only what a test is about: hours and the sleep of accounts are for their own. */
beforeAll(async () => {
  await atAllHours(s, { accountsInAnHour: 3, sameSubject: 3, dormantDays: 1000 });
  for (let n = 0; n < 6; n += 1)
    people.push(
      await addSubject(s.owner, s.product, await addAccount(s.owner, s.product, "standard")),
    );
  people = [...people, ...(await crowd(s, 2))];
});
const person = (i: number): Subject => people[i] ?? s.jane;

it("raises nothing where an open ticket of the account is assigned to the actor", async () => {
  for (const i of [0, 1, 2])
    await addTicket(s, `SUP-10${i}`, person(i), { assignee_email: "ANA@alongside.test" });
  for (const i of [0, 1, 2]) await visit(s, ana, person(i), "3 days");
  expect(await detectAll(worker)).toBe(0);
  expect(await findingsBy(s)).toEqual([]);
});

it("raises one finding for many accounts in an hour, and lets it grow", async () => {
  const first = [];
  for (const i of [3, 4, 5]) first.push(await visit(s, ana, person(i), "30 minutes"));
  expect(await detectAll(worker)).toBe(1);
  const [finding] = await findingsBy(s, "many_accounts");
  expect(finding).toMatchObject({ actorId: s.ana, status: "open", sessions: first.toSorted() });
  expect(finding?.explanation).toMatch(/^3 accounts on .*; for none was there a ticket\.$/);

  const fourth = await visit(s, ana, person(6), "20 minutes");
  expect(await detectAll(worker)).toBe(1);
  expect(await detectAll(worker)).toBe(0);
  const [grown, ...others] = await findingsBy(s, "many_accounts");
  expect(others).toEqual([]);
  expect(grown?.number).toBe(finding?.number);
  expect(grown?.sessions).toEqual([...first, fourth].toSorted());
  expect(grown?.explanation).toMatch(/^4 accounts/);
  expect([await events("finding.raised"), await events("finding.grown")]).toEqual([1, 1]);
});

it("judges a ticket by what it was when the session began", async () => {
  const then = await addSubject(
    s.owner,
    s.product,
    await addAccount(s.owner, s.product, "standard"),
  );
  await addTicket(s, "SUP-200", then, { assignee_email: "ben@alongside.test" });
  for (const ago of ["5 days", "4 days", "3 days"])
    await visit(s, ben, then, ago, { ticket: "SUP-200" });
  // Closed and given away before the worker comes to it, after the sessions.
  await s.owner.query("update tickets set status = 'closed' where reference = 'SUP-200'");
  await s.owner.query("update tickets set assignee_email = null where reference = 'SUP-200'");
  expect(await detectAll(worker)).toBe(0);

  const late = await visit(s, ben, then, "0 seconds", { ticket: "SUP-200" });
  expect(await detectAll(worker)).toBe(1);
  expect(await findingsBy(s, "no_ticket")).toMatchObject([
    {
      actorId: s.ben,
      sessions: [late],
      explanation: expect.stringContaining("SUP-200 was closed"),
    },
  ]);
});

it("takes a ticket that was just closed for an explanation of looking, but not for long, nor of acting", async () => {
  const closed = async (reference: string, ago: string) => {
    const of = await addSubject(
      s.owner,
      s.product,
      await addAccount(s.owner, s.product, "standard"),
    );
    await addTicket(s, reference, of, { assignee_email: "ben@alongside.test" });
    await s.owner.query("update tickets set status = 'closed' where reference = $1", [reference]);
    await inTransaction(s.owner, (sql) =>
      restingTriggers(sql, "ticket_past", () =>
        sql.query(
          "update ticket_past set until = clock_timestamp() - $2::interval where reference = $1",
          [reference, ago],
        ),
      ),
    );
    return of;
  };
  const recent = await closed("SUP-210", "23 hours");
  await visit(s, ben, recent, "0 seconds", { ticket: "SUP-210" });
  expect(await detectAll(worker)).toBe(0);

  const acted = await visit(s, ben, recent, "0 seconds", { ticket: "SUP-210", scope: "write" });
  const others = await visit(s, ana, recent, "0 seconds", { ticket: "SUP-210" });
  const older = await visit(s, ben, await closed("SUP-211", "25 hours"), "0 seconds", {
    ticket: "SUP-211",
  });
  await detectAll(worker);
  const raised = (await findingsBy(s, "no_ticket")).flatMap(({ sessions }) => sessions);
  expect(raised).toEqual(expect.arrayContaining([acted, others, older]));
});

it("takes no ticket for an explanation that a product told of only after the session", async () => {
  const push = (reference: string, of: Subject) =>
    insert(s.runtime, "tickets", {
      product_id: of.product,
      reference,
      account_id: of.account,
      title: "After the fact",
      status: "open",
      assignee_email: "ben@alongside.test",
      // What a push says of it is not believed.
      known_since: "-infinity",
    });
  const newcomer = async () =>
    addSubject(s.owner, s.product, await addAccount(s.owner, s.product, "standard"), {
      last_seen_at: "2020-01-01",
    });
  const [before, after] = [await newcomer(), await newcomer()];
  await push("SUP-300", before);
  const sessions = [
    await visit(s, ben, before, "0 seconds"),
    await visit(s, ben, after, "0 seconds"),
  ];
  await push("SUP-301", after);
  await detectAll(worker);
  const [finding] = await findingsBy(s, "dormant");
  expect(finding?.sessions).toEqual(sessions.slice(1));
});

it("waits with a ticket that nobody knows until the session is over", async () => {
  const of = person(0);
  const session = await visit(s, ben, of, "1 day", { ticket: "SUP-999" });
  await detectAll(worker);
  const [finding] = await findingsBy(s, "no_ticket");
  expect(finding?.sessions).toContain(session);
  expect(finding?.explanation).toContain("the help desk does not know SUP-999");
});

it("reads each entry once, whichever of two workers comes to it, in batches of any size", async () => {
  const subject = await addSubject(s.owner, s.product, person(1).account);
  const before = await events("finding.raised");
  for (const ago of ["9 days", "8 days", "7 days", "6 days"]) await visit(s, ben, subject, ago);
  await atRest((query) => s.owner.query(query));
  for (let round = 0; round < 200; round += 1) {
    const [one, other] = await Promise.all([detect(worker, 3, 2), detect(worker, 2, 2)]);
    if (one.read + other.read === 0) break;
  }
  const [finding, ...others] = await findingsBy(s, "same_subject");
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ actorId: s.ben, subjectId: subject.id });
  expect(finding?.sessions).toHaveLength(4);
  // Raised with the third, grown with the fourth.
  expect(await events("finding.raised")).toBe(before + 1);
});

it("raises nothing when nothing is new", async () => {
  await detectAll(worker);
  expect(await detect(worker)).toEqual({ read: 0, findings: 0, faults: [] });
});
