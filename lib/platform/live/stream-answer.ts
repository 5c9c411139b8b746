import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { readSignIn } from "#lib/staff/read-sign-in.ts";
import { problem, refusalProblem } from "../api.ts";
import { liveStreams } from "./live.ts";

const headers = {
  "content-type": "text/event-stream; charset=utf-8",
  // What is held back on the way arrives when it is of no use; the gate says that nobody may compress it.
  "x-accel-buffering": "no",
};

/** How many words may lie unread before nobody reads. */
const unread = 8;
const text = new TextEncoder();
/** The first also tells the browser how long to wait before it connects again, in milliseconds. */
const hello = text.encode("retry: 3000\n: open\n\n");
const look = text.encode("data: look\n\n");
const beat = text.encode(": beat\n\n");

/**
 * A stream of server-sent events that only ever says "look": what there is to see, `/api/pulse` answers, by its own
 * rights. It is no activity of the sign-in, and ends with it. Refuses with 429 where the person holds too many, and with 503
 * where nothing would be heard.
 */
export function streamAnswer({ actor, db }: Ctx<StaffActor>, signal: AbortSignal): Response {
  const streams = liveStreams();
  if (!streams) return problem(503, "Not healthy", "Nothing is told for now. Poll.", later);
  let close: (() => void) | null = null;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const say = (word: Uint8Array): boolean => {
          if ((controller.desiredSize ?? 0) <= 0) return false;
          controller.enqueue(word);
          return true;
        };
        const end = () => controller.close();
        const sink = { look: () => say(look), beat: () => say(beat), end };
        const read = async () => {
          const found = await readSignIn(db, actor.signInId, false);
          return found.ok ? found.actor : null;
        };
        close = streams.open(actor, sink, read);
        if (close) say(hello);
      },
      cancel: () => close?.(),
    },
    new CountQueuingStrategy({ highWaterMark: unread }),
  );
  if (!close) return refusalProblem(tooMany);
  signal.addEventListener("abort", close);
  return new Response(body, { headers });
}

const later = { headers: { "retry-after": "5" } };
const tooMany = {
  code: "too_often",
  message: "You have too many streams open. This page goes on by polling.",
} as const;
