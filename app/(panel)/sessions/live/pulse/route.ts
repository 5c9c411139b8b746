import { readLive } from "#lib/impersonation/queries.ts";
import { json, refusalProblem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { staffForPoll } from "#lib/platform/require-staff.ts";

/** A word that changes with what the live pages show, deeds included. With `session`, of that one only. */
export const GET = answered(async (request: Request): Promise<Response> => {
  const staff = await staffForPoll("see_live");
  if (!staff.ok) return refusalProblem(staff.error);
  const only = new URL(request.url).searchParams.get("session");
  const { rows } = await readLive(staff.value);
  const live = rows
    .filter(({ id }) => only === null || id === only)
    .map(({ id, scope, reads, writes, refusals }) =>
      [id, scope, reads, writes, refusals].join(":"),
    );
  return json({ live });
});
