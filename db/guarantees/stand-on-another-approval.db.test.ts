import { expect, test } from "vitest";
import { ageRequest } from "#db/testing/age.ts";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { addAccount, addSubject, hire, takeRole } from "#db/testing/people.ts";
import { ruleBy } from "#db/testing/rules.ts";
import { scene } from "#db/testing/scene.ts";
import { type Row, type Sql, update } from "#db/testing/sql.ts";
import { approve, ask, end, grant, type Request, start } from "#db/testing/steps.ts";

const s = await scene();
const standing = { maxHours: 8 };
await ruleBy(s.owner, { standing });
const base: Row = { ticket: "SUP-1", standing_hours: 8, scope: "read" };
let agents = 0;

/** An agent's approved request that stands, used by a first session. */
async function approved(more: Row = {}, approver = s.max) {
  const agent = await hire(s.owner, `agent ${++agents}`, ["agent"]);
  const first = await s.commit(async (sql) => {
    const request = await ask(sql, agent, s.rita, { ...base, ...more });
    await approve(sql, request, approver);
    return request;
  });
  const session = await s.commit((sql) => start(sql, first));
  await s.commit((sql) => end(sql, session));
  return first;
}
/** A later request that names it; gives what refused its grant, if anything. */
const later = async (sql: Sql, first: Request, more: Row = {}) => {
  const { actor = first.actor, subject = s.rita, ...rest } = more;
  const request = await ask(sql, String(actor), subject as typeof s.rita, {
    ...{ ticket: "SUP-1", scope: "read", standing_of: first.id },
    ...rest,
  });
  await grant(sql, request);
  return request;
};
const endIt = async (sql: Sql, first: Request, by: string) =>
  update(sql, "requests", first.id, {
    ...{ standing_ended_at: new Date(), standing_ended_by: by },
    standing_ended_entry_id: await entry(sql, "standing.ended", {
      ...{ actor: by, subject: first.subject, request: first.id },
    }),
  });

test("it stands for a second session, with an entry and a reason of its own", async () => {
  const first = await approved();
  const second = await s.commit((sql) => later(sql, first));
  await s.commit((sql) => start(sql, second));
});

const neighbour = await addSubject(
  s.owner,
  s.product,
  await addAccount(s.owner, s.product, "regulated"),
);
test.each<[string, Row]>([
  ["another actor", { actor: s.ben }],
  ["another account", { subject: neighbour }],
  ["another ticket", { ticket: "SUP-2" }],
  ["no ticket", { ticket: null }],
  ["acting instead of looking", { scope: "write" }],
  ["longer than was approved", { minutes: 45 }],
])("not for %s", async (_, more) => {
  const first = await approved();
  expect(await attack(s, (sql) => later(sql, first, more))).toBe("request_without_approvals");
});

test("not where nothing was asked to stand, nor by one that stands on another", async () => {
  const plain = await approved({ standing_hours: null });
  expect(await attack(s, (sql) => later(sql, plain))).toBe("request_without_approvals");
  const first = await approved();
  const second = await s.commit((sql) => later(sql, first));
  expect(await attack(s, (sql) => later(sql, second))).toBe("request_without_approvals");
  expect(await attack(s, (sql) => later(sql, first, { standing_hours: 8 }))).toBe(
    "requests_standing_by_ticket",
  );
});

test("not before it is granted, nor by itself", async () => {
  const agent = await hire(s.owner, `agent ${++agents}`, ["agent"]);
  const pending = await s.commit((sql) => ask(sql, agent, s.rita, base));
  expect(await attack(s, (sql) => later(sql, pending))).toBe("request_without_approvals");
});

test("not when its hours are over, nor 24 hours later whatever it says", async () => {
  const first = await approved();
  await ageRequest(s.owner, first.id, "7 hours");
  const second = await s.commit((sql) => later(sql, first));
  await ageRequest(s.owner, first.id, "1 hour");
  expect(await attack(s, (sql) => later(sql, first))).toBe("request_without_approvals");
  // What was granted in time does not start late.
  expect(await attack(s, (sql) => start(sql, second))).toBe("session_without_approval");
});

test("not once it was ended, by its actor or any manager and nobody else, once", async () => {
  const first = await approved();
  const second = await s.commit((sql) => later(sql, first));
  expect(await attack(s, (sql) => endIt(sql, first, s.ben))).toBe("standing_not_yours");
  await s.commit((sql) => endIt(sql, first, s.mia));
  expect(await attack(s, (sql) => later(sql, first))).toBe("request_without_approvals");
  expect(await attack(s, (sql) => start(sql, second))).toBe("session_without_approval");
  expect(await attack(s, (sql) => endIt(sql, first, first.actor))).toBe("standing_ended");
  const other = await approved();
  await s.commit((sql) => endIt(sql, other, other.actor));
});

test("nor by an admin, but of whom they suspended", async () => {
  const first = await approved();
  const admin = await hire(s.owner, "admin", ["admin"]);
  expect(await attack(s, (sql) => endIt(sql, first, admin))).toBe("standing_not_yours");
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [first.actor],
  );
  await s.commit((sql) => endIt(sql, first, admin));
});

test("not when its approver lost the role, or reports to the actor by now", async () => {
  const left = await hire(s.owner, "left", ["manager"]);
  const first = await approved({}, left);
  await takeRole(s.owner, left, "manager");
  expect(await attack(s, (sql) => later(sql, first))).toBe("request_without_approvals");
  const moved = await hire(s.owner, "moved", ["manager"]);
  const other = await approved({}, moved);
  const second = await s.commit((sql) => later(sql, other));
  await s.owner.query("update staff set manager_id = $2 where id = $1", [moved, other.actor]);
  expect(await attack(s, (sql) => start(sql, second))).toBe("session_without_approval");
});

test("not where the later one wants more than the first did", async () => {
  const first = await approved();
  await ruleBy(s.owner, { standing, approvals: { sensitive: 2 } });
  expect(await attack(s, (sql) => later(sql, first))).toBe("request_without_approvals");
  await ruleBy(s.owner, { standing });
});

test("not for longer than the policy lets one ask, nor without a ticket, nor where nothing is wanted", async () => {
  const of = (more: Row, subject = s.rita) =>
    attack(s, (sql) => ask(sql, s.ana, subject, { ...base, ...more }));
  expect(await of({ standing_hours: 9 })).toBe("request_standing");
  expect(await of({ ticket: null })).toBe("requests_standing_by_ticket");
  expect(await of({}, s.jane)).toBe("request_standing");
  await ruleBy(s.owner);
  expect(await of({ standing_hours: 1 })).toBe("request_standing");
  await ruleBy(s.owner, { standing });
});

test("nor is it changed afterwards", async () => {
  const first = await approved();
  const set = (sql: Sql, change: string) =>
    sql.query(`update requests set ${change} where id = $1`, [first.id]);
  for (const change of ["standing_hours = 24", "standing_of = id", "break_glass = true"]) {
    expect(await attack(s, (sql) => set(sql, change))).toBe("42501");
    const asOwner = { owner: s.owner, runtime: s.owner };
    expect(await attack(asOwner, (sql) => set(sql, change))).toBe("request_frozen");
  }
  const closing =
    "standing_ended_at = now(), standing_ended_by = actor_id, standing_ended_entry_id = asked_entry_id";
  expect(await attack(s, (sql) => set(sql, closing))).toBe("change_without_entry");
});
