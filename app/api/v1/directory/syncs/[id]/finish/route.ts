import { finishSync } from "#lib/directory/finish-sync.ts";
import { finishBodySchema } from "#lib/directory/schemas.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { limited } from "#lib/limits/limited.ts";
import { json, problem, readJson, refusalProblem } from "#lib/platform/api.ts";
import { authenticateClient, challenge } from "#lib/platform/client-authentication.ts";

export const dynamic = "force-dynamic";

/** The whole directory was brought: who was not named is gone. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const client = await authenticateClient(request);
  if (!client.ok) return refusalProblem(client.error, challenge);
  const often = await limited(client.value, "directory_of_client", client.value.actor.id);
  if (often) return refusalProblem(often);
  const id = idSchema.safeParse((await params).id);
  if (!id.success) return problem(404, "Not found", "You have no such sync.");
  const body = await readJson(request, finishBodySchema);
  if (!body.ok) return refusalProblem(body.error);
  const sync = await finishSync(client.value, { ...body.value, syncId: id.data });
  return sync.ok ? json(sync.value) : refusalProblem(sync.error);
}
