import { v7 as newId } from "uuid";
import { restingTriggers } from "#db/resting-triggers.ts";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { inTransaction, type Scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import type { Role } from "#lib/vocabulary.ts";

/** A scene with compliance at work, for tests of reviews only. */
export async function underReview(s: Scene) {
  const w = await atWork(s);
  const as = async (id: string, name: string, roles: Role[]): Promise<Ctx<StaffActor>> => {
    const signInId = newId();
    await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
    const of = { team: "Compliance", zone: "UTC", signInId, authTime: new Date(), acr: null };
    const email = `${name}@alongside.test`;
    return { ...w.worker, actor: { kind: "staff", id, name, email, roles, ...of } };
  };
  /** Somebody of the staff with grants of just these times; UTC, or with a zone of their own. */
  const person = async (
    name: string,
    grants: { role: Role; from: string; to?: string; by?: string }[],
    more: Record<string, unknown> = {},
  ): Promise<string> => {
    const id = newId();
    const email = `${name}@alongside.test`;
    await insert(s.owner, "staff", { id, email, name, team: "EMEA support", ...more });
    for (const { role, from, to, by } of grants)
      await insert(s.owner, "staff_roles", {
        ...{ id: newId(), staff_id: id, role, granted_at: from },
        ...{ revoked_at: to ?? null, granted_by: by ?? null },
      });
    return id;
  };
  const cora = await person("cora", [{ role: "compliance", from: "2025-01-01Z" }]);
  return { ...w, as, person, cora: await as(cora, "cora", ["compliance"]) };
}

/** A policy by which what nobody decided is excepted, where the demo's says it is taken. */
export const exceptByPolicy = (s: Pick<Scene, "owner">) =>
  insert(s.owner, "policy_versions", {
    version: 15,
    body: {
      ...policy14,
      reviews: {
        ...{ opensByItself: true, dueDays: 30, undecided: "exception", exceptionDays: 30 },
        ...{ sampleShare: 0.1, rushedDecisions: 40 },
      },
    },
  });

/** As if an open review had been due a day ago. */
export const makeLate = (s: Pick<Scene, "owner">, campaignId: string) =>
  inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "campaigns", () =>
      sql.query("update campaigns set due_at = opened_at - interval '1 day' where id = $1", [
        campaignId,
      ]),
    ),
  );

export function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.error.code}: ${result.error.message}`);
  return result.value;
}

export const codeOf = (result: Result<unknown>): string =>
  result.ok ? "went through" : result.error.code;
