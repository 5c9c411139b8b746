import { readSync } from "#lib/directory/sync.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { json, refusalProblem } from "#lib/platform/api.ts";
import { noSuchSync, productEndpoint, refusedCall } from "#lib/platform/product-endpoint.ts";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ id: string }> };

/** How a sync stands, and how far whoever sends it got. */
export const GET = productEndpoint("directory_of_client", async (ctx, _request, given: Params) => {
  const id = idSchema.safeParse((await given.params).id);
  if (!id.success) return refusedCall(ctx, "directory.refused", noSuchSync);
  const sync = await readSync(ctx, id.data);
  return sync.ok ? json(sync.value) : refusalProblem(sync.error);
});
