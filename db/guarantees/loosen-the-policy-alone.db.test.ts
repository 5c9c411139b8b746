import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql } from "#db/testing/sql.ts";

const s = await scene();
const first = { ...policy14, reviews: { ...reviews(), opensByItself: false } };
await insert(s.owner, "policy_versions", { version: 14, body: first });
const ada = await hire(s.owner, "ada", ["admin"]);
const ida = await hire(s.owner, "ida", ["admin"]);
const cleo = await hire(s.owner, "cleo", ["compliance"]);

function reviews() {
  return {
    ...{ opensByItself: true, dueDays: 30, undecided: "revoke", exceptionDays: 30 },
    ...{ sampleShare: 0.1, rushedDecisions: 40 },
  };
}
const tighter = (minutes: number) => ({ ...first, maxMinutes: minutes });
const looser = { ...first, exportsInWrite: true };

type Change = {
  by?: string;
  version?: number;
  follows?: number;
  body?: object;
  before?: object;
  proposal?: string | null;
  from?: Date;
  more?: Row;
  told?: Row;
};
/** A version as the panel makes it, or as somebody makes it who holds the panel's password. */
async function change(sql: Sql, how: Change = {}) {
  const { by = ada, version = 15, body = tighter(50), before = first, proposal = null } = how;
  const reason = "For a test";
  const entry_id = await entry(sql, "policy.changed", {
    actor: by,
    body: { version, follows: how.follows ?? 14, before, after: body, reason, ...how.told },
  });
  await insert(sql, "policy_versions", {
    ...{ version, body, reason, changed_by: by, proposal_id: proposal, entry_id },
    ...(how.from ? { in_force_from: how.from } : {}),
    ...how.more,
  });
}
const before = { version: 14, body: first };
async function propose(sql: Sql, by: string, after: object, was: object = before) {
  const id = newId();
  await insert(sql, "proposals", {
    ...{ id, kind: "policy", before: was, after, reason: "For a test", proposed_by: by },
    lapses_at: new Date(Date.now() + 86_400_000),
    made_entry_id: await entry(sql, "proposal.made", { actor: by }),
  });
  return id;
}
const accept = async (sql: Sql, id: string, by: string) =>
  sql.query(
    "update proposals set status = 'accepted', decided_by = $1, decided_at = now(), decided_entry_id = $2 where id = $3",
    [by, await entry(sql, "proposal.accepted", { actor: by }), id],
  );

test("no version without somebody, a reason and the entry of just this", async () => {
  const bare = (sql: Sql) =>
    insert(sql, "policy_versions", { version: 15, body: { ...first, maxMinutes: 50 } });
  expect(await attack(s, bare)).toBe("policy_change_without_entry");
  const silent = (sql: Sql) => change(sql, { more: { entry_id: newId() } });
  expect(await attack(s, silent)).toBe("policy_versions_entry");
  const misled = async (sql: Sql) =>
    change(sql, { more: { entry_id: await entry(sql, "subject.opened", { actor: ada }) } });
  expect(await attack(s, misled)).toBe("change_without_entry");
  for (const told of [
    { after: first },
    { before: looser },
    { reason: "Another" },
    { version: 16 },
    { follows: 1 },
  ])
    expect(await attack(s, (sql) => change(sql, { told })), JSON.stringify(told)).toBe(
      "policy_change_untold",
    );
});

test("no version by anybody but an active admin", async () => {
  const gone = await hire(s.owner, "gone", ["admin"]);
  await takeRole(s.owner, gone, "admin");
  const away = await hire(s.owner, "away", ["admin"]);
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = clock_timestamp() where id = $1",
    [away],
  );
  for (const by of [s.max, cleo, s.ana, gone, away])
    expect(await attack(s, (sql) => change(sql, { by }))).toBe("policy_not_admin");
});

test("no number is left out, nor taken twice", async () => {
  for (const version of [16, 13, 99])
    expect(await attack(s, (sql) => change(sql, { version }))).toBe("policy_version_next");
  expect(await attack(s, (sql) => change(sql, { version: 14 }))).toBe("policy_version_next");
});

test("nothing looser without a proposal, nor what nobody knows", async () => {
  for (const body of [
    looser,
    { ...first, approvals: { sensitive: 0 } },
    { ...first, maxMinutes: 61 },
    { ...first, backDoor: true },
    {},
    { ...first, reasons: first.reasons.map((one) => ({ ...one, ticket: "optional" })) },
  ])
    expect(await attack(s, (sql) => change(sql, { body })), JSON.stringify(body)).toBe(
      "policy_second_person",
    );
});

test("a proposal is for just its body and for what it was made against, once it is accepted", async () => {
  const after = { body: looser, from: null };
  const with_ = (was: object, what: object, how: Change, by: string | null = ida) =>
    attack(s, async (sql) => {
      const id = await propose(sql, ada, what, was);
      if (by) await accept(sql, id, by);
      await change(sql, { by: by ?? ida, body: looser, proposal: id, ...how });
    });
  expect(await with_(before, after, {}, null)).toBe("policy_second_person");
  expect(await with_(before, after, { body: { ...looser, lapseMinutes: 999 } })).toBe(
    "policy_second_person",
  );
  expect(await with_({ version: 13, body: first }, after, {})).toBe("policy_second_person");
  expect(await with_({ version: 14, body: looser }, after, {})).toBe("policy_second_person");
  // Carried out by who accepted, not by who proposed.
  expect(await with_(before, after, { by: ada })).toBe("policy_second_person");
  expect(await with_(before, after, { proposal: newId() })).toBe("policy_second_person");
});

test("nobody is their own second person, nor by a second account", async () => {
  const again = await hire(s.owner, "ada-again", ["admin"]);
  await s.owner.query("update staff set person_id = $1 where id = $2", [ada, again]);
  for (const by of [ada, again])
    expect(
      await attack(s, async (sql) => {
        const id = await propose(sql, ada, { body: looser, from: null });
        await accept(sql, id, by);
        await change(sql, { by, body: looser, proposal: id });
      }),
    ).toBe("proposal_own");
});

test("what somebody proposed who is no admin is not put into force", async () => {
  expect(
    await attack(s, async (sql) => {
      const id = await propose(sql, cleo, { body: looser, from: null });
      await accept(sql, id, ada);
      await change(sql, { by: ada, body: looser, proposal: id });
    }),
  ).toBe("policy_not_admin");
});

test("a version is never changed, nor withdrawn once it is in force", async () => {
  for (const statement of [
    "update policy_versions set reason = 'x'",
    "delete from policy_versions",
    "truncate policy_versions cascade",
    "update policy_withdrawals set reason = 'x'",
    "delete from policy_withdrawals",
  ])
    expect(await attack(s, (sql) => sql.query(statement)), statement).toBe("42501");
  const withdraw =
    (version: number, by = ada) =>
    async (sql: Sql) =>
      insert(sql, "policy_withdrawals", {
        ...{ version, withdrawn_by: by, reason: "For a test" },
        entry_id: await entry(sql, "policy.changed", {
          actor: by,
          body: { withdrawn: version, reason: "For a test" },
        }),
      });
  expect(await attack(s, withdraw(14))).toBe("policy_withdrawal_late");
});

test("a version is of when it was made, and one at a time lies ahead", async () => {
  const tomorrow = new Date(Date.now() + 86_400_000);
  const inTwoYears = new Date(Date.now() + 2 * 366 * 86_400_000);
  expect(await attack(s, (sql) => change(sql, { from: inTwoYears }))).toBe("policy_too_far");
  await s.commit((sql) => change(sql, { from: tomorrow }));
  const inForce = async () =>
    (await s.owner.query("select policy_version_in_force() as version")).rows[0]?.version;
  expect(await inForce()).toBe(14);
  const next = { version: 16, body: tighter(40) };
  expect(await attack(s, (sql) => change(sql, next))).toBe("policy_scheduled");
  const withdraw = (by: string) => async (sql: Sql) =>
    insert(sql, "policy_withdrawals", {
      ...{ version: 15, withdrawn_by: by, reason: "For a test" },
      entry_id: await entry(sql, "policy.changed", {
        actor: by,
        body: { withdrawn: 15, reason: "For a test" },
      }),
    });
  for (const by of [s.max, s.ana]) expect(await attack(s, withdraw(by))).toBe("policy_not_admin");
  expect(
    await attack(s, async (sql) =>
      insert(sql, "policy_withdrawals", {
        ...{ version: 15, withdrawn_by: ada, reason: "Another" },
        entry_id: await entry(sql, "policy.changed", { actor: ada, body: { withdrawn: 15 } }),
      }),
    ),
  ).toBe("policy_change_untold");
  expect(
    await attack(s, async (sql) =>
      insert(sql, "policy_withdrawals", {
        ...{ version: 15, withdrawn_by: ada, reason: "For a test", entry_id: newId() },
      }),
    ),
  ).toBe("policy_withdrawals_entry");
  await s.commit(withdraw(ada));
  // Dated back, it is of now.
  await s.commit((sql) => change(sql, { ...next, from: new Date("2020-01-01") }));
  const { rows } = await s.owner.query(
    "select in_force_from = changed_at and changed_at > now() - interval '1 minute' as is_of_now from policy_versions where version = 16",
  );
  expect(rows).toEqual([{ is_of_now: true }]);
  expect(await inForce()).toBe(16);
});

test("two admins at once make two versions of one never: the second is refused", async () => {
  const [one, other] = [await opened(s.runtime), await opened(s.runtime)];
  const how = { version: 17, follows: 16, before: tighter(40) };
  await change(one.sql, { ...how, body: tighter(30) });
  const raced = other.race((sql) => change(sql, { ...how, by: ida, body: tighter(20) }));
  await waits(s.owner, other);
  await one.commit();
  expect(await raced).toBe("policy_version_next");
  expect((await s.owner.query("select policy_version_in_force() as version")).rows).toEqual([
    { version: 17 },
  ]);
});

test("a second person puts just what was proposed into force, once", async () => {
  const was = { version: 17, body: tighter(30) };
  const body = { ...tighter(30), exportsInWrite: true };
  const how = { version: 18, follows: 17, before: tighter(30), body };
  const id = await s.commit((sql) => propose(sql, ada, { body, from: null }, was));
  await s.commit(async (sql) => {
    await accept(sql, id, cleo);
    await change(sql, { ...how, by: cleo, proposal: id });
  });
  expect((await s.owner.query("select policy_version_in_force() as version")).rows).toEqual([
    { version: 18 },
  ]);
  expect(
    await attack(s, (sql) =>
      change(sql, { ...how, version: 19, follows: 18, before: body, by: cleo, proposal: id }),
    ),
  ).toBe("policy_second_person");
});

test("the entry says what was in force, and no older version", async () => {
  const body = { ...tighter(20), exportsInWrite: true };
  expect(await attack(s, (sql) => change(sql, { version: 19, follows: 14, body }))).toBe(
    "policy_change_untold",
  );
});

test("an admin who loses the role meanwhile changes nothing", async () => {
  const eve = await hire(s.owner, "eve", ["admin"]);
  const body = { ...tighter(20), exportsInWrite: true };
  const taking = await opened(s.owner);
  await taking.sql.query("select from staff where id = $1 for update", [eve]);
  await takeRole(taking.sql, eve, "admin");
  const raced = await opened(s.runtime);
  const outcome = raced.race((sql) =>
    change(sql, {
      ...{ by: eve, version: 19, follows: 18, body },
      before: { ...tighter(30), exportsInWrite: true },
    }),
  );
  await waits(s.owner, raced);
  await taking.commit();
  expect(await outcome).toBe("policy_not_admin");
});

test("who changes the policy signed in lately, where the policy in force wants that, and so does who accepts", async () => {
  const { rows } = await s.owner.query("select max(version) + 1 as next from policy_versions");
  const version = Number(rows[0]?.next);
  const strict = { ...first, freshSignIn: { policyChange: 5, acr: null } };
  await insert(s.owner, "policy_versions", { version, body: strict });
  const signIn = async (staff_id: string, minutes: number) => {
    const id = newId();
    await insert(s.owner, "staff_sign_ins", { id, staff_id });
    await s.owner.query(
      "update staff_sign_ins set auth_time = clock_timestamp() - make_interval(mins => $2) where id = $1",
      [id, minutes],
    );
    return id;
  };
  const [old, fresh] = [await signIn(ada, 6), await signIn(ada, 4)];
  const [olds, idas] = [await signIn(ida, 6), await signIn(ida, 1)];
  const body = { ...strict, maxMinutes: 40 };
  const tightened = (sql: Sql, more: Row) =>
    change(sql, { version: version + 1, follows: version, before: strict, body, more });
  for (const sign_in_id of [null, old])
    expect(await attack(s, (sql) => tightened(sql, { sign_in_id }))).toBe("policy_sign_in");
  expect(await attack(s, (sql) => tightened(sql, { sign_in_id: idas }))).toBe(
    "policy_versions_own_sign_in",
  );
  const after = { body: { ...strict, exportsInWrite: true }, from: null };
  const loosened = async (sql: Sql, sign_in_id: string) => {
    const proposal = await propose(sql, ada, after, { version, body: strict });
    await accept(sql, proposal, ida);
    await change(sql, {
      ...{ by: ida, version: version + 1, follows: version, before: strict, body: after.body },
      ...{ proposal, more: { sign_in_id } },
    });
  };
  expect(await attack(s, (sql) => loosened(sql, olds))).toBe("policy_sign_in");
  await s.commit((sql) => tightened(sql, { sign_in_id: fresh }));
});
