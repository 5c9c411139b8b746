import { json } from "#lib/platform/api.ts";
import { reach } from "#lib/platform/database.ts";
import { outOfReachProblem } from "#lib/platform/out-of-reach.ts";

export const dynamic = "force-dynamic";

/** Healthy when the record can be reached: without it nothing starts. */
export async function GET() {
  return (await reach().isThere()) ? json({ status: "ok", database: "ok" }) : outOfReachProblem();
}
