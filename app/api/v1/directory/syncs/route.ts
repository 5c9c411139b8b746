import { beginSync } from "#lib/directory/sync.ts";
import { json, refusalProblem } from "#lib/platform/api.ts";
import { productEndpoint } from "#lib/platform/product-endpoint.ts";

export const dynamic = "force-dynamic";

/** A product begins to bring its whole directory. */
export const POST = productEndpoint("directory_of_client", async (ctx) => {
  const begun = await beginSync(ctx);
  if (!begun.ok) return refusalProblem(begun.error);
  const location = `/api/v1/directory/syncs/${begun.value.id}`;
  return json(begun.value, { status: 201, headers: { location } });
});
