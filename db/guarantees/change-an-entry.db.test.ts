import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();
await s.granted();

test.each([
  "update audit_entry set actor_id = null",
  "update audit_entry set occurred_at = occurred_at - interval '1 day'",
  "update audit_payload set body = '{}'",
  "update audit_index set is_write = false",
  "delete from audit_entry",
  "delete from audit_payload",
  "truncate audit_entry",
  "truncate audit_index cascade",
])("%s: the runtime role is not permitted", async (statement) => {
  expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
});

test.each([
  ["update audit_entry set actor_id = null", "audit_entry_append_only"],
  ["update audit_payload set body = '{}'", "audit_payload_append_only"],
  ["delete from audit_entry", "audit_entry_append_only"],
  ["truncate audit_payload", "audit_payload_append_only"],
])("%s: a trigger refuses it even to the owner", async (statement, guarantee) => {
  const asOwner = { owner: s.owner, runtime: s.owner };
  expect(await attack(asOwner, (sql) => sql.query(statement))).toBe(guarantee);
});
