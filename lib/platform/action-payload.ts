/*
 * What Next and React make of a server action's body, they do in code that answers anything unusual with a fault (500).
 * So only what a form of ours can send reaches them: texts, and a plain state of `useActionState` beside them.
 */

const actionId = /^[0-9a-f]{42}$/;
const deepest = 12;
const mostFields = 200;

/** As Next names actions. */
export const isActionId = (id: string): boolean => actionId.test(id);

/** Whether a text is what the page's script sends for an action that takes no form: `[]`, plain arguments at most. */
export const isFetchedText = (text: string): boolean => isArguments(parsed(text));

/** Whether a form is what the page's script sends: `[state…, "$K1"]` and the fields of form 1, as React writes them. */
export function isFetchedForm(form: FormData): boolean {
  if (!isTexts(form)) return false;
  const model = form.getAll("0");
  if (model.length !== 1) return false;
  if (!isArguments(parsed(model[0]), "$K1")) return false;
  return [...form.keys()].every((name) => name === "0" || name.startsWith("_1_"));
}

/** Whether a form that was sent without script names no action, or one as Next's own hidden fields do. */
export function isPostedForm(form: FormData): boolean {
  const hidden = [...form.keys()].filter((name) => name.startsWith("$ACTION"));
  if (hidden.length === 0) return true;
  if (!isTexts(form) || new Set(hidden).size !== hidden.length) return false;
  const names = hidden.filter((name) => name !== "$ACTION_KEY");
  const [first] = names;
  if (names.length === 1 && first?.startsWith("$ACTION_ID_")) return isActionId(first.slice(11));
  const number = names.find((name) => name.startsWith("$ACTION_REF_"))?.slice(12);
  if (!number || !/^\d{1,3}$/.test(number)) return false;
  const [reference, bound] = [`$ACTION_${number}:0`, `$ACTION_${number}:1`];
  const known = [`$ACTION_REF_${number}`, reference, bound];
  if (!names.every((name) => known.includes(name))) return false;
  const { id, bound: refersTo, ...more } = Object(parsed(form.get(reference)));
  if (typeof id !== "string" || !isActionId(id) || Object.keys(more).length > 0) return false;
  if (refersTo === null || refersTo === undefined) return !form.has(bound);
  return refersTo === "$@1" && isArguments(parsed(form.get(bound)));
}

const isArguments = (value: unknown, but?: string): boolean =>
  Array.isArray(value) && value.length <= 8 && isPlain(value, but);

const isTexts = (form: FormData): boolean => {
  const values = [...form.values()];
  return values.length <= mostFields && values.every((value) => typeof value === "string");
};

function parsed(text: FormDataEntryValue | null | undefined): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** No reference in it ("$…", React's marks) but `undefined`, an escaped dollar and `but`; nothing too deep. */
function isPlain(value: unknown, but?: string, depth = 0): boolean {
  if (depth > deepest) return false;
  if (typeof value === "string")
    return !value.startsWith("$") || /^\$(\$|undefined$)/.test(value) || value === but;
  if (value === null || typeof value !== "object") return true;
  return Object.entries(value).every(
    ([name, member]) => name !== "__proto__" && isPlain(member, but, depth + 1),
  );
}
