import type { Effect } from "./effects.ts";
import type { Impersonation } from "./impersonation.ts";
import type { Notice } from "./notices.ts";
import type { Close } from "./watch.ts";

/** What a request with a session may do. `finish` is told once the product has answered. */
export type Permit = {
  impersonation: Impersonation;
  /** What was asked of Alongside, or null for a view. */
  asked: Effect | null;
  finish(outcome: { status: number; route?: string }): void;
  /** Has the answer closed when the session is over and it is still open then. Gives what lets go of it. */
  hold(close: Close): () => void;
};

export type Verdict =
  | { kind: "pass" }
  | { kind: "permit"; permit: Permit }
  | { kind: "stop"; notice: Notice; cookies: readonly string[] };

/** A route's own word about itself, given beside its handler. */
export type Demand = { effect: Effect; kinds?: readonly string[] } | { denied: string };
