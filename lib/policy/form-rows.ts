/** What a form sends: texts by name; a name that comes several times is a list. */
export type Typed = Record<string, string | string[]>;

/** The lists that a form shows as rows, and the fields of each row. */
export const rowFields = {
  "approvals.rules": ["votes", "by", "scopes", "tiers", "who"],
  reach: ["team", "regions", "tiers", "products", "subjectRoles"],
  reasons: ["category", "label", "hint", "basis", "ticket"],
} as const;
export type RowList = keyof typeof rowFields;
export const isRowList = (field: string): field is RowList => Object.hasOwn(rowFields, field);

export const mostRows: Record<RowList, number> = { "approvals.rules": 50, reach: 200, reasons: 6 };

/** Every text of a name that may come several times. */
export const many = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : [value].flat().filter((one) => one !== "");
/** The first of them. */
export const one = (value: string | string[] | undefined): string => [value ?? ""].flat()[0] ?? "";

/** The rows that a form shows of a list, by their marks. */
export const rowsIn = (typed: Typed, list: RowList): string[] =>
  [...new Set(many(typed[`${list}.rows`]))]
    .filter((row) => /^\d{1,3}$/.test(row))
    .slice(0, mostRows[list]);

/** With one empty row more. */
export function withRow(typed: Typed, list: RowList): Typed {
  const rows = rowsIn(typed, list);
  const next = Math.max(-1, ...rows.map(Number)) + 1;
  return { ...typed, [`${list}.rows`]: [...rows, String(next)] };
}

export const withoutRow = (typed: Typed, list: RowList, row: string): Typed => ({
  ...typed,
  [`${list}.rows`]: rowsIn(typed, list).filter((other) => other !== row),
});
