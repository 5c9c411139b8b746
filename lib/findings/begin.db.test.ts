import { expect, it } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { attack } from "#db/testing/attack.ts";
import { addAccount, addSubject } from "#db/testing/people.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import { readLooking } from "./looking.ts";
import { atAllHours, detectAll, findingsBy, visit } from "./testing.ts";

/* A panel that comes to a log older than itself. */

const s = await scene();
const { ana, ben, max, worker } = await atWork(s);
const begins = async () => (await readLooking(max)).begins;

/** A visit that went on record so long ago. */
async function longAgo(days: number, ...[agent, of]: [typeof ana, typeof s.jane]): Promise<string> {
  const id = await visit(s, agent, of, `${days} days`);
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "audit_entry", () =>
      sql.query(
        `update audit_entry e set occurred_at = e.occurred_at - make_interval(days => $2)
         from sessions s where s.id = $1 and e.session_id = s.id`,
        [id, days],
      ),
    ),
  );
  return id;
}

it("looks for findings as far back as the policy says, and knows what was before", async () => {
  await atAllHours(s, {
    sameSubject: 3,
    accountsInAnHour: 1000,
    dormantDays: 1000,
    lookBackDays: 40,
  });
  const of = async () =>
    addSubject(s.owner, s.product, await addAccount(s.owner, s.product, "standard"));
  const [old, lately] = [await of(), await of()];
  for (const days of [300, 299, 298]) await longAgo(days, ben, old);
  // The first is older than where looking begins, and counts with the others.
  const all = [];
  for (const days of [50, 39, 30]) all.push(await longAgo(days, ana, lately));
  await detectAll(worker);
  expect(await findingsBy(s, "same_subject")).toMatchObject([
    { actorId: s.ana, subjectId: lately.id, sessions: all.toSorted() },
  ]);
  const since = await begins();
  expect(since && (Date.now() - since.getTime()) / 86_400_000).toBeCloseTo(40, 1);
});

it("is decided once, and by nobody else", async () => {
  const since = await begins();
  await insert(s.owner, "policy_versions", {
    version: 16,
    body: { ...policy14, findings: { lookBackDays: 400 } },
  });
  await detectAll(worker);
  expect(await begins()).toEqual(since);
  for (const statement of [
    "update findings_begin set since = 'infinity'",
    "delete from findings_begin",
    "insert into findings_begin (since) values ('infinity') on conflict (one) do update set since = excluded.since",
  ])
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
});
