import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { addAccount, addSubject } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { changePolicy } from "#lib/policy/change-policy.ts";
import { policyBody } from "#lib/policy/policy.ts";
import { ask } from "#lib/requests/ask.ts";
import { cancel } from "#lib/requests/cancel.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { approve } from "#lib/requests/vote.ts";
import { changeStaff } from "#lib/roster/change.ts";
import type { Role } from "#lib/vocabulary.ts";
import { codeOf, crowd } from "./crowd/testing.ts";
import { endDue } from "./end-due.ts";
import { start } from "./start.ts";
import { liftStop, stopAll } from "./stop-all.ts";
import { atWork, question } from "./testing.ts";
import { tightenFlag } from "./tighten-flag.ts";
import { withdrawStaff } from "./withdraw-staff.ts";

const s = await scene();
const { ana, worker } = await atWork(s);
const { hired, rows } = crowd(s, ana);
const admin = await hired(["admin"]);

/** An agent with a manager and a customer of their own, and a request that this manager approved. */
async function granted() {
  const [agent, manager] = [await hired(["agent"]), await hired(["manager"])];
  const account = await addAccount(s.owner, s.product, "enterprise");
  const subject = await addSubject(s.owner, s.product, account);
  const asked = await ask(agent, question(subject.id));
  if (!asked.ok) throw new Error(asked.error.message);
  const requestId = asked.value.id;
  const shown = await readRequest(manager, requestId);
  const voted = await approve(manager, { requestId, ask: shown?.ask ?? "", minutes: 30 });
  if (!voted.ok) throw new Error(voted.error.message);
  return { agent, manager, account, subject, requestId };
}
type Case = Awaited<ReturnType<typeof granted>>;
const many = (count: number) => Promise.all(Array.from({ length: count }, granted));
const starts = ({ agent, requestId }: Case) =>
  Array.from({ length: 4 }, () => start(agent, { requestId }));

const roles = (of: Ctx<StaffActor>, wanted: Role[]) =>
  changeStaff(admin, {
    ...{ staffId: of.actor.id, name: of.actor.name, team: "EMEA support", zone: "UTC" },
    ...{ managerEmail: "", roles: wanted, lookingOnly: false, kind: "person" as const },
    reason: "As their manager asked",
  });
const suspend = ({ actor }: Ctx<StaffActor>) =>
  withdrawStaff(admin, { staffId: actor.id, reason: "They left" });
const reason = "The customer asked for it";

type Removal = [string, (of: Case) => Promise<Result<unknown>>, string];
const removals: Removal[] = [
  ["it is cancelled", ({ agent, requestId }) => cancel(agent, { requestId }), "r.status <> 'used'"],
  [
    "who approved loses the role",
    ({ manager }) => roles(manager, ["compliance"]),
    "exists (select from approvals v join staff_roles g on g.staff_id = v.approver_id where v.request_id = r.id and g.revoked_at <= s.started_at)",
  ],
  [
    "who approved is suspended",
    ({ manager }) => suspend(manager),
    "exists (select from approvals v join staff p on p.id = v.approver_id where v.request_id = r.id and p.deactivated_at <= s.started_at)",
  ],
  [
    "the agent loses the role",
    ({ agent }) => roles(agent, ["manager"]),
    "exists (select from staff_roles g where g.staff_id = s.actor_id and g.revoked_at <= s.started_at)",
  ],
  [
    "the agent is suspended",
    ({ agent }) => suspend(agent),
    "exists (select from staff p where p.id = s.actor_id and p.deactivated_at <= s.started_at)",
  ],
  [
    "the account is closed",
    ({ manager, account: accountId }) =>
      tightenFlag(manager, { accountId, flag: "stance", value: "closed", reason }),
    "exists (select from audit_entry e where e.event = 'flag.tightened' and e.account_id = s.account_id and e.occurred_at <= s.started_at)",
  ],
];

test.each(removals)(
  "sixty starts while %s: none after it, none twice",
  async (_, remove, after) => {
    const cases = await many(15);
    const all = await Promise.all(
      cases.flatMap((of, i) => {
        const removed = i % 3 === 0 ? [remove(of)] : [];
        const started = starts(of);
        return [...removed, ...started, ...(i % 3 === 0 ? [] : [remove(of)])];
      }),
    );
    expect(all.some(({ ok }) => ok)).toBe(true);
    const ids = cases.map(({ requestId }) => requestId);
    const from = "from sessions s join requests r on r.id = s.request_id where r.id = any($1)";
    expect(await rows(`select s.id ${from} and (${after})`, [ids])).toEqual([]);
    expect(await rows(`select r.id ${from} group by r.id having count(*) > 1`, [ids])).toEqual([]);
  },
);

test("a stricter policy is before a start or after it", async () => {
  const cases = await many(15);
  const body = policyBody.parse({ ...policy14, approvals: { sensitive: 2, rules: [] } });
  const change = { body, follows: 14, from: null, reason: "Two people from now on" };
  const [early, late] = [cases.slice(0, 8), cases.slice(8)];
  const all = await Promise.all([
    ...early.flatMap(starts),
    changePolicy(admin, change),
    ...late.flatMap(starts),
  ]);
  expect(all.map(codeOf)).toContain("needs_approval");
  const wrong = await rows(
    `select s.id from sessions s, policy_versions v where v.version = 15 and s.request_id = any($1)
       and s.started_at >= v.in_force_from`,
    [cases.map(({ requestId }) => requestId)],
  );
  expect(wrong).toEqual([]);
  await insert(s.owner, "policy_versions", { version: 16, body: policy14 });
});

test("a stop is before a start or after it, and nothing lives through it", async () => {
  const cases = await many(15);
  const [early, late] = [cases.slice(0, 8), cases.slice(8)];
  const all = await Promise.all([
    ...early.flatMap(starts),
    stopAll(admin, { reason: "Something is wrong" }),
    ...late.flatMap(starts),
  ]);
  expect(all.map(codeOf)).toContain("global_stop");
  const [stop] = await rows("select id, started_at from global_stops where lifted_at is null");
  const after = "select id from sessions where started_at > $1";
  expect(await rows(after, [stop?.started_at])).toEqual([]);
  await endDue(worker);
  expect(await rows("select id from sessions where ended_at is null")).toEqual([]);
  expect(codeOf(await liftStop(admin, { stopId: stop?.id, reason: "It is well" }))).toBe("ok");
});
