import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";

const s = await scene();

test("what lies ahead and what was withdrawn is asked by no function and no view", async () => {
  const { rows } = await s.owner.query<{ name: string }>(
    `select p.proname as name from pg_proc p
       where p.pronamespace = 'public'::regnamespace
         and (p.prosrc ~* 'from policy_versions( \\w+)?\\s+(where [^;]*)?order by (\\w+\\.)?version desc'
           or p.prosrc ~* 'max\\((\\w+\\.)?version\\) from policy_versions')
     union all
     select c.relname from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'v' and c.relname <> 'policy_now'
         and pg_get_viewdef(c.oid) ~* 'max\\((\\w+\\.)?version\\)|order by (\\w+\\.)?version desc'`,
  );
  // It looks for what was in force when a version was made.
  expect(rows.map(({ name }) => name)).toEqual(["policy_versions_entries"]);
});

test("the schema goes by the one in force until the day of the next", async () => {
  const limit = async () =>
    (await s.owner.query("select breadth_limit('hour') as hour")).rows[0]?.hour;
  await insert(s.owner, "policy_versions", {
    version: 14,
    body: { ...policy14, breadth: { hour: 10, day: 100 } },
  });
  await insert(s.owner, "policy_versions", {
    version: 15,
    body: { ...policy14, breadth: { hour: 2, day: 20 } },
    in_force_from: new Date(Date.now() + 3_600_000),
  });
  expect(await limit()).toBe(10);
  await s.owner.query("alter table policy_versions disable trigger append_only");
  await s.owner.query("update policy_versions set in_force_from = now() where version = 15");
  await s.owner.query("alter table policy_versions enable always trigger append_only");
  expect(await limit()).toBe(2);
});
