import { drizzle } from "drizzle-orm/node-postgres";
import { describe, expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { readProposal } from "#lib/proposals/queries.ts";
import type { Role } from "#lib/vocabulary.ts";
import { acceptPolicy } from "./accept-policy.ts";
import { changePolicy } from "./change-policy.ts";
import { currentPolicy, type PolicyBody, policyBody } from "./policy.ts";
import { readScheduled, readVersions } from "./versions.ts";
import { withdrawScheduled } from "./withdraw-scheduled.ts";

const s = await scene();
await insert(s.owner, "policy_versions", { version: 14, body: policy14 });
const db = drizzle(s.runtime);
async function person(name: string, roles: Role[]): Promise<Ctx<StaffActor>> {
  const id = await hire(s.owner, name, roles);
  const signInId = newId();
  await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
  const actor: StaffActor = {
    ...{ kind: "staff", id, name, email: `${name}@alongside.test`, roles },
    ...{ team: "Head office", zone: "UTC", signInId, authTime: null, acr: null },
  };
  return { db, actor, ip: null, userAgent: null, requestId: newId() };
}
const ada = await person("ada", ["admin"]);
const ida = await person("ida", ["admin"]);
const cleo = await person("cleo", ["compliance"]);

const now = () => currentPolicy(db);
const reason = "For a test of the policy";
type More = { follows?: number; from?: Date | null };
async function change(by: Ctx<StaffActor>, edit: (body: PolicyBody) => void, more: More = {}) {
  const policy = await now();
  const body = policyBody.parse(structuredClone(policy));
  edit(body);
  return changePolicy(by, { follows: policy.version, from: null, reason, ...more, body });
}
const tomorrow = () => new Date(Date.now() + 86_400_000);

describe("a change of policy", () => {
  it("that is tighter is in force at once, on record with before and after", async () => {
    const changed = await change(ada, (body) => {
      body.maxMinutes = 45;
      body.approvals.rules = [{ scopes: ["write"], tiers: ["regulated"], votes: 2, by: "manager" }];
    });
    expect(changed).toMatchObject({ ok: true, value: { how: "changed", version: 15 } });
    expect(await now()).toMatchObject({ version: 15, maxMinutes: 45 });
    const { rows } = await s.owner.query(
      `select p.body::jsonb -> 'changes' as changes, p.body::jsonb #> '{before,maxMinutes}' as before,
         p.body::jsonb #> '{after,maxMinutes}' as after from audit_entry e join audit_payload p on p.entry_id = e.id
       where e.event = 'policy.changed' and e.actor_id = $1`,
      [ada.actor.id],
    );
    expect(rows).toMatchObject([
      {
        before: 60,
        after: 45,
        changes: [
          { before: "", after: "Acting for somebody of a regulated account: 2 votes of managers" },
          { what: "A session lasts at most", before: "60 min", after: "45 min" },
        ],
      },
    ]);
  });

  it("that is looser waits, and is in force once a second person accepts", async () => {
    const proposed = await change(ada, (body) => {
      body.maxMinutes = 60;
    });
    expect(proposed).toMatchObject({ ok: true, value: { how: "proposed" } });
    if (!proposed.ok || proposed.value.how !== "proposed") throw new Error("It waits");
    expect(await now()).toMatchObject({ version: 15, maxMinutes: 45 });
    const proposal = await readProposal(cleo, { number: proposed.value.number });
    if (!proposal) throw new Error("It is seen");
    const input = { proposalId: proposal.id, comment: "" };
    expect(await acceptPolicy(ada, input)).toMatchObject({ error: { code: "second_person" } });
    expect(await acceptPolicy(cleo, input)).toMatchObject({ ok: true, value: { version: 16 } });
    expect(await now()).toMatchObject({ version: 16, maxMinutes: 60 });
    expect((await readVersions(ada)).versions[0]).toMatchObject({
      state: "in_force",
      changedBy: "cleo",
      proposedBy: "ada",
      changes: [{ before: "45 min", after: "60 min" }],
    });
  });

  it("is refused to everybody but an admin, and where nothing is different", async () => {
    const edit = (body: PolicyBody) => {
      body.maxMinutes = 30;
    };
    expect(await change(cleo, edit)).toMatchObject({ error: { code: "not_allowed" } });
    expect(await change(ada, () => {})).toMatchObject({ error: { code: "invalid" } });
  });

  it("is refused where somebody else changed it meanwhile, and a proposal goes stale", async () => {
    const proposed = await change(ada, (body) => {
      body.exportsInWrite = true;
    });
    if (!proposed.ok || proposed.value.how !== "proposed") throw new Error("It waits");
    const tighten = (minutes: number) => (body: PolicyBody) => {
      body.idleMinutes = minutes;
    };
    expect(await change(ida, tighten(9))).toMatchObject({ ok: true });
    expect(await change(ada, tighten(8), { follows: 16 })).toMatchObject({
      error: { code: "policy_changed", detail: { version: 17 } },
    });
    const proposal = await readProposal(ida, { number: proposed.value.number });
    const input = { proposalId: proposal?.id ?? "", comment: "" };
    expect(await acceptPolicy(ida, input)).toMatchObject({ error: { code: "policy_changed" } });
    expect(await readProposal(ida, { number: proposed.value.number })).toMatchObject({
      status: "pending",
    });
  });

  it("of two at once, one is made", async () => {
    const policy = await now();
    const at = (minutes: number, by: Ctx<StaffActor>) =>
      changePolicy(by, {
        ...{ follows: policy.version, from: null, reason },
        body: policyBody.parse({ ...policy, lapseMinutes: minutes }),
      });
    const all = await Promise.all([at(100, ada), at(90, ida), at(80, ada), at(70, ida)]);
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await now()).toMatchObject({ version: policy.version + 1 });
  });

  it("may have its day: the old one holds until then, and another takes its place on record", async () => {
    const before = await now();
    const edit = (minutes: number) => (body: PolicyBody) => {
      body.maxMinutes = minutes;
    };
    expect(await change(ada, edit(50), { from: tomorrow() })).toMatchObject({
      value: { how: "changed", version: before.version + 1 },
    });
    expect(await now()).toMatchObject({ version: before.version, maxMinutes: 60 });
    expect(await readScheduled(ada)).toMatchObject({ version: before.version + 1 });
    expect(await change(ada, edit(40), { from: tomorrow() })).toMatchObject({
      value: { how: "changed", version: before.version + 2 },
    });
    const { versions } = await readVersions(ada, { limit: 3 });
    expect(versions.map(({ state }) => state)).toEqual(["ahead", "withdrawn", "in_force"]);
    expect(versions[1]).toMatchObject({ withdrawnBy: "ada" });
    await s.owner.query("alter table policy_versions disable trigger append_only");
    await s.owner.query("update policy_versions set in_force_from = now() where version = $1", [
      before.version + 2,
    ]);
    await s.owner.query("alter table policy_versions enable always trigger append_only");
    // The same process, which has the old one parsed already.
    expect(await now()).toMatchObject({ version: before.version + 2, maxMinutes: 40 });
    expect(await readScheduled(ada)).toBeNull();
  });

  it("that lies ahead is taken back by an admin, and what lies too far ahead is refused", async () => {
    const edit = (body: PolicyBody) => {
      body.maxMinutes = 20;
    };
    const far = new Date(Date.now() + 400 * 86_400_000);
    expect(await change(ada, edit, { from: far })).toMatchObject({
      error: { fields: { from: expect.any(String) } },
    });
    const made = await change(ada, edit, { from: tomorrow() });
    if (!made.ok || made.value.how !== "changed") throw new Error("It lies ahead");
    const { version } = made.value;
    expect(await withdrawScheduled(cleo, { version, reason })).toMatchObject({
      error: { code: "not_allowed" },
    });
    expect(await withdrawScheduled(ida, { version, reason })).toMatchObject({ ok: true });
    expect(await withdrawScheduled(ida, { version, reason })).toMatchObject({
      error: { code: "ended" },
    });
  });
});
