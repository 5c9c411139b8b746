import { Refresh } from "#components/polling.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { ExportView } from "#lib/evidence/exports/queries.ts";
import { pulseOf } from "../pulse-of.ts";
import { progressSaid, progressWords, titleOf } from "../words.ts";
import { CancelForm } from "./cancel-form.tsx";
import { FetchOnce } from "./fetch-once.tsx";

type RunningProps = {
  view: ExportView;
  /** Whether the reader started it. */
  own: boolean;
  now: Date;
  /** On its own page it is fetched at once; elsewhere its name leads there. */
  here: boolean;
};

/** An export that runs: how far it is, its reason, Cancel. Leaving the page does not stop it. */
export function Running({ view, own, now, here }: RunningProps) {
  const { id, rowsDone, rowsExpected, fetchedAt } = view;
  return (
    <section className="card export" aria-label="Export that runs">
      <Refresh
        pulse={`/audit/exports/${id}/pulse`}
        known={JSON.stringify(pulseOf(view))}
        every={1000}
      />
      <span className="row tight">
        <Icon name="doc" />
        <strong>
          {here ? (
            titleOf(view)
          ) : (
            <PlainLink href={`/audit/exports/${id}`}>{titleOf(view)}</PlainLink>
          )}
        </strong>
      </span>
      <span className="row between">
        <span className="soft num">{progressWords(view, now)}</span>
        <span className="vh" role="status">
          {progressSaid(view)}
        </span>
        <span className="xs faint reason">Reason: “{view.reason}”</span>
      </span>
      {own ? (
        <span className="row tight">
          {!fetchedAt &&
            (here ? (
              <FetchOnce file={`/audit/exports/${id}/file`} />
            ) : (
              <a className={buttonClass({})} href={`/audit/exports/${id}/file`}>
                Fetch the file
              </a>
            ))}
          <CancelForm id={id} />
        </span>
      ) : (
        <span className="xs faint">by {view.name}</span>
      )}
      {rowsExpected !== null && <Meter value={rowsDone} max={rowsExpected} label="Export" />}
    </section>
  );
}
