"use client";
import { useActionState } from "react";
import { ScopeMark } from "#components/marks.tsx";
import { Time } from "#components/time.tsx";
import { durationInMinutes } from "#components/time-words.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import { untried } from "#lib/platform/form-state.ts";
import type { Scope } from "#lib/vocabulary.ts";
import { openSampled } from "../../actions.ts";

export type SampledRow = {
  sessionId: string;
  why: "break_glass" | "finding" | "chance";
  /** What was found about it, and whether somebody has still to dispose of that. */
  found: { words: string; open: boolean }[];
  scope: Scope;
  startedAt: Date;
  seconds: number;
  subject: { name: string; lang: string | null };
  account: string;
  openedAt: Date | null;
  openedBy: string | null;
};
type SampleProps = {
  itemId: string;
  rows: readonly SampledRow[];
  /** Whether opening is recorded: the reader reviews the item. */
  opens: boolean;
  now: Date;
  zone: string;
};

/** The sessions that the reviewer is asked to open. `O` moves to the first that is not opened; `↵` opens it. */
export function Sample({ itemId, rows, opens, now, zone }: SampleProps) {
  const [state, send] = useActionState(openSampled, untried);
  const first = rows.find((row) => !row.openedAt) ?? rows[0];
  return (
    <form action={send}>
      <input type="hidden" name="itemId" value={itemId} />
      {state.ok === false && <Note tone="problem" role="alert" title={state.error.message} />}
      <Table caption="Sampled sessions" className="sample">
        <thead>
          <tr>
            <Th>When</Th>
            <Th>As</Th>
            <Th>Why in the sample</Th>
            <Th>Scope</Th>
            <Th numeric>Stayed</Th>
            <Th>Opened</Th>
            <Th hidden>Open it</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.sessionId}>
              <td>
                <Time at={row.startedAt} now={now} zone={zone} />
              </td>
              <td className="wide">
                <span className="who">
                  <span className="name clamp" lang={row.subject.lang ?? undefined}>
                    {row.subject.name}
                  </span>
                  <small className="clamp">{row.account}</small>
                </span>
              </td>
              <td className="wide">
                <Why {...row} />
              </td>
              <td>
                <ScopeMark scope={row.scope} />
              </td>
              <td className="n hide">{durationInMinutes(row.seconds)}</td>
              <td>
                {row.openedAt ? (
                  <span className="row tight">
                    <Icon name="check" />
                    <span className="faint">
                      <Time at={row.openedAt} now={now} zone={zone} />
                    </span>
                  </span>
                ) : (
                  <span className="faint">Not opened</span>
                )}
              </td>
              <td>
                {opens ? (
                  <SubmitButton
                    pending="Opening…"
                    name="sessionId"
                    value={row.sessionId}
                    data-key={row === first ? "o" : undefined}
                    aria-keyshortcuts={row === first ? "o" : undefined}
                    aria-label={`Open the session as ${row.subject.name}`}
                  >
                    Open
                  </SubmitButton>
                ) : (
                  <a
                    className="btn"
                    href={`/sessions/${row.sessionId}`}
                    data-key={row === first ? "o" : undefined}
                    aria-keyshortcuts={row === first ? "o" : undefined}
                  >
                    Open<span className="vh"> the session as {row.subject.name}</span>
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </form>
  );
}

/** Why it is in the sample, and what was found about it, also since. */
function Why({ why, found }: Pick<SampledRow, "why" | "found">) {
  const isOpen = found.some(({ open }) => open);
  const shown = isOpen ? found.filter(({ open }) => open) : found;
  return (
    <span className="who">
      <span>
        {why === "break_glass" ? (
          <Mark icon="bolt" tone="ink">
            Break-glass
          </Mark>
        ) : isOpen ? (
          <Mark icon="flag" tone="problem">
            Open finding
          </Mark>
        ) : why === "finding" ? (
          <Mark icon="flag">Finding, disposed of</Mark>
        ) : (
          <span className="soft">By chance</span>
        )}
      </span>
      {shown.length > 0 && <small>{shown.map(({ words }) => words).join("; ")}</small>}
    </span>
  );
}
