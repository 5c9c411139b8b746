import { parse } from "csv-parse/sync";
import type { RosterPerson } from "#db/schema/reviews.ts";

const mostBytes = 5 << 20;
const mostLines = 100_000;
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
 * A company's list of who works there, out of a CSV with the columns email, name and status in any order and case, apart by
 * commas, semicolons or tabs, and `groups` of the issuer where it has them, apart by semicolons. Problems name their lines;
 * with one nothing is taken.
 */
export function readRoster(text: string): Roster | { problems: string[] } {
  if (Buffer.byteLength(text) > mostBytes) return { problems: ["The file is larger than 5 MB."] };
  let lines: Parsed[];
  try {
    lines = linesOf(text);
  } catch (error) {
    return { problems: [error instanceof Error ? `${error.message}.` : "This is no CSV."] };
  }
  const [head, ...rest] = lines;
  if (!head || rest.length === 0) return { problems: ["The file has no lines below its head."] };
  if (rest.length > mostLines) return { problems: [`The file has more than ${mostLines} lines.`] };
  const columns = head.cells.map((name) => name.toLowerCase());
  const [email, name, status] = ["email", "name", "status"].map((one) => columns.indexOf(one));
  const missing = ["email", "name", "status"].filter((one) => !columns.includes(one));
  if (email === undefined || name === undefined || status === undefined || missing.length > 0)
    return { problems: [`The first line must name the columns; missing: ${missing.join(", ")}.`] };

  const groups = columns.indexOf("groups");
  const people = new Map<string, RosterLine>();
  const problems: string[] = [];
  for (const { cells: line, number } of rest) {
    const mail = (line[email] ?? "").toLowerCase();
    const said = line[status] ?? "";
    const problem =
      problemOf(mail, said, people.has(mail)) ??
      (groups >= 0 && line.length > columns.length
        ? "it has more cells than the first line."
        : null);
    if (problem) problems.push(`Line ${number}: ${problem}`);
    const active = works.includes(said.toLowerCase());
    people.set(mail, {
      ...{ email: mail, name: line[name] ?? "", status: said || null, active },
      groups: groups < 0 ? null : groupsIn(line[groups] ?? ""),
    });
  }
  if (problems.length > 0) {
    const more = problems.length - shownProblems;
    const shown = problems.slice(0, shownProblems);
    return { problems: more > 0 ? [...shown, `And ${more} more lines.`] : shown };
  }
  return { people: [...people.values()], lines: rest.length };
}

/** A line's cells, and on which line of the file it ends. */
type Parsed = { cells: string[]; number: number };

function linesOf(text: string): Parsed[] {
  const said = /^\uFEFF?sep=([,;\t])\r?\n/i.exec(text);
  const lines: Parsed[] = [];
  parse(text, {
    bom: true,
    delimiter: said?.[1] ?? separatorIn(text),
    from_line: said ? 2 : 1,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    on_record: (cells: string[], { lines: number }) => {
      lines.push({ cells, number });
      return null;
    },
  });
  return lines;
}

/** What is between the columns: spreadsheets write semicolons where a comma is in numbers, and tabs for what is copied. */
function separatorIn(text: string): string {
  const head = /^.*/.exec(text)?.[0].replaceAll(/"[^"]*"/g, "") ?? "";
  const times = (separator: string) => head.split(separator).length;
  return [";", "\t"].find((one) => times(one) > times(",")) ?? ",";
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
