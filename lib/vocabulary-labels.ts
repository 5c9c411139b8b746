import type {
  ActionRefusal,
  CallerCheck,
  Detector,
  Effect,
  EndCause,
  Environment,
  FindingStatus,
  LawfulBasis,
  Role,
  Sensitivity,
} from "./vocabulary.ts";

/** Words for people of what the vocabulary lists. Reason categories have theirs in the policy. */

export const basisWords: Record<LawfulBasis, string> = {
  contract: "performance of the contract",
  consent: "their consent",
  legitimate_interest: "legitimate interest",
  legal_obligation: "legal obligation",
};

export const callerCheckWords: Record<CallerCheck, string> = {
  signed_in_ticket: "Ticket opened while signed in",
  call_back: "Called back on the number on file",
  code: "Code shown in the product",
  nobody_calling: "Nobody is calling",
};

export const roleWords: Record<Role, { name: string; means: string }> = {
  agent: { name: "Agent", means: "Searches, asks, stands in. Not together with compliance." },
  manager: { name: "Manager", means: "Decides on requests, sees who is live, ends sessions." },
  compliance: { name: "Compliance", means: "Reads everything, reviews access, changes nothing." },
  admin: { name: "Admin", means: "Changes staff and roles, stops everything, ends any session." },
};

export const environmentWords: Record<Environment, string> = {
  production: "Production",
  staging: "Staging",
  demo: "Demo",
};

/** Why a subject needs an approval, as a clause: "the account is regulated". */
export const sensitivityWords: Record<Sensitivity, string> = {
  enterprise: "the account is enterprise",
  regulated: "the account is regulated",
  opted_out: "the account has opted out",
  vip: "the person is a VIP",
  owner: "the person owns the account",
};

/** What one action does, as a verb with its object. */
export const effectWords: Record<Effect, string> = {
  view: "Look",
  data: "Change data",
  configuration: "Change configuration",
  message: "Send a message",
  credential: "Change credentials",
  export: "Export",
};

/** Why an action was refused; what is stored is the product's word or ours. */
export const actionRefusalWords: Record<ActionRefusal | "ended" | "denied", string> = {
  scope: "this session is for looking only",
  denied_route: "never allowed while standing in",
  denied: "never allowed while standing in",
  undeclared: "the product has not said what it does",
  export: "exports are not allowed",
  unreachable: "Alongside did not answer",
  ended: "the session had ended",
};

/** How a session ended, short enough for a mark; `by` is who ended it, where a person did. */
export function endedWords(cause: EndCause, by: string | null): string {
  switch (cause) {
    case "actor":
      return "Ended by the actor";
    case "manager":
    case "admin":
      return `Ended by ${by ?? "staff"}`;
    case "product":
      return "Ended by the product";
    case "customer":
      return "Ended by the customer";
    case "time":
      return "Ended by time";
    case "idle":
      return "Ended, not used";
    case "sign_out":
      return "Ended by sign-out";
    case "subject_withdrawn":
      return "Ended, person withdrawn";
    case "actor_withdrawn":
      return "Ended, actor withdrawn";
    case "account_stricter":
      return "Ended, account became stricter";
    case "global_stop":
      return "Ended by the global stop";
    case "upgraded":
      return "Went on to acting";
    case "code_reuse":
      return "Ended, code used twice";
  }
}

/** What a detector looks for. */
export const detectorWords: Record<Detector, string> = {
  many_accounts: "Many accounts in an hour",
  outside_hours: "Outside working hours",
  same_subject: "The same person again and again",
  no_ticket: "No ticket that fits",
  unusual_writes: "More writes than usual",
  near_to_actor: "Somebody near to the actor",
  vip: "A VIP",
  same_pair: "Always the same pair",
  quick_approval: "Approved within seconds",
  refusals: "Refusals in a row",
  dormant: "A dormant account woke up",
  beyond_ticket: "More than a ticket explains",
  break_glass: "Break-glass",
  look_closer: "An approver says: look closer",
};

/** What became of a finding, and what that means. */
export const findingStatusWords: Record<FindingStatus, { name: string; means: string }> = {
  open: { name: "Open", means: "Nobody has decided yet." },
  explained: { name: "Explained", means: "There was a good reason, and the note says which." },
  coaching: { name: "Coaching", means: "No harm was meant, but it is to be done otherwise." },
  incident: { name: "Incident", means: "It was misuse. It goes to those who handle incidents." },
};
