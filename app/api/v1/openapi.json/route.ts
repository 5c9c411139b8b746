import { issuer } from "#lib/platform/issuer.ts";
import { openApiDocument } from "./document.ts";
import { operations } from "./operations.ts";

export const dynamic = "force-dynamic";

/** The API's description (OpenAPI 3.1), for everybody. */
export const GET = (): Response =>
  Response.json(openApiDocument(issuer().url, operations), {
    headers: { "cache-control": "public, max-age=300" },
  });
