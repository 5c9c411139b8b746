import { z } from "zod";
import { proposalNumber, requestNumber } from "#lib/kernel/ids.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { NoticeFacts, ProposalFacts } from "./facts.ts";
import type { NoticeLink, NoticeMessage } from "./message.ts";
import { oneLine, someLines } from "./plain.ts";
import { askedMessage, decidedMessage } from "./request-words.ts";
import { when } from "./when.ts";

type Words = Omit<NoticeMessage, "key" | "kind">;
type Fact = NoticeMessage["facts"][number];

const text = z.string().catch("");
const fallback = z.object({ name: z.string(), contact: text }).catch({ name: "", contact: "" });

/**
 * What a notice says at this moment. `href` makes an address of a path; `decide` is the path of the reader's own link to a
 * request, null where they get none.
 */
export function messageOf(
  facts: NoticeFacts,
  policy: Policy,
  href: (path: string) => string,
  decide: string | null = null,
): NoticeMessage {
  const words = wordsOf(facts, policy, decide);
  const links = words.links.map((link) => ({ ...link, href: href(link.href) }));
  return { key: facts.id, kind: facts.kind, ...words, links };
}

function wordsOf(facts: NoticeFacts, policy: Policy, decide: string | null): Words {
  const { request, proposal } = facts;
  switch (facts.kind) {
    case "request_asked":
    case "request_reminded":
      return request
        ? askedMessage(facts, request, policy, { open: `/requests/${request.id}`, decide })
        : bare(facts);
    case "request_decided":
      return request
        ? decidedMessage(request, { open: `/requests/${request.id}`, decide: null })
        : bare(facts);
    case "request_no_approver":
      return nobody(facts);
    case "session_done":
    case "session_review":
      return session(facts);
    case "break_glass":
      return brokenGlass(facts);
    case "proposal_made":
    case "proposal_decided":
      return proposal ? proposed(facts, proposal) : bare(facts);
    case "review_due":
      return { ...bare(facts), links: [open("Open the review", reviewPath(facts))] };
    case "finding_asked":
      return {
        ...bare(facts),
        title: `A question about what you did: ${oneLine(text.parse(facts.body.number))}`,
        quote: someLines(text.parse(facts.body.question)),
        links: [open("Answer", "/findings/mine")],
      };
    case "breadth":
      return {
        ...bare(facts),
        title: `${name(facts)}: ${lower(oneLine(text.parse(facts.body.what)))}`,
        links: [open("See your team", "/requests/breadth")],
      };
    case "staff":
      return {
        ...bare(facts),
        title: "You can sign in to Alongside now",
        links: [open("Sign in", "/sign-in")],
      };
    case "test":
      return { ...bare(facts), title: "This is what a notice looks like here" };
  }
}

const open = (label: string, href: string): NoticeLink => ({ label, href, act: "open" });
const name = ({ actor }: NoticeFacts) => (actor ? oneLine(actor.name) : "Somebody");
const lower = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** The entry's own sentence: for what was erased, or is of a newer version. */
const bare = ({ body, requestId }: NoticeFacts): Words => ({
  title: oneLine(text.parse(body.what)) || "Something happened that you may want to know",
  facts: [],
  quote: null,
  links: [],
  outcome: null,
  requestId,
  vote: null,
});

function nobody(facts: NoticeFacts): Words {
  const to = fallback.parse(facts.body.fallback);
  const number = facts.request ? requestNumber(facts.request.number) : "your request";
  return {
    ...bare(facts),
    title: `Nobody may decide on ${number} now`,
    facts: to.name
      ? [{ label: "Turn to", value: oneLine([to.name, to.contact].filter(Boolean).join(", ")) }]
      : [],
    links: facts.requestId ? [open("Open the request", `/requests/${facts.requestId}`)] : [],
  };
}

const said = z.object({
  number: text,
  account: text,
  summary: text,
  late: z.boolean().catch(false),
});

function session(facts: NoticeFacts): Words {
  const { number, account, summary, late } = said.parse(facts.body);
  const path = `/sessions/${facts.sessionId ?? ""}`;
  const at = oneLine(facts.account?.name ?? account);
  const review = facts.kind === "session_review";
  const outcome = facts.verdict
    ? `${oneLine(facts.verdict.by)} ${facts.verdict.verdict === "as_expected" ? "found it as expected" : "looks closer"}.`
    : null;
  return {
    ...bare(facts),
    title: review
      ? `${late ? "Still to be reviewed" : "To be reviewed"}: break-glass of ${name(facts)} at ${at} (${number})`
      : `${name(facts)} was at ${at} (${number})`,
    facts: [
      ...subjectFact(facts),
      ...(summary ? [{ label: "Done", value: oneLine(summary, 500) }] : []),
    ],
    quote: null,
    links: outcome
      ? [open("Open the session", path)]
      : [
          { label: "As expected…", href: `${path}#review`, act: "expected" },
          { label: "Look closer…", href: `${path}#review`, act: "closer" },
          open("Open the session", path),
        ],
    outcome,
  };
}

function brokenGlass(facts: NoticeFacts): Words {
  const { request } = facts;
  const zone = facts.reader?.zone ?? "UTC";
  const dueAt = z.coerce
    .date()
    .nullable()
    .catch(null)
    .parse(facts.body.due_at ?? null);
  const at = oneLine(facts.account?.name ?? text.parse(facts.body.account));
  return {
    ...bare(facts),
    title: `Break-glass: ${name(facts)} went to ${at} without an approval`,
    facts: [
      ...subjectFact(facts),
      ...(request
        ? [
            {
              label: "To",
              value: `${request.scope === "write" ? "act" : "look only"}, ${request.minutes} min`,
            },
            { label: "Ticket", value: request.ticket ?? "none" },
          ]
        : []),
      ...(dueAt
        ? [{ label: "One of you reviews it until", value: when(dueAt, { now: facts.now, zone }) }]
        : []),
    ],
    quote: request ? someLines(request.reason) : null,
    links: facts.sessionId ? [open("Open the session", `/sessions/${facts.sessionId}`)] : [],
    requestId: request?.id ?? facts.requestId,
  };
}

const subjectFact = ({ subject, account }: NoticeFacts): Fact[] =>
  subject
    ? [{ label: "As", value: oneLine(`${subject.name}${account ? `, ${account.name}` : ""}`) }]
    : [];

const proposalWords = { flag: "a looser flag", policy: "a change of the policy", role: "a role" };

function proposed(facts: NoticeFacts, proposal: ProposalFacts): Words {
  const number = proposalNumber(proposal.number);
  const what = oneLine(text.parse(facts.body.what));
  const zone = facts.reader?.zone ?? "UTC";
  const by = proposal.decidedBy ? oneLine(proposal.decidedBy) : null;
  const outcome =
    proposal.status === "pending"
      ? null
      : `${by ? `${by} ${proposal.status} it.` : "Nobody decided in time: it has lapsed."}${proposal.comment ? ` “${oneLine(proposal.comment, 500)}”` : ""}`;
  return {
    ...bare(facts),
    title:
      facts.kind === "proposal_made"
        ? `${number} waits for a second person: ${proposalWords[proposal.kind]}`
        : `${number}: ${proposal.status}`,
    facts: [
      { label: "What", value: what },
      { label: "Proposed by", value: oneLine(proposal.by) },
      ...(proposal.account ? [{ label: "Account", value: oneLine(proposal.account) }] : []),
      ...(proposal.person ? [{ label: "Person", value: oneLine(proposal.person) }] : []),
      ...(outcome
        ? []
        : [{ label: "Decide until", value: when(proposal.lapsesAt, { now: facts.now, zone }) }]),
    ],
    quote: someLines(proposal.reason),
    links: [open("Open the proposal", `/proposals/${number}`)],
    outcome,
  };
}

const reviewPath = ({ body }: NoticeFacts): string => {
  const slug = text.parse(body.campaign);
  return /^[\w-]+$/.test(slug) ? `/reviews/${slug}` : "/reviews";
};
