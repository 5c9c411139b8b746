import type {
  ActionRefusal,
  CallerCheck,
  Effect,
  EndCause,
  ReasonCategory,
  Scope,
  Sensitivity,
  Tier,
} from "#lib/vocabulary.ts";

/** Somebody whom one may stand in for, as the directory knows them. */
export type Customer = {
  id: string;
  externalId: string;
  name: string;
  email: string;
  isVip: boolean;
  /** Was not seen in the product for so long that looking at them is unusual by itself. */
  isAsleep: boolean;
  because: Sensitivity[];
  account: {
    id: string;
    name: string;
    tier: Tier;
    /** E-mails of agents who have an open ticket of it that is not of the history. */
    openFor: string[];
  };
};

export type Ticket = {
  /** Given when all are known, in the order of time. */
  reference: string;
  project: "SUP" | "SEC" | "LEG";
  customer: Customer;
  title: string;
  /** The e-mail of an agent. */
  assignee: string;
  openedAt: Date;
  /** When it was closed; null: open. */
  closedAt: Date | null;
  /** It was closed when somebody named it. */
  isStale: boolean;
};

export type Deed = {
  /** Seconds after the start. */
  after: number;
  phase: "view" | "write" | "refused";
  method: string;
  route: string;
  effect: Effect;
  kinds: string[];
  resource?: string;
  changes?: { field: string; before?: string; after?: string }[];
  why?: ActionRefusal;
};

export type Vote = { by: string; at: Date; minutes: number | null; comment: string | null };

export type Visit = {
  startedAt: Date;
  minutes: number;
  deeds: Deed[];
  lastActiveAt: Date;
  endedAt: Date;
  cause: EndCause;
  /** Who ended it: a member of staff in the panel, or by the button in the product. */
  endedBy: string | null;
  comment: string | null;
};

/** One request from its first step to its last, with the session that came of it. */
export type Story = {
  actor: string;
  customer: Customer;
  /** When the customer's page was opened before; null: it was not. */
  openedAt: Date | null;
  askedAt: Date;
  scope: Scope;
  minutes: number;
  category: ReasonCategory;
  reason: string;
  callerCheck: CallerCheck;
  ticket: Ticket | null;
  vote: Vote | null;
  /** How the request ended where no session came of it. */
  closed: { how: "denied" | "cancelled" | "lapsed"; at: Date } | null;
  visit: Visit | null;
  /** Started without the approval that was wanted, and who reviewed that. */
  glass: { by: string; at: Date; comment: string } | null;
};

/** When the last of it happened. */
export const endOf = (story: Story): Date =>
  story.visit?.endedAt ?? story.closed?.at ?? story.askedAt;
