import { type FormState, untried } from "#lib/platform/form-state.ts";
import type { Edited } from "#lib/policy/edit-policy.ts";
import { many, one, type Typed } from "#lib/policy/form-rows.ts";

/** What stands in the form: what was typed last, else what is in force. */
export type Values = {
  typed: Typed;
  text: (name: string) => string;
  list: (name: string) => string[];
  error: (name: string) => string | undefined;
};

export const start: FormState<Edited> = untried;

export function valuesOf(state: FormState<Edited>, initial: Typed): Values {
  const sent =
    state.ok === false
      ? state.values
      : state.ok && state.value.step !== "done"
        ? state.value.typed
        : {};
  // Where the form shows a list, what was sent of it is all of it.
  const typed = Object.keys(sent).length > 0 ? sent : initial;
  return {
    typed,
    text: (name) => one(typed[name]),
    list: (name) => many(typed[name]),
    error: (name) => (state.ok === false ? state.error.fields?.[name] : undefined),
  };
}
