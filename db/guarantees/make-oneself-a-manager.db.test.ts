import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();

test.each([
  "update staff set email = 'evil@alongside.test'",
  "update staff set created_at = now() - interval '1 year'",
  "update staff_roles set role = 'manager'",
  "update staff_roles set granted_at = now() - interval '1 year'",
  "delete from staff_roles",
  "update policy_versions set body = '{}'",
  "delete from policy_versions",
  "update products set redirect_uris = '{http://evil.test}'",
  "update products set secret_hash = 'mine'",
])("%s: not permitted", async (statement) => {
  expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
});

test.each(["update policy_versions set body = '[]'", "delete from policy_versions"])(
  "%s: refused to the owner too",
  async (statement) => {
    const asOwner = { owner: s.owner, runtime: s.owner };
    expect(await attack(asOwner, (sql) => sql.query(statement))).toBe(
      "policy_versions_append_only",
    );
  },
);
