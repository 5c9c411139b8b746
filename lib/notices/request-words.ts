import { requestNumber } from "#lib/kernel/ids.ts";
import { type Policy, reasonLabel } from "#lib/policy/policy.ts";
import { mayApproveInSlack } from "#lib/requests/by-button.ts";
import { callerCheckWords } from "#lib/vocabulary-labels.ts";
import type { NoticeFacts } from "./facts.ts";
import type { NoticeLink, NoticeMessage } from "./message.ts";
import { oneLine, someLines } from "./plain.ts";
import { latelyDays, type RequestFacts } from "./request-facts.ts";
import { when } from "./when.ts";

/** The paths of a request's links; `decide` is the reader's own, null where they get none. */
export type RequestPaths = { open: string; decide: string | null };

const list = (names: string[]) => new Intl.ListFormat("en").format(names.map((n) => oneLine(n)));
const verb = ({ scope }: RequestFacts) => (scope === "write" ? "act" : "look");
const plural = (n: number, one: string, many: string) => (n === 1 ? one : `${n} ${many}`);

/** What an approver needs to decide, and the two ways to do it; once it is decided, who did. */
export function askedMessage(
  facts: NoticeFacts,
  request: RequestFacts,
  policy: Policy,
  paths: RequestPaths,
): Omit<NoticeMessage, "key" | "kind"> {
  const { reader, now } = facts;
  const outcome = outcomeFor(request, reader?.id ?? null);
  const asked = whatIsAsked(facts, request, policy);
  const zone = reader?.zone ?? "UTC";
  const yes = request.votes.filter(({ vote }) => vote === "approve");
  return {
    ...asked,
    facts: [
      ...asked.facts,
      {
        label: "Lately",
        value:
          request.times === 0
            ? `the first time for this account in ${latelyDays} days`
            : `${plural(request.times, "once", "times")} for this account in ${latelyDays} days`,
      },
      ...(outcome ? [] : [{ label: "Decide until", value: when(request.lapsesAt, { now, zone }) }]),
      ...(outcome || yes.length === 0
        ? []
        : [{ label: "Approved so far", value: list(yes.map(({ by }) => by.name)) }]),
    ],
    links: outcome ? [open(paths.open)] : decideLinks(paths),
    outcome,
    requestId: request.id,
    vote:
      outcome || !paths.decide
        ? null
        : { ask: request.ask, approves: mayApproveInSlack(policy, request) },
  };
}

/** What was asked, as it was told to whom it was put; without a policy nothing that may be another thing by now. */
export function whatIsAsked(
  { kind }: NoticeFacts,
  request: RequestFacts,
  policy: Policy | null,
): Pick<NoticeMessage, "title" | "facts" | "quote"> {
  const who = oneLine(request.actor.name);
  const account = oneLine(request.account.name);
  const again = kind === "request_reminded" ? "Reminder: " : "";
  return {
    title: `${again}${who} asks to ${verb(request)} as a user of ${account} (${requestNumber(request.number)})`,
    facts: [
      { label: "Who asks", value: `${who}, ${oneLine(request.actor.team)}` },
      {
        label: "As",
        value: `${oneLine(request.subject.name)}, ${account}${policy ? tierWords(request) : ""}`,
      },
      {
        label: "To",
        value: `${request.scope === "write" ? "act: may change things" : "look only"}, ${request.minutes} min, in ${oneLine(request.product)}`,
      },
      ...(policy ? [{ label: "Why", value: reasonLabel(policy, request.reasonCategory) }] : []),
      { label: "Ticket", value: request.ticket ?? "none" },
      { label: "Caller", value: callerCheckWords[request.callerCheck] },
    ],
    quote: someLines(request.reason),
  };
}

/** What became of one's own request. */
export function decidedMessage(
  request: RequestFacts,
  paths: RequestPaths,
): Omit<NoticeMessage, "key" | "kind"> {
  const number = requestNumber(request.number);
  const account = oneLine(request.account.name);
  const outcome = outcomeFor(request, null) ?? "It waits for one more approval.";
  const word = { granted: "Approved", used: "Approved", denied: "Denied", lapsed: "Lapsed" };
  const head =
    request.status === "pending" || request.status === "cancelled"
      ? "About your request"
      : word[request.status];
  return {
    title: `${head}: ${number}, ${account}`,
    facts: [
      { label: "As", value: `${oneLine(request.subject.name)}, ${account}` },
      ...(request.grantedMinutes === null
        ? []
        : [
            {
              label: "For",
              value:
                request.grantedMinutes < request.minutes
                  ? `${request.grantedMinutes} min of the ${request.minutes} asked for`
                  : `${request.grantedMinutes} min`,
            },
          ]),
    ],
    quote: null,
    links: [
      {
        ...open(paths.open),
        label: request.status === "granted" ? "Start or cancel it" : "Open the request",
      },
    ],
    outcome,
    requestId: request.id,
    vote: null,
  };
}

/** Who decided, and what; null while there is something for this reader to decide. */
function outcomeFor(request: RequestFacts, readerId: string | null): string | null {
  const { status, votes } = request;
  const yes = votes.filter(({ vote }) => vote === "approve");
  const no = votes.find(({ vote }) => vote === "deny");
  const approvers = list(yes.map(({ by }) => by.name));
  switch (status) {
    case "pending":
      return yes.some(({ by }) => by.id === readerId)
        ? "You approved it. It waits for one more approval."
        : null;
    case "granted":
    case "used":
      return yes.length > 0 ? `${approvers} approved it.` : "The policy allowed it.";
    case "denied":
      return no
        ? `${oneLine(no.by.name)} denied it: “${oneLine(no.comment ?? "", 500)}”`
        : "It was denied.";
    case "cancelled":
      return `${oneLine(request.actor.name)} cancelled it.`;
    case "lapsed":
      return yes.length > 0
        ? `${approvers} approved it, and it was not started in time.`
        : "Nobody decided in time: it has lapsed.";
  }
}

const open = (href: string): NoticeLink => ({ label: "Open the request", href, act: "open" });

const decideLinks = ({ open: href, decide }: RequestPaths): NoticeLink[] =>
  decide
    ? [
        { label: "Approve…", href: decide, act: "approve" },
        { label: "Deny…", href: `${decide}#deny`, act: "deny" },
        open(href),
      ]
    : [open(href)];

/** ", regulated account". */
const tierWords = ({ account }: RequestFacts): string =>
  account.tier === "standard" ? "" : `, ${account.tier} account`;
