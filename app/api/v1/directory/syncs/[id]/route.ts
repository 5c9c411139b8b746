import { readSync } from "#lib/directory/sync.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { limited } from "#lib/limits/limited.ts";
import { json, problem, refusalProblem } from "#lib/platform/api.ts";
import { authenticateClient, challenge } from "#lib/platform/client-authentication.ts";

export const dynamic = "force-dynamic";

/** How a sync stands, and how far whoever sends it got. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const client = await authenticateClient(request);
  if (!client.ok) return refusalProblem(client.error, challenge);
  const often = await limited(client.value, "directory_of_client", client.value.actor.id);
  if (often) return refusalProblem(often);
  const id = idSchema.safeParse((await params).id);
  if (!id.success) return problem(404, "Not found", "You have no such sync.");
  const sync = await readSync(client.value, id.data);
  return sync.ok ? json(sync.value) : refusalProblem(sync.error);
}
