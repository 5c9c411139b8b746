import type { Ref } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import type { Preview } from "#lib/policy/edit-policy.ts";
import { Effects } from "./effects.tsx";
import type { Values } from "./form-values.ts";

type PreviewCardProps = { preview: Preview; values: Values; ref: Ref<HTMLElement> };

/** What a change comes to, and what saves it. */
export function PreviewCard({ preview, values, ref }: PreviewCardProps) {
  const { changes, effects, looser, seconds, mark } = preview;
  const waits = looser.length > 0;
  return (
    <section ref={ref} tabIndex={-1} className="card" aria-labelledby="preview">
      <header>
        <h2 id="preview">What it comes to</h2>
      </header>
      <div className="in stack">
        <Table caption="What is different" className="ruled changes">
          <thead>
            <tr>
              <Th>What</Th>
              <Th>Now</Th>
              <Th>Then</Th>
              <Th>It is</Th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ field, what, before, after, isLooser }) => (
              <tr key={`${field} ${what} ${before} ${after}`}>
                <RowHead className="wide">{what}</RowHead>
                <td className="soft">{before || <span className="faint">nothing</span>}</td>
                <td>
                  <strong className="font-medium">
                    {after || <span className="faint">nothing</span>}
                  </strong>
                </td>
                <td className="nowrap">
                  {isLooser ? (
                    <Mark icon="two" tone="accent">
                      Looser
                    </Mark>
                  ) : (
                    <Mark icon="check">Not looser</Mark>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
        <div className="stack s">
          <h3 className="text-sm font-semibold">In your directory, as it is now</h3>
          <Effects effects={effects} />
        </div>
        {waits ? (
          <Note tone="accent" level="h3" title="A second person accepts it first">
            {`${looser.join(", ")}: looser, or not known to be tighter. ${
              seconds.length === 0
                ? "Nobody else can yet: it takes another admin, or somebody of compliance."
                : `${new Intl.ListFormat("en-GB", { type: "disjunction" }).format(seconds.slice(0, 3))} can. Until then nothing changes.`
            }`}
          </Note>
        ) : (
          <Note level="h3" icon="check" title="Nothing is looser">
            You may put it into force yourself.
          </Note>
        )}
        <Save mark={mark} waits={waits} values={values} />
      </div>
    </section>
  );
}

function Save({ mark, waits, values }: { mark: string; waits: boolean; values: Values }) {
  return (
    <>
      <input type="hidden" name="mark" value={mark} />
      <Field name="reason" label="Why is it changed?" error={values.error("reason")}>
        {(wiring) => (
          <TextArea
            {...wiring}
            className="min-h-20"
            atLeast={10}
            atMost={500}
            defaultValue={values.text("reason")}
          />
        )}
      </Field>
      <Field
        name="from"
        label={
          <>
            From which day on? <span className="faint font-normal">· at once if left empty</span>
          </>
        }
        error={values.error("from")}
        after="The day begins at midnight where the company is. One change at a time lies ahead; this one takes its place."
      >
        {(wiring) => (
          <Input {...wiring} type="date" className="short" defaultValue={values.text("from")} />
        )}
      </Field>
      <div className="row">
        <SubmitButton size="large" variant="primary" icon="check" name="do" value="save">
          {waits ? "Propose it" : "Put it into force"}
        </SubmitButton>
      </div>
    </>
  );
}
