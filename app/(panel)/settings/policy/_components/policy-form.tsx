"use client";
import { useActionState, useEffect, useRef } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Typed } from "#lib/policy/form-rows.ts";
import { editThePolicy } from "../actions.ts";
import type { Section } from "../sections.ts";
import { Done } from "./done.tsx";
import { start, type Values, valuesOf } from "./form-values.ts";
import { ReachRows, ReasonRows, RuleRows } from "./list-rows.tsx";
import { PolicyFieldInput } from "./policy-field.tsx";
import { PreviewCard } from "./preview-card.tsx";

type PolicyFormProps = {
  sections: readonly Section[];
  /** What is in force, as the form shows it. */
  initial: Typed;
  version: number;
  /** Where the rules in force stand. */
  back: string;
};

/** A change of the policy, in steps: rows more or less, a look at what it comes to, saving. Works without script. */
export function PolicyForm({ sections, initial, version, back }: PolicyFormProps) {
  const [state, send] = useActionState(editThePolicy, start);
  const refused = state.ok === false ? state.error : null;
  const step = state.ok ? state.value : null;
  const values = valuesOf(state, initial);
  const shown = useRef<HTMLElement>(null);
  const preview = step?.step === "preview" ? step.preview : null;
  useEffect(() => {
    if (preview) shown.current?.focus();
  }, [preview]);
  if (step?.step === "done") return <Done done={step} back={back} />;
  // Who lost a race has read what is different now, and goes on from there.
  const follows = refused?.detail?.version ?? (values.text("follows") || version);
  const seen = values.text("seen") || version;
  return (
    <form action={send} className="stack policy-form" noValidate>
      {/* What Enter in a field does. */}
      <button type="submit" name="do" value="preview" className="vh" tabIndex={-1} aria-hidden>
        Look at what it comes to
      </button>
      {refused?.fields && <ErrorSummary error={refused} />}
      {refused && !refused.fields && (
        <Note tone="problem" role="alert" title={refused.message}>
          What you typed is kept.
        </Note>
      )}
      <input type="hidden" name="follows" value={String(follows)} />
      <input type="hidden" name="seen" value={String(seen)} />
      {/* Answers of the look, kept while it is not shown. */}
      {!preview &&
        (["reason", "from"] as const).map(
          (name) =>
            values.text(name) !== "" && (
              <input key={name} type="hidden" name={name} value={values.text(name)} />
            ),
        )}
      {sections.map((section) => (
        <SectionCard key={section.id} section={section} values={values} />
      ))}
      <div className="row">
        <SubmitButton
          size="large"
          variant={preview ? "plain" : "primary"}
          icon="eye"
          name="do"
          value="preview"
          pending="Looking…"
        >
          {preview ? "Look again" : "Look at what it comes to"}
        </SubmitButton>
        <ButtonLink variant="quiet" size="large" href={back}>
          Cancel
        </ButtonLink>
      </div>
      {preview && <PreviewCard preview={preview} values={values} ref={shown} />}
    </form>
  );
}

function SectionCard({ section, values }: { section: Section; values: Values }) {
  const { id, title, lead, fields, folded } = section;
  const lists = fields.filter((field) => field in listOf);
  const plain = fields.filter((field) => !(field in listOf));
  const wrong = fields.some((field) => values.error(field));
  const body = (
    <div className="in stack">
      <p className="sm soft">{lead}</p>
      {plain.length > 0 && (
        <div className="policy-fields">
          {plain.map((field) => (
            <PolicyFieldInput key={field} field={field} values={values} />
          ))}
        </div>
      )}
      {lists.map((field) => {
        const List = listOf[field];
        return List && <List key={field} values={values} />;
      })}
    </div>
  );
  return (
    <section className="card" aria-labelledby={id}>
      {folded ? (
        <details open={wrong || undefined}>
          <summary className="policy-summary">
            <h2 id={id}>{title}</h2>
            <Icon name="down" />
          </summary>
          {body}
        </details>
      ) : (
        <>
          <header>
            <h2 id={id}>{title}</h2>
          </header>
          {body}
        </>
      )}
    </section>
  );
}

const listOf: Record<string, typeof RuleRows> = {
  "approvals.rules": RuleRows,
  reach: ReachRows,
  reasons: ReasonRows,
};
