import { beginSync } from "#lib/directory/sync.ts";
import { limited } from "#lib/limits/limited.ts";
import { json, refusalProblem } from "#lib/platform/api.ts";
import { authenticateClient, challenge } from "#lib/platform/client-authentication.ts";

export const dynamic = "force-dynamic";

/** A product begins to bring its whole directory. */
export async function POST(request: Request): Promise<Response> {
  const client = await authenticateClient(request);
  if (!client.ok) return refusalProblem(client.error, challenge);
  const often = await limited(client.value, "directory_of_client", client.value.actor.id);
  if (often) return refusalProblem(often);
  const begun = await beginSync(client.value);
  if (!begun.ok) return refusalProblem(begun.error);
  const location = `/api/v1/directory/syncs/${begun.value.id}`;
  return json(begun.value, { status: 201, headers: { location } });
}
