import type { Readable } from "node:stream";
import type { Database } from "#db/client.ts";
import type { Paper } from "#lib/files/pdf/paper.ts";
import { pdf } from "#lib/files/pdf/pdf.ts";
import { periodDays, periodTitle } from "#lib/reviews/rules.ts";
import type { Closed } from "./campaign.ts";
import { takenWords } from "./fields.ts";
import { allFindings } from "./findings.ts";
import { allItems, type PackItem } from "./items.ts";
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

async function* excepted(items: AsyncIterable<PackItem>): AsyncGenerator<PackItem> {
  for await (const item of items)
    if (item.exception || item.taken || isUnsettled(item) || item.reviewer === null) yield item;
}

async function writeExceptions(paper: Paper, db: Database, campaign: Closed, names: Names) {
  paper.heading("Exceptions");
  paper.paragraph(
    "Items that stay as they are without a decision, on somebody’s account and until a day; items that nobody without a conflict could decide; rights that somebody took, or gave anew, outside of the review meanwhile; and access that was still possible when it was tried.",
  );
  await paper.table({
    caption: "Exceptions",
    columns: [
      { head: "Item", of: (i) => i.number, align: "right", width: 0.5 },
      { head: "Person", of: (i) => i.name, width: 1.6 },
      { head: "Role", of: (i) => i.role, width: 1 },
      { head: "Owner", of: (i) => i.exception?.owner?.name, width: 1.4 },
      { head: "Until", of: (i) => i.exception?.expiresOn, width: 1 },
      { head: "Why", of: whyExcepted, width: 3 },
    ],
    rows: excepted(allItems(db, campaign.id, names)),
    none: "None: every item was decided, and what followed was done and proved.",
  });
}

const isUnsettled = ({ remediation }: PackItem): boolean =>
  remediation?.result === "still_possible" || remediation?.result === "given_anew";

function whyExcepted(item: PackItem): string {
  if (item.exception) return item.exception.reason;
  if (item.taken) return takenWords(item) ?? "";
  if (item.remediation?.result === "given_anew") return item.remediation.verifiedHow ?? "";
  if (item.remediation?.result === "still_possible")
    return `Still possible when tried: ${item.remediation.verifiedHow}`;
  return "Nobody on the staff could decide it without a conflict.";
}

async function writeItems(paper: Paper, db: Database, campaign: Closed, names: Names) {
  paper.newPage();
  paper.heading("Items");
  paper.paragraph(
    "One line for each grant of a role. Every field of an item is in items.csv, every decision, those of a change of mind too, in decisions.csv.",
  );
  await paper.table({
    caption: "Items",
    columns: [
      { head: "No.", of: (i) => i.number, align: "right", width: 0.5 },
      {
        head: "Person",
        of: (i) => (i.status === "active" ? i.name : `${i.name} (deactivated)`),
        width: 1.7,
      },
      { head: "Role", of: roleOf, width: 1.3 },
      {
        head: "Granted",
        of: (i) => `${i.grantedAt.toISOString().slice(0, 10)} ${i.grantedBy ?? ""}`.trim(),
        width: 1.3,
      },
      { head: "Used", of: (i) => i.lastUsedAt?.toISOString().slice(0, 10) ?? "never", width: 1 },
      { head: "Sess.", of: (i) => i.sessions, align: "right", width: 0.6 },
      { head: "Reviewer", of: (i) => i.decision?.by?.name ?? i.reviewer?.name, width: 1.5 },
      { head: "Decision", of: decisionOf, width: 1.5 },
      {
        head: "Why",
        of: (i) => i.decision?.justification ?? i.exception?.reason ?? takenWords(i),
        width: 2.6,
      },
    ],
    rows: allItems(db, campaign.id, names),
  });
}

const roleOf = ({ role, privileged, scopes, kind }: PackItem): string =>
  [
    role,
    ...(role === "agent" ? [scopes.includes("write") ? "acting" : "looking only"] : []),
    ...(privileged ? ["privileged"] : []),
    ...(kind === "service" ? ["service"] : []),
  ].join(", ");

function decisionOf({ decision, exception, taken, endedAt, remediation }: PackItem): string {
  if (!decision && taken) return "taken meanwhile";
  if (!decision) return exception ? "exception" : `ended ${endedAt?.toISOString().slice(0, 10)}`;
  const said = decision.by ? decision.decision : `${decision.decision} by policy`;
  const proved = remediation?.verifiedAt;
  if (!proved) return said;
  if (remediation.result === "given_anew") return `${said}, given anew since`;
  return `${said}, tried ${proved.toISOString().slice(0, 10)}: ${remediation.result?.replace("_", " ")}`;
}

async function writeFindings(paper: Paper, db: Database, campaign: Closed, names: Names) {
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
