import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { giveRole, hire, takeRole } from "#db/testing/people.ts";
import { wants } from "#db/testing/rules.ts";
import { scene } from "#db/testing/scene.ts";
import { approve, ask, grant, start, vote } from "#db/testing/steps.ts";

const s = await scene();
const lead = await hire(s.owner, "lead", ["manager"]);
const cleo = await hire(s.owner, "cleo", ["compliance"]);
let agents = 0;
/** An agent whose manager is this one, and what they asked under these rules. */
async function asked(rules: { by: string; votes: number }[], managerId: string | undefined = lead) {
  const agent = await hire(s.owner, `agent ${++agents}`, ["agent"], { managerId });
  await wants(s.owner, ...rules);
  return s.commit((sql) => ask(sql, agent, s.rita));
}
const own = { by: "own_manager", votes: 1 };
const compliance = { by: "compliance", votes: 1 };
const report = (person: string, managerId: string | null) =>
  s.owner.query("update staff set manager_id = $2 where id = $1", [person, managerId]);

test("another manager where the actor's own is wanted", async () => {
  const request = await asked([own]);
  expect(await attack(s, (sql) => vote(sql, request, s.max))).toBe("vote_not_wanted");
  await s.commit((sql) => approve(sql, request, lead));
  await s.commit((sql) => start(sql, request));
});

test("who became the actor's manager after it was asked, and who was then and is no more", async () => {
  const request = await asked([own]);
  await report(request.actor, s.max);
  for (const voter of [s.max, lead])
    expect(await attack(s, (sql) => vote(sql, request, voter))).toBe("vote_not_wanted");
  // Back again: in between they were not.
  await report(request.actor, lead);
  expect(await attack(s, (sql) => vote(sql, request, lead))).toBe("vote_not_wanted");
});

test("the actor's manager changed between the vote and the start", async () => {
  const request = await asked([own]);
  await s.commit((sql) => approve(sql, request, lead));
  await report(request.actor, s.max);
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_approval");
});

test("a manager of nobody's own, who is the actor by another account", async () => {
  const other = await hire(s.owner, "other account", ["manager"]);
  const request = await asked([own], other);
  await s.owner.query(
    "update staff set person_id = (select person_id from staff where id = $2) where id = $1",
    [other, request.actor],
  );
  expect(await attack(s, (sql) => vote(sql, request, other))).toBe("vote_own_request");
});

test("compliance where no rule wants it, and where one does", async () => {
  const plain = await asked([]);
  expect(await attack(s, (sql) => vote(sql, plain, cleo))).toBe("vote_without_role");
  expect(
    await attack(s, (sql) => vote(sql, plain, cleo, { vote: "deny", comment: "Not at all" })),
  ).toBe("vote_without_role");
  const request = await asked([compliance]);
  await s.commit((sql) => vote(sql, request, cleo));
  expect(await attack(s, (sql) => grant(sql, request))).toBe("request_without_approvals");
  await s.commit((sql) => approve(sql, request, s.max));
});

test("compliance that was none when it was asked, or is none at the start", async () => {
  const request = await asked([compliance]);
  const late = await hire(s.owner, "late", ["compliance"], { since: "-1 second" });
  expect(await attack(s, (sql) => vote(sql, request, late))).toBe("vote_without_role");
  const left = await hire(s.owner, "left", ["compliance"]);
  const granted = await asked([compliance]);
  await s.commit((sql) => vote(sql, granted, left));
  await s.commit((sql) => approve(sql, granted, s.max));
  await takeRole(s.owner, left, "compliance");
  expect(await attack(s, (sql) => start(sql, granted))).toBe("session_without_approval");
});

test("one person for both, who is a manager and of compliance", async () => {
  const both = await hire(s.owner, "both", ["manager", "compliance"]);
  const request = await asked([compliance]);
  const outcome = await attack(s, (sql) => approve(sql, request, both));
  expect(outcome).toBe("request_without_approvals");
  await s.commit((sql) => vote(sql, request, both));
  await s.commit((sql) => approve(sql, request, s.max));
});

test("one person with two accounts, where two are wanted", async () => {
  const one = await hire(s.owner, "one", ["manager"]);
  const same = await hire(s.owner, "same", ["manager"]);
  const link = () =>
    s.owner.query(
      "update staff set person_id = (select person_id from staff where id = $2) where id = $1",
      [same, one],
    );
  const two = [{ by: "manager", votes: 2 }];
  const found = await asked(two);
  await s.commit((sql) => vote(sql, found, one));
  await s.commit((sql) => approve(sql, found, same));
  const request = await asked(two);
  await s.commit((sql) => vote(sql, request, one));
  await link();
  expect(await attack(s, (sql) => vote(sql, request, same))).toBe("vote_of_same_person");
  // And where it was found out only after both had voted.
  expect(await attack(s, (sql) => start(sql, found))).toBe("session_without_approval");
});

test("who reported to the actor when it was asked, or does by another account", async () => {
  const request = await asked([]);
  const moved = await hire(s.owner, "moved away", ["manager"], { managerId: request.actor });
  const later = await s.commit((sql) => ask(sql, request.actor, s.rita));
  await report(moved, null);
  expect(await attack(s, (sql) => vote(sql, later, moved))).toBe("vote_reports_to_actor");
  const free = await hire(s.owner, "free", ["manager"]);
  await hire(s.owner, "and bound", ["agent"], { managerId: request.actor });
  await s.owner.query(
    "update staff set person_id = (select person_id from staff where name = 'free') where name = 'and bound'",
  );
  expect(await attack(s, (sql) => vote(sql, later, free))).toBe("vote_reports_to_actor");
});

test("a list of requirements that the panel made up", async () => {
  await wants(s.owner, { by: "manager", votes: 2 });
  const request = await s.commit((sql) =>
    ask(sql, s.ana, s.rita, { requirements: "[]", approvals_needed: 1 }),
  );
  const { rows } = await s.owner.query(
    "select requirements, approvals_needed from requests where id = $1",
    [request.id],
  );
  expect(rows).toEqual([{ requirements: [{ by: "manager", votes: 2 }], approvals_needed: 2 }]);
  const forge = "update requests set requirements = '[]'";
  expect(await attack(s, (sql) => sql.query(forge))).toBe("42501");
  const asOwner = { owner: s.owner, runtime: s.owner };
  expect(await attack(asOwner, (sql) => sql.query(forge))).toBe("request_frozen");
});

test("the policy that was loosened between ask and vote", async () => {
  const request = await asked([{ by: "manager", votes: 2 }]);
  await wants(s.owner);
  expect(await attack(s, (sql) => approve(sql, request, s.max))).toBe("request_without_approvals");
});

test("a rule about what is not sensitive", async () => {
  await wants(s.owner, { by: "manager", votes: 1 });
  const request = await s.commit((sql) => ask(sql, s.ana, s.jane));
  expect(await attack(s, (sql) => grant(sql, request))).toBe("request_without_approvals");
  await s.commit((sql) => approve(sql, request, s.max));
  await wants(s.owner);
});

test("a manager who is given the role after the ask, for good measure", async () => {
  const request = await asked([own]);
  const late = await hire(s.owner, "made late", []);
  await giveRole(s.owner, late, "manager", "-1 second");
  expect(await attack(s, (sql) => vote(sql, request, late))).toBe("vote_without_role");
});
