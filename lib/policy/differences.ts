import { fieldWords, type Listed } from "./field-words.ts";
import type { PolicyField } from "./fields.ts";
import { differingFields, fieldOf } from "./loosens.ts";
import type { PolicyBody, Reason } from "./policy.ts";
import { reachWords, reasonWords, ruleWords } from "./rule-words.ts";
import { saidValue } from "./said-value.ts";

/** One difference in words; an empty side is nothing. */
export type Difference = { field: PolicyField; what: string; before: string; after: string };

/** In what two policies differ, in words: a field, or one rule of a list. */
export const differences = (before: PolicyBody, after: PolicyBody): Difference[] =>
  differingFields(before, after).flatMap((field) => {
    switch (field) {
      case "approvals.rules":
        return ofList(
          field,
          before.approvals.rules.map(ruleWords),
          after.approvals.rules.map(ruleWords),
        );
      case "reach":
        return ofList(field, before.reach.map(reachWords), after.reach.map(reachWords));
      case "reasons":
        return ofReasons(before.reasons, after.reasons);
      default:
        return [
          {
            field,
            what: fieldWords[field].name,
            before: saidValue(field, fieldOf(before, field)),
            after: saidValue(field, fieldOf(after, field)),
          },
        ];
    }
  });

/** “votes for what is sensitive and reasons”, for the middle of a sentence. */
export function namesOf(fields: readonly PolicyField[]): string {
  const names = fields.map((field) => lowered(fieldWords[field].name));
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** What is gone and what is new of a list of sentences; another order is said as such. */
function ofList(field: Listed, was: readonly string[], will: readonly string[]): Difference[] {
  const what = fieldWords[field].name;
  const gone = without(was, will).map((one) => ({ field, what, before: one, after: "" }));
  const new_ = without(will, was).map((one) => ({ field, what, before: "", after: one }));
  if (gone.length + new_.length > 0) return [...gone, ...new_];
  return [{ field, what, before: "in one order", after: "in another" }];
}

function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return all.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function ofReasons(was: readonly Reason[], will: readonly Reason[]): Difference[] {
  const field = "reasons";
  const found = [...was, ...will].map(({ category }) => category);
  const told = [...new Set(found)].flatMap((category) => {
    const before = was.find((one) => one.category === category);
    const after = will.find((one) => one.category === category);
    const what = `Reason “${(before ?? after)?.label ?? category}”`;
    const said = {
      before: before ? reasonWords(before) : "",
      after: after ? reasonWords(after) : "",
    };
    const hint =
      before && after && before.hint !== after.hint
        ? [{ field, what: `${what}, its hint`, before: before.hint, after: after.hint } as const]
        : [];
    return said.before === said.after ? hint : [{ field, what, ...said } as const, ...hint];
  });
  return told.length > 0
    ? told
    : [{ field, what: "Reasons", before: "in one order", after: "in another" }];
}
