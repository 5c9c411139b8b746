import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { csvFile } from "#lib/files/csv.ts";
import { type ZipEntry, zip } from "#lib/files/zip.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import type { SigningKeys } from "#lib/oauth/keys.ts";
import { countPopulation } from "#lib/reviews/count-population.ts";
import { may } from "#lib/staff/rights.ts";
import { accessLasts } from "../access-lasts.ts";
import { type Closed, isClosed, type Looks, namesThen, readCampaign } from "./campaign.ts";
import { allDecisions } from "./decisions.ts";
import { decisionColumns, itemColumns } from "./fields.ts";
import type { PackItem } from "./item.ts";
import { allItems } from "./items.ts";
import { type Digest, manifestOf, type PublicKey, packKey, signatureOf } from "./manifest.ts";
import { reviewPdf } from "./review-pdf.ts";

export type Pack = { name: string; content: Readable };

/**
 * The evidence pack of a closed review: one ZIP that is read from the database as it is taken, with the same bytes each
 * time. Each making is an entry, before its first byte. Refuses with `not_allowed`, `not_found`, `conflict` (it is open).
 */
export const makePack = (ctx: Looks, slug: string, keys: SigningKeys): Promise<Result<Pack>> =>
  transact(
    ctx,
    {
      event: ctx.actor.kind === "guest" ? "guest.refused" : "export.refused",
      body: { review: slug, ...ofGuest(ctx) },
    },
    async (tx) => {
      if (ctx.actor.kind === "staff" && !may(ctx.actor, "export_evidence"))
        refuse("not_allowed", "Compliance makes evidence packs.");
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
      const key = await packKey(tx, campaign, keys);
      return {
        name: `access-review-${slug}.zip`,
        content: zip(campaign.closedAt, entriesOf(ctx, campaign, keys, key)),
      };
    },
  );

const ofGuest = ({ actor }: Looks) => (actor.kind === "guest" ? { guest: actor.id } : {});

async function* entriesOf(
  ctx: Looks,
  campaign: Closed,
  keys: SigningKeys,
  key: PublicKey,
): AsyncGenerator<ZipEntry> {
  const digests: Digest[] = [];
  for (const { name, content } of await filesOf(ctx, campaign, key)) {
    await stopUnlessInSight(ctx, campaign);
    yield { name, content: digested(name, content, digests) };
  }
  await stopUnlessInSight(ctx, campaign);
  const { sha256 } = await countPopulation(ctx.db, campaign.id);
  const manifest = manifestOf(campaign, sha256, digests);
  yield { name: "manifest.json", content: manifest };
  yield { name: "manifest.jws", content: await signatureOf(ctx, campaign, manifest, keys, key) };
}

/** @throws where the access of whoever takes it was ended meanwhile: what is left is not handed over. */
async function stopUnlessInSight(ctx: Looks, { slug }: Closed): Promise<void> {
  const { actor, db } = ctx;
  if (actor.kind === "staff") {
    const { rows } = await db.execute<{ lasts: boolean }>(
      sql`select ${accessLasts(sql`${actor.id}::uuid`, sql`${actor.signInId}::uuid`)} as lasts`,
    );
    if (rows[0]?.lasts) return;
  } else if (await readCampaign(ctx, slug)) return;
  throw new Error("The access of whoever takes the pack is over");
}

type File = { name: string; content: AsyncIterable<string | Uint8Array> };

/** By name; none is read before it is its turn. */
async function filesOf({ db }: Looks, campaign: Closed, key: PublicKey): Promise<File[]> {
  const { id, slug } = campaign;
  const names = await namesThen(db, campaign);
  return [
    {
      name: "decisions.csv",
      content: csvFile(decisionColumns(slug), allDecisions(db, id, names)),
    },
    { name: "items.csv", content: csvFile(itemColumns(slug), allItems(db, id, names)) },
    { name: "items.jsonl", content: jsonLines(slug, allItems(db, id, names)) },
    { name: "public-key.json", content: once(`${JSON.stringify({ ...key, alg: "ES256" })}\n`) },
    { name: "review.pdf", content: later(() => reviewPdf(db, campaign, names)) },
  ];
}

/** The same fields as in the table, typed: times as ISO 8601, lists as lists. */
async function* jsonLines(
  campaign: string,
  items: AsyncIterable<PackItem>,
): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify({ campaign, ...item })}\n`;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

async function* later(open: () => Readable): AsyncGenerator<Uint8Array> {
  yield* open();
}

/** Passes a file on, and keeps what the manifest says of it. */
async function* digested(
  name: string,
  content: File["content"],
  digests: Digest[],
): AsyncGenerator<string | Uint8Array> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const piece of content) {
    hash.update(piece);
    bytes += typeof piece === "string" ? Buffer.byteLength(piece) : piece.byteLength;
    yield piece;
  }
  digests.push({ name, bytes, sha256: hash.digest("hex") });
}
