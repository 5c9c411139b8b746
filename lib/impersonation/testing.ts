import { drizzle } from "drizzle-orm/node-postgres";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import type { Scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import type { ProductActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Ask } from "#lib/requests/schemas.ts";
import type { Role } from "#lib/vocabulary.ts";
import type { ReportedAction } from "./schemas.ts";

/** The domain at work on a scene: contexts of its people, as the panel would make them. For tests only. */
export async function atWork(s: Scene) {
  await insert(s.owner, "policy_versions", { version: 14, body: policy14 });
  const db = drizzle(s.runtime);
  const from = { db, ip: "198.51.100.7", userAgent: "test", requestId: newId() };
  const as = async (id: string, name: string, roles: Role[]): Promise<Ctx<StaffActor>> => {
    const signInId = newId();
    await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
    const email = `${name}@alongside.test`;
    const actor = {
      id,
      name,
      email,
      roles,
      team: "EMEA support",
      zone: "UTC",
      signInId,
      authTime: new Date(),
      acr: null,
    };
    return { ...from, actor: { kind: "staff", ...actor } };
  };
  const ledger: Ctx<ProductActor> = {
    ...from,
    actor: { kind: "product", id: s.product, clientId: "ledger", name: "Ledger" },
  };
  return {
    ledger,
    worker: { ...from, actor: { kind: "system", part: "worker" } } satisfies Ctx,
    ana: await as(s.ana, "ana", ["agent"]),
    ben: await as(s.ben, "ben", ["agent"]),
    max: await as(s.max, "max", ["manager"]),
    mia: await as(s.mia, "mia", ["manager"]),
    moe: await as(s.moe, "moe", ["agent", "manager"]),
  };
}

export const question = (subjectId: string, over: Partial<Ask> = {}): Ask => ({
  subjectId,
  reasonCategory: "bug",
  reason: "Invoices are shown twice in the list since Monday.",
  callerCheck: "signed_in_ticket",
  ticket: "SUP-4821",
  scope: "read",
  minutes: 30,
  ...over,
});

/** A write of an invoice, as a product reports it before it runs. */
export const reported = (over: Partial<ReportedAction> = {}): ReportedAction => ({
  id: newId(),
  phase: "attempt",
  at: new Date().toISOString(),
  method: "POST",
  route: "/invoices/:x",
  effect: "data",
  seq: 1,
  ...over,
});

/** The events on record about a session or request, in order. */
export async function eventsOf(s: Scene, of: { session?: string; request?: string }) {
  const { rows } = await s.owner.query<{ event: string }>(
    "select event from audit_entry where session_id = $1 or request_id = $2 order by occurred_at, id",
    [of.session ?? null, of.request ?? null],
  );
  return rows.map((row) => row.event);
}
