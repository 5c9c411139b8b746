import type { Database } from "#db/client.ts";
import type { Paper } from "#lib/files/pdf/paper.ts";
import { counted } from "#lib/findings/spoken-time.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import type { Closed } from "./campaign.ts";
import { takenWords } from "./fields.ts";
import type { PackItem } from "./item.ts";
import { allItems } from "./items.ts";

type Names = ReadonlyMap<string, string>;

async function* excepted(items: AsyncIterable<PackItem>): AsyncGenerator<PackItem> {
  for await (const item of items)
    if (item.exception || item.taken || isUnsettled(item) || item.reviewer === null) yield item;
}

/** What stays without a decision, or was not done as decided. */
export async function writeExceptions(paper: Paper, db: Database, campaign: Closed, names: Names) {
  paper.heading("Exceptions");
  paper.paragraph(
    "Here stand items that stay as they are without a decision, on somebody’s account and until a day; items that nobody without a conflict could decide; rights that somebody took, or gave anew, outside of the review meanwhile; and access that was still possible when it was tried.",
  );
  await paper.table({
    caption: "Exceptions, by item",
    columns: [
      { head: "Item", of: (i) => i.number, align: "right", width: 0.5 },
      { head: "Person", of: (i) => i.name, second: (i) => roleWords[i.role].name, width: 1.8 },
      {
        head: "Answered for by",
        of: (i) => i.exception?.owner?.name,
        second: (i) => i.exception && `until ${i.exception.expiresOn}`,
        width: 1.8,
      },
      { head: "Why", of: whyExcepted, width: 3.6 },
    ],
    rows: excepted(allItems(db, campaign.id, names)),
    none: "There is none: every item was decided, and what followed was done and proved.",
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

/** One line for each item. */
export async function writeItems(paper: Paper, db: Database, campaign: Closed, names: Names) {
  paper.part("Items", "landscape");
  paper.paragraph(
    "One line for each grant of a role. Every field of an item is in items.csv, every decision, those of a change of mind too, in decisions.csv. Days are in UTC.",
  );
  await paper.table({
    caption: `${counted(campaign.counts.grants, "item")}, by number`,
    columns: [
      { head: "No.", of: (i) => i.number, align: "right", width: 0.55 },
      { head: "Person", of: (i) => i.name, second: personWords, width: 2 },
      { head: "Right", of: (i) => roleWords[i.role].name, second: rightWords, width: 2 },
      {
        head: "Granted",
        of: (i) => dayOf(i.grantedAt),
        second: (i) => i.grantedBy && `by ${i.grantedBy}`,
        width: 1.5,
      },
      {
        head: "Last used",
        of: (i) => (i.lastUsedAt ? dayOf(i.lastUsedAt) : "never"),
        second: (i) => (i.sessions > 0 ? counted(i.sessions, "session") : null),
        width: 1.2,
      },
      {
        head: "Reviewer",
        of: (i) => i.decision?.by?.name ?? i.reviewer?.name,
        second: asWords,
        width: 1.7,
      },
      { head: "Decision", of: decisionOf, second: afterWords, width: 1.9 },
      {
        head: "Why",
        of: (i) => i.decision?.justification ?? i.exception?.reason ?? takenWords(i),
        width: 3.2,
      },
    ],
    rows: allItems(db, campaign.id, names),
    none: "Nobody held a role at any time of the period: there was nothing to review.",
  });
}

const dayOf = (at: Date | string): string =>
  (typeof at === "string" ? at : at.toISOString()).slice(0, 10);

const personWords = ({ team, kind, status, deactivatedAt }: PackItem): string =>
  [
    team,
    ...(kind === "service" ? ["service account"] : []),
    ...(status === "deactivated"
      ? [`deactivated${deactivatedAt ? ` ${dayOf(deactivatedAt)}` : ""}`]
      : []),
  ].join(", ");

const rightWords = ({ role, privileged, scopes }: PackItem): string =>
  [
    ...(role === "agent" ? [scopes.includes("write") ? "looks and acts" : "only looks"] : []),
    ...(privileged ? ["privileged"] : []),
  ].join(", ");

const asWords = ({ decision, reviewer }: PackItem): string | null => {
  if (decision) return decision.as && `as ${decision.as}`;
  return reviewer && "did not decide";
};

function decisionOf({ decision, exception, taken, endedAt }: PackItem): string {
  if (!decision && taken) return "Taken meanwhile";
  if (!decision) return exception ? "Exception" : `Ended ${endedAt ? dayOf(endedAt) : ""}`.trim();
  return `${attestationWords[decision.decision]}${decision.by ? "" : " by policy"}, ${dayOf(decision.at)}`;
}

const attestationWords = { keep: "Keep", change: "Change", revoke: "Revoke" };

/** What came of it, and what is to be known of how it was decided. */
function afterWords({ decision, remediation }: PackItem): string {
  const tried = remediation?.verifiedAt
    ? remediation.result === "given_anew"
      ? ["given anew since"]
      : [`tried ${dayOf(remediation.verifiedAt)}: ${remediation.result?.replace("_", " ")}`]
    : [];
  return [...tried, ...(decision?.inBulk ? ["in bulk"] : [])].join(", ");
}
