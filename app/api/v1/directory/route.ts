import { readNdjson } from "#lib/directory/lines.ts";
import { putDirectory } from "#lib/directory/put-directory.ts";
import { pushParams } from "#lib/directory/schemas.ts";
import { limited } from "#lib/limits/limited.ts";
import { json, readQuery, refusalProblem } from "#lib/platform/api.ts";
import { authenticateClient, challenge } from "#lib/platform/client-authentication.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { receivedBytes, refusedType } from "#lib/platform/received.ts";

export const dynamic = "force-dynamic";

/** A product says who its customers are (DESIGN §6.6). Reads the body as it arrives. */
export const PUT = answered(async (request: Request): Promise<Response> => {
  const client = await authenticateClient(request);
  if (!client.ok) return refusalProblem(client.error, challenge);
  const often = await limited(client.value, "directory_of_client", client.value.actor.id);
  if (often) return refusalProblem(often);
  const target = readQuery(request, pushParams);
  if (!target.ok) return refusalProblem(target.error);
  const refused = refusedType(request, "application/x-ndjson", ["gzip"]);
  if (refused) return refusalProblem(refused);
  const pushed = await putDirectory(client.value, readNdjson(receivedBytes(request)), target.value);
  return pushed.ok ? json(pushed.value) : refusalProblem(pushed.error);
});
