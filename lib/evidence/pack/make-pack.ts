import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { type Digest, digestOf, known } from "#lib/files/digest.ts";
import { whileLasting } from "#lib/files/while-lasting.ts";
import { type ZipEntry, zip } from "#lib/files/zip.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import type { SigningKeys } from "#lib/oauth/keys.ts";
import { countPopulation } from "#lib/reviews/count-population.ts";
import { mayStillTake } from "#lib/staff/access-lasts.ts";
import { may } from "#lib/staff/rights.ts";
import { isGuest } from "../controls/period.ts";
import { requireFreshToTakeOut } from "../fresh.ts";
import { type Closed, isClosed, type Looks, readCampaign } from "./campaign.ts";
import { type PackFile, packFiles } from "./files.ts";
import { manifestOf, type PublicKey, packKey, signatureOf, signedFiles } from "./manifest.ts";

export type Pack = { name: string; content: AsyncGenerator<Uint8Array> };

/**
 * The evidence pack of a closed review: one ZIP that is read from the database as it is taken, with the same bytes each
 * time. Each making is an entry, before its first byte. Of one that was never made the files are read once before, to be
 * signed. Refuses with `not_allowed`, `sign_in_again`, `not_found`, `conflict`
 * (it is open).
 */
export async function makePack(ctx: Looks, slug: string, keys: SigningKeys): Promise<Result<Pack>> {
  const begun = await begin(ctx, slug, keys);
  if (!begun.ok) return begun;
  const { campaign, key } = begun.value;
  const files = await packFiles(ctx.db, campaign, key);
  const digests = (await signedFiles(ctx.db, campaign)) ?? (await digestsOf(files));
  const { sha256 } = await countPopulation(ctx.db, campaign.id);
  const manifest = await manifestOf(campaign, sha256, digests, key);
  const signature = await signatureOf(ctx, campaign, manifest, keys, key);
  const last = [
    await inMemory("manifest.json", manifest),
    await inMemory("manifest.jws", signature),
  ];
  return ok({
    name: `access-review-${slug}.zip`,
    content: zip(campaign.closedAt, entriesOf(ctx, campaign, { files, digests, last })),
  });
}

type Begun = { campaign: Closed; key: PublicKey };

const begin = (ctx: Looks, slug: string, keys: SigningKeys): Promise<Result<Begun>> =>
  transact(
    ctx,
    {
      event: ctx.actor.kind === "guest" ? "guest.refused" : "export.refused",
      body: { review: slug, ...ofGuest(ctx) },
    },
    async (tx) => {
      if (ctx.actor.kind === "staff" && !may(ctx.actor, "export_evidence"))
        refuse("not_allowed", "Compliance makes evidence packs.");
      if (!isGuest(ctx)) await requireFreshToTakeOut(tx, ctx);
      const campaign = await readCampaign(ctx, slug, tx);
      if (!campaign) refuse("not_found", "Nothing here that you may download.");
      if (!isClosed(campaign))
        refuse(
          "conflict",
          "This review is open, so there is no pack of it yet: what can still change proves nothing. It is made once the review is closed.",
        );
      await recordAudit(tx, ctx, {
        event: "pack.made",
        body: {
          what: `Downloads the evidence pack of ${slug}`,
          review: slug,
          review_id: campaign.id,
          ...ofGuest(ctx),
        },
      });
      return { campaign, key: await packKey(tx, campaign, keys) };
    },
  );

const ofGuest = ({ actor }: Looks) => (actor.kind === "guest" ? { guest: actor.id } : {});

/** One after the other: each asks the database for its rows in turn. */
async function digestsOf(files: readonly PackFile[]): Promise<Digest[]> {
  const digests: Digest[] = [];
  for (const { name, content } of files) digests.push(await digestOf(name, content()));
  return digests;
}

const inMemory = async (name: string, text: string): Promise<ZipEntry> => ({
  ...(await digestOf(name, [text])),
  content: [text],
});

type Parts = { files: readonly PackFile[]; digests: readonly Digest[]; last: readonly ZipEntry[] };

async function* entriesOf(
  ctx: Looks,
  campaign: Closed,
  { files, digests, last }: Parts,
): AsyncGenerator<ZipEntry> {
  const lasts = async () =>
    isGuest(ctx) ? (await readCampaign(ctx, campaign.slug)) !== null : mayStillTake(ctx);
  for (const [at, { name, content }] of files.entries()) {
    const digest = digests[at];
    if (digest?.name !== name) throw new Error(`${name} is not what was signed`);
    yield { ...digest, content: whileLasting(known(digest, content()), lasts) };
  }
  yield* last;
}
