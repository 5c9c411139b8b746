import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { giveRole, hire, takeRole } from "#db/testing/people.ts";
import { wants } from "#db/testing/rules.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql, update } from "#db/testing/sql.ts";
import { approve, ask, start, vote } from "#db/testing/steps.ts";

const s = await scene();
let people = 0;
const manager = () => hire(s.owner, `manager ${++people}`, ["manager"]);
const hours = (n: number) => new Date(Date.now() + n * 3_600_000);

/** Says that somebody is away, as they would themselves. */
async function away(sql: Sql, from: string, to: string | null, more: Row = {}): Promise<string> {
  const id = newId();
  await insert(sql, "delegations", {
    ...{ id, from_id: from, to_id: to, starts_at: hours(-1), ends_at: hours(24) },
    ...{ reason: "On leave", given_by: from },
    given_entry_id: await entry(sql, "delegation.given", { actor: String(more.given_by ?? from) }),
    ...more,
  });
  return id;
}
const back = async (sql: Sql, id: string, by: string) =>
  update(sql, "delegations", id, {
    ...{ ended_at: new Date(), ended_by: by },
    ended_entry_id: await entry(sql, "delegation.ended", { actor: by }),
  });

await wants(s.owner, { by: "own_manager", votes: 1 });
/** Somebody with a manager of their own, and what they ask once this has happened. */
async function askedAfter(happens: (lead: string, to: string, agent: string) => Promise<unknown>) {
  const [lead, to] = [await manager(), await manager()];
  const agent = await hire(s.owner, `agent ${++people}`, ["agent"], { managerId: lead });
  await happens(lead, to, agent);
  return { lead, to, request: await s.commit((sql) => ask(sql, agent, s.rita)) };
}

test("who was chosen before the ask decides", async () => {
  const { to, request } = await askedAfter((lead, to) => s.commit((sql) => away(sql, lead, to)));
  await s.commit((sql) => approve(sql, request, to));
  await s.commit((sql) => start(sql, request));
});

test("who was chosen after it does not", async () => {
  const { lead, to, request } = await askedAfter(async () => {});
  await s.commit((sql) => away(sql, lead, to));
  expect(await attack(s, (sql) => vote(sql, request, to))).toBe("vote_not_wanted");
});

test("nor the delegate of the delegate", async () => {
  const third = await manager();
  const { request } = await askedAfter((lead, to) =>
    s.commit(async (sql) => {
      await away(sql, lead, to);
      await away(sql, to, third);
    }),
  );
  expect(await attack(s, (sql) => vote(sql, request, third))).toBe("vote_not_wanted");
});

test("nor before it begins", async () => {
  const { to, request } = await askedAfter((lead, to) =>
    s.commit((sql) => away(sql, lead, to, { starts_at: hours(1) })),
  );
  expect(await attack(s, (sql) => vote(sql, request, to))).toBe("vote_not_wanted");
});

test("nor once it was ended, and what they approved is void", async () => {
  const given: string[] = [];
  const { lead, to, request } = await askedAfter(async (lead, to) =>
    given.push(await s.commit((sql) => away(sql, lead, to))),
  );
  await s.commit((sql) => approve(sql, request, to));
  await s.commit((sql) => back(sql, String(given[0]), lead));
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_approval");
});

test("nor for who is no manager any more", async () => {
  const { lead, to, request } = await askedAfter((lead, to) =>
    s.commit((sql) => away(sql, lead, to)),
  );
  await s.commit((sql) => approve(sql, request, to));
  await takeRole(s.owner, lead, "manager");
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_approval");
});

test("nor whom the actor chose for them as an admin", async () => {
  const { to, request } = await askedAfter(async (lead, to, agent) => {
    await giveRole(s.owner, agent, "admin");
    await s.commit((sql) => away(sql, lead, to, { given_by: agent }));
  });
  expect(await attack(s, (sql) => vote(sql, request, to))).toBe("vote_not_wanted");
});

test("what may not be given at all", async () => {
  const agent = await hire(s.owner, "no manager", ["agent"]);
  const [one, two] = [await manager(), await manager()];
  await s.owner.query(
    "update staff set person_id = (select person_id from staff where id = $2) where id = $1",
    [s.mia, s.moe],
  );
  const of = (from: string, to: string | null, more: Row = {}) =>
    attack(s, (sql) => away(sql, from, to, more));
  expect(await of(one, agent)).toBe("delegation_to_no_manager");
  expect(await of(agent, one)).toBe("delegation_without_role");
  expect(await of(one, one)).toBe("delegation_to_oneself");
  expect(await of(s.mia, s.moe)).toBe("delegation_to_oneself");
  expect(await of(one, two, { given_by: two })).toBe("delegation_not_yours");
  expect(await of(one, two, { ends_at: hours(24 * 61) })).toBe("delegations_days");
  expect(await of(one, two, { ends_at: hours(-2) })).toBe("delegations_days");
  const unsaid = await s.commit((sql) => entry(sql, "delegation.given", { actor: one }));
  expect(await of(one, two, { given_entry_id: unsaid })).toBe("change_without_entry");
  await s.commit((sql) => away(sql, one, two));
  expect(await of(one, s.max)).toBe("delegation_overlaps");
});

test("what was given is ended and never changed", async () => {
  const [one, two] = [await manager(), await manager()];
  const id = await s.commit((sql) => away(sql, one, two));
  const set = (change: string) =>
    attack(s, (sql) => sql.query(`update delegations set ${change} where id = $1`, [id]));
  expect(await set("to_id = from_id")).toBe("42501");
  expect(await attack(s, (sql) => back(sql, id, s.max))).toBe("delegation_not_yours");
  await s.commit((sql) => back(sql, id, two));
  expect(await attack(s, (sql) => back(sql, id, one))).toBe("delegation_ended");
  expect(await attack(s, (sql) => sql.query("delete from delegations"))).toBe("42501");
  expect(await attack(s, (sql) => sql.query("update staff_managers set since = now()"))).toBe(
    "42501",
  );
});
