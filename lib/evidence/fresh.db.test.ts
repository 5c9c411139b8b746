import { buffer } from "node:stream/consumers";
import { expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { daysAway } from "#db/testing/days.ts";
import { ruleBy } from "#db/testing/rules.ts";
import { scene } from "#db/testing/scene.ts";
import { unzipped } from "#lib/files/testing.ts";
import type { GuestActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { closeCampaign } from "#lib/reviews/close-campaign.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { codeOf, underReview, valueIn } from "#lib/reviews/testing.ts";
import { readPeriod } from "./controls/period.ts";
import { takeSample } from "./controls/take-sample.ts";
import { freshToTakeOut } from "./fresh.ts";
import { makePack } from "./pack/make-pack.ts";
import { newKeys } from "./pack/testing.ts";

const s = await scene();
const { cora, ana } = await underReview(s);
const period = await readPeriod(cora, { from: daysAway(-30), to: daysAway(1) });
const keys = await newKeys();
const { id, slug } = valueIn(
  await openCampaign(cora, { firstDay: "2003-01-01", lastDay: "2003-03-31" }),
);
const statement = "Nobody held any right in this quarter.";
valueIn(await closeCampaign(cora, { campaignId: id, statement, ownerEmail: "", expiresOn: "" }));

/** As if they had proved who they are so many minutes ago. */
const since = (minutes: number, acr: string | null = null) => ({
  ...cora,
  actor: { ...cora.actor, authTime: new Date(Date.now() - minutes * 60_000), acr },
});
const sample = (ctx: Parameters<typeof takeSample>[0]) =>
  takeSample(ctx, "CC6.1", period, { n: 5, seed: "7" });
/** How often each of these is on record. */
async function onRecord(...events: string[]) {
  const { rows } = await s.owner.query<{ event: string }>(
    "select event from audit_entry where event = any($1)",
    [events],
  );
  return events.map((event) => rows.filter((row) => row.event === event).length);
}
const refusedKinds = async () => {
  const { rows } = await s.owner.query(
    `select p.body::jsonb ->> 'kind' as kind, p.body::jsonb ->> 'review' as review from audit_entry e
       join audit_payload p on p.entry_id = e.id
     where e.event = 'export.refused' and p.body::jsonb ->> 'refused' = 'sign_in_again' order by e.occurred_at`,
  );
  return rows.map(({ kind, review }) => kind ?? review);
};
const packs = async () =>
  (await s.owner.query("select from review_packs where campaign_id = $1", [id])).rowCount;

it("takes no sample and makes no pack by an old sign-in, where the policy asks for a fresh one", async () => {
  await ruleBy(s.owner, { ...policy14, freshSignIn: { export: 15 } });
  expect(codeOf(await sample(since(16)))).toBe("sign_in_again");
  expect(codeOf(await makePack(since(16), slug, keys))).toBe("sign_in_again");
  expect(await onRecord("sample.drawn", "pack.made")).toEqual([0, 0]);
  expect(await packs()).toBe(0);
  expect(await refusedKinds()).toEqual(["sample", slug]);
});

it("and does by a fresh one: then nobody downloads by an old one what is signed", async () => {
  expect(codeOf(await sample(since(14)))).toBe("went through");
  const { content } = valueIn(await makePack(since(14), slug, keys));
  expect(unzipped(await buffer(content)).map(({ name }) => name)).toContain("manifest.jws");
  expect(await packs()).toBe(1);
  const [drawn, made] = await onRecord("sample.drawn", "pack.made");
  expect(codeOf(await makePack(since(16), slug, keys))).toBe("sign_in_again");
  expect(codeOf(await sample(since(16)))).toBe("sign_in_again");
  expect(await onRecord("sample.drawn", "pack.made")).toEqual([drawn, made]);
});

it("asks for a sign-in as strong as the policy wants", async () => {
  await ruleBy(s.owner, { ...policy14, freshSignIn: { export: 15, acr: "mfa" } });
  for (const take of [sample, (ctx: typeof cora) => makePack(ctx, slug, keys)]) {
    expect(codeOf(await take(since(1)))).toBe("sign_in_again");
    expect(codeOf(await take(since(1, "mfa")))).toBe("went through");
  }
});

it("asks for none where the policy asks for none, and never a guest", async () => {
  const guest: Ctx<GuestActor> = {
    ...ana,
    actor: {
      kind: "guest",
      id: newId(),
      name: "Auditor",
      firm: "Firm",
      linkId: newId(),
      zone: "UTC",
    },
  };
  expect(codeOf(await sample(guest))).toBe("went through");
  await ruleBy(s.owner, policy14);
  expect(codeOf(await sample(since(600)))).toBe("went through");
  expect(codeOf(await makePack(since(600), slug, keys))).toBe("went through");
  expect(codeOf(await freshToTakeOut(since(600), "population"))).toBe("went through");
});
