import type { Effect, Phase, Scope } from "#lib/vocabulary.ts";
import type { ReportedAction } from "./schemas.ts";

export type Verdict = {
  id: string;
  accepted: boolean;
  reason?: "ended" | "scope" | "denied" | "export" | "closed" | "unknown";
};

/** What a report meets. `isTaken`: whether what happened in time may still be told, some time after the end too. */
export type Around = { scope: Scope; active: boolean; isTaken: boolean; exports: boolean };

/** What is on record under the id of a reported action. */
export type Known = {
  phase: Phase;
  method: string;
  route: string;
  resource: string | null;
  effect: Effect;
  refusal: string | null;
  isDone: boolean;
};

/** The answer about an action that is not on record yet. Only an attempt asks for leave; the rest has happened. */
export function first(action: ReportedAction, around: Around): Verdict {
  switch (action.phase) {
    case "done":
      return no(action, "unknown");
    case "view":
    case "refused":
      return around.isTaken ? yes(action) : no(action, "ended");
    case "attempt":
      if (!around.active) return no(action, "ended");
      if (action.effect === "credential") return no(action, "denied");
      if (action.effect === "export" && !(around.exports && around.scope === "write"))
        return no(action, "export");
      return around.scope === "write" ? yes(action) : no(action, "scope");
  }
}

/** The answer about what is on record already. What was on record as something else is no leave to write. */
export function again(action: ReportedAction, before: Known, around: Around): Verdict {
  switch (action.phase) {
    case "done":
      if (before.phase !== "attempt") return no(action, "unknown");
      return before.isDone || around.isTaken ? yes(action) : no(action, "closed");
    case "refused":
      return yes(action);
    case "view":
      if (before.refusal) return no(action, "ended");
      return before.phase === "view" && isSame(action, before)
        ? yes(action)
        : no(action, "unknown");
    case "attempt":
      if (before.refusal) return no(action, reasonOf(before.refusal));
      if (!around.active) return no(action, "ended");
      return before.phase === "attempt" && isSame(action, before) && !before.isDone
        ? yes(action)
        : no(action, "unknown");
  }
}

/** An id stands for one deed: the leave that one has is no leave for another. */
const isSame = (action: ReportedAction, before: Known): boolean =>
  before.method === action.method &&
  before.route === action.route &&
  before.resource === (action.resource || null) &&
  before.effect === action.effect;

/** A product's own reasons are among those on record: to it they all say no. */
const reasonOf = (refusal: string): Verdict["reason"] =>
  refusal === "ended" || refusal === "scope" || refusal === "export" ? refusal : "denied";

const yes = ({ id }: ReportedAction): Verdict => ({ id, accepted: true });
const no = ({ id }: ReportedAction, reason: Verdict["reason"]): Verdict => ({
  id,
  accepted: false,
  reason,
});
