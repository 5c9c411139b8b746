import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { attack } from "#db/testing/attack.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { end } from "#lib/impersonation/end.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { start } from "#lib/impersonation/start.ts";
import { atWork, eventsOf, question } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Requirement } from "#lib/policy/requirements.ts";
import type { Role } from "#lib/vocabulary.ts";
import { ask } from "./ask.ts";
import { cancel } from "./cancel.ts";
import { endStanding } from "./end-standing.ts";
import { readOwnStanding } from "./own-standing.ts";
import { approve, deny } from "./vote.ts";

const s = await scene();
const work = await atWork(s);
const { ana, ben, max, mia, moe } = work;
let version = 14;
const rule = (more: object) =>
  insert(s.owner, "policy_versions", { version: ++version, body: { ...policy14, ...more } });

/** Somebody new on the staff, as the panel knows them. */
async function hired(name: string, roles: Role[], managerId?: string): Promise<Ctx<StaffActor>> {
  const id = await hire(s.owner, name, roles, { managerId });
  const signInId = newId();
  await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
  return { ...ana, actor: { ...ana.actor, id, name, roles, signInId } };
}

async function asked(by: Ctx<StaffActor>, over: Parameters<typeof question>[1] = {}) {
  const result = await ask(by, question(s.rita.id, over));
  if (!result.ok) throw new Error(result.error.message);
  const { rows } = await s.owner.query(
    "select encode(ask_hash, 'hex') as ask from requests where id = $1",
    [result.value.id],
  );
  return { requestId: result.value.id, ask: String(rows[0]?.ask), minutes: 30 };
}
const code = (result: { ok: boolean; error?: { code: string } }) =>
  result.ok ? "ok" : result.error?.code;

test("of two hundred votes at once one decides, and everybody else is told who did", async () => {
  const votes = await asked(ana);
  const managers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => hired(`manager ${i}`, ["manager"])),
  );
  const results = await Promise.all(
    Array.from({ length: 200 }, (_, i) => {
      const by = managers[i % 20] ?? max;
      return i % 2 ? approve(by, votes) : deny(by, { ...votes, comment: "Not needed" });
    }),
  );
  const won = results.filter((result) => result.ok);
  expect(won).toHaveLength(1);
  expect(new Set(results.map(code))).toEqual(new Set(["ok", "already_decided"]));
  const { rows } = await s.owner.query(
    `select (select count(*)::int from approvals where request_id = $1) as votes,
       (select count(*)::int from audit_entry where request_id = $1 and event in ('request.approved', 'request.denied')) as entries,
       (select count(*)::int from audit_entry where request_id = $1 and event = 'vote.refused') as refused`,
    [votes.requestId],
  );
  expect(rows).toEqual([{ votes: 1, entries: 1, refused: 199 }]);
});

test("two votes of hundreds grant what wants two, and no third is written", async () => {
  await rule({ approvals: { sensitive: 2 } });
  const votes = await asked(await hired("asks for two", ["agent"]));
  const managers = await Promise.all(
    Array.from({ length: 16 }, (_, i) => hired(`of sixteen ${i}`, ["manager"])),
  );
  const results = await Promise.all(
    Array.from({ length: 160 }, (_, i) => approve(managers[i % 16] ?? max, votes)),
  );
  expect(results.flatMap((one) => (one.ok ? [one.value.status] : [])).sort()).toEqual([
    "granted",
    "pending",
  ]);
  await rule({});
});

test("votes against a cancellation, and against a lapse of the role: one order for all of them", async () => {
  for (let round = 0; round < 10; round += 1) {
    const agent = await hired(`cancels ${round}`, ["agent"]);
    const votes = await asked(agent);
    const [voted, cancelled] = await Promise.all([
      approve(max, votes),
      cancel(agent, { requestId: votes.requestId }),
    ]);
    // Whoever comes second meets what the first made of it: a grant can be cancelled, and nothing that is cancelled granted.
    expect(cancelled.ok).toBe(true);
    expect(["ok", "already_decided"]).toContain(code(voted));
    const { rows } = await s.owner.query("select status from requests where id = $1", [
      votes.requestId,
    ]);
    expect(rows).toEqual([{ status: "cancelled" }]);
  }
});

test("each is told why their vote would not count", async () => {
  const lead = await hired("lead", ["manager"]);
  const cleo = await hired("cleo", ["compliance"]);
  const agent = await hired("led", ["agent"], lead.actor.id);
  await rule({ approvals: { sensitive: 1, rules: [{ by: "own_manager", votes: 1 }] } });
  const votes = await asked(agent);
  const refused = async (by: Ctx<StaffActor>) => {
    const result = await approve(by, votes);
    return result.ok ? "went through" : [result.error.code, result.error.message];
  };
  expect(await refused(max)).toEqual([
    "not_approver",
    "Your approval would not count: this wants the agent’s own manager, who held the role when it was asked. You can still deny it.",
  ]);
  expect((await refused(cleo))[0]).toBe("not_approver");
  const report = await hired("report", ["manager"], agent.actor.id);
  expect((await refused(report))[0]).toBe("reports_to_actor");
  expect((await refused(agent))[0]).toBe("not_approver");
  expect(code(await approve(lead, votes))).toBe("ok");
  await rule({ approvals: { sensitive: 1, rules: [{ by: "compliance", votes: 1 }] } });
  const both = await asked(await hired("asks both", ["agent"]));
  expect(await approve(cleo, both)).toMatchObject({ ok: true, value: { status: "pending" } });
  expect(await approve(max, both)).toMatchObject({ ok: true, value: { status: "granted" } });
  await rule({});
});

test("an old sign-in approves nothing sensitive where the policy minds, and says so", async () => {
  await rule({ freshSignIn: { sensitiveApproval: 5 } });
  const votes = await asked(ben);
  const old = { ...max, actor: { ...max.actor, authTime: new Date(Date.now() - 360_000) } };
  expect(code(await approve(old, votes))).toBe("sign_in_again");
  expect(code(await deny(old, { ...votes, comment: "Not needed" }))).toBe("ok");
  await rule({});
});

test("an approval that stands lets the next session start at once, each with its own entry", async () => {
  await rule({ standing: { maxHours: 8 } });
  const agent = await hired("stands", ["agent"]);
  const votes = await asked(agent, { standingHours: 8 });
  expect(code(await approve(max, votes))).toBe("ok");
  const first = await start(agent, { requestId: votes.requestId });
  if (!first.ok) throw new Error(first.error.message);
  await end(agent, { sessionId: first.value.sessionId });
  const place = { accountId: s.rita.account, productId: s.rita.product };
  const wants: Requirement[] = [{ by: "manager", votes: 1 }];
  const offered = async (by = agent, votes = wants) =>
    readOwnStanding(by, { ...place, wants: { read: votes, write: votes }, because: [] });
  expect(await offered()).toMatchObject([
    {
      ...{ id: votes.requestId, ticket: "SUP-4821", minutes: 30, scopes: ["read"] },
      ...{ approvers: ["max"], until: expect.any(Date) },
    },
  ]);
  expect(await offered(ben)).toEqual([]);
  expect(await offered(agent, [{ by: "manager", votes: 2 }])).toEqual([]);
  const again = question(s.rita.id, { reason: "The customer called once more about it." });
  const second = await standIn(agent, again);
  if (!second.ok || second.value.kind !== "started") throw new Error("It did not start");
  const { rows } = await s.owner.query(
    `select r.standing_of, r.reason, p.body::jsonb -> 'approved_by' as approved_by from sessions s join requests r on r.id = s.request_id
       join audit_payload p on p.entry_id = s.started_entry_id where s.id = $1`,
    [second.value.sessionId],
  );
  expect(rows).toEqual([
    { standing_of: votes.requestId, reason: again.reason, approved_by: ["max"] },
  ]);
  await end(agent, { sessionId: second.value.sessionId });
  // For another ticket, for acting, for somebody else's customer: asked anew.
  const others = [{ ticket: "SUP-4822" }, { scope: "write" as const }, { minutes: 45 }];
  for (const other of others)
    expect(await standIn(agent, { ...again, ...other })).toMatchObject({
      ok: true,
      value: { kind: "waiting" },
    });
  expect(code(await endStanding(ben, { requestId: votes.requestId }))).toBe("not_found");
  expect(code(await endStanding(mia, { requestId: votes.requestId }))).toBe("ok");
  expect(code(await endStanding(agent, { requestId: votes.requestId }))).toBe("ended");
  expect(await offered()).toEqual([]);
  expect(await standIn(agent, again)).toMatchObject({ ok: true, value: { kind: "waiting" } });
  const events = await eventsOf(s, { request: votes.requestId });
  expect(events.filter((event) => event !== "request.rang")).toEqual([
    ...["request.asked", "request.approved", "session.started", "session.ended"],
    ...["standing.refused", "standing.ended", "standing.refused"],
  ]);
  await rule({});
});

test("what the policy lets nobody ask is refused beside the field", async () => {
  const result = await ask(moe, question(s.rita.id, { standingHours: 4 }));
  expect(result).toMatchObject({
    ok: false,
    error: {
      fields: { standingHours: "The policy lets no approval stand: ask for this once." },
    },
  });
  // Where no approval is wanted, none stands.
  const plain = await ask(moe, question(s.jane.id, { standingHours: 4 }));
  expect(plain).toMatchObject({ ok: true, value: { status: "granted" } });
});

test("a vote cast past the panel is no vote without its entry", async () => {
  const votes = await asked(await hired("past the panel", ["agent"]));
  const outcome = await attack(s, (sql) =>
    sql.query("select cast_vote($1, 30, 60)", [
      JSON.stringify({
        ...{ id: newId(), request_id: votes.requestId, approver_id: max.actor.id, vote: "approve" },
        ...{ minutes: 30, ask_hash: `\\x${votes.ask}`, policy_version: 14, entry_id: newId() },
      }),
    ]),
  );
  expect(outcome).toBe("approvals_entry");
});
