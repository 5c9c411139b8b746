import { z } from "zod";
import { json, problem, refusalProblem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { staffForPoll } from "#lib/platform/require-staff.ts";
import { findStaff } from "#lib/staff/find-staff.ts";

/** `of`: what the choice is for, and so whom the reader may choose. */
const asked = z.object({
  of: z.enum(["read_audit", "see_findings", "see_exposure"]),
  q: z.string().max(100).catch(""),
});

/** What a choice among the staff asks while somebody types. */
export const GET = answered(async (request: Request): Promise<Response> => {
  const parsed = asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) return problem(400, "Bad request", "Say what the choice is for.");
  const { of, q } = parsed.data;
  const reader = await staffForPoll(of);
  if (!reader.ok) return refusalProblem(reader.error);
  const { staff, more } = await findStaff(reader.value, of, q);
  const choices = staff.map(({ id, name, team }) => ({ value: id, label: name, second: team }));
  return json({ q, choices, more });
});
