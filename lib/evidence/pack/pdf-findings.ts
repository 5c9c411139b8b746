import type { Database } from "#db/client.ts";
import type { Paper } from "#lib/files/pdf/paper.ts";
import { detectorWords, findingStatusWords } from "#lib/vocabulary-labels.ts";
import type { Closed } from "./campaign.ts";
import { allFindings } from "./findings.ts";

type Names = ReadonlyMap<string, string>;

/** What was found in the period, as it stood at the closing. */
export async function writeFindings(paper: Paper, db: Database, campaign: Closed, names: Names) {
  paper.part("Findings and what became of them", "landscape");
  paper.paragraph(
    "The detectors read the log as it is written and raise what is unusual and not explained by an open ticket of that account. Each finding is disposed of by somebody whom it is not about. Here they stand as they were at the closing; days are in UTC.",
  );
  await paper.table({
    caption: "Findings, by number",
    columns: [
      { head: "No.", of: (f) => `F-${f.number}`, width: 0.7 },
      {
        head: "About",
        of: (f) => f.actor,
        second: (f) => `raised ${dayOf(f.raisedAt)}`,
        width: 1.6,
      },
      {
        head: "What",
        of: (f) => f.explanation,
        second: (f) => detectorWords[f.detector],
        width: 3.6,
      },
      {
        head: "Disposition",
        of: (f) => findingStatusWords[f.status].name,
        second: (f) => (f.disposedAt ? dayOf(f.disposedAt) : `due ${dayOf(f.dueAt)}`),
        width: 1.1,
      },
      { head: "By", of: (f) => f.by, width: 1.3 },
      { head: "Note", of: (f) => f.note, width: 3.2 },
    ],
    rows: allFindings(db, campaign, names),
    none: "No finding was raised about the period.",
  });
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
