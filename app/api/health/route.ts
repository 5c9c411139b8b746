import { sql } from "drizzle-orm";
import { json, problem } from "#lib/platform/api.ts";
import { database } from "#lib/platform/database.ts";
import { faultOf } from "#lib/platform/fault.ts";
import { log } from "#lib/platform/log.ts";

export const dynamic = "force-dynamic";

/** Healthy when the record can be reached: without it nothing starts. */
export async function GET() {
  try {
    await database().execute(sql`select 1`);
    return json({ status: "ok", database: "ok" });
  } catch (error) {
    log().error({ fault: faultOf(error) }, "health");
    return problem(503, "Not healthy", "The record is out of reach.");
  }
}
