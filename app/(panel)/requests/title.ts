import type { Metadata } from "next";
import { readSurroundings } from "#lib/impersonation/pulse.ts";
import { currentStaff } from "#lib/platform/require-staff.ts";
import { may } from "#lib/staff/rights.ts";
import { bounded } from "../_words/bounded.ts";

/** "(3) Requests": what waits for the reader, seen from another tab. */
export async function queueTitle(): Promise<Metadata> {
  const { ctx } = await currentStaff();
  if (!ctx || !may(ctx.actor, "decide")) return { title: "Requests" };
  const { waiting } = (await readSurroundings(ctx, true)).counts;
  return { title: waiting > 0 ? `(${bounded(waiting)}) Requests` : "Requests" };
}
