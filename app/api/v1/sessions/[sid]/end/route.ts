import { end } from "#lib/impersonation/end.ts";
import { endingMembers, readEnding } from "#lib/impersonation/ending.ts";
import { endBodySchema } from "#lib/impersonation/schemas.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { json, readJson, refusalProblem } from "#lib/platform/api.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { noSuchSession, productEndpoint, refusedCall } from "#lib/platform/product-endpoint.ts";

type Params = { params: Promise<{ sid: string }> };

/** Idempotent: a session that had ended answers with the ending that it has. */
export const POST = productEndpoint(
  "ending_of_client",
  async (ctx, request, { params }: Params) => {
    const sid = idSchema.safeParse((await params).sid);
    if (!sid.success) return refusedCall(ctx, "session.end_refused", noSuchSession);
    const body = await readJson(request, endBodySchema);
    if (!body.ok) return refusedCall(ctx, "session.end_refused", body.error);
    const ended = await end(ctx, { ...body.value, sessionId: sid.data });
    if (!ended.ok && ended.error.code !== "ended") return refusalProblem(ended.error);
    const ending = await readEnding(ctx.db, sid.data);
    if (!ending) return refusalProblem(noSuchSession);
    const members = endingMembers(issuer().url, ending);
    return json({ ended: true, cause: members.ended_cause, ...members });
  },
);
