import type { Acting } from "./details.ts";
import type { Why } from "./effects.ts";
import { actingFrom, type Impersonation } from "./impersonation.ts";
import type { Settings } from "./options.ts";
import { pageBefore } from "./page.ts";
import type { Ask, Meaning } from "./routes.ts";
import { clock, possessive } from "./words.ts";

/** A page that the SDK puts in the place of the product's. Texts only: the product gives the look. */
export type Notice = {
  kind: "refused" | "paused" | "ended" | "problem";
  status: number;
  title: string;
  /** Small line above the title. */
  over?: string;
  sentences: readonly string[];
  facts: readonly (readonly [string, string])[];
  links: readonly { label: string; href: string }[];
  /** The session that the page is shown in; null when there is none any more. */
  impersonation: Impersonation | null;
};

type Refused = {
  why: Why;
  impersonation: Impersonation;
  meaning: Meaning;
  ask: Ask;
  /** Completes “Nobody can …” for a denied route. */
  denied: string | null;
  recorded: boolean;
};

export function refusedNotice(refused: Refused, settings: Settings): Notice {
  const { why, impersonation, meaning, ask, denied } = refused;
  const { actor, subject, serverNow } = impersonation;
  const record = refused.recorded
    ? `Yes, as a refused attempt of ${actor.name}`
    : "As soon as Alongside answers";
  // Acting leads back to the page that the refused form or link was on.
  const page = pageBefore(ask.headers, settings);
  const acting = actingFrom(impersonation.acting, settings.publicUrl + page);
  const upgrade = why === "scope" || why === "undeclared" || why === "export";
  return {
    kind: "refused",
    status: why === "unreachable" ? 503 : 403,
    title: meaning.effect === "export" ? "Nothing was handed out" : "Nothing was changed",
    sentences: sentencesOf(refused, settings.product),
    facts: [
      ["Refused", `${orderOf(meaning, denied)}, at ${clock(serverNow, "seconds")}`],
      ["Why", reasons[why]],
      ["On record", record],
      [subject.name, "Not told; their own session goes on"],
    ],
    links: [
      { label: "Back", href: page },
      ...(upgrade && acting ? [{ label: toActing[acting.state], href: acting.url }] : []),
    ],
    impersonation: { ...impersonation, page, acting },
  };
}

const toActing: Record<Acting["state"], string> = {
  possible: "Ask for acting in Alongside",
  waiting: "See how your request to act stands",
  granted: "Start acting in Alongside",
};

const reasons: Record<Why, string> = {
  scope: "Scope is looking only (read)",
  undeclared: "Scope is looking only (read), and nothing says what this route does",
  denied_route: "Never while standing in, whatever the scope",
  export: "Hands out data in bulk",
  unreachable: "Alongside did not answer, and nothing happens without its record",
};

function sentencesOf({ why, impersonation, meaning, denied }: Refused, product: string): string[] {
  const { actor, subject, scope } = impersonation;
  const looking = `${possessive(actor.name)} session is for looking only, so ${product} refused it before anything happened.`;
  const asked = meaning.name ? `You asked to ${lowerFirst(orderOf(meaning))}. ` : "";
  const upgrade = wayToActing(impersonation.acting);
  switch (why) {
    case "scope":
      return [`${asked}${looking}`, upgrade];
    case "undeclared":
      return [
        `You sent ${meaning.method} ${meaning.route}, which ${product} has not declared. ${looking}`,
        upgrade,
      ];
    case "denied_route":
      return [
        `Nobody can ${denied ?? "do this"} for somebody else. ${subject.name} has to do this in their own session.`,
      ];
    case "export":
      return scope === "read"
        ? [`${asked}It hands out data in bulk. ${looking}`]
        : [`${asked}It hands out data in bulk, which the policy of this account refuses.`];
    case "unreachable":
      return [
        `${product} could not record this change, so it did not make it. Looking goes on for a few seconds at most; then this session pauses. Try again in a moment.`,
      ];
  }
}

function wayToActing(acting: Acting | null): string {
  switch (acting?.state) {
    case "possible":
      return "Does the ticket need a change? Ask for acting: it is a new request.";
    case "waiting":
      return "You have asked to act. Until somebody decides, looking goes on.";
    case "granted":
      return "You may act by now: start it in Alongside.";
    case undefined:
      return "Acting was not given to you. Does the ticket need a change? Somebody who may act can make it.";
  }
}

export function pausedNotice(impersonation: Impersonation, ask: Ask): Notice {
  return {
    kind: "paused",
    status: 503,
    title: "Paused: Alongside does not answer",
    sentences: [
      "No page and no change until it does, because nobody could see or end what you do here. The time runs on.",
      `${possessive(impersonation.subject.name)} own session is not affected.`,
    ],
    facts: [],
    links: [{ label: "Try again", href: ask.method === "GET" ? impersonation.page : "/" }],
    impersonation,
  };
}

/** Where nobody knows whether acting is over: shown as paused, for nothing is changed either until Alongside answers. */
export const stillActingNotice = (impersonation: Impersonation): Notice => ({
  kind: "paused",
  status: 503,
  title: "Alongside did not answer",
  sentences: [
    "Whether you only look from now on is not known. Until it answers, no page is shown and nothing is changed; the next page says what you do.",
    `${possessive(impersonation.subject.name)} own session is not affected.`,
  ],
  facts: [],
  links: [{ label: "Go on", href: impersonation.page }],
  impersonation,
});

/** “Change invoice INV-2207”, or the bare route where the product gave no name. */
function orderOf(meaning: Meaning, denied: string | null = null): string {
  if (!meaning.name && denied) return denied.charAt(0).toUpperCase() + denied.slice(1);
  if (!meaning.name) return `${meaning.method} ${meaning.route}`;
  return meaning.resource ? `${meaning.name} ${meaning.resource}` : meaning.name;
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
