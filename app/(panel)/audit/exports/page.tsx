import type { Metadata } from "next";
import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { readExports } from "#lib/evidence/exports/queries.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { address } from "../../_filters/address.ts";
import { one, type Query } from "../../_words/one.ts";
import { number, statusWords, titleOf } from "./words.ts";
import "./exports.css";

export const metadata: Metadata = { title: "Exports" };

/** What was taken out of the panel, by whom, for what. */
export default async function ExportsPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("export_evidence");
  const query = await searchParams;
  const place = { before: one(query.before), after: one(query.after) };
  const { rows, newer, older } = await readExports(ctx, place);
  const now = new Date();
  return (
    <Page
      width="wide"
      title="Exports"
      lead="What was exported, by whom and what for: start and end of each are entries. Packs of reviews and lists of controls stand in the audit log alone."
      crumbs={[{ label: "Audit log", href: "/audit" }, { label: "Exports" }]}
    >
      <Card flush label="Exports">
        {rows.length === 0 ? (
          <Empty
            kind="nothing"
            icon="download"
            title="Nothing was exported yet"
            action={<ButtonLink href="/audit/export">Export the audit log…</ButtonLink>}
          >
            An export starts on the audit log, on a session, on a customer or under Exposure. It
            stands here from its start.
          </Empty>
        ) : (
          <Table caption="Exports, newest first" className="exports">
            <thead>
              <tr>
                <Th sorted="descending">Started</Th>
                <Th>By</Th>
                <Th>What</Th>
                <Th>Rows</Th>
                <Th>State</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td className="now">
                    <Time at={row.startedAt} now={now} zone={ctx.actor.zone} />
                  </td>
                  <td className="now to-end">{row.name}</td>
                  <RowHead className="wide what">
                    <PlainLink className="cell" href={`/audit/exports/${row.id}`} data-row>
                      {titleOf(row)}
                    </PlainLink>{" "}
                    <span className="faint">“{row.reason}”</span>
                  </RowHead>
                  <td className="num">
                    {row.rowsExpected === null ? (
                      "–"
                    ) : (
                      <>
                        {number(row.rowsDone)}{" "}
                        <span className="folded faint">{row.rowsDone === 1 ? "row" : "rows"}</span>
                      </>
                    )}
                  </td>
                  <td className="now to-end">{statusWords(row)}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      <Pager
        perPage={30}
        newer={newer}
        older={older}
        to={(place) => address("/audit/exports", place)}
      />
    </Page>
  );
}
