import type { Paper } from "#lib/files/pdf/paper.ts";
import { counted } from "#lib/findings/spoken-time.ts";
import { periodDays } from "#lib/kernel/days.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import type { Closed } from "./campaign.ts";

type NameOf = (id: string | null) => string | null;

/** "Access review, third quarter 2026". */
export const titleOf = ({ firstDay, lastDay }: Closed): string =>
  `Access review, ${periodTitle(firstDay, lastDay).replace(/^./, (letter) => letter.toLowerCase())}`;

/** What the review is of, from when to when, and who answers for it. */
export function writeCover(paper: Paper, campaign: Closed, nameOf: NameOf): void {
  const { firstDay, lastDay, counts, openedAt, openedBy } = campaign;
  const by = openedBy ? `by ${nameOf(openedBy)}` : "by itself, as the policy has it";
  paper.cover(
    titleOf(campaign),
    "Whether everybody who can stand in for a customer, or decides on it, still needs to.",
  );
  paper.facts(
    [
      ["Period", `${periodDays(firstDay, lastDay)}, days of ${campaign.zone}`],
      ["Review", campaign.slug],
      [
        "Population",
        `${counted(counts.grants, "grant")} of a role, of ${counted(counts.people, "person", "people")}`,
      ],
      [
        "Controls",
        "SOC 2 CC6.1, CC6.2, CC6.3, CC7.2, CC7.3; ISO/IEC 27001:2022 A.5.18, A.8.15, A.8.16",
      ],
      ["Opened", `${openedAt.toISOString()} ${by}`],
      ["Due", campaign.dueAt.toISOString()],
      ["Closed", `${campaign.closedAt.toISOString()} by ${nameOf(campaign.closedBy)}`],
      ["Entry of the opening", campaign.openedEntryId],
      ["Entry of the closing", campaign.closedEntryId],
    ],
    ["Entry of the opening", "Entry of the closing"],
  );
  paper.paragraph(`${nameOf(campaign.closedBy)} signed it off with these words:`);
  paper.quote(campaign.statement);
  paper.paragraph(
    "All times are in UTC. Everything here is as it stood at the closing; what turned out wrong later is corrected beside the review, in the panel, and changes nothing in this document.",
    "quiet",
  );
}

/** Who closed it, by what right, and how the files around this one are held together. */
export function writeSignOff(paper: Paper, campaign: Closed, nameOf: NameOf): void {
  paper.part("Sign-off");
  paper.paragraph(
    `${nameOf(campaign.closedBy)} of compliance, who decided on no item of this review, closed it with this statement:`,
  );
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
