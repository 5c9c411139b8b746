import { z } from "zod";
import { bare, type Fact, name, open, text, type Words } from "./bare-words.ts";
import type { NoticeFacts } from "./facts.ts";
import { oneLine, someLines } from "./plain.ts";
import { when } from "./when.ts";

const said = z.object({
  number: text,
  account: text,
  summary: text,
  late: z.boolean().catch(false),
});

/** A session that ended, or is to be reviewed; once somebody said something of it, who and what. */
export function session(facts: NoticeFacts): Words {
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
      ? `${late ? "Still to look at" : "To look at"}: break-glass of ${name(facts)} at ${at} (${number})`
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

/** Somebody went in without an approval. */
export function brokenGlass(facts: NoticeFacts): Words {
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
