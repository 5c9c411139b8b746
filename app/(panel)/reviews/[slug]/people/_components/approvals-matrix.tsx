import { durationInMinutes, number, percent } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { classes } from "#components/ui/classes.ts";
import { Empty } from "#components/ui/empty.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { PeopleFigures } from "#lib/usage/look-at-people.ts";
import type { Period } from "#lib/usage/period.ts";
import { address } from "../../../../_filters/address.ts";

type ApprovalsMatrixProps = { figures: PeopleFigures; days: Period };
type Pair = PeopleFigures["deciders"][number]["pairs"][number];

/** Who decides for whom, how fast, and how often not. */
export function ApprovalsMatrix({ figures, days }: ApprovalsMatrixProps) {
  const { deciders, named, policy } = figures;
  const title = named === "own people" ? "Whom you approve" : "Who approves whom";
  const agents = deciders[0]?.pairs ?? [];
  const { pairShare, pairRequests, quickSeconds } = policy.findings;
  const isAlways = ({ decided, ofAll }: Pair) =>
    decided >= pairRequests && decided / ofAll >= pairShare;
  const most = Math.max(1, ...deciders.flatMap(({ pairs }) => pairs.map((one) => one.decided)));
  return (
    <Card
      flush
      id="approvals"
      title={title}
      aside={
        <span className="legend">
          <span>
            <i className="key-outside" aria-hidden="true" />
            nearly always the same
          </span>
        </span>
      }
      footer={
        deciders.length > 0 && (
          <p className="xs faint">
            {`Whoever decided most, and the agents with the largest numbers of one approver. “Quick” is an approval within ${quickSeconds}\u00a0s.`}
          </p>
        )
      }
    >
      {deciders.length === 0 ? (
        <Empty kind="nothing" icon="two" title="Nothing decided in this period" level="h3">
          An approval counts on the day on which it was given.
        </Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className="matrix scrolls" aria-label={title} tabIndex={0}>
          <Table
            caption={`${title}: decisions by approver and agent, with denials and time`}
            fold={false}
          >
            <thead>
              <tr>
                <Th>Approver</Th>
                {agents.map(({ actorId, actorName }) => (
                  <th key={actorId} scope="col" title={actorName}>
                    <span aria-hidden="true">{actorName.split(" ")[0]}</span>
                    <span className="vh">{actorName}</span>
                  </th>
                ))}
                <Th numeric>Denied</Th>
                <Th numeric>Quick</Th>
                <Th numeric>Decides in</Th>
              </tr>
            </thead>
            <tbody className="num">
              {deciders.map((one) => (
                <tr key={one.approverId}>
                  <th scope="row">
                    <PlainLink href={decisionsHref(one.approverId, days)}>{one.name}</PlainLink>
                  </th>
                  {one.pairs.map((pair) => (
                    <td key={pair.actorId}>
                      <span
                        className={classes(
                          "share",
                          depthOf(pair, most),
                          isAlways(pair) && "always",
                        )}
                      >
                        {number(pair.decided)}
                        {isAlways(pair) && <span className="vh">, nearly always the same</span>}
                      </span>
                    </td>
                  ))}
                  <td className="n nowrap">{percent(one.denied, one.approved + one.denied)}</td>
                  <td className="n">{number(one.quick)}</td>
                  <td className="n nowrap">{durationInMinutes(one.seconds)}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </section>
      )}
    </Card>
  );
}

/** What somebody decided in these days, as entries. */
const decisionsHref = (actor: string, { firstDay, lastDay }: Period): string =>
  address("/audit", {
    actor,
    event: ["request.approved", "request.denied"],
    from: firstDay,
    to: lastDay,
  });

const depthOf = ({ decided }: Pair, most: number): string =>
  decided === 0 ? "d0" : decided * 3 <= most ? "d1" : decided * 3 <= 2 * most ? "d2" : "d3";
