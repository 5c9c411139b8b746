import type { ComponentProps } from "react";
import { errorOf, type FormState, typed } from "#lib/platform/form-state.ts";
import { Field } from "./field.tsx";
import { Input } from "./input.tsx";
import { TextArea } from "./text-area.tsx";

type Asked = Pick<ComponentProps<typeof Field>, "label" | "hint" | "small" | "after"> & {
  state: FormState;
  name: string;
  id?: string;
  /** What stands there before the first try. */
  initial?: string;
};
type Own = "name" | "id" | "defaultValue";

/** A question answered in one line: what was typed stays when the form is refused, with the refusal beside it. */
export function InputField(props: Asked & Omit<ComponentProps<typeof Input>, Own>) {
  const { state, name, id, label, hint, small, after, initial, ...control } = props;
  return (
    <Field {...{ name, id, label, hint, small, after }} error={errorOf(state, name)}>
      {(wiring) => <Input {...wiring} {...control} defaultValue={typed(state, name, initial)} />}
    </Field>
  );
}

/** The same for a question answered in sentences. */
export function AreaField(props: Asked & Omit<ComponentProps<typeof TextArea>, Own>) {
  const { state, name, id, label, hint, small, after, initial, ...control } = props;
  return (
    <Field {...{ name, id, label, hint, small, after }} error={errorOf(state, name)}>
      {(wiring) => <TextArea {...wiring} {...control} defaultValue={typed(state, name, initial)} />}
    </Field>
  );
}
