import { Lane } from "#db/lane.ts";
import { faultOf } from "./fault.ts";
import { fileAnswer } from "./file-answer.ts";
import { inTurn } from "./in-turn.ts";
import { log } from "./log.ts";

/** Who downloads tables at one time, together as many as have a snapshot; guests keep none from the staff. */
const lanes = { staff: new Lane(4, 20_000), guest: new Lane(2, 20_000) };

/**
 * A table as an answer that is sent while it is read; 503 where others download theirs. One that breaks off is cut off.
 */
export const sendCsv = (
  by: keyof typeof lanes,
  name: string,
  pieces: AsyncGenerator<string | Uint8Array>,
  signal: AbortSignal,
  lane = lanes[by],
): Promise<Response> =>
  inTurn(lane, "Others download such tables.", async (leave) =>
    fileAnswer({
      name,
      type: "text/csv; charset=utf-8; header=present",
      bytes: encoded(pieces),
      signal,
      onEnd: leave,
    }),
  );

async function* encoded(pieces: AsyncGenerator<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of pieces) yield typeof piece === "string" ? Buffer.from(piece) : piece;
  } catch (error) {
    log().error({ fault: faultOf(error) }, "a table broke off");
    throw error;
  }
}
