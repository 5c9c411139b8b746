"use client";
import { useActionState } from "react";
import { Note } from "#components/ui/note.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { type FormState, typedList, untried } from "#lib/platform/form-state.ts";
import { chooseMyNotices } from "../actions.ts";

type Way = { name: string; label: string; isOpen: boolean };
type Props = {
  groups: readonly { name: string; label: string; means: string }[];
  ways: readonly Way[];
  /** What is on, as `group.way`. */
  on: readonly string[];
};

/** What goes by which way; the inbox is always one of them. */
export function ChooseForm({ groups, ways, on }: Props) {
  const [state, send] = useActionState<FormState<{ changed: number }>, FormData>(
    chooseMyNotices,
    untried,
  );
  const chosen = typedList(state, "on", on);
  return (
    <form action={send} className="stack" noValidate>
      <Refused state={state} />
      {state.ok === true && (
        <Note
          role="status"
          news={state}
          icon="check"
          title={state.value.changed > 0 ? "Saved" : "Nothing was changed"}
        />
      )}
      {ways.map(({ name, isOpen }) =>
        isOpen ? <input key={name} type="hidden" name="shown" value={name} /> : null,
      )}
      {groups.map(({ name }) => (
        <input key={name} type="hidden" name="about" value={name} />
      ))}
      <Table caption="What you are told, and how" className="choose">
        <thead>
          <tr>
            <Th>What</Th>
            <Th>Inbox</Th>
            {ways.map(({ name, label }) => (
              <Th key={name}>{label}</Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.name}>
              <RowHead className="wide">
                <strong>{group.label}</strong>
                <span className="xs soft block">{group.means}</span>
              </RowHead>
              <td>
                <label className="tick">
                  <input
                    type="checkbox"
                    checked
                    disabled
                    readOnly
                    aria-label={`Inbox: ${group.label}, always`}
                  />
                  <span className="folded" aria-hidden="true">
                    Inbox
                  </span>
                </label>
              </td>
              {ways.map((way) => (
                <td key={way.name}>
                  <label className="tick">
                    <input
                      type="checkbox"
                      name="on"
                      value={`${group.name}.${way.name}`}
                      defaultChecked={way.isOpen && chosen.includes(`${group.name}.${way.name}`)}
                      disabled={!way.isOpen}
                      aria-label={`${way.label}: ${group.label}`}
                    />
                    <span className="folded" aria-hidden="true">
                      {way.label}
                    </span>
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      {ways.some(({ isOpen }) => isOpen) ? (
        <div className="row">
          <SubmitButton variant="primary" size="large">
            Save
          </SubmitButton>
        </div>
      ) : (
        <p className="sm soft">There is nothing to choose yet: why not, stands below.</p>
      )}
    </form>
  );
}
