import { endingMembers, readEnding } from "#lib/impersonation/ending.ts";
import { recordActions } from "#lib/impersonation/record-actions.ts";
import { actionsBodySchema } from "#lib/impersonation/schemas.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { json, readJson, refusalProblem } from "#lib/platform/api.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { noSuchSession, productEndpoint, refusedCall } from "#lib/platform/product-endpoint.ts";

type Params = { params: Promise<{ sid: string }> };

export const POST = productEndpoint(
  "actions_of_client",
  async (ctx, request, { params }: Params) => {
    const sid = idSchema.safeParse((await params).sid);
    if (!sid.success) return refusedCall(ctx, "action.refused", noSuchSession);
    const body = await readJson(request, actionsBodySchema);
    if (!body.ok) return refusedCall(ctx, "action.refused", body.error);
    const recorded = await recordActions(ctx, sid.data, body.value.actions);
    if (!recorded.ok) return refusalProblem(recorded.error);
    const { active, at, verdicts } = recorded.value;
    const ending = active ? null : await readEnding(ctx.db, sid.data);
    return json({
      active,
      server_time: at.toISOString(),
      accepted: verdicts,
      ...(ending ? endingMembers(issuer().url, ending) : {}),
    });
  },
);
