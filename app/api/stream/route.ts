import { refusalProblem } from "#lib/platform/api.ts";
import { streamAnswer } from "#lib/platform/live/stream-answer.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { staffForPoll } from "#lib/platform/require-staff.ts";

/** Tells an open page when to ask `/api/pulse` at once; no activity of the person (DESIGN §8). */
export const GET = answered(async (request: Request): Promise<Response> => {
  const staff = await staffForPoll("search");
  return staff.ok ? streamAnswer(staff.value, request.signal) : refusalProblem(staff.error);
});

/** Whether there is one to open; without a body there is none to hold. */
export const HEAD = answered(async (): Promise<Response> => {
  const staff = await staffForPoll("search");
  return new Response(null, { status: staff.ok ? 200 : refusalProblem(staff.error).status });
});
