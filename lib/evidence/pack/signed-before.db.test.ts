import { buffer } from "node:stream/consumers";
import canonicalize from "canonicalize";
import { expect, test } from "vitest";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { unzipped } from "#lib/files/testing.ts";
import { closeCampaign } from "#lib/reviews/close-campaign.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { underReview, valueIn } from "#lib/reviews/testing.ts";
import { makePack } from "./make-pack.ts";
import { newKeys } from "./testing.ts";

const s = await scene();
const { cora } = await underReview(s);

test("a pack that was signed in an earlier form has a signature of this form beside its own", async () => {
  const { id, slug } = valueIn(
    await openCampaign(cora, { firstDay: "2003-01-01", lastDay: "2003-03-31" }),
  );
  const statement = "Nobody held any right in this quarter.";
  valueIn(await closeCampaign(cora, { campaignId: id, statement, ownerEmail: "", expiresOn: "" }));
  const [key] = await newKeys("earlier");
  const before = {
    campaign_id: id,
    version: 1,
    manifest: canonicalize({
      pack: "Alongside access review, version 1",
      files: [{ name: "items.csv", bytes: 1, sha256: "0".repeat(64) }],
    }),
    signature: "a..b",
    public_key: { kty: "EC", crv: "P-256", kid: key?.kid, x: key?.x, y: key?.y },
  };
  await s.commit(async (sql) =>
    insert(sql, "review_packs", {
      ...before,
      entry_id: await entry(sql, "pack.made", { actor: cora.actor.id }),
    }),
  );

  const { content } = valueIn(await makePack(cora, slug, await newKeys()));
  const files = unzipped(await buffer(content));
  expect(files.map(({ name }) => name)).toContain("manifest.jws");
  const { rows } = await s.owner.query(
    "select version, signature from review_packs where campaign_id = $1 order by version",
    [id],
  );
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual({ version: 1, signature: "a..b" });
});
