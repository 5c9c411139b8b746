import { endingMembers, readEnding } from "#lib/impersonation/ending.ts";
import { narrow } from "#lib/impersonation/narrow.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { json, refusalProblem } from "#lib/platform/api.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { noSuchSession, productEndpoint, refusedCall } from "#lib/platform/product-endpoint.ts";

type Params = { params: Promise<{ sid: string }> };

/** Takes no body. Idempotent: what looks already is answered as what does so from now on, what is over with its ending. */
export const POST = productEndpoint(
  "ending_of_client",
  async (ctx, _request, { params }: Params) => {
    const sid = idSchema.safeParse((await params).sid);
    if (!sid.success) return refusedCall(ctx, "session.narrow_refused", noSuchSession);
    const narrowed = await narrow(ctx, { sessionId: sid.data });
    if (narrowed.ok) return json({ active: true, scope: "read" });
    const ending = narrowed.error.code === "ended" ? await readEnding(ctx.db, sid.data) : null;
    return ending
      ? json({ active: false, ...endingMembers(issuer().url, ending) })
      : refusalProblem(narrowed.error);
  },
);
