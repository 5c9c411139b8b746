import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { addAccount, addSubject, hire, type Subject } from "#db/testing/people.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { type Worked, worked } from "#db/testing/worked.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import { addTicket, atAllHours, detectAll } from "./testing.ts";

const s = await scene();
const { worker } = await atWork(s);
await atAllHours(s, {
  ...{ accountsInAnHour: 3, accountsInADay: 5, sameSubject: 3, sameAccount: 4 },
  ...{ withoutTicketInAWeek: 4, writesInASession: 2, writesInADay: 4, exportsInASession: 1 },
  ...{ exportsInADay: 2, pairRequests: 3, quickApprovals: 2, refusalsInARow: 3, refusalsInADay: 5 },
  ...{
    sessionsOfATicket: 4,
    peopleOfATicket: 2,
    dormantDays: 30,
    unusedDays: 20,
    ticketlessTimes: 1,
  },
});

// The same each time: a sequence of Lehmer's.
let seed = 4711;
const chance = (n: number): number => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % n;
};
const pick = <T>(list: readonly T[]): T => {
  const one = list[chance(list.length)];
  if (one === undefined) throw new Error("Nothing to pick");
  return one;
};

const people: Subject[] = [];
for (let n = 0; n < 7; n += 1) {
  const account = await addAccount(s.owner, s.product, "standard");
  for (let of = 0; of < 3; of += 1) people.push(await addSubject(s.owner, s.product, account));
}
const agents = await Promise.all(["abe", "bea", "cem"].map((name) => hire(s.owner, name, [])));
for (const [i, of] of [people[0], people[3], people[6]].entries())
  if (of)
    await addTicket(s, `SUP-${i}`, of, {
      assignee_email: `${pick(["abe", "bea"])}@alongside.test`,
    });

const first = Date.parse("2026-07-06T06:00:00Z");
const all: Worked[] = [];
for (const who of agents) {
  let at = first + chance(86_400) * 1000;
  for (let n = 0; n < 60; n += 1) {
    // Bursts of a quarter of an hour each, then some hours or days of nothing.
    at += (chance(4) > 0 ? 15 + chance(20) : 300 + chance(2_500)) * 60_000 + chance(60_000);
    const writes = chance(3) === 0;
    all.push({
      ...{ who, at: new Date(at).toISOString(), minutes: 10, subject: pick(people) },
      ...(writes && { scope: "write" as const }),
      ...(writes && { writes: Array.from({ length: chance(5) }, () => pick(["data", "export"])) }),
      ...(chance(4) === 0 && { refused: 1 + chance(3) }),
      ...(chance(3) === 0 && { by: pick([s.max, s.mia]), after: 1 + chance(40) }),
    });
  }
}
await worked(s, all);
await s.owner.query("update tickets set known_since = '-infinity'");

const forget = () =>
  inTransaction(s.owner, (sql) =>
    restingTriggers(
      sql,
      ["findings", "finding_sessions", "findings_missed", "findings_begin"],
      async () => {
        await sql.query("delete from finding_sessions");
        await sql.query("delete from findings");
        await sql.query("delete from findings_missed");
        await sql.query("delete from entry_readers where name = 'findings'");
        // However long ago it was: what is older than a year or so is not looked at by itself.
        await sql.query(
          "insert into findings_begin (since) values ('-infinity') on conflict (one) do update set since = excluded.since",
        );
      },
    ),
  );
/** Which patterns there are, what is in each, and how it is told. */
async function found(batch: number): Promise<string[]> {
  await forget();
  await detectAll(worker, batch);
  const { rows } = await s.owner.query<{ line: string }>(
    `select concat_ws(' ', detector, actor_id, other_id, coalesce(subject_id, account_id), (
       select string_agg(i ->> 'at' || ' ' || (i ->> 'id') || ' ' || (i ->> 'count'), ', ' order by i ->> 'at', i ->> 'id') from jsonb_array_elements(evidence -> 'items') i), explanation) as line
     from findings order by 1`,
  );
  return rows.map(({ line }) => line);
}

test("what is found does not depend on how much is read at once", async () => {
  const whole = await found(100_000);
  expect(new Set(whole.map((line) => line.split(" ")[0]))).toEqual(
    new Set(
      [
        "beyond_ticket",
        "many_accounts",
        "no_ticket",
        "quick_approval",
        "refusals",
        "same_pair",
      ].concat(["same_subject", "unusual_writes"]),
    ),
  );
  for (const batch of [97, 5]) expect(await found(batch), `${batch} at once`).toEqual(whole);
});
