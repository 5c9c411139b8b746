import { problem } from "#lib/platform/api.ts";
import { foreign, noteForeign } from "#lib/platform/foreign.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { isOwnOrigin } from "#lib/platform/request.ts";
import { guestForHandler } from "#lib/platform/require-guest.ts";
import { sendPack } from "#lib/platform/send-pack.ts";

type At = { params: Promise<{ slug: string }> };

/** The pack of a review of the guest's period. */
export const POST = answered(async (request: Request, { params }: At): Promise<Response> => {
  if (!isOwnOrigin(request.headers)) {
    await noteForeign(request.headers);
    return problem(403, "Not allowed", foreign.message);
  }
  const guest = await guestForHandler();
  if (!guest) return problem(403, "Not allowed", "Your access is over, or there was none.");
  const { slug } = await params;
  return sendPack(guest.ctx, slug, `/auditor/reviews/${encodeURIComponent(slug)}`, request.signal);
});
