import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { inSnapshot } from "#db/copy-out.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import type { ExposureOf } from "./exports/schemas.ts";
import { type Beside, exposedBeside } from "./exposed-beside.ts";
import {
  type Exposed,
  type ExposedAccount,
  exposedAccounts,
  exposedPeople,
  exposureKinds,
  exposureName,
  exposureTotals,
  type Kind,
  type Totals,
} from "./exposure.ts";

export const placeSchema = z.uuid().optional().catch(undefined);
const pageSize = 50;

const mostAccounts = 100;

/**
 * What an actor, or whoever stood in in a product, reached within a period, as far as it is on record, at one moment. Each
 * look is an entry. Refuses with `not_allowed` and `not_found`.
 */
export async function lookAtExposure(
  ctx: Ctx<StaffActor>,
  exposure: ExposureOf,
  after: string | null,
): Promise<Result<Exposure>> {
  const refused = { event: "page.refused", body: { ...exposure } } as const;
  const whose = await transact(ctx, refused, (tx) => nameFor(tx, ctx.actor, exposure));
  if (!whose.ok) return whose;
  // No transaction waits while it is read: of a whole product that takes seconds.
  const read = await inSnapshot(ctx.db, async (db) => ({
    totals: await exposureTotals(db, exposure),
    kinds: await exposureKinds(db, exposure),
    accounts: await exposedAccounts(db, exposure, mostAccounts),
    people: await exposedPeople(db, exposure, after, pageSize + 1),
    beside: await exposedBeside(db, exposure),
  }));
  const { totals, people } = read;
  return transact(ctx, refused, async (tx) => {
    const name = await nameFor(tx, ctx.actor, exposure);
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
    const next = people.length > pageSize ? (shown.at(-1)?.id ?? null) : null;
    return { ...read, name, people: shown, next };
  });
}

async function nameFor(tx: Transaction, actor: StaffActor, exposure: ExposureOf): Promise<string> {
  if (!may(actor, "see_exposure"))
    refuse("not_allowed", "Only compliance and admins see exposure.");
  const name = await exposureName(tx, exposure);
  if (!name) refuse("not_found", "There is no such person or product.");
  return name;
}

export type Exposure = {
  name: string;
  totals: Totals;
  kinds: Kind[];
  accounts: ExposedAccount[];
  people: Exposed[];
  /** Outside of sessions; null of a product. */
  beside: Beside | null;
  next: string | null;
};
