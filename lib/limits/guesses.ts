import type { AnonymousActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { sourceOf } from "#lib/kernel/source.ts";
import { refuseOften } from "./limited.ts";
import { limits } from "./limits.ts";
import { take } from "./take.ts";

const day = 86_400;
/** A proof is good for a day; proofs of several hours add up, to eight days at most. */
const proofs = { most: 8, seconds: 8 * day };
/** Of these there is none as long as a proof is good. */
const unproved = { most: 1, seconds: day };
/** What this process has seen of that, so that a product that asks often is not looked up; milliseconds. */
const seen = new Map<string, number>();
const trustedFor = 3_600_000;

/**
 * Makes guessing a client's secret slow: a source with too many wrong answers is refused, also when it is right. A
 * client that proved itself from this source lately is let in all the same: nobody locks a product out by guessing from
 * beside it. `clientId` is who proved themselves, null where nobody did.
 */
export async function guardGuesses(
  ctx: Ctx<AnonymousActor>,
  clientId: string | null,
): Promise<Refusal | null> {
  const source = sourceOf(ctx.ip);
  const wrong = `client_guesses_from_source:${source}`;
  const limit = limits.client_guesses_from_source;
  if (!clientId) {
    const { taken, retryMs } = await take(ctx.db, limit, wrong);
    return taken > 0 ? null : refuseOften(ctx, "client_guesses_from_source", retryMs);
  }
  const pair = `client_proved:${clientId}:${source}`;
  const now = performance.now();
  if ((seen.get(pair) ?? 0) > now) return null;
  const { retryMs } = await take(ctx.db, limit, wrong, 0);
  if (retryMs > 0 && (await take(ctx.db, unproved, pair, 0)).retryMs === 0)
    return refuseOften(ctx, "client_guesses_from_source", retryMs);
  await take(ctx.db, proofs, pair);
  if (seen.size > 1000) seen.clear();
  seen.set(pair, now + trustedFor);
  return null;
}
