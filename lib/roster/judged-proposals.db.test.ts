import { expect, test } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { codeOf, crowd } from "#lib/impersonation/crowd/testing.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import { withdrawStaff } from "#lib/impersonation/withdraw-staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { acceptPolicy } from "#lib/policy/accept-policy.ts";
import { changePolicy } from "#lib/policy/change-policy.ts";
import { policyBody } from "#lib/policy/policy.ts";
import { decline } from "#lib/proposals/decide.ts";
import { withdraw } from "#lib/proposals/withdraw.ts";
import type { Role } from "#lib/vocabulary.ts";
import { acceptRole } from "./accept-role.ts";
import { changeStaff } from "./change.ts";

const s = await scene();
const { ana } = await atWork(s);
const { hired, rows } = crowd(s, ana);
type Person = Ctx<StaffActor>;
const roles = (by: Person, of: Person, wanted: Role[]) =>
  changeStaff(by, {
    ...{ staffId: of.actor.id, name: of.actor.name, team: "EMEA support", zone: "UTC" },
    ...{ managerEmail: "", roles: wanted, lookingOnly: false, kind: "person" as const },
    reason: "As their manager asked",
  });
const suspend = (by: Person, of: Person) =>
  withdrawStaff(by, { staffId: of.actor.id, reason: "They left" });

test("of admins who put each other out at once, one stays", async () => {
  for (const out of [suspend, (by: Person, of: Person) => roles(by, of, ["manager"])]) {
    await s.owner.query(
      "update staff_roles set revoked_at = clock_timestamp() where role = 'admin' and revoked_at is null",
    );
    const [a, b, c] = [await hired(["admin"]), await hired(["admin"]), await hired(["admin"])];
    const all = await Promise.all([
      ...[out(a, b), out(b, c), out(c, a), out(b, a), out(c, b), out(a, c)],
      ...[suspend(a, b), suspend(b, c), suspend(c, a)],
    ]);
    expect(all.some(({ ok }) => ok)).toBe(true);
    const left = await rows("select distinct staff_id from roles_held where role = 'admin'");
    expect(left.length).toBeGreaterThan(0);
  }
});

test("who proposed, who accepts or whom it is about goes while it is accepted: never one person's word", async () => {
  const away: ((p: Record<"one" | "two" | "third" | "it", Person>, id: string) => unknown)[] = [
    ({ one }, proposalId) => withdraw(one, { proposalId }),
    ({ third }, proposalId) => decline(third, { proposalId, comment: "No, thanks" }),
    ({ third, one }) => suspend(third, one),
    ({ third, one }) => roles(third, one, ["manager"]),
    ({ third, two }) => suspend(third, two),
    ({ third, two }) => roles(third, two, ["manager"]),
    ({ third, it }) => suspend(third, it),
  ];
  for (const [i, goes] of [...away, ...away].entries()) {
    const [one, two, third] = [
      await hired(["admin"]),
      await hired(["admin"]),
      await hired(["admin"]),
    ];
    const it = await hired(["manager"]);
    expect(codeOf(await roles(one, it, ["manager", "admin"]))).toBe("ok");
    const [made] = await rows("select id from proposals where staff_id = $1", [it.actor.id]);
    const proposalId = String(made?.id);
    const accept = () => acceptRole(two, { proposalId, comment: "" });
    const went = () => goes({ one, two, third, it }, proposalId);
    await Promise.all(i < away.length ? [accept(), went(), accept()] : [went(), accept()]);
    const [after] = await rows(
      `select p.status, g.granted_at is not null as granted,
         coalesce(g.granted_at > least(o.deactivated_at, t.deactivated_at, a.deactivated_at,
           (select min(revoked_at) from staff_roles where staff_id in (o.id, t.id))), false) as late,
         (select count(*)::int from audit_entry e join audit_payload b on b.entry_id = e.id
           where b.body::jsonb ->> 'proposal' = p.id::text and e.event in ('proposal.accepted', 'proposal.declined', 'proposal.withdrawn')) as ends
       from proposals p join staff o on o.id = p.proposed_by join staff t on t.id = $2 join staff a on a.id = p.staff_id
         left join staff_roles g on g.staff_id = p.staff_id and g.role = 'admin' where p.id = $1`,
      [proposalId, two.actor.id],
    );
    expect(after).toMatchObject({
      granted: after?.status === "accepted",
      late: false,
      ends: after?.status === "pending" ? 0 : 1,
    });
  }
});

test("of thirty changes of policy at once one is made, and versions have no gap and lie ahead one at a time", async () => {
  const admins = await Promise.all([hired(["admin"]), hired(["admin"]), hired(["admin"])]);
  const cleo = await hired(["compliance"]);
  const tomorrow = new Date(Date.now() + 86_400_000);
  for (let round = 0; round < 3; round += 1) {
    const [now] = await rows("select version, body from policy_now");
    const body = policyBody.parse(now?.body);
    const change = { follows: Number(now?.version), reason: "For a test of many at once" };
    const looser = { ...body, lapseMinutes: body.lapseMinutes + 5 };
    const [one] = admins;
    await changePolicy(one, { ...change, from: null, body: looser });
    const [made] = await rows(
      "select id from proposals where kind = 'policy' and status = 'pending'",
    );
    const proposalId = String(made?.id);
    const all = await Promise.all([
      ...Array.from({ length: 30 }, (_, i) =>
        changePolicy(admins[i % 3] ?? one, {
          ...change,
          from: i % 3 === round ? tomorrow : null,
          body: { ...body, lapseMinutes: body.lapseMinutes - 1 - i },
        }),
      ),
      acceptPolicy(cleo, { proposalId, comment: "" }),
      withdraw(one, { proposalId }),
    ]);
    for (const code of all.map(codeOf))
      expect(["ok", "policy_changed", "already_decided"]).toContain(code);
    const versions = await rows(
      `select v.version, v.in_force_from > clock_timestamp() and w.version is null as ahead from policy_versions v
         left join policy_withdrawals w on w.version = v.version where v.version >= 14 order by v.version`,
    );
    expect(versions.map((v) => Number(v.version))).toEqual(versions.map((_, i) => 14 + i));
    expect(versions.filter(({ ahead }) => ahead).length).toBeLessThan(2);
    expect(await rows("select version from policy_now")).not.toEqual([{ version: now?.version }]);
  }
});
