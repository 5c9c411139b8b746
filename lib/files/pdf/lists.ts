import { edge, type Sheet } from "./sheet.ts";
import { column, flow, leading, measure, styles } from "./text.ts";

/** Beside what is listed: the width of a number or a dot. */
const hanging = 14;

/** What a program reads: its lines and what they begin with are kept. */
export function drawCode(sheet: Sheet, text: string): void {
  const element = sheet.open("Code");
  for (const line of text.split("\n")) {
    const indent = Math.min(120, (/^ */.exec(line)?.[0].length ?? 0) * 4.2);
    const lines = sheet.pen.lines(line.trimStart(), styles.code, measure(sheet) - indent - 16);
    lines.forEach((one, at) => {
      sheet.room(10);
      const x = edge.side + indent + (at > 0 ? 16 : 0);
      sheet.mark(element, "Code", () => sheet.pen.draw(one, x, sheet.y + 8));
      sheet.y += 10;
    });
  }
  element.end();
}

/** Sentences side by side, each with its dot or its number. */
export function drawList(
  sheet: Sheet,
  sentences: readonly string[],
  kind: "dots" | "numbers",
): void {
  const list = sheet.open("L");
  sentences.forEach((sentence, at) => {
    sheet.y += 4;
    const width = measure(sheet) - hanging;
    const lines = sheet.pen.lines(sentence, styles.plain, width);
    const height = lines.length * styles.plain.size * leading;
    if (height < 200) sheet.room(height);
    const item = sheet.open("LI", list);
    const label = sheet.pen.lines(kind === "dots" ? "•" : `${at + 1}.`, styles.label, hanging);
    const top = sheet.y;
    sheet.read("Lbl", () => column(sheet, label, edge.side, top), item);
    const body = sheet.open("LBody", item);
    flow(sheet, body, "LBody", lines, edge.side + hanging);
    body.end();
    item.end();
  });
  list.end();
}

export type Facts = readonly (readonly [label: string, value: string | null | undefined])[];

/** Names and values side by side; a value that is not known is a dash. */
export function drawFacts(sheet: Sheet, facts: Facts, mono: readonly string[]): void {
  sheet.y += 8;
  const rows = facts.map(([label, value]) => {
    const style = mono.includes(label) ? styles.mono : styles.plain;
    const names = sheet.pen.lines(label, styles.label, 126);
    const values = sheet.pen.lines(value || "–", style, measure(sheet) - 142);
    const height = Math.max(names.length, values.length) * styles.plain.size * leading + 3;
    return { style, names, values, height };
  });
  const all = rows.reduce((sum, { height }) => sum + height, 0);
  if (all < 240) sheet.room(all);
  const list = sheet.open("L");
  for (const { style, names, values, height } of rows) {
    if (height < 400) sheet.room(height);
    const item = sheet.open("LI", list);
    const top = sheet.y;
    // Its letters stand on the line of the value's.
    const down = styles.plain.size - styles.label.size;
    sheet.read("Lbl", () => column(sheet, names, edge.side, top + down), item);
    const body = sheet.open("LBody", item);
    sheet.y += styles.plain.size - style.size;
    flow(sheet, body, "LBody", values, edge.side + 142);
    body.end();
    item.end();
    sheet.y = Math.max(sheet.y, top + names.length * styles.label.size * leading) + 3;
  }
  list.end();
  sheet.y += 4;
}
