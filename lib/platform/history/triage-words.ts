import type { Detector } from "#lib/vocabulary.ts";

type Triage = {
  as: "explained" | "coaching" | "incident";
  note: string;
  /** What the agent answered, when asked the same evening; null: nothing. */
  answer: string | null;
};

/** What becomes of a finding, by what it is about: of those of one kind in turn. */
export const triageWords: Record<Detector, readonly [Triage, ...Triage[]]> = {
  many_accounts: [
    {
      as: "explained",
      note: "Went through the customers hit by the import fault of that day, on my request. The list is in the incident’s notes.",
      answer:
        "I checked everybody on the list of the import fault. You had asked for it in the channel.",
    },
  ],
  outside_hours: [
    {
      as: "explained",
      note: "On call that weekend. The pager’s log shows the alert a quarter of an hour before.",
      answer: "I was on call, and the alert was about this customer.",
    },
    {
      as: "coaching",
      note: "Caught up on work from home without telling anybody. We agreed: no standing in outside the hours without a ticket.",
      answer: "I had not finished in the afternoon and did it from home.",
    },
  ],
  same_subject: [
    {
      as: "coaching",
      note: "A long thread in the chat instead of a ticket. Told to open one at the first question; the customer confirms every contact.",
      answer:
        "She writes to me in the chat each time. There is no ticket because it is small things.",
    },
  ],
  no_ticket: [
    {
      as: "explained",
      note: "The ticket was closed too early and opened again the next morning. What was looked at fits it.",
      answer: "The customer called once more after I had closed it.",
    },
    {
      as: "coaching",
      note: "Looked on after the ticket was closed, without need. Reminded that a closed ticket is no reason.",
      answer: null,
    },
  ],
  unusual_writes: [
    {
      as: "explained",
      note: "Entered a month of invoices together with the customer’s bookkeeper, on the phone. Confirmed by them in writing.",
      answer: "They sent a list and we entered it together on the phone.",
    },
  ],
  near_to_actor: [
    {
      as: "explained",
      note: "Not related: same surname only. Spoke with both. Marit hands over such customers from now on.",
      answer: "I do not know him. We only share the name.",
    },
  ],
  vip: [
    {
      as: "explained",
      note: "Prepared the visit with the account manager, who confirms it. A ticket is to be opened for that too.",
      answer: "For the meeting with their board; the account manager asked me on the phone.",
    },
    {
      as: "coaching",
      note: "No reason that holds. Talked about it, and about why these customers are marked.",
      answer: null,
    },
  ],
  quick_approval: [
    {
      as: "coaching",
      note: "Approved from the phone without reading. Agreed to open each request before deciding.",
      answer: null,
    },
  ],
  refusals: [
    {
      as: "explained",
      note: "Tried to save while looking, several times, because the page did not say why it was refused. Reported to Ledger’s developers.",
      answer:
        "I did not see that I was only looking. I thought it was the fault that they had reported.",
    },
  ],
  dormant: [
    {
      as: "explained",
      note: "The customer had been away and asked for help with signing in. The call is in the telephone’s log.",
      answer: "They called; there was no ticket yet.",
    },
  ],
  beyond_ticket: [
    {
      as: "explained",
      note: "The move of this customer took weeks and went through one ticket. The project plan names the agent.",
      answer: "It is the move of their invoices: one ticket, but many people and many days.",
    },
  ],
  same_pair: [
    {
      as: "coaching",
      note: "Requests of this agent go to the second manager of the team from now on.",
      answer: null,
    },
  ],
  // These come with what they look at.
  break_glass: [{ as: "explained", note: "Reviewed within the day.", answer: null }],
  look_closer: [{ as: "explained", note: "Looked at closer.", answer: null }],
};
