import type { Looks } from "#lib/evidence/pack/campaign.ts";
import { makePack } from "#lib/evidence/pack/make-pack.ts";
import { env } from "./env.ts";
import { faultOf } from "./fault.ts";
import { fileAnswer } from "./file-answer.ts";
import { log } from "./log.ts";

/**
 * An evidence pack as an answer that is sent while it is made. One that breaks off is cut off, so that no browser takes
 * it for whole. A refusal leads back to `back`.
 */
export async function sendPack(ctx: Looks, slug: string, back: string): Promise<Response> {
  const pack = await makePack(ctx, slug, env().ALONGSIDE_SIGNING_KEYS);
  if (!pack.ok) {
    const location = `${back}?refused=${pack.error.code}`;
    return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
  }
  const { name, content } = pack.value;
  return fileAnswer({ name, type: "application/zip", bytes: told(content) });
}

/** A fault while it is sent has no other place than the log: the answer has begun. */
async function* told(content: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    log().error({ fault: faultOf(error) }, "pack broke off");
    throw error;
  }
}
