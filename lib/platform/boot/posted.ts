import type { IncomingMessage } from "node:http";
import { isActionId, isFetchedForm, isFetchedText, isPostedForm } from "../action-payload.ts";

/** Bytes of a body for the panel's own forms; the largest of ours is under 8 KiB. */
const largest = 256 << 10;
/** A page whose form carries the text of a file: the roster of a review, 5 MB. */
const carriesFile = /^\/reviews\/[0-9a-z-]{1,60}\/population(\?|$)/;
const largestFile = 6 << 20;
/** Bytes that a caller who was refused may go on sending, so that they read why. */
const longestRefused = 8 << 20;
/** What programs send to is limited by its handler, in the words of its protocol. */
const hasOwnLimit = /^\/(api\/v1|oauth|api\/auth\/backchannel-logout|api\/slack)(\/|\?|$)/;

type Fault = [status: number, message: string];

/** Why a body is not one that the panel's forms may send, or null. Leaves the body in place for Next to read. */
export async function bodyFault(request: IncomingMessage): Promise<Fault | null> {
  const { headers } = request;
  if (hasOwnLimit.test(request.url ?? "")) return null;
  if (headers["transfer-encoding"] !== undefined)
    return [411, "Say how long it is: Content-Length is missing."];
  const length = Number(headers["content-length"] ?? 0);
  const most = carriesFile.test(request.url ?? "") ? largestFile : largest;
  if (length > most) return [413, `A form has at most ${most} bytes.`];
  const type = headers["content-type"] ?? "";
  const action = headers["next-action"];
  if (request.method !== "POST" || (action === undefined && !isMultipart(type))) return null;
  const isFine =
    (action === undefined || isActionId(String(action))) &&
    (await isForm(await peek(request, length), type, action !== undefined));
  return isFine ? null : [400, "This is not a form of Alongside. Nothing was changed."];
}

const isMultipart = (type: string): boolean => type.startsWith("multipart/form-data");

async function isForm(
  body: Buffer<ArrayBuffer>,
  type: string,
  isFetched: boolean,
): Promise<boolean> {
  if (!isMultipart(type)) return type.startsWith("text/plain") && isFetchedText(body.toString());
  const read = new Response(body, { headers: { "content-type": type } }).formData();
  const form = await read.catch(() => null);
  return form !== null && (isFetched ? isFetchedForm(form) : isPostedForm(form));
}

/** Never settles when the caller goes away before its end: then nothing waits for it. */
function peek(request: IncomingMessage, length: number): Promise<Buffer<ArrayBuffer>> {
  if (length === 0) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let left = length;
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      left -= chunk.byteLength;
      if (left > 0) return;
      request.off("data", take);
      request.pause();
      const body = Buffer.concat(chunks);
      // Before its end is said, which comes once it is empty.
      request.unshift(body);
      resolve(body);
    };
    request.on("data", take);
  });
}

/** Reads on until the body ends, breaks off or is too long for anybody's patience. */
export function drained(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let left = longestRefused;
    request.once("close", resolve).once("end", resolve);
    request.on("data", (chunk: Buffer) => {
      left -= chunk.byteLength;
      if (left < 0) resolve();
    });
    // Peeking may have paused it.
    request.resume();
  });
}
