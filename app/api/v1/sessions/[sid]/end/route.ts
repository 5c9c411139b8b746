import { end } from "#lib/impersonation/end.ts";
import { endingMembers, readEnding } from "#lib/impersonation/ending.ts";
import { endBodySchema } from "#lib/impersonation/schemas.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { limited } from "#lib/limits/limited.ts";
import { json, readJson, refusalProblem } from "#lib/platform/api.ts";
import { authenticateClient, challenge } from "#lib/platform/client-authentication.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { noSuchSession, refusedCall } from "#lib/platform/refused-call.ts";

type Params = { params: Promise<{ sid: string }> };

/** Idempotent: a session that had ended answers with the ending that it has. */
export const POST = answered(async (request: Request, { params }: Params): Promise<Response> => {
  const client = await authenticateClient(request);
  if (!client.ok) return refusalProblem(client.error, challenge);
  const often = await limited(client.value, "ending_of_client", client.value.actor.id);
  if (often) return refusalProblem(often);
  const sid = idSchema.safeParse((await params).sid);
  if (!sid.success) return refusedCall(client.value, "session.end_refused", noSuchSession);
  const body = await readJson(request, endBodySchema);
  if (!body.ok) return refusedCall(client.value, "session.end_refused", body.error);
  const ended = await end(client.value, { ...body.value, sessionId: sid.data });
  if (!ended.ok && ended.error.code !== "ended") return refusalProblem(ended.error);
  const ending = await readEnding(client.value.db, sid.data);
  if (!ending) return refusalProblem(noSuchSession);
  const members = endingMembers(issuer().url, ending);
  return json({ ended: true, cause: members.ended_cause, ...members });
});
