import type { Readable } from "node:stream";
import type { Database } from "#db/client.ts";
import type { Paper } from "#lib/files/pdf/paper.ts";
import { pdf } from "#lib/files/pdf/pdf.ts";
import { periodDays, periodTitle } from "#lib/reviews/rules.ts";
import type { Closed } from "./campaign.ts";
import { allItems } from "./items.ts";
import { writeFindings } from "./pdf-findings.ts";
import { writeExceptions, writeItems } from "./pdf-items.ts";
import { writeMethod, writePopulation, writeQuery } from "./pdf-method.ts";
import { writeSummary } from "./pdf-summary.ts";
import { writeTasks } from "./pdf-tasks.ts";
import { namesOf, readSummary } from "./summary.ts";

type Names = ReadonlyMap<string, string>;

/** The review as an auditor reads it, from the cover to the sign-off. */
export const reviewPdf = (db: Database, campaign: Closed, names: Names): Readable =>
  pdf(
    {
      title: `Access review, ${periodTitle(campaign.firstDay, campaign.lastDay)}`,
      foot: `Alongside · access review ${campaign.slug} · closed ${campaign.closedAt.toISOString()}`,
      at: campaign.closedAt,
    },
    async (paper) => {
      const summary = await readSummary(db, campaign);
      const nameOf = await namesOf(db, [campaign.openedBy, campaign.closedBy], names);
      writeCover(paper, campaign, nameOf);
      writeMethod(paper, campaign);
      writePopulation(paper, campaign, summary, names);
      writeSummary(paper, summary);
      await writeExceptions(paper, db, campaign, names);
      await writeItems(paper, db, campaign, names);
      await writeTasks(paper, allItems(db, campaign.id, names));
      await writeFindings(paper, db, campaign, names);
      writeSignOff(paper, campaign, nameOf);
      writeQuery(paper, campaign);
    },
  );

type NameOf = (id: string | null) => string | null;

function writeCover(paper: Paper, campaign: Closed, nameOf: NameOf): void {
  const { firstDay, lastDay, counts } = campaign;
  paper.title(
    `Access review, ${periodTitle(firstDay, lastDay)}`,
    "Whether everybody who can stand in for a customer, or decides on it, still needs to.",
  );
  paper.facts(
    [
      ["Period", `${periodDays(firstDay, lastDay)}, days of ${campaign.zone}`],
      ["Review", campaign.slug],
      ["Population", `${counts.grants} grants of roles, of ${counts.people} people`],
      ["Opened", `${campaign.openedAt.toISOString()} by ${nameOf(campaign.openedBy) ?? "itself"}`],
      ["Due", campaign.dueAt.toISOString()],
      ["Closed", `${campaign.closedAt.toISOString()} by ${nameOf(campaign.closedBy)}`],
      ["Entry of the opening", campaign.openedEntryId],
      ["Entry of the closing", campaign.closedEntryId],
      [
        "Controls",
        "SOC 2 CC6.1, CC6.2, CC6.3, CC7.2, CC7.3; ISO/IEC 27001:2022 A.5.18, A.8.15, A.8.16",
      ],
    ],
    ["Entry of the opening", "Entry of the closing"],
  );
  paper.quote(campaign.statement);
  paper.paragraph(
    "All times are in UTC. Everything here is as it stood at the closing; what turned out wrong later is corrected beside the review, in the panel, and changes nothing in this document.",
    "quiet",
  );
}

function writeSignOff(paper: Paper, campaign: Closed, nameOf: NameOf): void {
  paper.heading("Sign-off");
  paper.paragraph("Closed by somebody of compliance who decided on no item of this review.");
  paper.quote(campaign.statement);
  paper.facts(
    [
      ["Signed off by", nameOf(campaign.closedBy)],
      ["Staff id", campaign.closedBy],
      ["At", campaign.closedAt.toISOString()],
      ["Entry", campaign.closedEntryId],
    ],
    ["Staff id", "Entry"],
  );
  paper.paragraph(
    "The manifest beside this document holds the SHA-256 of each file; manifest.jws signs the manifest by the key in public-key.json.",
    "quiet",
  );
}
