import type { Database } from "#db/client.ts";
import { type CsvValue, csvFile } from "#lib/files/csv.ts";
import type { Content } from "#lib/files/digest.ts";
import { type Closed, namesThen } from "./campaign.ts";
import { allDecisions } from "./decisions.ts";
import { type Column, decisionColumns, differenceColumns, itemColumns } from "./fields.ts";
import { allItems } from "./items.ts";
import type { PublicKey } from "./manifest.ts";
import { reviewPdf } from "./review-pdf.ts";
import { allDifferences } from "./roster.ts";

/** Read anew each time that it is asked for, from rows that nothing changes. */
export type PackFile = { name: string; content: () => Content };

/** The files of a pack but the manifest, by name; none is read before it is its turn. */
export async function packFiles(
  db: Database,
  campaign: Closed,
  key: PublicKey,
): Promise<PackFile[]> {
  const { id, slug } = campaign;
  const names = await namesThen(db, campaign);
  const items = () => allItems(db, id, names);
  const decisions = () => allDecisions(db, id, names);
  const [ofItem, ofDecision] = [itemColumns(slug), decisionColumns(slug)];
  const publicKey = `${JSON.stringify({ ...key, alg: "ES256" })}\n`;
  return [
    { name: "decisions.csv", content: () => csvFile(ofDecision, decisions()) },
    { name: "decisions.jsonl", content: () => jsonLines(ofDecision, decisions()) },
    { name: "items.csv", content: () => csvFile(ofItem, items()) },
    { name: "items.jsonl", content: () => jsonLines(ofItem, items()) },
    { name: "public-key.json", content: () => [publicKey] },
    { name: "review.pdf", content: () => reviewPdf(db, campaign, names) },
    { name: "roster.csv", content: () => csvFile(differenceColumns, allDifferences(db, id)) },
  ];
}

/** The same fields as in the table, typed: times as ISO 8601, nothing as null, lists as lists. */
async function* jsonLines<T>(
  columns: readonly Column<T>[],
  rows: AsyncIterable<T>,
): AsyncGenerator<string> {
  const said = ({ of, json }: Column<T>, row: T): unknown => json?.(row) ?? plain(of(row));
  for await (const row of rows) {
    const fields = columns.map((column) => [column.head, said(column, row)] as const);
    yield `${JSON.stringify(Object.fromEntries(fields))}\n`;
  }
}

const plain = (value: CsvValue): CsvValue => (value === "" ? null : (value ?? null));
