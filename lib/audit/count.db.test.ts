import { drizzle } from "drizzle-orm/node-postgres";
import { expect, test } from "vitest";
import { entry } from "#db/testing/entry.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { countAudit, mostCounted } from "./queries.ts";
import { auditParams } from "./search-params.ts";

const s = await scene();
const actor: StaffActor = {
  kind: "staff",
  id: s.ana,
  name: "Ana",
  email: "ana@alongside.test",
  team: "Support",
  roles: ["agent"],
  zone: "UTC",
  signInId: newId(),
  authTime: null,
  acr: null,
};
const ctx: Ctx<StaffActor> = {
  db: drizzle(s.runtime),
  actor,
  ip: null,
  userAgent: null,
  requestId: newId(),
};
const opened = (by: string) =>
  inTransaction(s.runtime, (sql) => entry(sql, "subject.opened", { actor: by, subject: s.jane }));
const counted = (far: "own" | "all", filter: Record<string, string>) =>
  countAudit(ctx, far, auditParams.parse(filter));

test("what matches is counted, of what the reader may see", async () => {
  await opened(s.ana);
  await opened(s.ben);
  expect(await counted("all", { event: "subject.opened" })).toBe(2);
  expect(await counted("own", { event: "subject.opened" })).toBe(1);
  expect(await counted("all", { event: "subject.opened", writes: "1" })).toBe(0);
});

test("more than a thousand are not counted to the end", async () => {
  await inTransaction(s.runtime, async (sql) => {
    await sql.query(
      `insert into audit_entry (id, event, actor_id)
      select gen_random_uuid(), 'account.opened', $1 from generate_series(1, ${mostCounted + 50})`,
      [s.ben],
    );
    await sql.query(`insert into audit_payload (entry_id, salt, body)
      select id, decode(repeat('00', 32), 'hex'), '{"what":"Opened"}' from audit_entry
      where event = 'account.opened'`);
  });
  expect(await counted("all", { event: "account.opened" })).toBe(mostCounted + 1);
});
