import { redirect } from "next/navigation";
import { readOwnLive } from "#lib/impersonation/queries.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { noteRefused, requireStaff } from "#lib/platform/require-staff.ts";
import { may } from "#lib/staff/rights.ts";

type Params = { params: Promise<{ id: string }> };

/** The door to the product (DESIGN §6.1): a plain link, never prefetched; the code comes from authorize, not here. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const ctx = await requireStaff();
  const { id } = await params;
  const allowed = may(ctx.actor, "start");
  // A handler's 403 has no page that says why; the session's own page tells the reader what they may know.
  if (!allowed) await noteRefused(ctx, "start");
  const live = allowed ? await readOwnLive(ctx) : null;
  if (!live || live.id !== id) redirect(`/sessions/${encodeURIComponent(id)}`);
  const to = new URL(live.product.initiateLoginUri);
  to.searchParams.set("iss", issuer().url);
  to.searchParams.set("login_hint", live.id);
  if (live.request.targetLinkUri)
    to.searchParams.set("target_link_uri", live.request.targetLinkUri);
  return new Response(null, {
    status: 303,
    headers: { location: to.href, "cache-control": "no-store" },
  });
}
