import { controlSchema } from "#lib/evidence/controls/params.ts";
import { problem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { guestForHandler } from "#lib/platform/require-guest.ts";
import { sendPopulation } from "#lib/platform/send-population.ts";

type At = { params: Promise<{ control: string }> };

/** The whole population of a control, of the guest's own period, as a table. */
export const GET = answered(async (request: Request, { params }: At): Promise<Response> => {
  const guest = await guestForHandler();
  if (!guest) return problem(403, "Not allowed", "Your access is over, or there was none.");
  const control = controlSchema.safeParse((await params).control);
  if (!control.success) return problem(404, "Not found", "Nothing here that you may download.");
  return sendPopulation(guest.ctx, control.data, request);
});
