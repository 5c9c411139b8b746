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
  /** A script asked by itself, as an event stream does when it connects again: no sign that somebody is there. */
  unattended?: true;
  ip: string | null;
  user_agent: string;
  seq: number;
};

export type Extra = Pick<Action, "resource" | "changes">;

export type Origin = { ip: string | null; userAgent: string; unattended?: boolean };

/** What Alongside takes at most, in characters. More is cut: a long note must not cost the record. */
const longest = { route: 300, resource: 200, userAgent: 300, field: 100, value: 500 };
const mostChanges = 50;

function cut(words: string, most: number): string {
  // A cut through an emoji would leave half of it, which no JSON may hold.
  return words
    .replace(/\p{Cc}+/gu, " ")
    .slice(0, most)
    .toWellFormed();
}

/** What only the handler knows, in the form that Alongside takes. */
export function extraOf(more: Extra): Extra {
  const changes = more.changes?.slice(0, mostChanges).map(({ field, before, after }) => ({
    field: cut(field, longest.field),
    ...(before !== undefined && { before: cut(before, longest.value) }),
    ...(after !== undefined && { after: cut(after, longest.value) }),
  }));
  return {
    ...(more.resource && { resource: cut(more.resource, longest.resource) }),
    ...(changes && { changes }),
  };
}

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
    method: /^[A-Z]{3,12}$/.test(meaning.method) ? meaning.method : "OTHER",
    route: meaning.route.slice(0, longest.route),
    effect: meaning.effect,
    ...(meaning.kinds.length > 0 && { data: meaning.kinds }),
    ...(meaning.resource && { resource: cut(meaning.resource, longest.resource) }),
    ...(origin.unattended && { unattended: true }),
    ip: origin.ip,
    user_agent: cut(origin.userAgent, longest.userAgent),
    seq,
  };
}
