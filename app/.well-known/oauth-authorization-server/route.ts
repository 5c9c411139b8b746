import { metadata } from "#lib/oauth/metadata.ts";
import { issuer } from "#lib/platform/issuer.ts";

export const dynamic = "force-dynamic";

export const GET = () =>
  Response.json(metadata(issuer().url), { headers: { "cache-control": "public, max-age=300" } });
