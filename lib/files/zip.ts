import { crc32 } from "node:zlib";

export type ZipEntry = {
  name: string;
  /** What the content is known to come to: it stands before it, so that a reader needs not see the end first. */
  bytes: number;
  crc32: number;
  content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
};

const local = 30;
const central = 46;
const end = 22;
/** Beyond this a ZIP has another form (ZIP64). */
const most = 0xffff_ffff;

/**
 * A ZIP of these files, in this order, made while it is read: the next piece is asked for when the reader has taken the
 * one before. Stored, not deflated, dated `at` (UTC, to two seconds), each with its size and checksum before it: the same
 * files are the same bytes wherever and whenever they are packed, and every reader opens them, also one that reads a stream.
 * By hand: libraries that stream put sizes after the content, which some readers refuse of what is stored.
 * @throws where a content is not what it was said to be.
 */
export async function* zip(
  at: Date,
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const entry of entries) {
    const head = localHeader(entry, at);
    yield head;
    yield* whole(entry);
    directory.push(centralHeader(entry, at, offset));
    offset += head.length + entry.bytes;
    if (offset > most) throw new Error("A ZIP of this form holds 4 GiB at most");
  }
  const listed = Buffer.concat(directory);
  yield Buffer.concat([listed, endOf(directory.length, listed.length, offset)]);
}

async function* whole({ name, bytes, crc32: crc, content }: ZipEntry): AsyncGenerator<Uint8Array> {
  let length = 0;
  let sum = 0;
  for await (const piece of content) {
    const given = typeof piece === "string" ? Buffer.from(piece) : piece;
    length += given.byteLength;
    sum = crc32(given, sum);
    if (length > bytes) break;
    yield given;
  }
  if (length !== bytes || sum !== crc) throw new Error(`${name} is not what it was said to be`);
}

function localHeader(entry: ZipEntry, at: Date): Buffer {
  const name = Buffer.from(entry.name);
  const head = Buffer.alloc(local);
  head.writeUInt32LE(0x0403_4b50, 0);
  writeCommon(head, 4, entry, name, at);
  return Buffer.concat([head, name]);
}

function centralHeader(entry: ZipEntry, at: Date, offset: number): Buffer {
  const name = Buffer.from(entry.name);
  const head = Buffer.alloc(central);
  head.writeUInt32LE(0x0201_4b50, 0);
  // Made on Unix, by version 2.0: a plain file that its owner writes and everybody reads.
  head.writeUInt16LE((3 << 8) | 20, 4);
  writeCommon(head, 6, entry, name, at);
  head.writeUInt32LE((0o100644 << 16) >>> 0, 38);
  head.writeUInt32LE(offset, 42);
  return Buffer.concat([head, name]);
}

/** What both headers say, from the version that reads it to the length of the name. */
function writeCommon(head: Buffer, from: number, entry: ZipEntry, name: Buffer, at: Date): void {
  head.writeUInt16LE(20, from);
  // Names are UTF-8. The method, 0, is: stored.
  head.writeUInt16LE(0x0800, from + 2);
  head.writeUInt32LE(dosTime(at), from + 6);
  head.writeUInt32LE(entry.crc32, from + 10);
  head.writeUInt32LE(entry.bytes, from + 14);
  head.writeUInt32LE(entry.bytes, from + 18);
  head.writeUInt16LE(name.length, from + 22);
}

function endOf(files: number, length: number, offset: number): Buffer {
  const tail = Buffer.alloc(end);
  tail.writeUInt32LE(0x0605_4b50, 0);
  tail.writeUInt16LE(files, 8);
  tail.writeUInt16LE(files, 10);
  tail.writeUInt32LE(length, 12);
  tail.writeUInt32LE(offset, 16);
  return tail;
}

const dosTime = (at: Date): number =>
  (((at.getUTCFullYear() - 1980) << 25) |
    ((at.getUTCMonth() + 1) << 21) |
    (at.getUTCDate() << 16) |
    (at.getUTCHours() << 11) |
    (at.getUTCMinutes() << 5) |
    (at.getUTCSeconds() >> 1)) >>>
  0;
