import { absolute, clock, plainSpaces } from "#components/time-words.ts";
import type { Deed } from "#lib/impersonation/deeds.ts";
import type { DoneIn } from "#lib/impersonation/done-in.ts";
import type { SessionPage } from "#lib/impersonation/timeline.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import type { Effect } from "#lib/vocabulary.ts";
import { endedWords } from "#lib/vocabulary-labels.ts";
import { hasFailed, placeOf } from "../../_deeds/words.ts";
import { stayedWords } from "../../_words/stayed.ts";
import { endOf } from "./words.ts";

export type Summed = Pick<
  SessionPage,
  | "number"
  | "scope"
  | "actor"
  | "subject"
  | "account"
  | "product"
  | "request"
  | "approvedBy"
  | "startedAt"
  | "endedAt"
  | "expiresAt"
  | "minutes"
  | "endCause"
  | "endedBy"
  | "endComment"
  | "overdue"
  | "at"
  | "timeline"
>;

type SummaryInput = {
  session: Summed;
  done: DoneIn;
  /** Where the session is read: an address of ours, whole. */
  link: string;
  zone: string;
};

/**
 * A session in a few lines of plain text, to be pasted into a ticket: who as whom, how long, why, what was looked at and
 * changed. What is told is what stands on the session's page; of routes their names only, and no address but our own.
 */
export function summaryOf({ session, done, link, zone }: SummaryInput): string {
  const { actor, subject, account, product, request, startedAt } = session;
  const live = session.endedAt === null && session.overdue === null;
  // Narrowed to looking, it has been for acting before.
  const acted = session.scope === "write" || session.timeline.some(isWrite);
  const verb = acted ? "Acted" : "Looked";
  const lines = [
    [
      `${verb} as ${subject.name}, ${account.name} (${product.name})`,
      `${stayedWords(session, session.at)}${live ? " so far" : ""}`,
      request.ticket,
    ],
    [
      `${actor.name}, ${fromTo(startedAt, live ? null : endOf(session), zone)}`,
      endedByOther(session),
    ],
    [`Reason: “${oneLine(request.reason)}”`],
    [allowedBy(session)],
    [`Pages: ${pages(done.pages, session.timeline)}`],
    [`Writes: ${writes(done, session.timeline)}`],
    ...changed(session.timeline).map((line) => [line]),
    [`Session ${sessionNumber(session.number)}, ${link}`],
  ]
    .map((parts) => parts.filter(Boolean).join(" · "))
    .filter((line) => line !== "");
  return plainSpaces(lines.join("\n"));
}

/** "24 Nov 2026, 10:31 to 10:43 GMT": a ticket is read in other zones, and in other years. */
function fromTo(from: Date, to: Date | null, zone: string): string {
  const [day, begun = ""] = plainSpaces(absolute(from, zone)).split(", ");
  if (!to) return `${day}, ${begun}, still live`;
  const [time, ...zoneName] = begun.split(" ");
  return [`${day}, ${time} to`, clock(to, from, zone), ...zoneName].join(" ");
}

/** How it ended, where that was not its actor's own press. */
function endedByOther({ endCause, overdue, endedBy, endComment }: Summed): string | null {
  const cause = endCause ?? overdue;
  if (!cause || cause === "actor") return null;
  const words = endedWords(cause, endedBy?.name ?? null);
  const told = words.charAt(0).toLowerCase() + words.slice(1);
  return endComment ? `${told}: “${oneLine(endComment)}”` : told;
}

function allowedBy({ request, approvedBy }: Summed): string | null {
  if (request.breakGlass) return "Break-glass: nobody had approved";
  return approvedBy.length > 0 ? `Approved by ${listed(approvedBy)}` : null;
}

/** What somebody typed cannot pass for a line of the summary. */
const oneLine = (typed: string): string => typed.replaceAll(/\s+/g, " ");

const isWrite = ({ phase }: Deed): boolean => phase === "attempt";

const mostPages = 8;

/** "7 (invoices, invoice, settings)": each once, in the order in which they were first looked at. */
function pages(n: number, deeds: readonly Deed[]): string {
  const names = new Set(deeds.filter(({ phase }) => phase === "view").map(placeOf));
  return names.size === 0 ? String(n) : `${n} (${cut([...names], mostPages, ", ")})`;
}

/** "2 data, 1 configuration; 1 failed; 1 refused"; "none" where there were none. */
function writes(done: DoneIn, deeds: readonly Deed[]): string {
  const failed = deeds.filter((deed) => isWrite(deed) && hasFailed(deed)).length;
  const effects = [
    done.data && `${done.data} data`,
    done.configuration && `${done.configuration} configuration`,
    done.messages && (done.messages === 1 ? "1 message" : `${done.messages} messages`),
    done.exports && (done.exports === 1 ? "1 export" : `${done.exports} exports`),
  ].filter(Boolean);
  return [
    effects.join(", ") || "none",
    failed > 0 && `${failed} failed`,
    done.refusals > 0 && `${done.refusals} refused`,
  ]
    .filter(Boolean)
    .join("; ");
}

const mostChanges = 12;
const mostFields = 4;
const longest = 80;

/** A line for each write: "- INV-2207: Due “14 days” → “30 days”". */
function changed(deeds: readonly Deed[]): string[] {
  const lines = deeds.filter(isWrite).map(changeOf);
  if (lines.length === 0) return [];
  const more = lines.length - mostChanges;
  return ["Changed:", ...lines.slice(0, mostChanges), ...(more > 0 ? [`- and ${more} more`] : [])];
}

const didWords: Record<Effect, string> = {
  view: "looked at",
  data: "data changed",
  configuration: "configuration changed",
  message: "message sent",
  credential: "credentials changed",
  export: "exported",
};

function changeOf(deed: Deed): string {
  const fields = (deed.changes ?? []).map(({ field, before, after }) =>
    [
      field,
      [before, after]
        .filter((value) => value !== undefined)
        .map(short)
        .join(" → "),
    ]
      .filter(Boolean)
      .join(" "),
  );
  const isPlain = deed.effect === "data" || deed.effect === "configuration";
  const what = [
    ...(isPlain && fields.length > 0 ? [] : [didWords[deed.effect]]),
    ...(fields.length > 0 ? [cut(fields, mostFields, ", ")] : []),
  ].join(", ");
  const came = hasFailed(deed) ? " (failed)" : deed.doneAt ? "" : " (outcome not told)";
  return `- ${placeOf(deed)}: ${what}${came}`;
}

const short = (value: string): string => {
  const letters = [...value];
  if (letters.length === 0) return "nothing";
  return `“${letters.length > longest ? `${letters.slice(0, longest - 1).join("")}…` : value}”`;
};

function cut(names: readonly string[], most: number, by: string): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(by)} and ${more} more` : names.join(by);
}

const listed = (names: readonly string[]): string =>
  new Intl.ListFormat("en-GB", { type: "conjunction" }).format(names);
