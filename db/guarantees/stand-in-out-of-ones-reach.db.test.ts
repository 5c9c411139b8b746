import { beforeAll, expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { approve, ask, start } from "#db/testing/steps.ts";

const s = await scene();
const region = (is: string | null) =>
  s.owner.query("update accounts set region = $1 where id in ($2, $3)", [
    is,
    s.standard,
    s.regulated,
  ]);

beforeAll(() =>
  insert(s.owner, "policy_versions", {
    version: 15,
    body: { ...policy14, reach: [{ team: "EMEA support", regions: ["Europe"] }] },
  }),
);

test.each(["Americas", "europe", null])("ask for a customer whose region is %s", async (is) => {
  await region(is);
  expect(await attack(s, (sql) => ask(sql, s.ana, s.jane))).toBe("request_reach");
});

test("start what was approved while the customer was in reach", async () => {
  await region("Europe");
  const request = await s.commit(async (sql) => {
    const asked = await ask(sql, s.ana, s.rita);
    await approve(sql, asked, s.max);
    return asked;
  });
  await region("Americas");
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_reach");
  await region("Europe");
  await s.commit((sql) => start(sql, request));
});
