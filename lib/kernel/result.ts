/** An expected refusal: what was refused and why, in words a person can act on. Never carries a row or a stack. */
export type Refusal = {
  code: RefusalCode;
  message: string;
  /** Sentences by form field, shown beside the field. */
  fields?: Record<string, string>;
  /** Ids and facts a page needs to offer the way on; never free text of others. */
  detail?: Record<string, string | number | boolean | null>;
};

export type Result<T> = { ok: true; value: T } | { ok: false; error: Refusal };

export const refusalCodes = [
  "not_signed_in",
  "not_allowed",
  "not_found",
  "invalid",
  "too_large",
  "wrong_type",
  "already_decided",
  "already_live",
  "lapsed",
  "not_pending",
  "not_granted",
  "used",
  "own_request",
  "own_record",
  "reports_to_actor",
  "not_approver",
  "subject_is_staff",
  "subject_not_impersonable",
  "account_closed",
  "needs_approval",
  "global_stop",
  "ended",
  "scope",
  "looking_only",
  "policy_changed",
  "conflict",
  "has_errors",
  "would_empty",
  "too_often",
  "breadth",
  "out_of_reach",
  "out_of_your_reach",
  "sign_in_again",
  "second_person",
  "review_first",
  "terms_missing",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** Thrown inside a transaction so that it rolls back; `transact` turns it into a Result and an entry. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = "Refused";
    this.refusal = refusal;
  }
}

/** Refuses the verb that is under way: nothing of it stays but its entry. */
export function refuse(
  code: RefusalCode,
  message: string,
  more: Pick<Refusal, "fields" | "detail"> = {},
): never {
  throw new Refused({ code, message, ...more });
}
