/** Lines of cells as a CSV file (RFC 4180). */
export function csv(lines: readonly (readonly string[])[]): string {
  return `${lines.map((cells) => cells.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A cell that a spreadsheet would run as a formula is kept from it by an apostrophe. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
