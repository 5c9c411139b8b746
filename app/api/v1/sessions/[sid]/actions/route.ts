import { endingMembers, readEnding } from "#lib/impersonation/ending.ts";
import { recordActions } from "#lib/impersonation/record-actions.ts";
import { actionsBodySchema } from "#lib/impersonation/schemas.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { limited } from "#lib/limits/limited.ts";
import { json, readJson, refusalProblem } from "#lib/platform/api.ts";
import { authenticateClient, challenge } from "#lib/platform/client-authentication.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { noSuchSession, refusedCall } from "#lib/platform/refused-call.ts";

type Params = { params: Promise<{ sid: string }> };

export const POST = answered(async (request: Request, { params }: Params): Promise<Response> => {
  const client = await authenticateClient(request);
  if (!client.ok) return refusalProblem(client.error, challenge);
  const often = await limited(client.value, "actions_of_client", client.value.actor.id);
  if (often) return refusalProblem(often);
  const sid = idSchema.safeParse((await params).sid);
  if (!sid.success) return refusedCall(client.value, "action.refused", noSuchSession);
  const body = await readJson(request, actionsBodySchema);
  if (!body.ok) return refusedCall(client.value, "action.refused", body.error);
  const recorded = await recordActions(client.value, sid.data, body.value.actions);
  if (!recorded.ok) return refusalProblem(recorded.error);
  const { active, at, verdicts } = recorded.value;
  const ending = active ? null : await readEnding(client.value.db, sid.data);
  return json({
    active,
    server_time: at.toISOString(),
    accepted: verdicts,
    ...(ending ? endingMembers(issuer().url, ending) : {}),
  });
});
