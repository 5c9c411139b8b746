import type { Effect, Why } from "./effects.ts";
import type { Meaning } from "./routes.ts";

/** One changed field. Values are short texts for people; never a secret. */
export type Change = { field: string; before?: string; after?: string };

/** One line of `POST /api/v1/sessions/{sid}/actions`. The same `id` and `phase` count once. */
export type Action = {
  id: string;
  phase: "attempt" | "done" | "view" | "refused";
  at: string;
  method: string;
  route: string;
  effect: Effect;
  data?: readonly string[];
  resource?: string;
  changes?: readonly Change[];
  status?: number;
  why?: Why;
  ip: string;
  user_agent: string;
  seq: number;
};

export type Origin = { ip: string; userAgent: string };

const longest = { route: 300, resource: 200, userAgent: 300 };

/** An action without its phase: the ground that its attempt and its end share. */
export function draftAction(
  meaning: Meaning,
  origin: Origin,
  at: number,
  seq: number,
): Omit<Action, "phase"> {
  return {
    id: crypto.randomUUID(),
    at: new Date(at).toISOString(),
    method: meaning.method,
    route: meaning.route.slice(0, longest.route),
    effect: meaning.effect,
    ...(meaning.kinds.length > 0 && { data: meaning.kinds }),
    ...(meaning.resource && { resource: meaning.resource.slice(0, longest.resource) }),
    ip: origin.ip,
    user_agent: origin.userAgent.slice(0, longest.userAgent),
    seq,
  };
}
