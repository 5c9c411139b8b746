import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bench } from "./bench.ts";
import { digits, type Figure } from "./figure.ts";

const file = join(import.meta.dirname, "RESULTS.md");
const head = "# Results\n\nWritten by `npm run bench`; what each row means is in README.md.\n";

/** Replaces this bench's part of RESULTS.md and leaves what others measured. */
export async function keep(bench: Bench, machine: string, figures: Figure[]): Promise<void> {
  const text = await readFile(file, "utf8").catch(() => "");
  const parts = new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((part) => [part.split("\n", 1)[0] ?? "", part.trimEnd()]),
  );
  const { name, about } = bench;
  parts.set(name, [name, "", about, "", machine, "", ...table(figures)].join("\n"));
  const sorted = [...parts].sort(([a], [b]) => a.localeCompare(b));
  const body = sorted.map(([, part]) => `## ${part}\n`).join("\n");
  await writeFile(file, `${head}\n${body}`);
}

/** Rows of Markdown, padded so that they read as plain text too. */
export function table(figures: Figure[]): string[] {
  const rows = [
    ["what", "value", "limit", "ratio", "target", "ok"],
    ...figures.map(({ name, value, unit, limit, ratio, target, ok }) => [
      name,
      `${digits(value)} ${unit}`,
      limit === null ? "" : `${digits(limit)} ${unit}`,
      ratio === null ? "" : digits(ratio),
      target ?? "",
      ok === null ? "" : ok ? "yes" : "**no**",
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const [first = [], ...rest] = rows;
  return [line(first), `|${widths.map((w) => "-".repeat(w + 2)).join("|")}|`, ...rest.map(line)];
}
