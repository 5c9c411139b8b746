import type { Database } from "#db/client.ts";
import type { Paper } from "#lib/files/pdf/paper.ts";
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

/** One line for each item. */
export async function writeItems(paper: Paper, db: Database, campaign: Closed, names: Names) {
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
