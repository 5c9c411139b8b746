import { finishSync } from "#lib/directory/finish-sync.ts";
import { finishBodySchema } from "#lib/directory/schemas.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { json, readJson, refusalProblem } from "#lib/platform/api.ts";
import { noSuchSync, productEndpoint, refusedCall } from "#lib/platform/product-endpoint.ts";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ id: string }> };

/** The whole directory was brought: who was not named is gone. */
export const POST = productEndpoint("directory_of_client", async (ctx, request, given: Params) => {
  const id = idSchema.safeParse((await given.params).id);
  if (!id.success) return refusedCall(ctx, "directory.refused", noSuchSync);
  const body = await readJson(request, finishBodySchema);
  if (!body.ok) return refusedCall(ctx, "directory.refused", body.error);
  const sync = await finishSync(ctx, { ...body.value, syncId: id.data });
  return sync.ok ? json(sync.value) : refusalProblem(sync.error);
});
