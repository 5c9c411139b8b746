import { Readable } from "node:stream";
import ZipStream from "zip-stream";

export type ZipEntry = {
  name: string;
  content: string | Uint8Array | AsyncIterable<string | Uint8Array>;
};

/**
 * A ZIP of these files, in this order, made while it is read: the next piece is asked for when the reader has taken the
 * one before. Stored, not deflated, and dated `at` (UTC, to two seconds), so that the same files are the same bytes
 * wherever and whenever they are packed.
 */
export function zip(at: Date, entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): Readable {
  const archive = new ZipStream({ store: true, forceLocalTime: false });
  fill(archive, at, entries).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(asError(error)),
  );
  // A stream of Node's own: the archive is one of `readable-stream`.
  return Readable.from(archive, { objectMode: false, highWaterMark: 64 * 1024 });
}

async function fill(
  archive: ZipStream,
  at: Date,
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
): Promise<void> {
  const gone = new Promise<never>((_, reject) => {
    archive.once("close", () => reject(new Error("The reader of the archive went away")));
  });
  gone.catch(() => {});
  for await (const { name, content } of entries)
    await Promise.race([gone, add(archive, at, name, content)]);
}

function add(
  archive: ZipStream,
  at: Date,
  name: string,
  content: ZipEntry["content"],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const source =
      typeof content === "string" || content instanceof Uint8Array
        ? Buffer.from(content)
        : Readable.from(content, { objectMode: false });
    // The archive waits for ever for a source that broke: it is told here.
    if (source instanceof Readable) source.once("error", reject);
    archive.entry(source, { name, date: at, mode: 0o644 }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
