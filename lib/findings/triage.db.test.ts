import { beforeAll, expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { Role } from "#lib/vocabulary.ts";
import { answer } from "./answer.ts";
import { askActors } from "./ask-actors.ts";
import { dispose } from "./dispose.ts";
import { atAllHours, detectAll, findingsBy, visit } from "./testing.ts";

const s = await scene();
const { ana, ben, max, moe, mia, worker } = await atWork(s);
const as = async (name: string, roles: Role[], team = "EMEA support") => {
  const id = await hire(s.owner, name, roles);
  await s.owner.query("update staff set team = $2 where id = $1", [id, team]);
  return { ...max, actor: { ...max.actor, id, name, roles, team } };
};
const note = "The customer had called; the recording says so.";
const refusals = async () => {
  const { rows } = await s.owner.query<{ code: string }>(
    "select body::jsonb ->> 'refused' as code from audit_payload join audit_entry e on e.id = entry_id where event = 'finding.refused' order by occurred_at",
  );
  return rows.map(({ code }) => code);
};
const sevenOClock = (day: number) => new Date(Date.UTC(2030, 0, day, 17, 30));

beforeAll(async () => {
  await atAllHours(s, { sameSubject: 2, withoutTicketInAWeek: 1000, dormantDays: 1000 });
});

/** Each call a finding of its own: what was disposed of counts no more. */
async function finding(agent = ana): Promise<string> {
  for (const ago of ["3 days", "2 days"]) await visit(s, agent, s.jane, ago);
  await detectAll(worker);
  const all = await findingsBy(s, "same_subject");
  const open = all.filter(({ status, actorId }) => status === "open" && actorId === agent.actor.id);
  expect(open).toHaveLength(1);
  return open[0]?.id ?? "";
}

it("is disposed of by their manager once, with a note, on record", async () => {
  const findingId = await finding();
  expect(await dispose(max, { findingId, as: "coaching", note })).toMatchObject({ ok: true });
  expect(await dispose(mia, { findingId, as: "explained", note })).toMatchObject({
    error: { code: "already_decided" },
  });
  const { rows } = await s.owner.query(
    `select f.status, f.note, f.disposed_by, e.event, e.actor_id from findings f join audit_entry e on e.id = f.disposed_entry_id
     where f.id = $1`,
    [findingId],
  );
  expect(rows).toEqual([
    { status: "coaching", note, disposed_by: s.max, event: "finding.disposed", actor_id: s.max },
  ]);
});

it("is not brought back by what was disposed of, but by as much that is new", async () => {
  const before = await findingsBy(s, "same_subject");
  await visit(s, ana, s.jane, "1 day");
  expect(await detectAll(worker)).toBe(0);
  await visit(s, ana, s.jane, "1 hour");
  expect(await detectAll(worker)).toBe(1);
  const after = await findingsBy(s, "same_subject");
  expect(after).toHaveLength(before.length + 1);
  expect(after.at(-1)?.sessions).toHaveLength(2);
  const findingId = after.at(-1)?.id ?? "";
  expect(await dispose(max, { findingId, as: "explained", note })).toMatchObject({ ok: true });
});

it("is not for the actor, an agent, a manager of another team, nor an admin", async () => {
  const findingId = await finding(moe);
  const outcomes = [];
  for (const by of [moe, ben, await as("olga", ["manager"], "APAC"), await as("ada", ["admin"])])
    outcomes.push(await dispose(by, { findingId, as: "explained", note }));
  const codes = outcomes.map((result) => (result.ok ? "ok" : result.error.code));
  expect(codes).toEqual(["own_record", "not_allowed", "not_allowed", "not_allowed"]);
  expect((await refusals()).slice(-4)).toEqual(codes);
  const cora = await as("cora", ["compliance"], "Compliance");
  expect(await dispose(cora, { findingId, as: "incident", note })).toMatchObject({ ok: true });
});

it("asks the actor in the evening of their zone, once, and takes one answer", async () => {
  const findingId = await finding();
  expect(await answer(ana, { findingId, answer: "Nobody has asked me yet" })).toMatchObject({
    error: { code: "not_found" },
  });
  await s.owner.query("update staff set zone = 'America/Los_Angeles' where id = $1", [s.ana]);
  const { rows } = await s.owner.query("select raised_at from findings where id = $1", [findingId]);
  const raised = new Date(rows[0]?.raised_at);
  const at = (hour: number) =>
    new Date(
      Date.UTC(raised.getUTCFullYear(), raised.getUTCMonth(), raised.getUTCDate() + 1, hour, 30),
    );
  // Half past nine in the morning there, half past five in the afternoon here.
  expect(await askActors(worker, at(17))).toBe(0);
  const evening = at(25);
  expect(await Promise.all([askActors(worker, evening), askActors(worker, evening)])).toContain(1);
  expect(await askActors(worker, evening)).toBe(0);

  expect(await answer(ben, { findingId, answer: "It was me, not Ana, honest" })).toMatchObject({
    error: { code: "not_found" },
  });
  const why = "They had called about an invoice that was shown twice.";
  expect(await answer(ana, { findingId, answer: why })).toMatchObject({ ok: true });
  expect(await answer(ana, { findingId, answer: "No, another reason" })).toMatchObject({
    error: { code: "already_decided" },
  });
  const { rows: stored } = await s.owner.query("select answer from findings where id = $1", [
    findingId,
  ]);
  expect(stored).toEqual([{ answer: why }]);
});

it("asks nobody where the policy says so, nor about what is long past", async () => {
  const findingId = await finding(ben);
  expect(await askActors(worker, sevenOClock(2))).toBe(0);
  await insert(s.owner, "policy_versions", {
    version: 16,
    body: { ...policy14, findings: { askActor: false } },
  });
  const soon = new Date();
  soon.setUTCDate(soon.getUTCDate() + 1);
  soon.setUTCHours(18, 0, 0, 0);
  expect(await askActors(worker, soon)).toBe(0);
  const { rows } = await s.owner.query("select asked_at from findings where id = $1", [findingId]);
  expect(rows).toEqual([{ asked_at: null }]);
});

it("is disposed of through no other account of who it is about, nor by who reports to one", async () => {
  const [twin, officer] = [await as("ana too", ["manager"]), await as("below", ["compliance"])];
  await s.owner.query("update staff set person_id = $2 where id = $1", [twin.actor.id, s.ana]);
  await s.owner.query("update staff set manager_id = $2 where id = $1", [
    ...[officer.actor.id, twin.actor.id],
  ]);
  const findingId = await finding();
  expect(await dispose(twin, { findingId, as: "explained", note })).toMatchObject({
    error: { code: "own_record", message: "This is about you, so somebody else disposes of it." },
  });
  expect(await dispose(officer, { findingId, as: "explained", note })).toMatchObject({
    error: { code: "reports_to_actor" },
  });
  expect(await dispose(max, { findingId, as: "explained", note })).toMatchObject({ ok: true });
});
