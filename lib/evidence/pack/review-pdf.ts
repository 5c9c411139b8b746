import type { Readable } from "node:stream";
import type { Database } from "#db/client.ts";
import { pdf } from "#lib/files/pdf/pdf.ts";
import { periodDays } from "#lib/kernel/days.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import type { Closed } from "./campaign.ts";
import { allItems } from "./items.ts";
import { titleOf, writeCover, writeSignOff } from "./pdf-cover.ts";
import { writeFindings } from "./pdf-findings.ts";
import { writeExceptions, writeItems } from "./pdf-items.ts";
import { writeMethod, writePopulation, writeQuery } from "./pdf-method.ts";
import { writePlots } from "./pdf-plots.ts";
import { writeSummary } from "./pdf-summary.ts";
import { writeTasks } from "./pdf-tasks.ts";
import { readPlots } from "./plots.ts";
import { namesOf, readSummary } from "./summary.ts";

type Names = ReadonlyMap<string, string>;

const parts = [
  "Scope",
  "Method",
  "Population and reconciliation",
  "Summary",
  "The review and the period in figures",
  "Exceptions",
  "Items",
  "Findings and what became of them",
  "To be done elsewhere",
  "Sign-off",
  "Appendix: the query of the population, as it ran",
];

/** The review as an auditor reads it, from the cover to the sign-off. */
export const reviewPdf = (db: Database, campaign: Closed, names: Names): Readable => {
  const { firstDay, lastDay, slug, closedAt } = campaign;
  const days = periodDays(firstDay, lastDay);
  const isQuarter = periodTitle(firstDay, lastDay) !== days;
  const title = titleOf(campaign);
  return pdf(
    {
      title,
      head: isQuarter ? `${title} · ${days}` : title,
      foot: `Alongside · access review ${slug} · closed ${closedAt.toISOString()}`,
      at: closedAt,
    },
    async (paper) => {
      const summary = await readSummary(db, campaign);
      const plots = await readPlots(db, campaign);
      const nameOf = await namesOf(db, [campaign.openedBy, campaign.closedBy], names);
      writeCover(paper, campaign, nameOf);
      paper.contents(parts);
      writeMethod(paper, campaign);
      await writePopulation(paper, campaign, summary, names);
      writeSummary(paper, campaign, summary);
      writePlots(paper, campaign, summary, plots);
      await writeExceptions(paper, db, campaign, names);
      await writeItems(paper, db, campaign, names);
      await writeFindings(paper, db, campaign, names);
      await writeTasks(paper, allItems(db, campaign.id, names));
      writeSignOff(paper, campaign, nameOf);
      writeQuery(paper, campaign);
    },
  );
};
