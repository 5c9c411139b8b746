import { RowKeys } from "#components/keys/row-keys.tsx";
import { Time } from "#components/time.tsx";
import { number } from "#components/time-words.ts";
import { Mark } from "#components/ui/mark.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { periodDays } from "#lib/kernel/days.ts";
import type { Campaign } from "#lib/reviews/campaigns.ts";
import { decidedOf, noProgress, type Progress, toDecideOf } from "#lib/reviews/progress.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { reviewPath } from "../address.ts";

type CampaignsTableProps = {
  rows: readonly Campaign[];
  progress: ReadonlyMap<string, Progress>;
  now: Date;
  zone: string;
};

/** Reviews, the newest first, each with how far it is. */
export function CampaignsTable({ rows, progress, now, zone }: CampaignsTableProps) {
  return (
    <RowKeys>
      <Table twoLines caption="Reviews, newest first" className="campaigns">
        <thead>
          <tr>
            <Th>Period</Th>
            <Th>Status</Th>
            <Th>Decided</Th>
            <Th numeric>Late</Th>
            <Th>Due</Th>
            <Th>Opened</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((campaign) => {
            const p = progress.get(campaign.id) ?? noProgress;
            const [decided, all] = [decidedOf(p), toDecideOf(p)];
            return (
              <tr key={campaign.id}>
                <RowHead className="wide">
                  <span className="who">
                    <PlainLink className="cell" href={reviewPath(campaign.slug)} data-row>
                      {periodTitle(campaign.firstDay, campaign.lastDay)}
                    </PlainLink>
                    {periodTitle(campaign.firstDay, campaign.lastDay) !==
                      periodDays(campaign.firstDay, campaign.lastDay) && (
                      <small>{periodDays(campaign.firstDay, campaign.lastDay)}</small>
                    )}
                  </span>
                </RowHead>
                <td>
                  <StatusMark status={campaign.status} />
                </td>
                <td className="decided-of">
                  <span className="row fix">
                    <span className="bar">
                      <Meter value={decided} max={all} />
                    </span>
                    <span className="num nowrap">
                      {number(decided)} of {number(all)}
                    </span>
                  </span>
                </td>
                <td className={p.late > 0 ? "n" : "n hide"}>
                  {p.late > 0 ? (
                    <Mark icon="clock" tone="problem">
                      {number(p.late)} late
                    </Mark>
                  ) : (
                    <span className="faint">0</span>
                  )}
                </td>
                <td className={campaign.status === "closed" ? "hide" : "due nowrap to-end"}>
                  {campaign.status === "closed" ? (
                    <span className="faint">–</span>
                  ) : (
                    <>
                      <span className="folded">due </span>
                      <Time
                        at={new Date(campaign.dueAt.getTime() - 1)}
                        now={now}
                        zone={campaign.zone}
                        style="day"
                      />
                    </>
                  )}
                </td>
                <td className="hide">
                  <span className="who">
                    <Time at={campaign.openedAt} now={now} zone={zone} style="day" />
                    <small>{campaign.openedBy ?? "By itself"}</small>
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </RowKeys>
  );
}

export function StatusMark({ status }: { status: Campaign["status"] | "closing" }) {
  if (status === "closing") return <Mark icon="clock">Being closed</Mark>;
  return status === "open" ? (
    <Mark icon="half" tone="accent">
      Open
    </Mark>
  ) : (
    <Mark icon="lock">Closed</Mark>
  );
}
