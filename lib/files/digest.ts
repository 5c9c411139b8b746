import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { sparing } from "./sparing.ts";

/** What is said of a file: its size, and what its bytes come to. */
export type Digest = { name: string; bytes: number; sha256: string; crc32: number };

export type Content = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** Reads a file to its end, and keeps none of it. */
export async function digestOf(name: string, content: Content): Promise<Digest> {
  const hash = createHash("sha256");
  const spare = sparing();
  let bytes = 0;
  let sum = 0;
  for await (const piece of content) {
    const given = typeof piece === "string" ? Buffer.from(piece) : piece;
    hash.update(given);
    bytes += given.byteLength;
    sum = crc32(given, sum);
    spare(given.byteLength);
  }
  return { name, bytes, sha256: hash.digest("hex"), crc32: sum };
}

/** Passes a file on. @throws at its end, where it is another than the one that was read before. */
export async function* known(digest: Digest, content: Content): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const piece of content) {
    const given = typeof piece === "string" ? Buffer.from(piece) : piece;
    hash.update(given);
    yield given;
  }
  if (hash.digest("hex") !== digest.sha256)
    throw new Error(`${digest.name} is not the one that was signed`);
}
