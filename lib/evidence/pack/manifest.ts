import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { and, eq, sql } from "drizzle-orm";
import { CompactSign, calculateJwkThumbprint, type JWK } from "jose";
import { z } from "zod";
import { clock, type Reader, type Transaction, transaction } from "#db/client.ts";
import { reviewPacks } from "#db/schema/reviews.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { Digest } from "#lib/files/digest.ts";
import { privateKey, type SigningKeys, signingKey } from "#lib/oauth/keys.ts";
import type { Closed, Looks } from "./campaign.ts";

/**
 * The form of a pack. Raised with every change of what is written into one, also by a font or a library: a pack that was
 * signed before then has another signature beside its own, instead of none that fits.
 */
const packVersion = 2;

const of = ({ id }: Pick<Closed, "id">) =>
  and(eq(reviewPacks.campaignId, id), eq(reviewPacks.version, packVersion));

const publicJwk = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  kid: z.string(),
  x: z.string(),
  y: z.string(),
});
export type PublicKey = z.infer<typeof publicJwk>;

/** By which key a pack is signed: that of its first making; of one that was never made, the one in force. */
export async function packKey(db: Reader, campaign: Closed, keys: SigningKeys): Promise<PublicKey> {
  const [made] = await db
    .select({ publicKey: reviewPacks.publicKey })
    .from(reviewPacks)
    .where(of(campaign));
  return publicJwk.parse(made?.publicKey ?? signingKey(keys, await clock(db)));
}

const made = z.object({
  files: z.array(
    z.object({
      name: z.string(),
      bytes: z.number(),
      sha256: z.string(),
      crc32: z.number(),
    }),
  ),
});

/** What was signed of the files when the pack was made first; null before. */
export async function signedFiles(db: Reader, campaign: Closed): Promise<Digest[] | null> {
  const [kept] = await db
    .select({ manifest: reviewPacks.manifest })
    .from(reviewPacks)
    .where(of(campaign));
  return kept ? made.parse(JSON.parse(kept.manifest)).files : null;
}

/** What whoever opens the pack does with it, without the panel. */
const check = [
  "bytes and sha256 are those of each file as it lies in this ZIP.",
  "manifest.jws is the detached JWS (RFC 7515, appendix F; ES256) of the bytes of manifest.json, by the key in public-key.json.",
  "key.thumbprint is the RFC 7638 thumbprint (SHA-256) of that key: compare it with the keys that the company publishes at /.well-known/jwks.json of its Alongside, or ask for it by another way.",
];

/** What is in a pack, as RFC 8785 text. */
export async function manifestOf(
  campaign: Closed,
  populationSha256: string,
  files: readonly Digest[],
  key: PublicKey,
): Promise<string> {
  const text = canonicalize({
    pack: `Alongside access review, version ${packVersion}`,
    review: campaign.slug,
    review_id: campaign.id,
    first_day: campaign.firstDay,
    last_day: campaign.lastDay,
    zone: campaign.zone,
    opened_at: campaign.openedAt.toISOString(),
    opened_entry: campaign.openedEntryId,
    closed_at: campaign.closedAt.toISOString(),
    closed_by: campaign.closedBy,
    closed_entry: campaign.closedEntryId,
    statement: campaign.statement,
    population: campaign.counts,
    population_sha256: populationSha256,
    files: files.map((file) => ({ ...file })),
    key: { kid: key.kid, alg: "ES256", thumbprint: await calculateJwkThumbprint(key, "sha256") },
    check,
  });
  if (text === undefined) throw new Error("A manifest must be JSON");
  return text;
}

/**
 * The detached JWS of a manifest, made once and kept: an ES256 signature is another each time. @throws where the pack
 * came out otherwise than when it was signed, which nothing in a closed review may cause.
 */
export const signatureOf = (
  ctx: Looks,
  campaign: Closed,
  manifest: string,
  keys: SigningKeys,
  key: PublicKey,
): Promise<string> =>
  transaction(ctx.db, async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended('pack ' || ${campaign.id}, 0))`,
    );
    const [made] = await tx
      .select({ manifest: reviewPacks.manifest, signature: reviewPacks.signature })
      .from(reviewPacks)
      .where(of(campaign));
    if (made && made.manifest !== manifest)
      throw new Error(`The pack of ${campaign.slug} is not the one that was signed`);
    return made?.signature ?? sign(tx, ctx, campaign, manifest, keys, key);
  });

async function sign(
  tx: Transaction,
  ctx: Looks,
  campaign: Closed,
  manifest: string,
  keys: SigningKeys,
  key: PublicKey,
): Promise<string> {
  const own = keys.find(({ kid }) => kid === key.kid);
  if (!own) throw new Error("The key that signs the pack is gone");
  const header = { alg: "ES256", kid: key.kid };
  const whole = await new CompactSign(new TextEncoder().encode(manifest))
    .setProtectedHeader(header)
    .sign(await privateKey(own));
  const [head, , end] = whole.split(".");
  const signature = `${head}..${end}`;
  const entryId = await recordAudit(tx, ctx, {
    event: "pack.made",
    body: {
      what: `Signed the evidence pack of ${campaign.slug}`,
      review: campaign.slug,
      review_id: campaign.id,
      manifest_sha256: createHash("sha256").update(manifest).digest("hex"),
      key: key.kid,
      ...(ctx.actor.kind === "guest" ? { guest: ctx.actor.id } : {}),
    },
  });
  const publicKey: JWK & Record<string, unknown> = { ...key };
  await tx.insert(reviewPacks).values({
    campaignId: campaign.id,
    version: packVersion,
    manifest,
    signature,
    publicKey,
    entryId,
  });
  return signature;
}
