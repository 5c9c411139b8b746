import { drizzle } from "drizzle-orm/node-postgres";
import { expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { entry } from "#db/testing/entry.ts";
import { addAccount, addSubject } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, update } from "#db/testing/sql.ts";
import type { AccountStance } from "#lib/vocabulary.ts";
import { type PolicyBody, policyBody } from "./policy.ts";
import { readEffects } from "./preview.ts";

const s = await scene();
const db = drizzle(s.runtime);
const before = policyBody.parse(policy14);
await insert(s.owner, "policy_versions", { version: 14, body: before });

// Beside the scene's two accounts with one person each.
const made: [tier: "standard" | "enterprise", more: Record<string, string>][] = [
  ["standard", { region: "Europe", terms_version: "2" }],
  ["standard", { region: "Americas", terms_version: "1" }],
  ["standard", { stance: "opted_out", terms_version: "2" }],
  ["enterprise", { region: "Europe", terms_version: "2" }],
  ["standard", { stance: "closed" }],
];
for (const [tier, more] of made) {
  const account = await addAccount(s.owner, s.product, tier, more);
  await addSubject(s.owner, s.product, account);
  await addSubject(s.owner, s.product, account, { is_vip: true });
  await addSubject(s.owner, s.product, account, { is_owner: true });
  await addSubject(s.owner, s.product, account, { is_owner: true, is_vip: true });
  await addSubject(s.owner, s.product, account, { kind: "service" });
  await addSubject(s.owner, s.product, account, { status: "deactivated" });
}

// Moved or no owner any more, and treated as before until a second person accepts.
const plain = await addAccount(s.owner, s.product, "standard", { terms_version: "2" });
await addSubject(s.owner, s.product, plain);
const from: [tier: "standard" | "enterprise", stance: AccountStance, isOwner: boolean][] = [
  ["enterprise", "allowed", false],
  ["standard", "opted_out", false],
  ["standard", "closed", false],
  ["standard", "allowed", true],
];
for (const [tier, stance, isOwner] of from) {
  const left = await addAccount(s.owner, s.product, tier, { stance });
  await addSubject(s.owner, s.product, left);
  const { id } = await addSubject(s.owner, s.product, left, { is_owner: isOwner });
  await s.commit(async (sql) => {
    for (const account of [left, plain]) await entry(sql, "directory.updated", { account });
    await update(sql, "subjects", id, { account_id: plain, is_owner: false });
  });
}

it("has people who are treated as before to count", async () => {
  const { rows } = await s.owner.query(
    "select held_because as held from subjects where account_id = $1 and held_because <> '{}' order by 1",
    [plain],
  );
  expect(rows.map(({ held }) => held)).toEqual([
    ["closed"],
    ["enterprise"],
    ["opted_out"],
    ["owner"],
  ]);
});

/** What the schema says under the policy in force: people who need an approval, and accounts of which an ordinary one does. */
async function bySchema(scope: "read" | "write") {
  const { rows } = await s.owner.query<{ people: number; accounts: number }>(
    `select count(*) filter (where approval_requirements(policy_body_now(), st.sensitive_because, st.terms_version, $1) <> '[]')::int as people,
       count(distinct a.id) filter (where not u.is_vip and not u.is_owner and u.held_because = '{}' and approval_requirements(policy_body_now(), st.sensitive_because, st.terms_version, $1) <> '[]')::int as accounts
     from subjects u join accounts a on a.id = u.account_id join subject_standing st on st.id = u.id
     where st.refusal is null`,
    [scope],
  );
  return rows[0];
}

const scopes = [
  ["read", "Looking"],
  ["write", "Acting"],
] as const;

/** The same, once this policy is in force. */
async function underPolicy(body: PolicyBody) {
  const { rows } = await s.owner.query("select max(version) + 1 as next from policy_versions");
  await insert(s.owner, "policy_versions", { version: rows[0]?.next, body });
  return Promise.all(scopes.map(([scope]) => bySchema(scope)));
}

/** And what the preview says of both. */
async function toldBy(was: PolicyBody, becomes: PolicyBody) {
  const effects = await readEffects(db, was, becomes);
  const told = (when: "before" | "after") =>
    scopes.map(([, word]) => {
      const of = (unit: string) =>
        effects.find((one) => one.what === `${word} needs an approval` && one.of === unit)?.[when];
      return { people: of("people"), accounts: of("accounts") };
    });
  return { before: told("before"), after: told("after") };
}

it.each<[string, Partial<PolicyBody>]>([
  [
    "a rule for looking",
    {
      approvals: {
        sensitive: 1,
        rules: [{ scopes: ["read"], tiers: ["standard"], votes: 1, by: "manager" }],
      },
    },
  ],
  [
    "a rule for VIPs",
    { approvals: { sensitive: 2, rules: [{ vip: true, votes: 2, by: "compliance" }] } },
  ],
  [
    "a rule for who opted out, acting",
    {
      approvals: {
        sensitive: 1,
        rules: [{ optedOut: true, scopes: ["write"], votes: 2, by: "manager" }],
      },
    },
  ],
  ["the terms", { terms: { ...before.terms, version: "2", missing: "approval" } }],
])("says what the schema wants before and then: %s", async (_, change) => {
  const after = policyBody.parse({ ...before, ...change });
  const told = await toldBy(before, after);
  expect(told.before).toEqual(await underPolicy(before));
  expect(told.after).toEqual(await underPolicy(after));
});

it("says how many accounts a team may still stand in for, and whom nobody may", async () => {
  const after = policyBody.parse({
    ...before,
    reach: [{ team: "Support Europe", regions: ["Europe"] }],
    terms: { ...before.terms, version: "2", missing: "refuse" },
  });
  const effects = await readEffects(db, before, after);
  expect(effects).toContainEqual(
    expect.objectContaining({ what: "Support Europe may stand in", before: 10, after: 2 }),
  );
  expect(effects).toContainEqual(
    expect.objectContaining({
      what: "Nobody may stand in: terms not accepted",
      before: 0,
      after: 6,
    }),
  );
});
