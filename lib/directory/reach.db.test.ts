import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import fc from "fast-check";
import { expect, test } from "vitest";
import { accounts } from "#db/schema/directory.ts";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { reachRule } from "#lib/policy/approvals-policy.ts";
import { tiers } from "#lib/vocabulary.ts";
import { readFacts } from "./facts.ts";
import { outOfReach } from "./reach.ts";

const s = await scene();
const db = drizzle(s.owner);

const some = <T>(...values: [T, ...T[]]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }), { nil: undefined });
const rule = fc
  .record({
    team: fc.constantFrom("EMEA support", "Americas support", "emea support"),
    regions: some("Europe", "Americas", "europe"),
    tiers: some(...tiers),
    products: some("ledger", "other"),
    subjectRoles: some("member", "admin"),
  })
  // Through JSON, as a policy is stored: what is left out is absent.
  .map((one) => reachRule.parse(JSON.parse(JSON.stringify(one))));
const world = fc.record({
  rules: fc.array(rule, { maxLength: 4 }),
  region: fc.constantFrom(null, "Europe", "Americas", "Asia"),
  tier: fc.constantFrom(...tiers),
  role: fc.constantFrom("member", "admin", "Member"),
});

test("the schema and the panel say the same of who is out of a team's reach", async () => {
  let version = 1;
  await fc.assert(
    fc.asyncProperty(world, async ({ rules, region, tier, role }) => {
      version += 1;
      const body = { ...policy14, reach: rules };
      await insert(s.owner, "policy_versions", { version, body });
      await db.update(accounts).set({ region, tier }).where(eq(accounts.id, s.standard));
      await s.owner.query("update subjects set role = $1 where id = $2", [role, s.jane.id]);
      const facts = await readFacts(db, s.jane.id);
      if (!facts) throw new Error("Jane is in the directory");
      const { rows } = await s.runtime.query("select reach_refusal($1, $2) as why", [
        s.ana,
        s.jane.id,
      ]);
      expect(rows[0].why !== null).toBe(outOfReach("EMEA support", facts, rules) !== null);
    }),
    { numRuns: 150 },
  );
});

test("a policy that says nothing of reach leaves everybody in it", async () => {
  const { reach: _, ...body } = { ...policy14, reach: [] };
  await insert(s.owner, "policy_versions", { version: 10_000, body });
  const { rows } = await s.owner.query(
    "select count(*)::integer as n from subject_reach where is_out",
  );
  expect(rows).toEqual([{ n: 0 }]);
});
