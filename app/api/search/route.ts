import { searchParams } from "#lib/directory/schemas.ts";
import { json, refusalProblem } from "#lib/platform/api.ts";
import { staffForPoll } from "#lib/platform/require-staff.ts";
import { searchRows } from "./rows.ts";

export const dynamic = "force-dynamic";

/** Results while typing: `GET /api/search?q=`. */
export async function GET(request: Request): Promise<Response> {
  const staff = await staffForPoll("search");
  if (!staff.ok) return refusalProblem(staff.error);
  const { q } = searchParams.parse({ q: new URL(request.url).searchParams.get("q") });
  return json(await searchRows(staff.value, q));
}
