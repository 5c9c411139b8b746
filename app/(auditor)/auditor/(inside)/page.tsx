import type { Metadata } from "next";
import { ControlsTable } from "#app/_evidence/controls-table.tsx";
import { periodWords } from "#app/_evidence/words.ts";
import { absolute, cityOf, number } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Page } from "#components/ui/page.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { readGuestPeriod } from "#lib/evidence/controls/period.ts";
import { countControls } from "#lib/evidence/controls/queries.ts";
import { readCampaigns } from "#lib/evidence/pack/campaign.ts";
import { noteLook, requireGuest } from "#lib/platform/require-guest.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import "#app/_evidence/evidence.css";

export const metadata: Metadata = { title: "Evidence" };

export default async function AuditorPage() {
  const guest = await requireGuest();
  const { ctx } = guest;
  const period = await readGuestPeriod(ctx);
  const [campaigns, counts] = await Promise.all([
    readCampaigns(ctx),
    countControls(ctx.db, period),
  ]);
  await noteLook(guest, "the reviews and controls of the period");
  const { zone } = period;
  return (
    <Page
      title="Evidence"
      actions={<PrintButton />}
      lead={`${periodWords(period)}, ${cityOf(zone)} time: access reviews, and what stands behind each control.`}
    >
      <Card flush title="Access reviews" id="reviews">
        {campaigns.length === 0 ? (
          <Empty level="h3" kind="nothing" icon="review" title="No review lies within your days">
            A review is shown once all of its days are among yours.
          </Empty>
        ) : (
          <Table caption="Access reviews of the period" className="reviews">
            <thead>
              <tr>
                <Th>Review</Th>
                <Th>State</Th>
                <Th numeric>Items</Th>
                <Th numeric>People</Th>
                <Th>Opened</Th>
                <Th>Closed</Th>
              </tr>
            </thead>
            <tbody>
              {campaigns.map((one) => (
                <tr key={one.id}>
                  <RowHead className="wide">
                    <PlainLink className="cell" href={`/auditor/reviews/${one.slug}`}>
                      {periodTitle(one.firstDay, one.lastDay)}
                    </PlainLink>
                  </RowHead>
                  <td>
                    <Mark icon={one.closedAt ? "check" : "clock"}>
                      {one.closedAt ? "Closed" : "Open"}
                    </Mark>
                  </td>
                  <td className="n">
                    {number(one.counts.grants)}{" "}
                    <span className="folded">{one.counts.grants === 1 ? "item" : "items"}</span>
                  </td>
                  <td className="n">
                    {number(one.counts.people)}{" "}
                    <span className="folded">{one.counts.people === 1 ? "person" : "people"}</span>
                  </td>
                  <td className="hide">{absolute(one.openedAt, zone)}</td>
                  <td className="hide">{one.closedAt ? absolute(one.closedAt, zone) : "–"}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      <Card flush title="Controls" id="controls">
        <ControlsTable
          counts={counts}
          hrefOf={(control, only) =>
            `/auditor/controls/${control}${only ? "?only=exceptions" : ""}`
          }
        />
      </Card>
    </Page>
  );
}
