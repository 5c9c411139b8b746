import { readNdjson } from "#lib/directory/lines.ts";
import { putDirectory } from "#lib/directory/put-directory.ts";
import { json, problem, refusalProblem } from "#lib/platform/api.ts";
import { authenticateClient, challenge } from "#lib/platform/client-authentication.ts";

export const dynamic = "force-dynamic";

/** A product says who its customers are (DESIGN §6.6). Reads the body as it arrives. */
export async function PUT(request: Request): Promise<Response> {
  const client = await authenticateClient(request);
  if (!client.ok) return refusalProblem(client.error, challenge);
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-ndjson")
    return problem(
      415,
      "Not understood",
      "Send application/x-ndjson: one JSON object on each line.",
    );
  const pushed = await putDirectory(client.value, readNdjson(request.body ?? empty()));
  return pushed.ok ? json(pushed.value) : refusalProblem(pushed.error);
}

async function* empty(): AsyncGenerator<Uint8Array> {}
