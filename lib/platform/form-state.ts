import type { Refusal } from "#lib/kernel/result.ts";

export type FormValues = Record<string, string | string[]>;

/** What `useActionState` holds for a form of a `staffAction`. Client components may import this. */
export type FormState<T = unknown> =
  | { ok: null }
  | { ok: true; value: T }
  | { ok: false; error: Refusal; values: FormValues };

/** Before the first try. */
export const untried = { ok: null } as const;

/** What was typed into a field at the refused try, else `initial`. */
export function typed(state: FormState, name: string, initial = ""): string {
  if (state.ok !== false) return initial;
  const value = state.values[name];
  return (Array.isArray(value) ? value[0] : value) ?? initial;
}

/** The same for a name that may come several times. */
export function typedList(state: FormState, name: string, initial: readonly string[]): string[] {
  if (state.ok !== false) return [...initial];
  return [state.values[name] ?? []].flat();
}

/** Why a field was refused; undefined where it was not. */
export const errorOf = (state: FormState, name: string): string | undefined =>
  state.ok === false ? state.error.fields?.[name] : undefined;
