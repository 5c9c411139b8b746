import { number } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { type ControlId, controls } from "#lib/evidence/controls/controls.ts";
import type { Sample } from "#lib/evidence/controls/draw.ts";
import type { EvidenceParams } from "#lib/evidence/controls/params.ts";
import type { Period } from "#lib/evidence/controls/period.ts";
import type { Count, Line } from "#lib/evidence/controls/queries.ts";
import type { Page } from "#lib/kernel/cursor.ts";
import { withQuery } from "./address.ts";
import { DrawForm } from "./draw-form.tsx";
import { LinesTable } from "./lines-table.tsx";
import { counted, periodQuery } from "./words.ts";
import "./evidence.css";

type ControlViewProps = {
  control: ControlId;
  period: Period;
  params: EvidenceParams;
  /** The address of this control's page. */
  path: string;
  count: Count;
  /** The sample that was drawn; null: the population is shown. */
  sample: Sample | null;
  population: Page<Line>;
  hrefOf: (line: Line) => string;
  entryOf?: (line: Line) => string | null;
  /** Whether whoever looks may take the whole population as a file. */
  mayTake: boolean;
};

/** One control: what its population is, a sample of it on the spot, and the population itself. */
export function ControlView(props: ControlViewProps) {
  const { control, period, params, path, count, sample, population, hrefOf, entryOf, mayTake } =
    props;
  const { query, exceptions, iso } = controls[control];
  const keep = periodQuery(period);
  const only = params.only ?? null;
  const place = (more: Record<string, string | null>) =>
    withQuery(path, { ...keep, only, ...more });
  return (
    <>
      <Card title="What stands behind it" id="query">
        <DescriptionList
          items={[
            ["Population", query],
            ["Lines", number(count.count)],
            [
              "An exception is",
              <ul key="exceptions" className="exceptions">
                {exceptions.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>,
            ],
            ["Exceptions", number(count.exceptions)],
            ["ISO 27001:2022", iso.join(", ")],
          ]}
        />
      </Card>
      <Card title="A sample, drawn now" id="sample">
        <DrawForm path={path} keep={keep} n={params.n ?? 25} seed={params.seed ?? ""} />
        <p className="sm soft pt-4">
          Lines are ordered by the SHA-256 of “seed:id”, and the first ones taken: whoever knows the
          population draws the same. Each draw is on record, with its size and its seed.
        </p>
      </Card>
      {sample && (
        <Card
          flush
          title={`${counted(sample.lines.length, "line")} of ${number(count.count)}, seed ${sample.seed}`}
          id="drawn"
          aside={
            sample.lines.length > 0 && (
              <a
                className="btn"
                href={withQuery(`${path}/file`, {
                  ...keep,
                  n: String(sample.n),
                  seed: sample.seed,
                })}
              >
                Download as CSV
              </a>
            )
          }
        >
          {sample.lines.length === 0 ? (
            <Empty level="h3" kind="nothing" title="Nothing to draw from">
              The population of this period is empty.
            </Empty>
          ) : (
            <LinesTable
              caption={`Sample of ${control}, seed ${sample.seed}`}
              lines={sample.lines}
              zone={period.zone}
              hrefOf={hrefOf}
              entryOf={entryOf}
            />
          )}
        </Card>
      )}
      <Card
        flush
        title={only ? "Exceptions of the period" : "The whole population"}
        id="population"
        aside={
          <span className="row">
            {mayTake && count.count > 0 && (
              <a className="btn" href={withQuery(`${path}/population`, keep)}>
                Download every line as CSV
              </a>
            )}
            {only && <ButtonLink href={withQuery(path, keep)}>Show all lines</ButtonLink>}
            {!only && count.exceptions > 0 && (
              <ButtonLink href={withQuery(path, { ...keep, only: "exceptions" })}>
                Exceptions only
              </ButtonLink>
            )}
          </span>
        }
      >
        {population.rows.length === 0 ? (
          <Empty
            level="h3"
            kind={only ? "no-match" : "nothing"}
            title={only ? "No exception in this period" : "No line in this period"}
          >
            {only
              ? "Every line of the population is as the control wants it."
              : "What happens in the period stands here as it happens."}
          </Empty>
        ) : (
          <LinesTable
            caption={`${only ? "Exceptions in the population" : "Population"} of ${control}, newest first`}
            lines={population.rows}
            zone={period.zone}
            hrefOf={hrefOf}
            entryOf={entryOf}
          />
        )}
      </Card>
      <Pager perPage={50} newer={population.newer} older={population.older} to={place} />
    </>
  );
}
