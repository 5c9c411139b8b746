import { expect, it } from "vitest";
import { ageRequest } from "#db/testing/age.ts";
import { scene } from "#db/testing/scene.ts";
import { approve, ask } from "#db/testing/steps.ts";
import { atWork, eventsOf } from "#lib/impersonation/testing.ts";
import { ringDue } from "./ring-due.ts";
import { ringLost } from "./ring-lost.ts";

const s = await scene();
const { worker } = await atWork(s);

/** As a version of before left it: pending, and nobody was asked. */
const unrung = async (more: Record<string, unknown> = {}) =>
  (await s.commit((sql) => ask(sql, s.ana, s.rita, { approvals_needed: 1, ...more }))).id;
const asked = async (request: string) => {
  const { rows } = await s.owner.query(
    "select s.name, a.ring from request_asks a join staff s on s.id = a.approver_id where request_id = $1 order by s.name",
    [request],
  );
  return rows.map(({ name, ring }) => `${name} ${ring}`);
};

it("a pending request that never rang rings, once, whatever number of workers looks", async () => {
  const request = await unrung();
  expect(await ringDue(worker)).toBe(0);
  const looked = await Promise.all([ringLost(worker), ringLost(worker), ringLost(worker)]);
  expect(looked.reduce((all, n) => all + n)).toBe(1);
  expect(await asked(request)).toEqual(["max 1", "mia 1", "moe 1"]);
  expect(await eventsOf(s, { request })).toEqual(["request.asked", "request.rang"]);
  expect(await ringLost(worker)).toBe(0);
});

it("and goes on ringing as any other: an old one names the fallback", async () => {
  const request = await unrung();
  await ageRequest(s.owner, request, "10 minutes");
  expect(await ringLost(worker)).toBe(1);
  await ringDue(worker);
  const { rows } = await s.owner.query("select rung from request_rings where request_id = $1", [
    request,
  ]);
  expect(rows).toEqual([{ rung: 3 }]);
});

it("what is decided, or has lapsed, does not", async () => {
  const decided = await s.commit(async (sql) => {
    const request = await ask(sql, s.ana, s.rita, { approvals_needed: 1 });
    await approve(sql, request, s.max);
    return request.id;
  });
  const lapsed = await unrung();
  await ageRequest(s.owner, lapsed, "5 hours");
  expect(await ringLost(worker)).toBe(0);
  expect([await asked(decided), await asked(lapsed)]).toEqual([[], []]);
});

it("one that cannot be rung keeps no other from ringing", async () => {
  const [bad, good] = [await unrung(), await unrung()];
  await s.owner.query(
    `create function fails() returns trigger language plpgsql as $$ begin
       if new.request_id = '${bad}' then raise exception 'The disk is full'; end if; return new; end $$`,
  );
  await s.owner.query(
    "create trigger a_fails before insert on request_asks for each row execute function fails()",
  );
  await expect(ringLost(worker)).rejects.toThrow();
  expect((await asked(good)).length).toBeGreaterThan(0);
  await s.owner.query("drop trigger a_fails on request_asks");
  expect(await ringLost(worker)).toBe(1);
});
