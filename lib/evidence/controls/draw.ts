import { createHash, randomInt } from "node:crypto";
import { transaction } from "#db/client.ts";
import { inSnapshot } from "#db/copy-out.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { GuestActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { ControlId } from "./controls.ts";
import type { Period } from "./period.ts";
import { type Count, countControl, drawLines, type Line } from "./queries.ts";

/** Of our own pages and of an auditor's: who may is the page's to ask first. */
export type LooksCtx = Ctx<StaffActor> | Ctx<GuestActor>;

export const newSeed = (): string => String(randomInt(2 ** 31));

const named = (control: ControlId, { firstDay, lastDay }: Period) =>
  `${control}, ${firstDay} – ${lastDay}`;
const about = (ctx: LooksCtx, { firstDay, lastDay, zone }: Period) => ({
  from: firstDay,
  to: lastDay,
  zone,
  ...(ctx.actor.kind === "guest" ? { guest: ctx.actor.id } : {}),
});

/** Makes a look at populations an entry, with what was counted. */
export const recordPopulation = (
  ctx: LooksCtx,
  period: Period,
  counts: readonly Count[],
): Promise<string> =>
  transaction(ctx.db, (tx) =>
    recordAudit(tx, ctx, {
      event: "population.read",
      body: {
        what: `Looked at the population of ${counts.map(({ control }) => control).join(", ")}, ${period.firstDay} – ${period.lastDay}`,
        counts: counts.map((count) => ({ ...count })),
        ...about(ctx, period),
      },
    }),
  );

type Taken = Count | { control: ControlId; lines: number; sha256: string };

/** The same for a population as a file: as it is begun, with what was counted, and at its end, with its lines and hash. */
export const recordTaken = (ctx: LooksCtx, period: Period, taken: Taken): Promise<string> =>
  transaction(ctx.db, (tx) =>
    recordAudit(tx, ctx, {
      event: "population.read",
      body: {
        what:
          "sha256" in taken
            ? `Took the population of ${named(taken.control, period)}: ${taken.lines} lines, SHA-256 ${taken.sha256}`
            : `Began to take the population of ${named(taken.control, period)}: ${taken.count} lines`,
        file: "csv",
        ...taken,
        ...about(ctx, period),
      },
    }),
  );

export type Sample = { lines: Line[]; count: Count; n: number; seed: string };

/**
 * Draws a sample on the spot. It is on record with its size, its seed and the SHA-256 of the ids drawn, so that it can be
 * drawn again and compared.
 */
export async function drawSample(
  ctx: LooksCtx,
  control: ControlId,
  period: Period,
  asked: { n: number; seed: string },
): Promise<Sample> {
  const { lines, count } = await inSnapshot(ctx.db, async (db) => ({
    lines: await drawLines(db, control, period, asked),
    count: await countControl(db, control, period),
  }));
  const ids = lines.map(({ id }) => `${id}\n`).join("");
  await transaction(ctx.db, (tx) =>
    recordAudit(tx, ctx, {
      event: "sample.drawn",
      body: {
        what: `Drew ${lines.length} of ${count.count} lines of ${named(control, period)}, by the seed ${asked.seed}`,
        control,
        n: asked.n,
        seed: asked.seed,
        drawn: lines.length,
        population: count.count,
        exceptions: lines.filter(({ exception }) => exception !== null).length,
        ids_sha256: createHash("sha256").update(ids).digest("hex"),
        ...about(ctx, period),
      },
    }),
  );
  return { lines, count, ...asked };
}
