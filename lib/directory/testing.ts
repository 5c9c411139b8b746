import { drizzle } from "drizzle-orm/node-postgres";
import type { Scene } from "#db/testing/scene.ts";
import type { ProductActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Result } from "#lib/kernel/result.ts";
import type { Line } from "./lines.ts";
import { putDirectory } from "./put-directory.ts";
import type { Pushed } from "./schemas.ts";

// Lines of a push with what does not matter filled in, and who pushes and searches. For tests only.
export const account = (over: object = {}) => ({
  type: "account",
  id: "acc_1",
  name: "Pebblewick Bakery",
  tier: "standard",
  impersonation: "allowed",
  ...over,
});

export const user = (over: object = {}) => ({
  type: "user",
  id: "usr_1",
  account_id: "acc_1",
  name: "Jane Ashdown",
  email: "jane@pebblewick.test",
  role: "member",
  owner: false,
  vip: false,
  status: "active",
  kind: "person",
  last_seen_at: "2026-11-20T10:00:00Z",
  lang: null,
  ...over,
});

export const ticket = (over: object = {}) => ({
  type: "ticket",
  id: "SUP-1",
  account_id: "acc_1",
  user_id: "usr_1",
  title: "Cannot print",
  status: "open",
  assignee_email: "ana@alongside.test",
  ...over,
});

/** The scene's product and its agent Ana. */
export function customersOf(s: Scene) {
  const from = { db: drizzle(s.runtime), ip: null, userAgent: "test", requestId: newId() };
  const ledger: Ctx<ProductActor> = {
    ...from,
    actor: { kind: "product", id: s.product, clientId: "ledger", name: "Ledger" },
  };
  const ana: Ctx<StaffActor> = {
    ...from,
    actor: {
      kind: "staff",
      id: s.ana,
      name: "ana",
      email: "ana@alongside.test",
      roles: ["agent"],
      team: "EMEA support",
      zone: "UTC",
      signInId: newId(),
      authTime: null,
      acr: null,
    },
  };
  const ben: Ctx<StaffActor> = {
    ...ana,
    actor: { ...ana.actor, id: s.ben, name: "ben", email: "ben@alongside.test" },
  };
  const push = async (...lines: object[]): Promise<Pushed> =>
    must(await putDirectory(ledger, numbered(lines)));
  const pushIn = (sync: string, ...lines: object[]): Promise<Result<Pushed>> =>
    putDirectory(ledger, numbered(lines), { sync });
  return { ledger, ana, ben, push, pushIn };
}

/** What a verb gave; the test fails where it was refused. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

export async function* numbered(lines: object[]): AsyncGenerator<Line> {
  for (const [i, value] of lines.entries()) yield { line: i + 1, size: 100, value };
}
