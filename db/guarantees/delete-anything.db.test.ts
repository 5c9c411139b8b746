import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();
await s.live();

const kept = ["requests", "sessions", "actions", "tokens", "global_stops", "staff", "staff_roles"];
const all = [
  ...kept,
  "approvals",
  "authorization_codes",
  "accounts",
  "subjects",
  "tickets",
  "products",
  "staff_sign_ins",
];

test.each(all)("%s: neither row by row nor as a whole", async (table) => {
  expect(await attack(s, (sql) => sql.query(`delete from ${table}`))).toBe("42501");
  expect(await attack(s, (sql) => sql.query(`truncate ${table} cascade`))).toBe("42501");
});

test.each(["requests", "sessions", "staff", "staff_roles"])(
  "%s: not by the owner either",
  async (table) => {
    const asOwner = { owner: s.owner, runtime: s.owner };
    expect(await attack(asOwner, (sql) => sql.query(`delete from ${table}`))).toBe(
      `${table}_append_only`,
    );
  },
);
