import type { Deed } from "#lib/impersonation/deeds.ts";
import type { Item, SessionPage, Told } from "#lib/impersonation/timeline.ts";
import { actionRefusalWords, effectWords } from "#lib/vocabulary-labels.ts";

export type Line = { what: string; outcome: string | null; entry: string };

/** One line of a session's document, in the words of its page. */
export function lineOf(item: Item, session: SessionPage): Line {
  switch (item.kind) {
    case "told":
      return { what: told(item.entry, session), outcome: null, entry: item.entry.id };
    case "reads":
      return { what: reads(item.deeds), outcome: null, entry: item.deeds[0]?.entryId ?? "" };
    case "write":
      return { what: deed(item.deed), outcome: outcome(item.deed), entry: item.deed.entryId };
    case "refused":
      return {
        what: `Refused: ${deed(item.deed)}`,
        outcome: refusal(item.deed),
        entry: item.deed.entryId,
      };
  }
}

function told({ body, event }: Told, session: SessionPage): string {
  const text = (name: string) => (typeof body[name] === "string" ? String(body[name]) : null);
  const comment = text("comment") ? `: “${text("comment")}”` : "";
  if (event === "request.asked")
    return `${text("by") ?? "Somebody"} asked to ${session.grantedScope === "write" ? "act" : "look"}, ${session.request.minutes} min`;
  if (event === "request.approved") return `${text("by") ?? "Somebody"} approved${comment}`;
  return text("what") ?? event;
}

function reads(deeds: readonly Deed[]): string {
  const routes = [
    ...new Set(deeds.map(({ route, resource }) => [route, resource].filter(Boolean).join(" "))),
  ];
  const kinds = [...new Set(deeds.flatMap((one) => one.kinds))];
  const shown =
    routes.slice(0, 4).join(", ") + (routes.length > 4 ? ` and ${routes.length - 4} more` : "");
  const of = kinds.length > 0 ? ` (${kinds.join(", ")})` : "";
  if (deeds.length === 1) return `Read ${shown}${of}`;
  return `Read ${deeds.length} times until ${deeds.at(-1)?.at.toISOString().slice(11, 19)}: ${shown}${of}`;
}

function deed({ effect, resource, method, route, kinds, changes }: Deed): string {
  const head = `${effectWords[effect]}${resource ? ` ${resource}` : ""}, ${method} ${route}`;
  const of = kinds.length > 0 ? ` (${kinds.join(", ")})` : "";
  const lines = (changes ?? []).map(
    ({ field, before, after }) => `${field}: ${before ?? "–"} → ${after ?? "–"}`,
  );
  return [head + of, ...lines].join("\n");
}

function outcome({ doneAt, status }: Deed): string {
  if (!doneAt) return "recorded, outcome not told";
  return status !== null && status >= 400 ? `recorded, failed (${status})` : "recorded, done";
}

const words: Record<string, string | undefined> = actionRefusalWords;
const refusal = ({ refusal: why }: Deed): string => (why ? (words[why] ?? why) : "refused");
