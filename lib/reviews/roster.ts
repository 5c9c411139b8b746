import { parse } from "csv-parse/sync";
import type { RosterPerson } from "#db/schema/reviews.ts";

export const mostBytes = 5 << 20;
export const mostLines = 100_000;
const shownProblems = 5;

const works = ["active", "employed", "current", "enabled", "on leave", "leave", "yes", "true", ""];
const worksNoMore = [
  ...["inactive", "deactivated", "terminated", "left", "leaver", "former", "disabled", "ended"],
  ...["suspended", "no", "false"],
];

/** Groups in lower case; null where the roster says nothing of groups. */
export type RosterLine = RosterPerson & { active: boolean; groups: string[] | null };
export type Roster = { people: RosterLine[]; lines: number };

/**
 * A company's list of who works there, out of a CSV with the columns email, name and status in any order and case, and
 * `groups` of the issuer where it has them, apart by semicolons. Problems name their lines; with one nothing is taken.
 */
export function readRoster(text: string): Roster | { problems: string[] } {
  if (Buffer.byteLength(text) > mostBytes) return { problems: ["The file is larger than 5 MB."] };
  let lines: string[][];
  try {
    lines = parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    return { problems: [error instanceof Error ? `${error.message}.` : "This is no CSV."] };
  }
  const [head, ...rest] = lines;
  if (!head || rest.length === 0) return { problems: ["The file has no lines below its head."] };
  if (rest.length > mostLines) return { problems: [`The file has more than ${mostLines} lines.`] };
  const columns = head.map((name) => name.toLowerCase());
  const [email, name, status] = ["email", "name", "status"].map((one) => columns.indexOf(one));
  const missing = ["email", "name", "status"].filter((one) => !columns.includes(one));
  if (email === undefined || name === undefined || status === undefined || missing.length > 0)
    return { problems: [`The first line must name the columns; missing: ${missing.join(", ")}.`] };

  const groups = columns.indexOf("groups");
  const people = new Map<string, RosterLine>();
  const problems: string[] = [];
  rest.forEach((line, i) => {
    const mail = (line[email] ?? "").toLowerCase();
    const said = line[status] ?? "";
    const problem = problemOf(mail, said, people.has(mail));
    if (problem) problems.push(`Line ${i + 2}: ${problem}`);
    const active = works.includes(said.toLowerCase());
    people.set(mail, {
      ...{ email: mail, name: line[name] ?? "", status: said || null, active },
      groups: groups < 0 ? null : groupsIn(line[groups] ?? ""),
    });
  });
  if (problems.length > 0) {
    const more = problems.length - shownProblems;
    const shown = problems.slice(0, shownProblems);
    return { problems: more > 0 ? [...shown, `And ${more} more lines.`] : shown };
  }
  return { people: [...people.values()], lines: rest.length };
}

const groupsIn = (cell: string): string[] =>
  cell
    .split(";")
    .map((one) => one.trim().toLowerCase())
    .filter(Boolean);

function problemOf(mail: string, status: string, known: boolean): string | null {
  if (!/^[^\s@]+@[^\s@]+$/.test(mail))
    return mail ? `“${mail}” is no e-mail.` : "the e-mail is missing.";
  if (known) return `${mail} is there twice.`;
  return [...works, ...worksNoMore].includes(status.toLowerCase())
    ? null
    : `the status “${status}” says neither active nor inactive.`;
}

type Known = { email: string; name: string; active: boolean };
export type Compared = {
  inBoth: number;
  onlyInRoster: RosterPerson[];
  onlyInPanel: RosterPerson[];
  differ: RosterPerson[];
};

/** Holds a roster against the people of a population, by e-mail. `differ` says what each side does. */
export function compareRoster(roster: Roster["people"], population: readonly Known[]): Compared {
  const here = new Map(population.map((one) => [one.email.toLowerCase(), one]));
  const there = new Set(roster.map(({ email }) => email));
  const word = (active: boolean) => (active ? "active" : "deactivated");
  const differ: RosterPerson[] = [];
  const onlyInRoster: RosterPerson[] = [];
  for (const { email, name, status, active } of roster) {
    const known = here.get(email);
    if (!known) onlyInRoster.push({ email, name, status });
    else if (known.active !== active)
      differ.push({
        email,
        name: known.name,
        status: `${status ?? "active"} in the roster, ${word(known.active)} here`,
      });
  }
  const onlyInPanel = population
    .filter(({ email }) => !there.has(email.toLowerCase()))
    .map(({ email, name, active }) => ({ email, name, status: word(active) }));
  return { inBoth: here.size - onlyInPanel.length, onlyInRoster, onlyInPanel, differ };
}
