import type { Paper } from "#lib/files/pdf/paper.ts";
import { counted } from "#lib/findings/spoken-time.ts";
import { onRecordWords } from "#lib/reviews/on-record-words.ts";
import type { Closed } from "./campaign.ts";
import type { Summary } from "./summary.ts";

type Roster = NonNullable<Summary["roster"]>;

/** What was reviewed, how, and by whom it may be. */
export function writeMethod(paper: Paper, { policyVersion, seed }: Closed): void {
  paper.heading("Scope");
  paper.paragraph(
    "Every grant of a role that was held at any time of the period: agents, who stand in for customers, managers, who approve, compliance and admins. Dormant and deactivated people and service accounts are included, and so is what was given and taken again within the period.",
  );
  paper.heading("Method");
  paper.list(
    [
      "The population was frozen by one query when the review opened. Later changes of a person change nothing in it.",
      "Each item has one reviewer with authority: the person’s manager, or the next one above; else another manager, else compliance. Never the person themselves, never who gave the role, never who reports to the person. Whoever hands an item on says why, on record.",
      "Items that are privileged (acting as a customer, approving, running reviews and taking evidence out, changing settings) are decided one by one. The time on an item and decisions in bulk are recorded.",
      `With each item came a sample of the person’s sessions: all with open findings, and a part of the rest drawn by the seed ${seed}.`,
      "Who decides to change or revoke takes the access at once: live sessions end, then the system tries the access, and only a refusal counts as done.",
      `An item that nobody decides is never taken for approved: the policy (version ${policyVersion}) has it revoked, or excepted with an owner and an expiry.`,
      "The review is closed by somebody of compliance who decided on nothing in it. From then on the database refuses every change.",
    ],
    "numbers",
  );
}

/** That the population is complete: its query, its counts, and the company’s own list held against it. */
export async function writePopulation(
  paper: Paper,
  { counts, startsAt, throughAt, openedAt, zone }: Closed,
  { roster }: Summary,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  paper.heading("Population and reconciliation");
  paper.paragraph(
    `The population is every grant of a role that was in force at any moment from ${startsAt.toISOString()} to ${throughAt.toISOString()}, the days of the period in ${zone}. One query gave it at ${openedAt.toISOString()}; it stands in the appendix as it ran, and whoever has the database can run it again.`,
  );
  paper.facts([
    ["Grants of roles", String(counts.grants)],
    ["People", String(counts.people)],
    ["Of them deactivated", String(counts.deactivated)],
    ["Service accounts", String(counts.service)],
    ["Dormant", `${counts.dormant}, who held a right and used none of it`],
    ["Ended", `${counts.ended}, which were taken before the review opened`],
    ...(counts.onRecord
      ? [["All on record then", onRecordWords(counts.grants, counts.onRecord)] as const]
      : []),
  ]);
  paper.heading("Against the company’s roster", 2);
  if (roster) {
    paper.paragraph(rosterWords(roster));
    paper.facts(
      [
        ["Roster", roster.fileName ?? roster.source],
        ["SHA-256", roster.sha256],
        ["Compared", `${roster.at.toISOString()} by ${names.get(roster.byId) ?? roster.by}`],
      ],
      ["SHA-256"],
    );
    await writePeople(paper, "Only in the company’s list", roster.onlyInRoster);
    await writePeople(paper, "Only in the panel", roster.onlyInPanel);
    await writePeople(paper, "In both, with another status", roster.differ);
  } else {
    paper.paragraph(
      "No roster was held against the population before the closing: that it is complete rests on the query alone.",
    );
  }
}

/** What gave the population: whoever has the database runs it again. */
export function writeQuery(paper: Paper, { query }: Closed): void {
  paper.part("Appendix: the query of the population, as it ran");
  paper.code(query);
}

function rosterWords({ lines, inBoth, onlyInRoster, onlyInPanel, differ }: Roster): string {
  const same = onlyInRoster.length + onlyInPanel.length + differ.length === 0;
  const head = `The company’s own list of ${counted(lines, "person", "people")} was held against the population: ${inBoth} ${inBoth === 1 ? "is" : "are"} in both`;
  return same
    ? `${head}, and nobody is in one only.`
    : `${head}, ${onlyInRoster.length} only in the list, ${onlyInPanel.length} only in the panel, and of ${differ.length} the status differs.`;
}

type People = readonly { name: string; email: string }[];
const mostPeople = 200;

async function writePeople(paper: Paper, caption: string, people: People): Promise<void> {
  if (people.length === 0) return;
  await paper.table({
    caption: `${caption}: ${counted(people.length, "person", "people")}`,
    columns: [
      { head: "Name", of: (one: People[number]) => one.name },
      { head: "E-mail", of: (one) => one.email, width: 1.4 },
    ],
    rows: people.slice(0, mostPeople),
  });
  const rest = people.length - mostPeople;
  if (rest > 0) paper.paragraph(`And ${rest} more, who stand in roster.csv.`, "quiet");
}
