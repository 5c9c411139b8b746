import { readPulse } from "#lib/impersonation/pulse.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { readTold } from "#lib/notices/inbox.ts";
import { json, refusalProblem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { staffForPoll } from "#lib/platform/require-staff.ts";

/** What open pages poll; no activity of the person (DESIGN §8). */
export const GET = answered(async (request: Request): Promise<Response> => {
  const staff = await staffForPoll("search");
  if (!staff.ok) return refusalProblem(staff.error);
  const asked = idSchema.safeParse(new URL(request.url).searchParams.get("request"));
  const [pulse, told] = await Promise.all([
    readPulse(staff.value, asked.success ? asked.data : null),
    readTold(staff.value),
  ]);
  return json({ ...pulse, told: told.word });
});
