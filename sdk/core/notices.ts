import type { Why } from "./effects.ts";
import type { Impersonation } from "./impersonation.ts";
import type { Settings } from "./options.ts";
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
  const back = backLink(ask, settings);
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
      back,
      ...(upgrade && impersonation.scope === "read"
        ? [
            {
              label: "Ask for acting in Alongside",
              href: askUrl(impersonation, back.href, settings),
            },
          ]
        : []),
    ],
    impersonation,
  };
}

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
  const upgrade = "Does the ticket need a change? Ask for acting: it is a new request.";
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
    links: [{ label: "Try again", href: ask.method === "GET" ? addressOf(ask) : "/" }],
    impersonation,
  };
}

/** “Change invoice INV-2207”, or the bare route where the product gave no name. */
function orderOf(meaning: Meaning, denied: string | null = null): string {
  if (!meaning.name && denied) return denied.charAt(0).toUpperCase() + denied.slice(1);
  if (!meaning.name) return `${meaning.method} ${meaning.route}`;
  return meaning.resource ? `${meaning.name} ${meaning.resource}` : meaning.name;
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/** To the start form, with what is known already: it leads back to the page that was refused. */
function askUrl({ subject, ticket }: Impersonation, back: string, settings: Settings): string {
  const query = new URLSearchParams({ scope: "write", url: settings.publicUrl + back });
  if (ticket) query.set("ticket", ticket);
  return `${settings.issuer}/customers/${encodeURIComponent(subject.id)}/start?${query}`;
}

/** To the page that the refused form was on, when the browser says and it is ours. */
function backLink(ask: Ask, settings: Settings): { label: string; href: string } {
  const referer = ask.headers.get("referer") ?? "";
  const ours = URL.canParse(referer) && new URL(referer).origin === settings.publicUrl;
  const from = ours ? new URL(referer) : null;
  return { label: "Back", href: from ? from.pathname + from.search : "/" };
}

/** A leading `//` would name another host. */
function addressOf({ path, query }: Ask): string {
  const search = query.size > 0 ? `?${query}` : "";
  return `/${path.replace(/^\/+/, "")}${search}`;
}
