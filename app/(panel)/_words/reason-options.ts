import type { PickOption } from "#components/ui/choices.tsx";
import type { Reason } from "#lib/policy/policy.ts";
import { basisWords } from "#lib/vocabulary-labels.ts";
import { capital } from "../_components/words.ts";

/** Why one stands in, to choose from: what each means, whether it needs a ticket, and its lawful basis. */
export const reasonOptions = (reasons: readonly Reason[]): PickOption[] =>
  reasons.map((reason) => ({
    value: reason.category,
    label: reason.label,
    means: `${reason.hint} ${ticketWords[reason.ticket]}`,
    aside: capital(basisWords[reason.basis]),
  }));

const ticketWords: Record<Reason["ticket"], string> = {
  required: "Needs a ticket.",
  optional: "A ticket if there is one.",
};
