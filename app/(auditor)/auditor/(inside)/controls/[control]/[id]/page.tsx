import type { Metadata } from "next";
import { absolute } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import { type BehindEntry, readBehind } from "#lib/evidence/controls/behind.ts";
import { controlSchema } from "#lib/evidence/controls/params.ts";
import { readGuestPeriod } from "#lib/evidence/controls/period.ts";
import { readLine } from "#lib/evidence/controls/queries.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { noteLook, refuseGuest, requireGuest } from "#lib/platform/require-guest.ts";
import "#app/_evidence/evidence.css";

export const metadata: Metadata = { title: "Evidence of a line" };

type Props = { params: Promise<{ control: string; id: string }> };

export default async function LinePage({ params }: Props) {
  const guest = await requireGuest();
  const { ctx } = guest;
  const asked = await params;
  const control = controlSchema.safeParse(asked.control);
  const id = idSchema.safeParse(asked.id);
  const period = await readGuestPeriod(ctx);
  const line =
    control.success && id.success ? await readLine(ctx.db, control.data, period, id.data) : null;
  if (!control.success || !line)
    return refuseGuest(guest, "a line that is not in the population of the period");
  const { entries, more } = await readBehind(ctx.db, line, period);
  await noteLook(guest, `a line of ${control.data}: ${line.what}`, {
    control: control.data,
    line: line.id,
  });
  const path = `/auditor/controls/${control.data}`;
  return (
    <Page
      title={line.who}
      actions={<PrintButton />}
      lead={line.what}
      crumbs={[
        { label: "Evidence", href: "/auditor" },
        { label: control.data, href: path },
        { label: "Line" },
      ]}
    >
      <Card title="The line" id="line">
        <DescriptionList
          items={[
            ["When", `${absolute(line.at, period.zone)} (${line.at.toISOString()})`],
            ["Who", line.who],
            ["What", line.what],
            ["Exception", line.exception ?? "none"],
            [
              "Id",
              <span key="id" className="mono wrap-anywhere">
                {line.id}
              </span>,
            ],
          ]}
        />
      </Card>
      <Card
        flush
        title="On record"
        id="record"
        footer={
          <span className="sm soft">
            {more && `The first ${entries.length} entries: ask for the rest. `}Up to the end of your
            last day; what came after it is not of your period.
          </span>
        }
      >
        {entries.length === 0 ? (
          <Empty level="h3" kind="nothing" icon="doc" title="No entry">
            This was set up by the owner of the installation, outside the panel.
          </Empty>
        ) : (
          <Table caption="Entries behind the line, in order" className="lines">
            <thead>
              <tr>
                <Th>Time (UTC)</Th>
                <Th>Event</Th>
                <Th>By</Th>
                <Th>What</Th>
                <Th>Entry</Th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.id}>
                  <td className="mono nowrap">{entry.at.toISOString()}</td>
                  <td className="mono nowrap">{entry.event}</td>
                  <td className="min-w-32">{textOf(entry, "by")}</td>
                  <td className="wide wrap-anywhere">
                    {textOf(entry, "what")}
                    {entry.body.reason !== undefined && (
                      <>
                        {" "}
                        <q>{textOf(entry, "reason")}</q>
                      </>
                    )}
                  </td>
                  <td className="mono hide wrap-anywhere">{entry.id}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
    </Page>
  );
}

const textOf = ({ body }: BehindEntry, name: string): string => {
  const value = body[name];
  return typeof value === "string" ? value : "–";
};
