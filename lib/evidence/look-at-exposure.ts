import { z } from "zod";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import type { ExposureOf } from "./exports/schemas.ts";
import { exposedPeople, exposureKinds, exposureName, exposureTotals } from "./exposure.ts";

export const placeSchema = z.uuid().optional().catch(undefined);
const pageSize = 50;

/**
 * What an actor, or whoever stood in in a product, reached within a period, as far as it is on record. Each look is an
 * entry. Refuses with `not_allowed` and `not_found`.
 */
export const lookAtExposure = (
  ctx: Ctx<StaffActor>,
  exposure: ExposureOf,
  after: string | null,
): Promise<Result<Exposure>> =>
  transact(ctx, { event: "page.refused", body: { ...exposure } }, async (tx) => {
    if (!may(ctx.actor, "see_exposure"))
      refuse("not_allowed", "Only compliance and admins see exposure.");
    const name = await exposureName(tx, exposure);
    if (!name) refuse("not_found", "There is no such person or product.");
    const [totals, kinds, people] = [
      await exposureTotals(tx, exposure),
      await exposureKinds(tx, exposure),
      await exposedPeople(tx, exposure, after, pageSize + 1),
    ];
    await recordAudit(tx, ctx, {
      event: "exposure.read",
      body: {
        what: `Looked at what ${name} reached, ${exposure.from} – ${exposure.to}`,
        ...exposure,
        name,
        subjects: totals.subjects,
        sessions: totals.sessions,
      },
    });
    const shown = people.slice(0, pageSize);
    return {
      name,
      totals,
      kinds,
      people: shown,
      next: people.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
    };
  });

export type Exposure = {
  name: string;
  totals: Awaited<ReturnType<typeof exposureTotals>>;
  kinds: Awaited<ReturnType<typeof exposureKinds>>;
  people: Awaited<ReturnType<typeof exposedPeople>>;
  next: string | null;
};
