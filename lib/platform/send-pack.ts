import { Lane } from "#db/lane.ts";
import type { Looks } from "#lib/evidence/pack/campaign.ts";
import { makePack } from "#lib/evidence/pack/make-pack.ts";
import { env } from "./env.ts";
import { faultOf } from "./fault.ts";
import { fileAnswer } from "./file-answer.ts";
import { inTurn } from "./in-turn.ts";
import { log } from "./log.ts";

/** Who makes packs at one time; guests keep none from the staff, nor the other way round. */
const lanes = { staff: new Lane(4, 20_000), guest: new Lane(4, 20_000) };

/**
 * An evidence pack as an answer that is sent while it is made; 503 where others make theirs. One that breaks off is cut off,
 * so that no browser takes it for whole. A refusal leads back to `back`.
 */
export const sendPack = (
  ctx: Looks,
  slug: string,
  back: string,
  signal: AbortSignal,
): Promise<Response> =>
  inTurn(lanes[ctx.actor.kind], "Several evidence packs are being made.", async (leave) => {
    const pack = await makePack(ctx, slug, env().ALONGSIDE_SIGNING_KEYS);
    if (!pack.ok) {
      leave();
      const location = `${back}?refused=${pack.error.code}`;
      return new Response(null, {
        status: 303,
        headers: { location, "cache-control": "no-store" },
      });
    }
    const { name, content } = pack.value;
    return fileAnswer({
      name,
      type: "application/zip",
      bytes: told(content),
      signal,
      onEnd: leave,
    });
  });

/** A fault while it is sent has no other place than the log: the answer has begun. */
async function* told(content: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    log().error({ fault: faultOf(error) }, "pack broke off");
    throw error;
  }
}
