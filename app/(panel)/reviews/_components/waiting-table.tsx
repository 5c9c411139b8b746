import { Duration, Time } from "#components/time.tsx";
import { number } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import type { Campaign } from "#lib/reviews/campaigns.ts";
import type { ReviewerProgress } from "#lib/reviews/reviewers-progress.ts";
import { reviewPath } from "../address.ts";
import { RemindButton } from "./remind-button.tsx";

type WaitingTableProps = {
  campaign: Campaign;
  reviewers: readonly ReviewerProgress[];
  /** Items that nobody may decide. */
  unassigned: number;
  /** Decisions within a minute that are worth a warning. */
  rushed: number;
  now: Date;
  zone: string;
  /** Whether the reader may remind and hand on. */
  runs: boolean;
};

/** On whom a review waits, and how they went about it. */
export function WaitingTable(props: WaitingTableProps) {
  const { campaign, reviewers, unassigned, now, zone, runs } = props;
  const open = campaign.status === "open";
  return (
    <Card flush id="waiting" title={open ? "Waiting on" : "Reviewed by"}>
      <Table caption="Progress by reviewer" className="reviewers">
        <thead>
          <tr>
            <Th>Reviewer</Th>
            <Th>Decided</Th>
            <Th numeric>Open</Th>
            <Th numeric>Late</Th>
            <Th numeric>Time on an item</Th>
            <Th>Last reminder</Th>
            {open && runs && <Th hidden>Do</Th>}
          </tr>
        </thead>
        <tbody>
          {reviewers.map((one) => (
            <tr key={one.reviewerId}>
              <RowHead>
                <span className="who">
                  <span>{one.name}</span>
                  {!one.able && one.open > 0 && (
                    <small className="text-problem">
                      {one.deactivated ? "Is deactivated" : "Lost the role"}: hand on
                    </small>
                  )}
                </span>
              </RowHead>
              <td className="wide">
                <span className="row fix">
                  <span className="bar">
                    <Meter value={one.decided} max={one.toDecide} />
                  </span>
                  <span className="num nowrap">
                    {number(one.decided)} of {number(one.toDecide)}
                  </span>
                </span>
              </td>
              <td className="n">
                {number(one.open)}
                <span className="unit"> open</span>
              </td>
              <td className="n">
                {one.late > 0 ? (
                  <strong className="text-problem">{number(one.late)}</strong>
                ) : (
                  <span className="faint">0</span>
                )}
                <span className="unit"> late</span>
              </td>
              <td className={one.seconds === null ? "n hide" : "n"}>
                <Pace {...one} rushed={props.rushed} />
              </td>
              <td className="hide">
                {one.remindedAt ? (
                  <Time at={one.remindedAt} now={now} zone={zone} />
                ) : (
                  <span className="faint">–</span>
                )}
              </td>
              {open && runs && (
                <td className="do">
                  {one.open > 0 ? (
                    <span className="row tight fix">
                      {one.able && (
                        <RemindButton
                          campaignId={campaign.id}
                          reviewerId={one.reviewerId}
                          name={one.name}
                        />
                      )}
                      <ButtonLink
                        variant="quiet"
                        href={`${reviewPath(campaign.slug)}/hand-on?from=${one.reviewerId}`}
                        aria-label={`Hand on what ${one.name} has left…`}
                      >
                        Hand on…
                      </ButtonLink>
                    </span>
                  ) : (
                    <span className="sm faint">Done</span>
                  )}
                </td>
              )}
            </tr>
          ))}
          {unassigned > 0 && (
            <tr>
              <td>
                <Mark icon="warn" tone="problem">
                  Nobody
                </Mark>
              </td>
              <td className="wide" colSpan={open && runs ? 6 : 5}>
                {number(unassigned)} {unassigned === 1 ? "item has" : "items have"} no reviewer:
                everybody who may review has a conflict. Each goes on by rule as soon as somebody
                may.
              </td>
            </tr>
          )}
        </tbody>
      </Table>
    </Card>
  );
}

function Pace({ seconds, most, rushed }: ReviewerProgress & { rushed: number }) {
  return (
    <>
      {seconds === null ? (
        <span className="faint">–</span>
      ) : (
        <>
          <Duration seconds={seconds} />
          <span className="unit"> an item</span>
        </>
      )}
      {most >= rushed ? (
        <>
          {" "}
          <Mark icon="warn" tone="problem">
            {most} within a minute
          </Mark>
        </>
      ) : (
        most >= 3 && <span className="faint">, {most} within a minute</span>
      )}
    </>
  );
}
