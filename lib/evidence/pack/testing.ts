import { createHash } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import { connect } from "#db/client.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type SigningKeys, signingKeysSchema } from "#lib/oauth/keys.ts";
import { makePack } from "./make-pack.ts";

/** A key pair of the panel's, by another name each time. For tests only. */
export async function newKeys(kid = "test"): Promise<SigningKeys> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  return signingKeysSchema.parse([{ ...jwk, kid, signs_from: "2026-01-01T00:00:00Z" }]);
}

/** Makes a pack in another process, which may be in another time zone; gives the SHA-256 of its bytes. */
export async function packDigest(made: {
  url: string;
  actor: StaffActor;
  slug: string;
  keys: SigningKeys;
}): Promise<string> {
  const { db, pool } = connect(made.url, 1);
  const ctx: Ctx<StaffActor> = {
    db,
    actor: made.actor,
    ip: null,
    userAgent: null,
    requestId: made.actor.id,
  };
  const pack = await makePack(ctx, made.slug, made.keys);
  if (!pack.ok) throw new Error(pack.error.message);
  const digest = await digestOf(pack.value.content);
  await pool.end();
  return digest;
}

export async function digestOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of content) hash.update(piece);
  return hash.digest("hex");
}
