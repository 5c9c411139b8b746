import type { Readable } from "node:stream";
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
  content.once("error", (error) => log().error({ fault: faultOf(error) }, "pack broke off"));
  return fileAnswer({ name, type: "application/zip", bytes: piecesOf(content) });
}

/** Who goes away stops the making. */
async function* piecesOf(content: Readable): AsyncGenerator<Uint8Array> {
  yield* content;
}
