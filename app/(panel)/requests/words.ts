import { scopeWords } from "#components/marks.tsx";
import { withUnit } from "#components/time-words.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { wantedWords } from "#lib/policy/requirement-words.ts";
import type { Requirement } from "#lib/policy/requirements.ts";
import { type Delegate, delegateAt } from "#lib/requests/delegates.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import type { Vote } from "#lib/vocabulary.ts";
import { sensitivityWords } from "#lib/vocabulary-labels.ts";
import { givenName } from "../_words/given-name.ts";

/** "Teodora Quill asks to look as Jane Ashdown"; "asked", once it is decided or over. */
export const askSentence = (request: RequestView): string =>
  `${request.actor.name} ${request.status === "pending" ? "asks" : "asked"} to ${scopeWords[request.scope].verb} as ${request.subject.name}`;

/** "Owner of", "Bookkeeper at": what the subject is in the account. */
export function placeIn(subject: RequestView["subject"]): string {
  if (subject.isOwner) return "Owner of";
  return `${subject.role.charAt(0).toUpperCase()}${subject.role.slice(1)} at`;
}

/** "the account is regulated and the person owns the account", with a capital. */
export function whyApproval(request: RequestView): string {
  const why = request.sensitiveBecause.map((one) => sensitivityWords[one]).join(", and ");
  return why ? why.charAt(0).toUpperCase() + why.slice(1) : "The policy asked for it";
}

/** Of a request that the policy made for its actor. */
export const anewSentence = (from: number): string =>
  `By the policy, in the same words: ${sessionNumber(from)} ended when the account became stricter`;

export const votesOf = (wanted: readonly { votes: number }[]): number =>
  wanted.reduce((sum, { votes }) => sum + votes, 0);

/** "another manager", "somebody of compliance": who has to approve too; null where nobody has. */
export const moreWords = (left: readonly Requirement[]): string | null =>
  left.length === 0 ? null : wantedWords(left).replace("a manager", "another manager");

/** How a page says its times: by the clock, in the reader's zone. */
export const timesOf = (now: Date, zone: string) => ({ now, zone, style: "clock" }) as const;

const list = new Intl.ListFormat("en");
/** "Runa Castellane, Ansel Dray, and 3 others". */
export function and(names: readonly string[], most = 4): string {
  if (names.length <= most) return list.format(names);
  return list.format([...names.slice(0, most - 1), `${names.length - most + 1} others`]);
}

/** ", for Runa Castellane," of the vote of who decided for somebody who was away; empty where for nobody. */
export function forWords(
  delegates: readonly Delegate[],
  vote: { by: { id: string }; at: Date },
): string {
  const delegate = delegateAt(delegates, vote.by.id, vote.at);
  return delegate ? `, for ${delegate.of},` : "";
}

type Outcome = Pick<RequestView, "status" | "minutes" | "grantedMinutes" | "grantedAt"> & {
  actor: { name: string };
  votes: { by: { id: string; name: string }; vote: Vote }[];
};

/** Who decided and how, as the list shows it: "You approved, 15 of 30 min". */
export function outcomeWords(request: Outcome, reader: StaffActor): string {
  const vote = request.votes.at(-1);
  const who = !vote ? "Nobody" : vote.by.id === reader.id ? "You" : vote.by.name;
  switch (request.status) {
    case "denied":
      return `${who} denied`;
    case "cancelled":
      return `${givenName(request.actor.name)} took it back`;
    case "lapsed":
      return request.grantedAt ? "Granted, not started in time" : "Lapsed, nobody decided";
    case "pending":
      return `${who} approved, one more is needed`;
    case "granted":
    case "used":
      return `${who} approved, ${minutesWords(request)}`;
  }
}

/** "15 of 30 min"; "30 min" where nothing was shortened. */
export const minutesWords = ({
  minutes,
  grantedMinutes,
}: Pick<RequestView, "minutes" | "grantedMinutes">): string =>
  grantedMinutes !== null && grantedMinutes < minutes
    ? `${grantedMinutes} of ${withUnit(minutes, "min")}`
    : withUnit(minutes, "min");

/** What the toast says after a decision; null where the reader has not voted. */
export function decidedWords(request: RequestView, reader: StaffActor): string | null {
  const vote = request.votes.find(({ by }) => by.id === reader.id);
  const given = givenName(request.actor.name);
  if (!vote) return null;
  if (vote.vote === "deny") return `Denied. ${given} sees why.`;
  if (request.status === "pending") return "Approved. One more approval is needed.";
  return `Approved, ${withUnit(request.grantedMinutes ?? request.minutes, "min")}. ${given} sees it now.`;
}
