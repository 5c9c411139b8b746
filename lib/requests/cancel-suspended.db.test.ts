import { expect, it } from "vitest";
import { transaction } from "#db/client.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { type Row, update } from "#db/testing/sql.ts";
import { atWork, eventsOf, question } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ask } from "./ask.ts";
import { cancelSuspended } from "./cancel-suspended.ts";
import { approvalLink, decideByLink } from "./links.ts";
import { readRequest } from "./queries.ts";
import { readQueue } from "./queue.ts";

const s = await scene();
const { ana, ben, max, worker } = await atWork(s);
const ada = await hire(s.owner, "ada", ["admin"]);

async function asked(by: Ctx<StaffActor>): Promise<string> {
  const result = await ask(by, question(s.rita.id));
  if (!result.ok) throw new Error(result.error.message);
  return result.value.id;
}
/** As where the process was killed right after it: nothing of theirs was cancelled. */
const set = (person: string, event: "staff.withdrawn" | "staff.restored", change: Row) =>
  s.commit(async (sql) =>
    update(sql, "staff", person, {
      ...change,
      changed_entry_id: await entry(sql, event, { actor: ada, body: { person } }),
    }),
  );
const suspend = async (person: string, ago: string) => {
  await set(person, "staff.withdrawn", { status: "deactivated", deactivated_at: new Date() });
  await s.owner.query("update staff set deactivated_at = now() - $2::interval where id = $1", [
    ...[person, ago],
  ]);
};
const letIn = (person: string) =>
  set(person, "staff.restored", { status: "active", deactivated_at: null });
const waits = async () => {
  const { yours, others } = await readQueue(max, new Date(0));
  return [...yours, ...others].map(({ id }) => id);
};

it("cancels what a suspended agent asked once a minute is over, and nothing of others", async () => {
  const [request, other] = [await asked(ana), await asked(ben)];
  const view = await readRequest(max, request);
  const path = await transaction(max.db, (tx) =>
    approvalLink(tx, { requestId: request, approverId: s.max }),
  );
  await suspend(s.ana, "50 seconds");
  expect(await cancelSuspended(worker)).toBe(0);
  expect(await waits()).toEqual(expect.arrayContaining([request, other]));

  await s.owner.query(
    "update staff set deactivated_at = now() - interval '2 minutes' where id = $1",
    [s.ana],
  );
  const both = await Promise.all([cancelSuspended(worker), cancelSuspended(worker)]);
  expect(both.toSorted()).toEqual([0, 1]);
  expect(await waits()).toEqual([other]);
  expect(await eventsOf(s, { request })).toContain("request.cancelled");
  const { rows } = await s.owner.query(
    `select e.actor_id, p.body::jsonb ->> 'what' as what from requests r
       join audit_entry e on e.id = r.closed_entry_id join audit_payload p on p.entry_id = e.id where r.id = $1`,
    [request],
  );
  expect(rows).toEqual([
    { actor_id: null, what: expect.stringMatching(/^R-\d+ cancelled: ana was suspended$/) },
  ]);
  const link = path.replace("/requests/decide/", "");
  const yes = { vote: "approve" as const, minutes: 15, link, requestId: request };
  expect(await decideByLink(max, { ...yes, ask: view?.ask ?? "" })).toMatchObject({ ok: false });
  expect(await cancelSuspended(worker)).toBe(0);
});

it("the same of who was let in again before anybody came to it, and of what was granted", async () => {
  const { id } = await s.granted(s.moe);
  await suspend(s.moe, "0 seconds");
  await letIn(s.moe);
  expect(await cancelSuspended(worker)).toBe(1);
  const { rows } = await s.owner.query("select status from requests where id = $1", [id]);
  expect(rows).toEqual([{ status: "cancelled" }]);
  const anew = await s.granted(s.moe);
  expect(await cancelSuspended(worker)).toBe(0);
  expect(await eventsOf(s, { request: anew.id })).not.toContain("request.cancelled");
});

it("goes on past what cannot be written", async () => {
  const agent = await s.agent("gone");
  const [bad, good] = [await s.granted(agent), await s.granted(agent)];
  await s.owner.query(
    "create function broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$",
  );
  await s.owner.query(`create trigger broken before update on requests for each row
    when (new.id = '${bad.id}' and new.status = 'cancelled') execute function broken()`);
  await s.owner.query("alter table requests enable always trigger broken");
  await suspend(agent, "1 hour");
  await expect(cancelSuspended(worker, 1)).rejects.toThrow();
  const { rows } = await s.owner.query(
    "select id from requests where status = 'cancelled' and actor_id = $1",
    [agent],
  );
  expect(rows).toEqual([{ id: good.id }]);
});
