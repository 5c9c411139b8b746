import { readNdjson } from "#lib/directory/lines.ts";
import { putDirectory } from "#lib/directory/put-directory.ts";
import { pushParams } from "#lib/directory/schemas.ts";
import { json, readQuery, refusalProblem } from "#lib/platform/api.ts";
import { productEndpoint, refusedCall } from "#lib/platform/product-endpoint.ts";
import { receivedBytes, refusedType } from "#lib/platform/received.ts";

export const dynamic = "force-dynamic";

/** A product says who its customers are (DESIGN §6.6). Reads the body as it arrives. */
export const PUT = productEndpoint("directory_of_client", async (ctx, request) => {
  const target = readQuery(request, pushParams);
  if (!target.ok) return refusedCall(ctx, "directory.refused", target.error);
  const refused = refusedType(request, "application/x-ndjson", ["gzip"]);
  if (refused) return refusedCall(ctx, "directory.refused", refused);
  const pushed = await putDirectory(ctx, readNdjson(receivedBytes(request)), target.value);
  return pushed.ok ? json(pushed.value) : refusalProblem(pushed.error);
});
