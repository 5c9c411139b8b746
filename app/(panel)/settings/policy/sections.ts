import type { PolicyField } from "#lib/policy/fields.ts";
import { fieldNames } from "#lib/policy/fields.ts";

export type Section = {
  id: string;
  title: string;
  lead: string;
  fields: readonly PolicyField[];
  /** Folded until somebody wants it. */
  folded?: boolean;
};

const under = (start: string): PolicyField[] =>
  fieldNames.filter((field) => field.startsWith(`${start}.`));

/** The rules in the order in which a reader meets them. Reasons and terms are on a page of their own. */
export const policySections: readonly Section[] = [
  {
    id: "approvals",
    title: "Approvals",
    lead: "What is sensitive (enterprise, regulated, opted out, a VIP, an owner) needs a manager’s vote whatever the rules say. Every rule that fits an ask must be met besides.",
    fields: ["approvals.sensitive", "approvals.rules"],
  },
  {
    id: "times",
    title: "Minutes and times",
    lead: "No session lasts longer than 60 minutes, whatever stands here.",
    fields: [
      "maxMinutes",
      "idleMinutes",
      "lapseMinutes",
      "startWithinMinutes",
      "workingHours.from",
      "workingHours.to",
      "workingHours.days",
      "zone",
    ],
  },
  {
    id: "rings",
    title: "Who is asked when",
    lead: "Approvers at work are asked first, the others next, and then the fallback.",
    fields: under("rings"),
  },
  {
    id: "standing",
    title: "Standing approval",
    lead: "One approval for one account, ticket and agent. Each session keeps its own reason and entry. 0: never.",
    fields: under("standing"),
  },
  {
    id: "break-glass",
    title: "Break-glass",
    lead: "Starting without the approval that these rules want, for the worst night: loudly, and reviewed afterwards.",
    fields: under("breakGlass"),
  },
  {
    id: "fresh",
    title: "Fresh sign-in",
    lead: "How long ago somebody may have proved who they are. Empty: not asked for.",
    fields: under("freshSignIn"),
  },
  {
    id: "reach",
    title: "Who may stand in for whom",
    lead: "A team without a rule may stand in for everybody; one with rules for whom any of them fits.",
    fields: ["reach"],
  },
  {
    id: "limits",
    title: "Limits, tickets and exports",
    lead: "How far one agent goes, and what a ticket looks like.",
    fields: [...under("breadth"), "ticketPattern", "exportsInWrite"],
  },
  {
    id: "sensitive",
    title: "What becomes sensitive, and Slack",
    lead: "The most sensitive lead from Slack to the page all the same.",
    fields: ["becomesSensitive", "approveInSlack"],
  },
  {
    id: "reviews",
    title: "Access reviews",
    lead: "A quarter’s rights, looked at by whoever answers for them.",
    fields: under("reviews"),
  },
  {
    id: "findings",
    title: "Findings",
    lead: "From where on a pattern is one that somebody must look at.",
    fields: under("findings"),
    folded: true,
  },
];

export const basisSections: readonly Section[] = [
  {
    id: "reasons",
    title: "Reasons",
    lead: "What an agent may stand in for, and on which lawful basis (Article 6 GDPR). Counsel should have read them.",
    fields: ["reasons"],
  },
  {
    id: "terms",
    title: "The terms",
    lead: "The clause that tells customers of staff access. Each account carries the version that it accepted.",
    fields: under("terms"),
  },
];
