import type { Database } from "#db/client.ts";
import type { Paper } from "#lib/files/pdf/paper.ts";
import type { Closed } from "./campaign.ts";
import { allFindings } from "./findings.ts";

type Names = ReadonlyMap<string, string>;

/** What was found in the period, as it stood at the closing. */
export async function writeFindings(paper: Paper, db: Database, campaign: Closed, names: Names) {
  paper.newPage();
  paper.heading("Findings and what became of them");
  paper.paragraph(
    "What the detectors found unusual in the period and nothing explained, as it stood at the closing.",
  );
  await paper.table({
    caption: "Findings",
    columns: [
      { head: "No.", of: (f) => `F-${f.number}`, width: 0.7 },
      { head: "About", of: (f) => f.actor, width: 1.4 },
      { head: "Found", of: (f) => f.raisedAt.toISOString().slice(0, 10), width: 1.15 },
      { head: "What", of: (f) => f.explanation, width: 3.4 },
      {
        head: "Disposition",
        of: (f) =>
          f.disposedAt ? `${f.status}, ${f.disposedAt.toISOString().slice(0, 10)}` : f.status,
        width: 1.2,
      },
      { head: "By", of: (f) => f.by, width: 1.2 },
      { head: "Note", of: (f) => f.note, width: 2.4 },
    ],
    rows: allFindings(db, campaign, names),
    none: "No finding was raised about the period.",
  });
}
