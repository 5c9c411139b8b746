import { answerSearch } from "#app/(panel)/_components/search-answer.ts";
import { searchParams } from "#lib/directory/schemas.ts";
import { json, refusalProblem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { staffForPoll } from "#lib/platform/require-staff.ts";

/** What the search page asks while somebody types. */
export const GET = answered(async (request: Request): Promise<Response> => {
  const staff = await staffForPoll("search");
  if (!staff.ok) return refusalProblem(staff.error);
  const { q } = searchParams.parse(Object.fromEntries(new URL(request.url).searchParams));
  const answer = await answerSearch(staff.value, q);
  return answer.ok ? json(answer.value) : refusalProblem(answer.error);
});
