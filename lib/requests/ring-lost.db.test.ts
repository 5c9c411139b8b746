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
const rungOf = async (request: string) => {
  const { rows } = await s.owner.query("select rung from request_rings where request_id = $1", [
    request,
  ]);
  return rows[0]?.rung;
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
  expect(await rungOf(request)).toBe(3);
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

/** For as long as `during` takes, whatever rings for one of these meets a fault. */
async function failing(requests: string[], during: () => Promise<void>): Promise<void> {
  await s.owner.query(
    `create function fails() returns trigger language plpgsql as $$ begin
       if new.request_id = any ('{${requests}}') then raise exception 'The disk is full'; end if; return new; end $$`,
  );
  await s.owner.query(
    `create trigger a_fails before insert on request_asks for each row execute function fails();
     create trigger a_fails before update on request_rings for each row execute function fails()`,
  );
  await during();
  await s.owner.query("drop function fails() cascade");
}

it("one that cannot be rung keeps no other from ringing", async () => {
  const [bad, good] = [await unrung(), await unrung()];
  await failing([bad], async () => {
    await expect(ringLost(worker)).rejects.toThrow();
    expect((await asked(good)).length).toBeGreaterThan(0);
  });
  expect(await ringLost(worker)).toBe(1);
});

it("nor do more than are looked at in one go, round after round", async () => {
  const bad = [await unrung(), await unrung(), await unrung(), await unrung(), await unrung()];
  const good = [await unrung(), await unrung(), await unrung()];
  const rung = async () => {
    const all = await Promise.all(good.map(asked));
    return all.filter((people) => people.length > 0).length;
  };
  await failing(bad, async () => {
    // So many are rung at most, and whoever fails is not one of them.
    await expect(ringLost(worker, 2)).rejects.toThrow();
    expect(await rung()).toBe(2);
    await expect(ringLost(worker, 2)).rejects.toThrow();
    expect(await rung()).toBe(3);
  });
  expect(await ringLost(worker)).toBe(bad.length);
});

it("nor do as many whose later ring fails", async () => {
  const [first, second, good] = [await unrung(), await unrung(), await unrung()];
  expect(await ringLost(worker)).toBe(3);
  for (const [n, id] of [first, second, good].entries())
    await ageRequest(s.owner, id, `${10 - n} minutes`);
  await failing([first, second], async () => {
    await expect(ringDue(worker, 2)).rejects.toThrow();
    expect(await rungOf(good)).toBe(3);
  });
});
