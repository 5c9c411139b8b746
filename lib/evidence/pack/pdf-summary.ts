import type { Paper } from "#lib/files/pdf/paper.ts";
import { roles } from "#lib/vocabulary.ts";
import type { Summary } from "./summary.ts";

const outcomes = [
  ["keep", "Keep"],
  ["change", "Change"],
  ["revoke", "Revoke"],
  ["exception", "Exception"],
  ["taken", "Taken meanwhile"],
  ["ended", "Ended before the opening"],
] as const;

/** What the review comes to, with plots that read as lists. */
export function writeSummary(paper: Paper, summary: Summary): void {
  paper.heading("Summary");
  const changed = (summary.decided.change ?? 0) + (summary.decided.revoke ?? 0);
  paper.facts([
    ["Changed or revoked", `${changed}, each carried out; how each was proved is with the item`],
    ["Privileged items", String(summary.privileged)],
    ["Decided in bulk", String(summary.inBulk)],
    ["Decided after the day", String(summary.late)],
    ["Handed on", String(summary.handedOn)],
    ["Without a reviewer", String(summary.unassigned)],
    ["Reminders sent", String(summary.reminders)],
  ]);
  paper.bars({
    title: "Items by outcome",
    bars: outcomes.map(([key, label]) => ({ label, value: summary.decided[key] ?? 0 })),
  });
  paper.bars({
    title: "Items by role",
    bars: roles.map((role) => ({ label: role, value: summary.byRole[role] ?? 0 })),
  });
  if (summary.sessions.length === 0) {
    paper.paragraph("Nobody stood in for a customer in the period.");
    return;
  }
  paper.bars({
    title: "Impersonation sessions by week of the period (weeks begin on Monday)",
    bars: summary.sessions.map(({ week, looking, acting }) => ({
      label: week,
      value: looking + acting,
      text: `${looking + acting}, ${acting} acting`,
    })),
  });
}
