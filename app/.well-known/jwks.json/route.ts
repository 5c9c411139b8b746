import { publishedKeys } from "#lib/oauth/keys.ts";
import { issuer } from "#lib/platform/issuer.ts";

export const dynamic = "force-dynamic";

// Well under the 15 minutes for which a new key is published before it signs.
export const GET = () =>
  Response.json(publishedKeys(issuer().keys, new Date()), {
    headers: { "cache-control": "public, max-age=300" },
  });
