import type { ReasonCategory } from "#lib/vocabulary.ts";

/** What agents write, by category: what is the matter, and what they do about it. */
export const reasons: Record<
  ReasonCategory,
  { titles: string[]; first: string[]; next: string[] }
> = {
  customer_asked: {
    titles: [
      "Please change the due date for us",
      "Correct the address on our invoices",
      "Mark the March invoice as paid",
      "Add a client for us",
      "VAT rate on two drafts is wrong",
    ],
    first: [
      "They asked on the phone to have the due date moved.",
      "Asked in the ticket to correct the address of a client.",
      "They want an invoice marked as paid that the bank confirmed.",
      "They cannot find where to change the note and asked us to do it.",
      "Two drafts carry the old VAT rate; they asked us to correct them.",
    ],
    next: [
      "I change this one thing.",
      "Read back to them before saving.",
      "They stay on the line meanwhile.",
      "Confirmed in the ticket.",
    ],
  },
  bug: {
    titles: [
      "An invoice is missing from the list",
      "Totals differ by a few cents",
      "List loads for ever",
      "The note is cut off",
      "A client appears twice",
      "Report of the quarter is empty",
    ],
    first: [
      "An invoice that they sent is missing from their list.",
      "The total differs from their books by a few cents.",
      "The list of invoices never finishes loading for them.",
      "The note to the client is cut off after the first line.",
      "One client appears twice, with different addresses.",
      "The report of the quarter stays empty.",
    ],
    next: [
      "I need to see what they see.",
      "Not seen with our test data.",
      "Started after the last release, they say.",
      "Other users of the account are fine.",
      "I compare it with the screenshot in the ticket.",
    ],
  },
  onboarding: {
    titles: ["First steps with Ledger", "Set up the new branch", "Move over from spreadsheets"],
    first: [
      "First week with Ledger: going through the settings together.",
      "The new branch starts on Monday and is being set up.",
      "They move over from spreadsheets and asked for a look at the first invoices.",
    ],
    next: [
      "Call with their bookkeeper.",
      "I check what is still missing.",
      "Planned with their account manager.",
    ],
  },
  configuration_check: {
    titles: ["Are our payment days right?", "Check our footer, please", "Which numbers come next?"],
    first: [
      "Checking which payment days are set before the change of the month.",
      "They ask whether the footer is right on new invoices.",
      "Looking at how numbers are set before they import.",
    ],
    next: ["Looking only.", "No fault is reported.", "Answer goes into the ticket."],
  },
  incident: {
    titles: [
      "Sign-ins from an unknown place",
      "A message that nobody sent",
      "An invoice nobody knows",
    ],
    first: [
      "They report an invoice that nobody there made.",
      "A message went to a client that nobody there remembers sending.",
      "Several sign-ins from a place that they do not know.",
    ],
    next: [
      "Establishing what was touched.",
      "Security asked for the list of changes.",
      "Part of the open incident.",
    ],
  },
  legal: {
    titles: [
      "Disclosure to the tax office",
      "Request of a court",
      "Access request of a former employee",
    ],
    first: [
      "Legal confirmed the duty to answer the tax office by Friday.",
      "A court asks for the history of one client.",
      "A former employee has asked what is stored about them.",
    ],
    next: [
      "Looking up the dates that are asked for.",
      "Nothing is changed.",
      "Agreed with the legal team.",
    ],
  },
};

export const approvals = [
  "",
  "",
  "",
  "",
  "Fine, ticket read.",
  "Looking only, please.",
  "Call them first.",
  "Fine. Tell them in the ticket.",
  "Keep it short.",
];
export const shortened = [
  "Fifteen minutes are enough for this.",
  "Shorter, please: one page is all you need.",
  "Ask again if that is not enough.",
];
export const denials = [
  "Answer from the help pages first.",
  "The ticket says nothing about this person.",
  "Ask their administrator, not the owner.",
  "This can be seen in our logs without standing in.",
  "Please wait for the call back; nobody has verified them.",
];
export const endings = {
  manager: [
    "The customer is on the phone and wants to work on it.",
    "Wrong person, see the ticket.",
  ],
  admin: ["Maintenance of Ledger begins."],
};

/** What is changed in a session of acting, by route. */
export const changes = [
  { field: "Due", before: "14 days", after: "30 days" },
  { field: "Note to the client", before: "", after: "Thank you for your order." },
  {
    field: "Line 1",
    before: "Consultation, 2 × € 120.00, VAT 19 %",
    after: "Consultation, 2 × € 120.00, VAT 21 %",
  },
  {
    field: "Line 2",
    before: "Delivery, 1 × € 65.00, VAT 19 %",
    after: "Delivery, 1 × € 65.00, VAT 21 %",
  },
  { field: "Client", before: "Lowick Labs", after: "Lowick Wholesale" },
];
