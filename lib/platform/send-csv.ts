import { faultOf } from "./fault.ts";
import { fileAnswer } from "./file-answer.ts";
import { log } from "./log.ts";

const type = "text/csv; charset=utf-8; header=present";

/** A table as an answer that is sent while it is read. One that breaks off is cut off. */
export const sendCsv = (name: string, text: AsyncGenerator<string>): Response =>
  fileAnswer({ name, type, bytes: encoded(text) });

async function* encoded(text: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  try {
    for await (const piece of text) yield encoder.encode(piece);
  } catch (error) {
    log().error({ fault: faultOf(error) }, "a table broke off");
    throw error;
  }
}
