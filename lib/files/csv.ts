/**
 * What a spreadsheet, or a program before it, could skip before it reads a formula: control characters, blanks, marks without a
 * width or of a direction. In the notation of character classes that JavaScript and PostgreSQL share.
 */
const skipped = String.raw`\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb`;

/**
 * How a formula begins: `= + - @`, a tab or a line's end (OWASP, "CSV Injection"), and the full-width forms of the
 * four, which East Asian versions of spreadsheets take for the same.
 */
const opening = String.raw`=+\u002d@\u0009\u000a\u000d\uff1d\uff0b\uff0d\uff20`;

/** The same for SQL: the cells that `inert` changes. Used by `csv_cell` in the schema. */
export const formulaPattern = `^[${skipped}]*[${opening}]`;
const formula = new RegExp(formulaPattern);

/** A cell that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it. */
export const inert = (text: string): string => (formula.test(text) ? `'${text}` : text);

export type CsvValue = string | number | boolean | Date | null | undefined;

/** One cell as RFC 4180 has it. Numbers stay numbers, also negative ones; nothing is an empty cell. */
export function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "string") return String(value);
  const text = inert(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line, with the line's end of RFC 4180. */
export const csvRow = (values: readonly CsvValue[]): string =>
  `${values.map(csvCell).join(",")}\r\n`;

/** A whole file, in pieces: its head, then a line for each row. */
export async function* csvFile<T>(
  columns: readonly { head: string; of: (row: T) => CsvValue }[],
  rows: AsyncIterable<T> | Iterable<T>,
): AsyncGenerator<string> {
  yield csvRow(columns.map(({ head }) => head));
  for await (const row of rows) yield csvRow(columns.map(({ of }) => of(row)));
}
