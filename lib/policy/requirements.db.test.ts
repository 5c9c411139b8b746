import { drizzle } from "drizzle-orm/node-postgres";
import fc from "fast-check";
import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { scene } from "#db/testing/scene.ts";
import { readFacts } from "#lib/directory/facts.ts";
import { accountStances, approverKinds, scopes, tiers } from "#lib/vocabulary.ts";
import { policyBody } from "./policy.ts";
import { requirements, termsMissing } from "./requirements.ts";
import { sensitivity } from "./sensitivity.ts";

const s = await scene();
const db = drizzle(s.owner);

const some = <T>(values: readonly T[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }), { nil: undefined });
const perhaps = fc.constantFrom(true as const, undefined);
const rule = fc.record({
  ...{ tiers: some(tiers), scopes: some(scopes), vip: perhaps, owner: perhaps, optedOut: perhaps },
  ...{ votes: fc.integer({ min: 1, max: 2 }), by: fc.constantFrom(...approverKinds) },
});
const world = fc.record({
  rules: fc.array(rule, { maxLength: 4 }),
  sensitive: fc.integer({ min: 1, max: 2 }),
  terms: fc.record({
    version: fc.constantFrom("", "3"),
    missing: fc.constantFrom("allow", "approval", "refuse"),
  }),
  ...{ tier: fc.constantFrom(...tiers), stance: fc.constantFrom(...accountStances) },
  ...{ accepted: fc.constantFrom(null, "", "2", "3"), scope: fc.constantFrom(...scopes) },
  ...{ isVip: fc.boolean(), isOwner: fc.boolean() },
});

test("the schema and the panel say the same of what an ask wants", async () => {
  const facts = await readFacts(db, s.jane.id);
  if (!facts) throw new Error("Jane is in the directory");
  await fc.assert(
    fc.asyncProperty(world, async ({ rules, sensitive, terms, accepted, scope, ...about }) => {
      // Through JSON, as a policy is stored: what is left out is absent.
      const body = JSON.stringify({ ...policy14, approvals: { sensitive, rules }, terms });
      const policy = { ...policyBody.parse(JSON.parse(body)), version: 1, inForceFrom: new Date() };
      const { tier, stance, isVip, isOwner } = about;
      const account = { ...facts.account, tier, stance, termsVersion: accepted };
      const subject = { ...facts, isVip, isOwner, account };
      const { rows } = await s.runtime.query(
        `select approval_requirements($1::jsonb, $2, $3, $4) as wanted, terms_missing($1::jsonb, $3) as missing`,
        [body, sensitivity(subject), accepted, scope],
      );
      expect(rows[0]).toEqual({
        wanted: requirements(policy, subject, scope),
        missing: termsMissing(policy, account),
      });
    }),
    { numRuns: 300 },
  );
});

test("a policy of before there were rules wants of what is sensitive what it always wanted", async () => {
  const { rows } = await s.runtime.query(
    `select approval_requirements('{"approvals": {"sensitive": 2}}', '{vip}', null, 'read') as wanted,
       approval_requirements('{"approvals": {"sensitive": 2}}', '{}', null, 'write') as nothing`,
  );
  expect(rows).toEqual([{ wanted: [{ by: "manager", votes: 2 }], nothing: [] }]);
});
