import type { Paper } from "#lib/files/pdf/paper.ts";
import { counted } from "#lib/findings/spoken-time.ts";
import { roles } from "#lib/vocabulary.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import type { Closed } from "./campaign.ts";
import type { Summary } from "./summary.ts";

const outcomes = [
  ["keep", "Kept"],
  ["change", "Changed"],
  ["revoke", "Revoked"],
  ["exception", "Exception"],
  ["taken", "Taken meanwhile"],
  ["ended", "Ended before the opening"],
] as const;

/** What the review comes to, in sentences, then as lists of bars. */
export function writeSummary(paper: Paper, campaign: Closed, summary: Summary): void {
  paper.heading("Summary");
  for (const said of [
    outcomeWords(campaign, summary),
    decidedWords(summary),
    howWords(summary),
    provedWords(summary),
    followedWords(summary),
  ])
    if (said) paper.paragraph(said);
  paper.bars({
    title: "Items by outcome",
    bars: outcomes.map(([key, label]) => ({ label, value: summary.decided[key] ?? 0 })),
  });
  paper.bars({
    title: "Items by role",
    bars: roles.map((role) => ({
      label: roleWords[role].name,
      value: summary.byRole[role] ?? 0,
    })),
  });
}

const were = (n: number): string => `${n} ${n === 1 ? "was" : "were"}`;

function outcomeWords({ counts }: Closed, { decided }: Summary): string {
  const of = (key: string) => decided[key] ?? 0;
  const others = [
    [of("exception"), "excepted with an owner and a day"],
    [of("taken"), "taken by somebody outside of the review before it was decided"],
    [of("undecided"), "left undecided"],
  ] as const;
  const also = others.filter(([n]) => n > 0).map(([n, what]) => `, ${n} ${what}`);
  return `Of ${counted(counts.grants, "grant", "grants")} of a role, ${were(of("keep"))} kept, ${of("change")} changed and ${of("revoke")} revoked${also.join("")}. ${were(of("ended"))} over before the review opened, so that nothing was left to decide.`;
}

function decidedWords({ reviewers, firstAt, lastAt, byPolicy, late, unassigned }: Summary): string {
  const policy =
    byPolicy > 0
      ? ` ${were(byPolicy)} decided by nobody and revoked by the policy at the closing.`
      : " The policy had nothing to revoke in place of a reviewer.";
  if (!firstAt || !lastAt) return `No reviewer decided on any item.${policy}`;
  const alone =
    unassigned > 0
      ? ` ${counted(unassigned, "item")} had no reviewer, since nobody without a conflict was left.`
      : " Each item had a reviewer without a conflict.";
  return `${counted(reviewers, "person", "people")} decided, ${daysWords(firstAt, lastAt)} (UTC); ${were(late)} decided after the day on which the review was due.${policy}${alone}`;
}

function howWords(summary: Summary): string {
  const { privileged, inBulk, medianSeconds, changesOfMind, handedOn, reminders } = summary;
  const median =
    medianSeconds === null
      ? ""
      : ` The median time that a reviewer had an item open before the decision is ${counted(medianSeconds, "second")}.`;
  return `${counted(privileged, "item")} ${privileged === 1 ? "is" : "are"} privileged and could be decided only one by one; ${inBulk} of the others ${inBulk === 1 ? "was" : "were"} decided in bulk.${median} ${counted(changesOfMind, "decision")} ${changesOfMind === 1 ? "was" : "were"} replaced by a later one of the same item before the closing. ${counted(handedOn, "item")} ${handedOn === 1 ? "was" : "were"} handed on to another reviewer, and ${counted(reminders, "reminder")} sent.`;
}

function provedWords({ tried }: Summary): string {
  const all = Object.values(tried).reduce((sum, n) => sum + n, 0);
  if (all === 0) return "Nothing was taken from anybody, so there was nothing to try afterwards.";
  const parts = [
    [tried.refused, "it was refused"],
    [tried.given_anew, "somebody had given it anew on record"],
    [tried.still_possible, "it was still possible"],
    [tried.not_tried, "it was not tried before the closing"],
  ] as const;
  const said = parts.filter(([n]) => n).map(([n, what]) => `in ${n} ${what}`);
  return `In ${counted(all, "case")} something was taken by a decision, and the system tried the access afterwards: ${said.join(", ")}. When and how is said with each item.`;
}

const followedWords = ({ tasks }: Summary): string | null =>
  tasks > 0
    ? `${counted(tasks, "task")} outside of this system followed from decisions; who looked whether they were done is said below.`
    : null;

const daysWords = (first: Date, last: Date): string =>
  dayOf(first) === dayOf(last) ? `on ${dayOf(first)}` : `from ${dayOf(first)} to ${dayOf(last)}`;
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
