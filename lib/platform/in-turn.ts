import { type Lane, LaneFull } from "#db/lane.ts";
import { problem } from "./api.ts";

/** Seconds after which it is worth trying again. */
const retryAfter = "60";

/**
 * An answer that so many have at one time; whoever comes later waits, and is told so where nobody made way. `leave` is to be
 * called when it was taken.
 */
export async function inTurn(
  lane: Lane,
  what: string,
  answer: (leave: () => void) => Promise<Response>,
): Promise<Response> {
  let leave: () => void;
  try {
    leave = await lane.enter();
  } catch (error) {
    if (!(error instanceof LaneFull)) throw error;
    return problem(503, "Busy", `${what} Nothing happened: try again in a minute.`, {
      headers: { "retry-after": retryAfter },
    });
  }
  try {
    return await answer(leave);
  } catch (error) {
    leave();
    throw error;
  }
}
