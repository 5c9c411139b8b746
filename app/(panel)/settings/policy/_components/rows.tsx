import { type ReactNode, useEffect, useRef } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { mostRows, type RowList, rowsIn } from "#lib/policy/form-rows.ts";
import type { Values } from "./form-values.ts";

type RowsProps = {
  list: RowList;
  /** “Rule”: what a row is. */
  what: string;
  /** “of approval”: what tells them from the rows of another list, for who hears it. */
  of: string;
  none: string;
  values: Values;
  children: (at: (field: string) => string) => ReactNode;
};

/** A list of rules: each a group of controls. A row more or less is a step of the form, so that it needs no script. */
export function Rows({ list, what, of, none, values, children }: RowsProps) {
  const rows = rowsIn(values.typed, list);
  const box = useFocusRow(rows.length);
  return (
    <div className="stack rules" ref={box}>
      <input type="hidden" name={`${list}.shown`} value="1" />
      {rows.length === 0 && <p className="sm faint">{none}</p>}
      {rows.map((row, i) => (
        <fieldset key={row} className="rule">
          <legend className="sm">
            {what} {i + 1}
            <span className="vh"> {of}</span>
          </legend>
          <input type="hidden" name={`${list}.rows`} value={row} />
          <div className="policy-fields">{children((field) => `${list}.${row}.${field}`)}</div>
          <div className="row">
            <SubmitButton
              variant="quiet"
              icon="x"
              name="do"
              value={`drop:${list}:${row}`}
              pending="Taking it away…"
            >
              Take it away
              <span className="vh">
                {" "}
                {what.toLowerCase()} {i + 1} {of}
              </span>
            </SubmitButton>
          </div>
        </fieldset>
      ))}
      {rows.length < mostRows[list] && (
        <div className="row">
          <SubmitButton icon="plus" name="do" value={`add:${list}`} pending="Adding…">
            Add a {what.toLowerCase()}
            <span className="vh"> {of}</span>
          </SubmitButton>
        </div>
      )}
    </div>
  );
}

/** To the first answer of a row that has come; to the last button that is left, where one was taken away with the focus. */
function useFocusRow(rows: number) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(rows);
  useEffect(() => {
    const more = rows - before.current;
    before.current = rows;
    const last = box.current?.querySelector("fieldset.rule:last-of-type");
    if (more > 0) last?.querySelector<HTMLElement>("select, input:not([type=hidden])")?.focus();
    if (more < 0) [...(box.current?.querySelectorAll("button") ?? [])].at(-1)?.focus();
  }, [rows]);
  return box;
}

type CellProps = { name: string; label: string; values: Values; after?: string };

export function Words({ name, label, values, after }: CellProps) {
  return (
    <Field small name={name} label={label} error={values.error(name)} after={after}>
      {(wiring) => <Input {...wiring} maxLength={500} defaultValue={values.text(name)} />}
    </Field>
  );
}

type ChooseProps = CellProps & { of: readonly (readonly [value: string, name: string])[] };

export function Choose({ name, label, values, of, after }: ChooseProps) {
  const chosen = values.text(name);
  return (
    <Field small name={name} label={label} error={values.error(name)} after={after}>
      {(wiring) => (
        <Select {...wiring} key={chosen} defaultValue={chosen}>
          {!of.some(([value]) => value === chosen) && <option value="">Choose…</option>}
          {of.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Any of a few; none chosen is all of them. */
export function Any({ name, label, values, of }: ChooseProps) {
  const chosen = values.list(name);
  return (
    <fieldset className="field any" id={name} tabIndex={-1}>
      <legend className="label sm">{label}</legend>
      <div className="row tight">
        {of.map(([value, words]) => (
          <label key={value} className="row tight fix sm">
            <input
              type="checkbox"
              name={name}
              value={value}
              defaultChecked={chosen.includes(value)}
            />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
