"use client";
import { Boxes } from "#components/ui/choices.tsx";
import { Choices, Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Note } from "#components/ui/note.tsx";
import { typed } from "#lib/platform/form-state.ts";
import { ExportForm } from "../../../../audit/exports/_components/export-form.tsx";
import { exportSubject } from "../../../../audit/exports/actions.ts";

/** Asks for the period, and whether names of staff are released, which needs a reason of its own. */
export function ReportForm({ subject }: { subject: { id: string; name: string } }) {
  return (
    <ExportForm
      action={exportSubject}
      hidden={{ subject: subject.id }}
      formats={[
        { value: "pdf", label: "PDF", means: "For the person to read." },
        {
          value: "json",
          label: "JSON",
          means: "The same as data, in a form that stays (alongside.subject-report/1).",
        },
      ]}
      reasonHint="The person’s request: when it came and by which way."
      submit="Make the report"
      keep={`/customers/${subject.id}`}
      more={(state) => {
        const fields = state.ok === false ? state.error.fields : undefined;
        const names = typed(state, "names") === "1";
        return (
          <>
            <div className="days">
              <Field
                name="from"
                label="From"
                hint="Days in UTC. Empty: from the beginning."
                error={fields?.from}
              >
                {(wiring) => <Input {...wiring} type="date" defaultValue={typed(state, "from")} />}
              </Field>
              <Field
                name="to"
                label="To"
                hint="This day included. Empty: up to now."
                error={fields?.to}
              >
                {(wiring) => <Input {...wiring} type="date" defaultValue={typed(state, "to")} />}
              </Field>
            </div>
            <Choices name="names" label="Names of staff">
              <Boxes
                name="names"
                chosen={names ? ["1"] : []}
                options={[
                  {
                    value: "1",
                    label: "Release the names of staff",
                    means:
                      "Without this, departments stand for them. A person is entitled to names only where they cannot use their rights without (CJEU, C-579/21).",
                  },
                ]}
              />
            </Choices>
            <Field
              name="namesReason"
              label="Why are the names released?"
              hint="Only where you release them. It is an entry of its own."
              error={fields?.namesReason}
            >
              {(wiring) => (
                <Input {...wiring} maxLength={500} defaultValue={typed(state, "namesReason")} />
              )}
            </Field>
          </>
        );
      }}
    >
      <Note icon="lock" title="It goes to the person, and to nobody else">
        It names the person, and says when and why staff saw their data. Your name, the reason and
        the file’s SHA-256 go on record.
      </Note>
    </ExportForm>
  );
}
