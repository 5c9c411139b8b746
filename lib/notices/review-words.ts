import { z } from "zod";
import { dayWords } from "#lib/kernel/days.ts";
import { bare, type Fact, open, text, type Words } from "./bare-words.ts";
import type { NoticeFacts } from "./facts.ts";
import { oneLine } from "./plain.ts";
import type { ReviewFacts } from "./review-facts.ts";

/** Items of a review that became somebody's to decide, or nobody's: as many as wait now. */
export function assigned(facts: NoticeFacts, review: ReviewFacts): Words {
  const { own, nobodys, isOpen, title, slug } = review;
  const wait = own === 1 ? "waits" : "wait";
  const left = own + nobodys > 0 && isOpen;
  const head =
    own === 0 && nobodys > 0
      ? `Nobody may decide ${items(nobodys)} of the access review: ${title}`
      : own > 0
        ? `${items(own)} of the access review ${wait} for you: ${title}`
        : `Items of the access review were yours: ${title}`;
  return {
    ...bare(facts),
    title: head,
    facts: [
      ...(left ? [{ label: "Decide until", value: review.due }] : []),
      ...(own > 0 && nobodys > 0
        ? [{ label: "Nobody may decide", value: `${items(nobodys)}: hand them on` }]
        : []),
      ...why(facts),
    ],
    links: [open("Open the review", `/reviews/${slug}`)],
    outcome: left ? null : isOpen ? "Nothing of it waits for you." : "The review is closed.",
  };
}

const items = (n: number): string => `${n} item${n === 1 ? "" : "s"}`;

/** Of what was handed on, by whom and why; the opening needs no reason. */
function why({ event, body, actor }: NoticeFacts): Fact[] {
  const reason = oneLine(text.parse(body.reason), 500);
  if (event === "review.opened" || reason === "") return [];
  const by = event === "review.handed_on" && actor ? oneLine(actor.name) : "By rule";
  return [{ label: "Handed on", value: `${by}: ${reason}` }];
}

/** A reminder: to a reviewer of their items, to an owner of late tasks, to compliance of what somebody else cannot see to. */
export function due(facts: NoticeFacts, review: ReviewFacts | null): Words {
  const { to, late_tasks: late } = reminder.parse(facts.body);
  const said = bare(facts);
  if (review && to === "reviewer") {
    const items = assigned(facts, review);
    return { ...items, title: items.outcome ? items.title : `Reminder: ${items.title}` };
  }
  const links = [open("Open the review", review ? `/reviews/${review.slug}` : "/reviews")];
  if (review && to === "owner" && late > 0)
    return {
      ...said,
      title: `${late === 1 ? "A task" : `${late} tasks`} of the access review ${late === 1 ? "is" : "are"} late: ${review.title}`,
      links: [open("Open your tasks", "/reviews/tasks")],
    };
  return { ...said, title: capital(said.title.replace(/^Told compliance that /, "")), links };
}

const reminder = z
  .object({ to: text, late_tasks: z.number().catch(0) })
  .catch({ to: "", late_tasks: 0 });
const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** Something to be done elsewhere after a decision, which is the reader's. */
export function task(facts: NoticeFacts): Words {
  const due = z.iso.date().catch("").parse(facts.body.due);
  // The entry writes the day as it is stored: here it stands by itself, in words.
  const what = oneLine(text.parse(facts.body.what).replace(`, until ${due}:`, ":"), 500);
  return {
    ...bare(facts),
    title: `A task of the access review is yours${facts.review ? `: ${facts.review.title}` : ""}`,
    facts: [
      ...(what ? [{ label: "What", value: what }] : []),
      ...(due ? [{ label: "Until", value: dayWords(due) }] : []),
    ],
    links: [open("Open your tasks", "/reviews/tasks")],
  };
}
