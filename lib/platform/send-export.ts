import { Lane } from "#db/lane.ts";
import { takeFile } from "#lib/evidence/exports/take.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refusalProblem } from "./api.ts";
import { fileAnswer } from "./file-answer.ts";
import { inTurn } from "./in-turn.ts";

/** As many as have a snapshot at one time. */
const readers = new Lane(16, 20_000);

/** The file of an export as an answer that is sent while it is made; 503 where others take theirs, and it can be fetched later. */
export const sendExport = (
  ctx: Ctx<StaffActor>,
  id: string,
  signal: AbortSignal,
  lane = readers,
): Promise<Response> =>
  inTurn(lane, "Others fetch their exports.", async (leave) => {
    const taken = await takeFile(ctx, id);
    if (taken.ok) return fileAnswer({ ...taken.value, signal, onEnd: leave });
    leave();
    return refusalProblem(taken.error);
  });
