import { withUnit } from "#components/time-words.ts";
import type { ExportView } from "#lib/evidence/exports/queries.ts";
import type { ExportBreak, ExportFormat } from "#lib/vocabulary.ts";

/** "Audit log, by actor, as CSV": what it is of. */
export const titleOf = ({ what, format }: Pick<ExportView, "what" | "format">): string =>
  `${what.replace(/^the (whole )?/, "").replace(/^./, (letter) => letter.toUpperCase())}, as ${formatWords[format]}`;

const formatWords: Record<ExportFormat, string> = {
  csv: "CSV",
  jsonl: "JSONL",
  pdf: "PDF",
  json: "JSON",
};

/** 1 234 567, by no-break spaces. */
export const number = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, "\u00a0");

export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** "11 480 of 18 402 entries, about 4 s left". */
export function progressWords(view: ExportView, now: Date): string {
  const { rowsDone, rowsExpected, fetchedAt, kind } = view;
  const rows = kind === "log" ? "entries" : "rows";
  if (!fetchedAt) return "Waits for you to fetch its file; after 10 minutes it is given up";
  if (rowsExpected === null) return "Counting";
  const passed = (now.getTime() - fetchedAt.getTime()) / 1000;
  const left = rowsDone > 0 ? Math.ceil((passed * (rowsExpected - rowsDone)) / rowsDone) : null;
  const about =
    left === null
      ? ""
      : `, about ${left < 90 ? withUnit(left, "s") : withUnit(Math.ceil(left / 60), "min")} left`;
  return `${number(rowsDone)} of ${number(rowsExpected)} ${rows}${about}`;
}

/** How far it is, for who hears it: said by quarters, since the numbers change each second. */
export function progressSaid({ rowsDone, rowsExpected, fetchedAt }: ExportView): string {
  if (!fetchedAt) return "Not fetched yet";
  const quarters = rowsExpected ? Math.floor((4 * rowsDone) / rowsExpected) : 0;
  return (
    ["It is being written", "A quarter is written", "Half of it is written"][quarters] ??
    "Three quarters are written"
  );
}

/** What became of it, in two to four words. */
export function statusWords({ status, brokenBy }: Pick<ExportView, "status" | "brokenBy">): string {
  switch (status) {
    case "running":
      return "Running";
    case "complete":
      return "Complete";
    case "cancelled":
      return "Cancelled";
    case "broken":
      return brokenBy ? brokenShort[brokenBy] : "Broken";
  }
}

const brokenShort: Record<ExportBreak, string> = {
  reader_gone: "Broken, cut off",
  not_fetched: "Never fetched",
  fault: "Broken, failed",
  panel_gone: "Broken, panel gone",
  access_over: "Broken, access over",
};
