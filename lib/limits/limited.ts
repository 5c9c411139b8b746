import { countRefusal } from "#lib/audit/count-refusal.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { sourceOf } from "#lib/kernel/source.ts";
import { heldPermits } from "./held.ts";
import { type LimitName, limits } from "./limits.ts";
import { take } from "./take.ts";
import { waitWords } from "./wait-words.ts";

const inBlocks = {
  introspection_of_client: heldPermits(limits.introspection_of_client),
  actions_of_client: heldPermits(limits.actions_of_client),
} satisfies Partial<Record<LimitName, ReturnType<typeof heldPermits>>>;
type InBlocks = keyof typeof inBlocks;
const isInBlocks = (name: LimitName): name is InBlocks => name in inBlocks;

/**
 * Takes one permit of a limit: null when there was one, else the refusal, counted as one entry per source, actor and
 * minute. `who` is the person's or client's id; without it the limit is the source's.
 */
export async function limited(ctx: Ctx, name: LimitName, who?: string): Promise<Refusal | null> {
  const key = `${name}:${who ?? sourceOf(ctx.ip)}`;
  const { taken, retryMs } = isInBlocks(name)
    ? await inBlocks[name](ctx.db, key)
    : await take(ctx.db, limits[name], key);
  return taken > 0 ? null : refuseOften(ctx, name, retryMs);
}

/** The refusal of a limit that was met, counted. */
export async function refuseOften(ctx: Ctx, name: LimitName, retryMs: number): Promise<Refusal> {
  const { db, actor, ip } = ctx;
  const source = sourceOf(ip);
  await countRefusal(db, {
    event: "limit.refused",
    source: actor.kind === "product" ? `${actor.clientId} at ${source}` : source,
    code: name,
    actorId: actor.kind === "staff" ? actor.id : null,
  });
  const retryAfter = Math.max(1, Math.ceil(retryMs / 1000));
  return {
    code: "too_often",
    message: `That was asked too often. Nothing was done. Try again in ${waitWords(retryAfter)}.`,
    detail: { limit: name, retryAfter },
  };
}

/** The whole seconds after which what was refused will be answered; null for a refusal of another kind. */
export function retryAfterOf(refusal: Refusal): number | null {
  const seconds = refusal.detail?.retryAfter;
  return refusal.code === "too_often" && typeof seconds === "number" ? seconds : null;
}
