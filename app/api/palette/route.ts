import { answerPalette } from "#app/(panel)/_palette/answer.ts";
import { searchParams } from "#lib/directory/schemas.ts";
import { json, refusalProblem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { staffForPoll } from "#lib/platform/require-staff.ts";

/** What "Go to…" asks while somebody types. It leads, and does nothing. */
export const GET = answered(async (request: Request): Promise<Response> => {
  const staff = await staffForPoll("search");
  if (!staff.ok) return refusalProblem(staff.error);
  const { q } = searchParams.parse(Object.fromEntries(new URL(request.url).searchParams));
  const answer = await answerPalette(staff.value, q);
  return answer.ok ? json(answer.value) : refusalProblem(answer.error);
});
