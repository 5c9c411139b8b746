import { Card } from "#components/ui/card.tsx";
import { classes } from "#components/ui/classes.ts";
import { Table, Th } from "#components/ui/table.tsx";
import { type ItemFigures, isRunning } from "#lib/reviews/figures-of.ts";
import type { Item } from "#lib/reviews/item.ts";
import { calledBy } from "../../words.ts";
import { figureRows, isFar } from "../figures.ts";
import { Band } from "./band.tsx";
import "#components/charts/plots.css";

type DidProps = { item: Item; figures: ItemFigures; period: string; before: string };

/** Whether the right was held for a part of the period only. */
const isPart = ({ campaign, grantedAt, endedAt }: Item): boolean =>
  grantedAt > campaign.startsAt || (endedAt !== null && endedAt < campaign.throughAt);

/** What the person did in the period, against the one before and against their peers. */
export function Did({ item, figures, period, before }: DidProps) {
  const given = calledBy(item);
  const rows = figureRows(item.role, figures);
  const { peers } = figures;
  if (rows.length === 0)
    return (
      <Card title={`What ${given} did with it`} id="did">
        <p className="soft">
          This role leaves its traces in the audit log; nothing of it is counted.{" "}
          <a href={`/audit?actor=${item.personId}`}>What {given} did</a>
        </p>
      </Card>
    );
  return (
    <Card
      title={`What ${given} did with it`}
      id="did"
      flush
      aside={
        peers && (
          <span className="legend">
            <span>
              <i className="key-rest" aria-hidden="true" />8 of 10 peers
            </span>
            <span>
              <i className="key-median" aria-hidden="true" />
              median
            </span>
            <span>
              <i className="key-one" aria-hidden="true" />
              {given}
            </span>
          </span>
        )
      }
      footer={
        (!peers || isRunning(item) || isPart(item)) && (
          <span className="sm soft">
            {isPart(item) && `Only what ${given} did while this grant was held. `}
            {isRunning(item) &&
              "The period runs still: this is up to the opening, of peers to the end of that day. "}
            {!peers &&
              `Fewer than five others hold this role in ${item.team}, so there is nothing to compare with: it would tell who did what.`}
          </span>
        )
      }
    >
      <Table
        caption={`What ${item.name} did, ${period} against ${before}${peers ? ` and against ${peers.people} peers` : ""}`}
        className="did"
      >
        <thead>
          <tr>
            <Th>In the period</Th>
            <Th numeric>{given}</Th>
            <Th numeric>Before</Th>
            {peers && <Th numeric>Peers</Th>}
            {peers && <Th numeric>Against {peers.people} peers</Th>}
          </tr>
        </thead>
        <tbody className="num">
          {rows.map(({ label, of, now, before: then, spread, words }) => (
            <tr key={label}>
              <th scope="row">
                {label}
                {of && <small className="faint"> {of}</small>}
              </th>
              <td className={classes("n", spread && isFar(now, spread) && "far")}>
                <strong>{words(now)}</strong>
              </td>
              <td className="n hide">{words(then)}</td>
              {peers && (
                <td className="n hide">{spread ? words(spread.median) : <span>–</span>}</td>
              )}
              {peers && (
                <td className="wide plot-cell">
                  {spread && <Band value={now} spread={spread} words={words} />}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
