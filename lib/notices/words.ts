import { z } from "zod";
import { requestNumber } from "#lib/kernel/ids.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { bare, name, open, text, type Words } from "./bare-words.ts";
import type { NoticeFacts } from "./facts.ts";
import type { NoticeMessage } from "./message.ts";
import { oneLine, someLines } from "./plain.ts";
import { proposed } from "./proposal-words.ts";
import { askedMessage, decidedMessage } from "./request-words.ts";
import { assigned, due, task } from "./review-words.ts";
import { brokenGlass, session } from "./session-words.ts";
import { toldThen } from "./told-then-words.ts";

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
  const words = facts.sees ? wordsOf(facts, policy, decide) : toldThen(facts);
  const links = words.links.map((link) => ({ ...link, href: href(link.href) }));
  return { key: facts.id, kind: facts.kind, ...words, links };
}

function wordsOf(facts: NoticeFacts, policy: Policy, decide: string | null): Words {
  const { request, proposal, review } = facts;
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
    case "review_assigned":
      return review ? assigned(facts, review) : bare(facts);
    case "review_task":
      return task(facts);
    case "review_due":
      return due(facts, review);
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

const lower = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);

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
