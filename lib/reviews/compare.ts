import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { campaigns, reviewItems, rosterComparisons } from "#db/schema/reviews.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema, newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import { lookAgain } from "./look-again.ts";
import { compareRoster, readRoster } from "./roster.ts";

const asJson = z.string().transform((text, { addIssue }) => {
  try {
    return z.string().parse(text === "" ? "" : JSON.parse(text));
  } catch {
    addIssue({ code: "custom", message: "Choose a file." });
    return z.NEVER;
  }
});

/**
 * `roster`: the file's text as JSON, since a form makes each line's end CRLF and the hash would be of another file.
 * `pasted`: where no script reads the file.
 */
export const compareSchema = z
  .object({
    campaignId: idSchema,
    fileName: z.string().max(200).default(""),
    roster: asJson.default(""),
    pasted: z.string().default(""),
  })
  .transform(({ pasted, ...rest }, { addIssue }) => {
    const roster = rest.roster || pasted;
    if (!roster) addIssue({ code: "custom", path: ["roster"], message: "Choose a file." });
    return { ...rest, roster };
  });
export type CompareInput = z.infer<typeof compareSchema>;

/**
 * Holds the company's roster against the population of an open review; the file's hash is on record, the file itself is
 * kept nowhere. Where it has groups of the issuer, tasks outside are looked at again by it. Refuses with `not_allowed`, `not_found`, `ended`, and `invalid` with the lines that are wrong.
 */
export const compareWithRoster = (
  ctx: Ctx<StaffActor>,
  { campaignId, fileName, roster }: CompareInput,
): Promise<Result<{ id: string; differences: number; lookedAt: number }>> =>
  transact(
    ctx,
    { event: "review.refused", body: { campaign_id: campaignId, file: fileName } },
    async (tx) => {
      if (!may(ctx.actor, "run_reviews"))
        refuse("not_allowed", "Only compliance compares with the roster.");
      const read = readRoster(roster);
      if ("problems" in read)
        refuse("invalid", "The file was not taken.", {
          fields: { roster: read.problems.join(" ") },
        });
      const [campaign] = await tx
        .select({ slug: campaigns.slug, status: campaigns.status })
        .from(campaigns)
        .where(eq(campaigns.id, campaignId))
        .for("share");
      if (!campaign) refuse("not_found", "There is no such review.");
      if (campaign.status === "closed") refuse("ended", "The review is closed: it stays as it is.");
      const population = await tx
        .selectDistinct({
          email: reviewItems.email,
          name: reviewItems.name,
          active: sql<boolean>`${reviewItems.status} = 'active'`,
        })
        .from(reviewItems)
        .where(eq(reviewItems.campaignId, campaignId));
      const compared = compareRoster(read.people, population);
      const sha256 = createHash("sha256").update(roster).digest("hex");
      const [here, there] = [compared.onlyInPanel.length, compared.onlyInRoster.length];
      const entryId = await recordAudit(tx, ctx, {
        event: "review.compared",
        body: {
          what: `Held the population of ${campaign.slug} against ${fileName || "a roster"}: ${compared.inBoth} in both, ${here} only here, ${there} only there, ${compared.differ.length} with another status`,
          campaign_id: campaignId,
          campaign: campaign.slug,
          file: fileName,
          sha256,
          lines: read.lines,
          in_both: compared.inBoth,
          only_here: here,
          only_in_roster: there,
          differ: compared.differ.length,
        },
      });
      const id = newId();
      await tx.insert(rosterComparisons).values({
        ...{ id, campaignId, source: "csv", fileName: fileName || null, sha256 },
        ...{ lines: read.lines, comparedBy: ctx.actor.id, entryId, ...compared },
      });
      const lookedAt = await lookAgain(tx, ctx, campaignId, read.people, { id, fileName, sha256 });
      return { id, differences: here + compared.differ.length, lookedAt };
    },
  );
