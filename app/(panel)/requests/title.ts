import type { Metadata } from "next";
import { currentStaff } from "#lib/platform/require-staff.ts";
import { countWaiting } from "#lib/requests/queries.ts";
import { may } from "#lib/staff/rights.ts";

/** "(3) Requests": what waits for the reader, seen from another tab. */
export async function queueTitle(): Promise<Metadata> {
  const { ctx } = await currentStaff();
  if (!ctx || !may(ctx.actor, "decide")) return { title: "Requests" };
  const waiting = await countWaiting(ctx);
  return { title: waiting > 0 ? `(${waiting}) Requests` : "Requests" };
}
