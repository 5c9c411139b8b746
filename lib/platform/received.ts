import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type Refusal, refuse } from "#lib/kernel/result.ts";

/** Gzip makes text at most this many times smaller that anybody would send; a bomb is a thousandfold. */
const mostUnpacked = 200;
const freelyUnpacked = 1 << 20;

const typeOf = (headers: Headers): string | undefined =>
  headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
const encodingOf = (headers: Headers): string =>
  headers.get("content-encoding")?.trim().toLowerCase() || "identity";

/** Why a body of this type or packing is not read, or null. `gzip` where the reader takes that too. */
export function refusedType(
  { headers }: Pick<Request, "headers">,
  type: string,
  encodings: readonly string[] = [],
): Refusal | null {
  if (typeOf(headers) !== type) return { code: "wrong_type", message: `Send ${type}.` };
  const encoding = encodingOf(headers);
  if (encoding === "identity" || encodings.includes(encoding)) return null;
  const packed =
    encodings.length > 0 ? `as it is or packed by ${encodings.join(", ")}` : "as it is";
  return { code: "wrong_type", message: `Send the body ${packed}: ${encoding} is not unpacked.` };
}

/**
 * The body as it arrives, unpacked where it is gzip. Refuses with `invalid` when it breaks off or cannot be unpacked,
 * with `too_large` when it unpacks to more than 200 times its size.
 */
export async function* receivedBytes(request: Request): AsyncGenerator<Uint8Array> {
  const body: AsyncIterable<Uint8Array> = request.body ?? Readable.from([]);
  try {
    yield* encodingOf(request.headers) === "gzip" ? unpacked(body) : body;
  } catch (error) {
    if (isOfStream(error))
      refuse("invalid", "The body broke off, or is not packed as it says. What came before is in.");
    throw error;
  }
}

async function* unpacked(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let received = 0;
  async function* counted() {
    for await (const chunk of body) {
      received += chunk.byteLength;
      yield chunk;
    }
  }
  const gunzip = createGunzip();
  // Its errors come out of the reading below.
  pipeline(Readable.from(counted()), gunzip).catch(() => {});
  let size = 0;
  for await (const chunk of gunzip) {
    size += chunk.byteLength;
    if (size > freelyUnpacked + mostUnpacked * received)
      refuse("too_large", `The body unpacks to more than ${mostUnpacked} times its size.`);
    yield chunk;
  }
}

/** Of the connection or of zlib: both name a code; of ours none does. */
const isOfStream = (error: unknown): boolean =>
  error instanceof Error &&
  ("code" in error || error.name === "AbortError" || error.message === "aborted");

/** The body as text. Refuses with `too_large` as soon as it passes `limit` bytes, whatever Content-Length says. */
export async function receivedText(request: Request, limit: number): Promise<string> {
  const tooLarge = () => refuse("too_large", `The body is larger than ${limit} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > limit) tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of receivedBytes(request)) {
    size += chunk.byteLength;
    if (size > limit) tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
