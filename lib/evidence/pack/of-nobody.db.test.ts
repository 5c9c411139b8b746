import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { unzipped } from "#lib/files/testing.ts";
import { closeCampaign } from "#lib/reviews/close-campaign.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { underReview, valueIn } from "#lib/reviews/testing.ts";
import { makePack } from "./make-pack.ts";
import { newKeys } from "./testing.ts";

const s = await scene();
const { cora } = await underReview(s);

test("a review of a quarter in which nobody held a right has its pack too", async () => {
  const { id, slug } = valueIn(
    await openCampaign(cora, { firstDay: "2003-01-01", lastDay: "2003-03-31" }),
  );
  const statement = "Nobody held any right in this quarter.";
  valueIn(await closeCampaign(cora, { campaignId: id, statement, ownerEmail: "", expiresOn: "" }));
  const { content } = valueIn(await makePack(cora, slug, await newKeys()));
  const files = new Map(
    unzipped(await buffer(content)).map((file) => [file.name, file.content.toString("utf8")]),
  );
  expect(parse(files.get("items.csv") ?? "", { columns: true })).toEqual([]);
  expect(files.get("items.jsonl")).toBe("");
  expect(files.get("review.pdf")).toMatch(/^%PDF/);
  expect(JSON.parse(files.get("manifest.json") ?? "")).toMatchObject({
    population: { grants: 0, people: 0 },
    population_sha256: createHash("sha256").digest("hex"),
  });
});
