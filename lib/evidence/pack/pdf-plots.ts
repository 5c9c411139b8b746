import type { Paper } from "#lib/files/pdf/paper.ts";
import { counted } from "#lib/findings/spoken-time.ts";
import { dayWords } from "#lib/kernel/days.ts";
import { leastPeople } from "#lib/usage/spread.ts";
import type { Closed } from "./campaign.ts";
import type { Plots } from "./plots.ts";
import type { Summary } from "./summary.ts";

const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
/** "29 Jun", in three letters whatever the list of names. */
const dayLabel = (day: string): string => {
  const parts = short.formatToParts(new Date(`${day}T00:00:00Z`));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("day")} ${of("month").slice(0, 3)}`;
};

/** How the review went on, and how access was used in its period. */
export function writePlots(paper: Paper, campaign: Closed, summary: Summary, plots: Plots): void {
  paper.part("The review and the period in figures");
  writeProgress(paper, summary, plots);
  if (plots.weeks.every(({ looking, acting }) => looking + acting === 0)) {
    paper.paragraph("Nobody stood in for a customer in the period.");
    return;
  }
  writeWeeks(paper, plots);
  writeHours(paper, campaign, plots);
  writeReach(paper, plots);
  writeVotes(paper, plots);
}

function writeProgress(paper: Paper, { decided }: Summary, { progress, lastDay }: Plots): void {
  const all = ["keep", "change", "revoke", "exception", "taken"].reduce(
    (sum, key) => sum + (decided[key] ?? 0),
    0,
  );
  const first = progress[0];
  const end = progress.at(-1);
  if (!first || !end || all === 0) return;
  const due = progress.findIndex(({ day }) => day === lastDay);
  const half = progress.find((day) => day.decided * 2 >= end.decided);
  const halfWords =
    half && end.decided > 0 ? ` Half of them were decided by ${dayWords(half.day)}.` : "";
  const dueWords =
    end.day < lastDay
      ? ` The review was closed before it was due, on ${dayWords(lastDay)}.`
      : ` It was due on ${dayWords(lastDay)}.`;
  const said = `${end.decided} of ${counted(all, "item")} that were to be decided had their decision when the review was closed on ${dayWords(end.day)}.${halfWords}${dueWords}`;
  if (progress.length === 1) {
    paper.paragraph(said);
    return;
  }
  paper.steps({
    title: "Decided items by day, from the opening to the closing",
    note: said,
    alt: said,
    days: progress.map(({ day, decided: sum }) => ({ label: dayLabel(day), sum })),
    all,
    mark: due < 0 ? null : { at: due, label: "due" },
  });
}

function writeWeeks(paper: Paper, { weeks }: Plots): void {
  const sum = (of: (week: Plots["weeks"][number]) => number) =>
    weeks.reduce((all, week) => all + of(week), 0);
  const [looking, acting] = [sum((week) => week.looking), sum((week) => week.acting)];
  paper.columns({
    title: "Impersonation sessions by week",
    note: `${counted(looking + acting, "session")} started in the period: ${looking} looking, ${acting} acting. Weeks begin on Monday.`,
    alt: `By week, looking and acting: ${weeks.map((week) => `${dayLabel(week.monday)}: ${week.looking} and ${week.acting}`).join("; ")}.`,
    parts: ["looking", "acting"],
    ofScopes: true,
    columns: weeks.map((week) => ({
      label: dayLabel(week.monday),
      lower: week.looking,
      upper: week.acting,
    })),
  });
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function writeHours(paper: Paper, { zone }: Closed, { hours, workingHours }: Plots): void {
  const { from, to, days } = workingHours;
  const isIn = (hour: Plots["hours"][number]) =>
    days.includes(hour.weekday) && hour.hour >= from && hour.hour < to;
  const sum = (of: Plots["hours"]) => of.reduce((all, { value }) => all + value, 0);
  const outside = sum(hours.filter((hour) => !isIn(hour)));
  paper.heat({
    title: "Hours in which sessions started",
    note: `Days and hours of ${zone}; the dashed edge is the policy’s working hours. ${outside} of ${counted(sum(hours), "session")} started outside of it by this clock. Whether somebody worked outside of their own hours is judged by their own zone, and stands with the findings.`,
    alt: `By weekday: ${weekdays
      .map((name, at) => `${name} ${sum(hours.filter(({ weekday }) => weekday === at + 1))}`)
      .join(", ")}. ${outside} outside of the working hours.`,
    cells: hours,
    inside: workingHours,
  });
}

function writeReach(paper: Paper, { teams }: Plots): void {
  if (teams.length === 0) {
    paper.paragraph(
      `No team had ${leastPeople} agents who stood in for anybody: how many accounts each of them touched is not shown, since it would tell who did what.`,
      "quiet",
    );
    return;
  }
  paper.spread({
    title: "Accounts that each agent touched, by team",
    note: `A dot is one agent; the band holds eight of ten, the line is the median. Teams of less than ${leastPeople} are not shown. Teams are those of the opening.`,
    alt: teams
      .map(
        ({ team, people, low, median, high, dots }) =>
          `${team}: ${people} agents, median ${median} accounts, eight of ten between ${low} and ${high}, most ${dots.at(-1)?.value ?? 0}.`,
      )
      .join(" "),
    rows: teams.map(({ team, people, ...rest }) => ({
      ...rest,
      name: team,
      second: counted(people, "agent"),
    })),
  });
}

function writeVotes(paper: Paper, { votes, medianWait, approvers }: Plots): void {
  const sum = (of: (week: Plots["votes"][number]) => number) =>
    votes.reduce((all, week) => all + of(week), 0);
  const [approved, denied] = [sum((week) => week.approved), sum((week) => week.denied)];
  if (approved + denied === 0) {
    paper.paragraph("Nobody decided on a request in the period.");
    return;
  }
  const wait =
    medianWait === null ? "" : ` Half of them came within ${waitWords(medianWait)} of the ask.`;
  paper.columns({
    title: "Decisions on requests by week",
    note: `${counted(approvers, "approver")} decided ${counted(approved + denied, "time")}: ${approved} approved, ${denied} denied.${wait}`,
    alt: `By week, approved and denied: ${votes.map((week) => `${dayLabel(week.monday)}: ${week.approved} and ${week.denied}`).join("; ")}.`,
    parts: ["approved", "denied"],
    columns: votes.map((week) => ({
      label: dayLabel(week.monday),
      lower: week.approved,
      upper: week.denied,
    })),
  });
}

const waitWords = (seconds: number): string =>
  seconds < 90 ? counted(seconds, "second") : `${Math.round(seconds / 60)} minutes`;
