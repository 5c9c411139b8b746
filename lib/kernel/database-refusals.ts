import { z } from "zod";
import { type Refusal, type RefusalCode, Refused } from "./result.ts";

/** What a guarantee of the schema means to a person, by its name: the one place where database errors become words. */
const guarantees: Record<string, { code: RefusalCode; message: string }> = {
  request_actor_role: { code: "not_allowed", message: "Only an active agent may ask to stand in." },
  request_looking_only: {
    code: "looking_only",
    message: "You may look and never act. Ask to look instead.",
  },
  session_looking_only: {
    code: "looking_only",
    message: "You may look and never act. Ask to look instead.",
  },
  review_closed: {
    code: "ended",
    message: "The review is closed: nothing of it changes any more.",
  },
  review_closing: {
    code: "conflict",
    message: "The review is being closed: nobody decides in it any more.",
  },
  review_closings_one: {
    code: "conflict",
    message: "Somebody else closes this review already: it is under way.",
  },
  review_item_ended: {
    code: "ended",
    message: "This right had ended before the review was opened: there is nothing to decide.",
  },
  review_carried_out: {
    code: "already_decided",
    message: "This was decided and carried out: the right is gone. An admin can give it anew.",
  },
  review_grant_gone: {
    code: "conflict",
    message: "The right was taken away meanwhile: there is nothing left to decide.",
  },
  review_excepted: {
    code: "already_decided",
    message: "An exception was made of this item: the next review asks again.",
  },
  review_last_admin: {
    code: "conflict",
    message:
      "This is the last active admin: no review takes the right. Make somebody else an admin first.",
  },
  review_not_due: {
    code: "conflict",
    message:
      "Until the review is due its reviewers decide; the policy settles what is left after it.",
  },
  review_change_not_offered: {
    code: "invalid",
    message: "Only an agent who may act can be changed to looking only.",
  },
  review_not_reviewer: { code: "not_found", message: "Nothing here that you may decide." },
  review_conflict: {
    code: "not_allowed",
    message:
      "You cannot decide this: it is your own, you gave it, or you report to this person. Hand it on.",
  },
  review_bulk_privileged: {
    code: "invalid",
    message: "Privileged items are decided one by one.",
  },
  review_remediation_frozen: {
    code: "already_decided",
    message: "This is proved already.",
  },
  review_task_owner: {
    code: "not_allowed",
    message: "Only its owner marks a task done, once.",
  },
  review_task_own: {
    code: "invalid",
    message: "Nobody takes their own right away. Choose somebody else.",
  },
  review_task_checked_by_owner: {
    code: "not_allowed",
    message:
      "Its reviewer, or compliance, looks whether a task was done, once it is, and not who did it.",
  },
  request_subject: { code: "not_found", message: "Nothing here that you may stand in for." },
  request_global_stop: { code: "global_stop", message: "All standing in is stopped for now." },
  request_lapsed: { code: "lapsed", message: "The request has lapsed: nobody decided in time." },
  request_without_approvals: { code: "needs_approval", message: "The approvals are missing." },
  request_move: { code: "already_decided", message: "The request was decided before you." },
  request_not_due: { code: "conflict", message: "The request has not lapsed yet." },
  vote_own_request: { code: "own_request", message: "You cannot decide on your own request." },
  request_reach: {
    code: "out_of_your_reach",
    message: "Your team does not stand in for this customer.",
  },
  request_terms: {
    code: "terms_missing",
    message: "This customer has not accepted the terms that tell of staff access.",
  },
  request_standing: {
    code: "invalid",
    message: "The policy lets no approval stand for so long.",
  },
  request_standing_by_ticket: {
    code: "invalid",
    message: "An approval stands for a ticket: name it.",
  },
  request_break_glass: {
    code: "not_allowed",
    message: "The policy does not let you start without the approval.",
  },
  vote_without_role: {
    code: "not_approver",
    message: "Only somebody who was a manager when it was asked can decide.",
  },
  vote_not_wanted: {
    code: "not_approver",
    message: "The rules want somebody else's approval here. You can still deny it.",
  },
  vote_of_same_person: {
    code: "already_decided",
    message: "You have decided on this already, with another account of yours.",
  },
  vote_sign_in: {
    code: "sign_in_again",
    message: "To approve this, say again who you are: your sign-in is too old for it.",
  },
  vote_reports_to_actor: {
    code: "reports_to_actor",
    message: "You report to the person who asks, so you cannot decide.",
  },
  vote_not_pending: { code: "already_decided", message: "The request was decided before you." },
  vote_lapsed: { code: "lapsed", message: "The request has lapsed: nobody decided in time." },
  vote_minutes: { code: "invalid", message: "An approval may shorten, not lengthen." },
  approval_link_own_request: {
    code: "own_request",
    message: "Nobody is led to decide on their own request.",
  },
  approvals_one_vote: { code: "already_decided", message: "You have decided on this already." },
  session_request_used: { code: "used", message: "This request is used up. Ask again." },
  session_request_lapsed: {
    code: "lapsed",
    message: "The approval is void: it was not used in time. Ask again.",
  },
  session_without_grant: { code: "not_granted", message: "This request is not granted." },
  session_without_approval: {
    code: "needs_approval",
    message: "An approval that still holds is missing. Ask again.",
  },
  session_policy_stricter: {
    code: "needs_approval",
    message:
      "The policy became stricter after you asked, and wants more approvals than this request has. Ask again.",
  },
  session_terms: {
    code: "terms_missing",
    message:
      "This customer has not accepted the terms that tell of staff access, and the policy wants that by now.",
  },
  session_break_glass: {
    code: "not_allowed",
    message: "The policy does not let you start without the approval any more.",
  },
  session_reach: {
    code: "out_of_your_reach",
    message: "Your team does not stand in for this customer.",
  },
  session_sign_in: {
    code: "sign_in_again",
    message: "To start this, say again who you are: your sign-in is too old for it.",
  },
  staff_person_without_entry: {
    code: "conflict",
    message: "This was said meanwhile. Look again.",
  },
  staff_person_second_admin: {
    code: "second_person",
    message: "That two accounts are not one person’s takes a second admin.",
  },
  staff_person_left_behind: {
    code: "conflict",
    message: "Another account of this person was added meanwhile. Look again.",
  },
  standing_ended: { code: "ended", message: "The standing approval was ended before." },
  standing_none: { code: "ended", message: "No approval stands by this request." },
  standing_not_yours: {
    code: "not_allowed",
    message: "Who asked for it ends a standing approval, or a manager.",
  },
  delegation_ended: { code: "ended", message: "This was over already." },
  delegation_not_yours: {
    code: "not_allowed",
    message: "Everybody says themselves when they are away, or an admin does.",
  },
  delegation_without_role: {
    code: "not_allowed",
    message: "Only who decides on requests can be away from it.",
  },
  delegation_to_oneself: { code: "invalid", message: "Choose somebody else." },
  delegation_to_no_manager: {
    code: "invalid",
    message: "Only an active manager decides for another.",
  },
  delegation_overlaps: {
    code: "conflict",
    message: "Another absence is on record for these days. End that one first.",
  },
  session_other_than_granted: { code: "conflict", message: "That is not what was granted." },
  session_actor_role: { code: "not_allowed", message: "Only an active agent may start." },
  session_before_suspension: {
    code: "lapsed",
    message: "You were suspended after you asked for this, which ended it. Ask again.",
  },
  session_subject: {
    code: "subject_not_impersonable",
    message: "Nobody may stand in for this person now.",
  },
  session_global_stop: { code: "global_stop", message: "All standing in is stopped for now." },
  sessions_one_live_per_actor: {
    code: "already_live",
    message: "You cannot start: another session of yours is live.",
  },
  session_breadth: {
    code: "breadth",
    message: "You cannot start: you stood in for as many people as the policy allows.",
  },
  lift_own: { code: "own_request", message: "You cannot lift your own limit." },
  lift_without_role: { code: "not_approver", message: "Only an active manager lifts a limit." },
  lift_reports_to_actor: {
    code: "reports_to_actor",
    message: "You report to this person, so you cannot lift their limit.",
  },
  lift_actor_role: { code: "not_found", message: "Only an active agent has a limit to lift." },
  lift_lifted: { code: "already_decided", message: "The limit is lifted already." },
  stand_in_policy: { code: "conflict", message: "The policy has changed meanwhile. Try again." },
  session_ended: { code: "ended", message: "The session had ended before." },
  session_over: { code: "ended", message: "The session is over." },
  action_after_end: { code: "ended", message: "The session is over." },
  action_scope: { code: "scope", message: "The session is for looking only." },
  action_denied: { code: "scope", message: "Credentials are never touched while standing in." },
  staff_role_admin_by_one: {
    code: "second_person",
    message: "An admin is made by two: one proposes, another admin accepts.",
  },
  staff_restored_by_one: {
    code: "second_person",
    message: "An admin is let in again by two: one proposes, another admin accepts.",
  },
  issuer_group_by_one: {
    code: "second_person",
    message: "Such a mapping is made by two: one proposes, another admin accepts.",
  },
  issuer_groups_once: { code: "conflict", message: "This group gives that role already." },
  staff_role_stale_sign_in: {
    code: "sign_in_again",
    message: "To give a role, sign in again first. Nothing was changed.",
  },
  staff_role_last_admin: {
    code: "conflict",
    message: "This is the last active admin. Make somebody else an admin first.",
  },
  sign_in_renewed_ended: { code: "ended", message: "This sign-in is over." },
  sign_in_renewed_back: {
    code: "conflict",
    message: "You proved who you are later than this already. Nothing was changed.",
  },
  slack_code_used: { code: "used", message: "This button was pressed before." },
  slack_code_late: {
    code: "ended",
    message: "This button is more than ten minutes old. Ask for a new one in Alongside.",
  },
  slack_code_sign_in: {
    code: "ended",
    message: "The sign-in in which this was asked for is over. Ask for a new one in Alongside.",
  },
  slack_code_of_another: {
    code: "not_found",
    message: "This button links nothing. Ask for a new one in Alongside.",
  },
  slack_identities_of_user: {
    code: "conflict",
    message: "This Slack account is linked to somebody already. They, or an admin, end that first.",
  },
  slack_identities_of_staff: {
    code: "conflict",
    message: "Another Slack account is linked already. Unlink that one first.",
  },
  slack_identity_frozen: { code: "ended", message: "This link to Slack was ended before." },
  slack_identity_of_another: {
    code: "not_allowed",
    message: "Only the person themselves, or an admin, ends a link to Slack.",
  },
  staff_email: { code: "conflict", message: "Somebody on the staff has this e-mail." },
  staff_change_own: {
    code: "own_record",
    message: "Nobody changes their own record. Ask another admin.",
  },
  staff_change_not_admin: { code: "not_allowed", message: "Only an admin changes this." },
  staff_roles_held_once: {
    code: "conflict",
    message: "The roles were changed meanwhile. Look again.",
  },
  staff_role_frozen: { code: "conflict", message: "The roles were changed meanwhile. Look again." },
  global_stops_one: { code: "global_stop", message: "Standing in is stopped already." },
  global_stop_not_admin: { code: "not_allowed", message: "Only an admin changes this." },
  sync_over: { code: "conflict", message: "This sync is over: begin another." },
  sync_too_old: { code: "conflict", message: "Nothing was pushed for a day: begin a new sync." },
  sync_has_errors: { code: "has_errors", message: "Lines were not taken." },
  sync_empties_directory: { code: "would_empty", message: "More than a fifth would be gone." },
  flag_loosened_alone: {
    code: "second_person",
    message: "What is looser waits for a second person: another manager accepts it.",
  },
  flag_not_manager: { code: "not_allowed", message: "Only an active manager sets a flag." },
  proposal_flag_by: { code: "not_allowed", message: "Only an active manager proposes that." },
  proposals_flag_once: {
    code: "conflict",
    message: "That is proposed already, and waits for a second person.",
  },
  finding_own: {
    code: "own_record",
    message: "This is about you, so somebody else disposes of it.",
  },
  finding_reports_to_actor: {
    code: "reports_to_actor",
    message: "You report to who this is about, so somebody else disposes of it.",
  },
  finding_not_reviewer: {
    code: "not_allowed",
    message: "Only their manager or compliance disposes of a finding.",
  },
  finding_disposed: {
    code: "already_decided",
    message: "Somebody disposed of it before you. Yours was not recorded.",
  },
  finding_answered: { code: "already_decided", message: "This was answered already." },
  campaigns_slug_unique: { code: "conflict", message: "This review was opened just now." },
  campaigns_by_itself: { code: "conflict", message: "This review was opened just now." },
  campaign_not_begun: {
    code: "invalid",
    message: "This period has not begun: there is nothing to review yet.",
  },
  campaigns_days: {
    code: "invalid",
    message: "Where the company is, the calendar left these days out: there is nothing to review.",
  },
  campaign_opened_by: { code: "not_allowed", message: "Only compliance opens a review." },
  campaign_closed: { code: "ended", message: "The review is closed: it stays as it is." },
  campaign_closed_by: { code: "not_allowed", message: "Only compliance closes a review." },
  campaign_closer_decided: {
    code: "not_allowed",
    message: "You decided on an item of this review, so somebody else closes it.",
  },
  campaign_closer_excepted: {
    code: "not_allowed",
    message: "You made an exception in this review, so somebody else closes it.",
  },
  campaign_closer_followed: {
    code: "not_allowed",
    message: "You did or checked a task of this review, so somebody else closes it.",
  },
  campaign_undecided: {
    code: "conflict",
    message: "An item is undecided, or what follows from a decision is not done yet.",
  },
  review_items_not_ones_own: {
    code: "own_request",
    message: "Nobody reviews their own access.",
  },
  review_items_not_ones_grant: {
    code: "own_request",
    message: "Nobody reviews access that they gave.",
  },
  review_reviewer_role: { code: "not_allowed", message: "Only managers review, or compliance." },
  review_reports_to: {
    code: "reports_to_actor",
    message: "Nobody reviews the access of who they report to.",
  },
  review_handed_on_by: {
    code: "not_allowed",
    message: "This item is not yours: its reviewer hands it on, or compliance.",
  },
  review_handed_on_own: {
    code: "not_allowed",
    message: "Nobody chooses who reviews themselves, what they gave, or who they report to.",
  },
  review_exception_conflict: {
    code: "not_allowed",
    message:
      "Nobody makes an exception for themselves, for what they gave, or for who they report to.",
  },
  review_exception_policy: {
    code: "conflict",
    message: "The policy revokes what nobody decides, so no exception is made of it.",
  },
  review_exception_unproved: {
    code: "conflict",
    message: "What was decided is being carried out: an exception is for what stays possible.",
  },
  review_item_decided: { code: "already_decided", message: "There is nothing left to decide." },
  review_by_compliance: { code: "not_allowed", message: "Only compliance does this." },
  review_exception_owner: {
    code: "invalid",
    message: "Somebody else, who is active, answers for an exception.",
  },
  review_exception_expiry: {
    code: "invalid",
    message: "An exception is over within the days that the policy gives it.",
  },
  review_task_due: { code: "invalid", message: "Choose today or a later day." },
  review_correction_own: {
    code: "not_allowed",
    message: "Nobody corrects what was decided on themselves, or by themselves.",
  },
  review_reminders_once: {
    code: "already_decided",
    message: "This reviewer was reminded today already.",
  },
  guest_not_compliance: {
    code: "not_allowed",
    message: "Only compliance invites auditors, and ends their access.",
  },
  guest_over: { code: "ended", message: "The access of this auditor is over already." },
  guest_frozen: { code: "ended", message: "The access of this auditor was ended before." },
  guest_link_used: { code: "used", message: "This link was used before. It lets nobody in twice." },
  guest_link_replaced: { code: "ended", message: "This link lets nobody in any more." },
  guest_link_late: { code: "ended", message: "This link lets nobody in any more." },
  exports_one_running: {
    code: "conflict",
    message: "Another export of yours is running. Wait for its end, or cancel it.",
  },
  export_without_role: {
    code: "not_allowed",
    message: "Only compliance takes evidence out of the panel.",
  },
  export_sign_in: {
    code: "sign_in_again",
    message: "To take evidence out, sign in again first. Nothing was taken.",
  },
  export_over: { code: "ended", message: "This export is over." },
  policy_version_next: {
    code: "policy_changed",
    message: "Somebody changed the policy meanwhile. Look at it again.",
  },
  policy_versions_pkey: {
    code: "policy_changed",
    message: "Somebody changed the policy meanwhile. Look at it again.",
  },
  policy_scheduled: {
    code: "conflict",
    message: "Another version lies ahead already. Withdraw it first.",
  },
  policy_not_admin: { code: "not_allowed", message: "Only an admin changes the policy." },
  policy_sign_in: {
    code: "sign_in_again",
    message: "To change the policy, sign in again first. Nothing was changed.",
  },
  policy_second_person: {
    code: "second_person",
    message: "This is looser than what is in force, so a second person accepts it first.",
  },
  policy_too_far: { code: "invalid", message: "A change lies ahead by a year at most." },
  policy_withdrawal_late: {
    code: "ended",
    message: "It is in force by now: change it, instead of withdrawing it.",
  },
  proposal_decided: {
    code: "already_decided",
    message: "Somebody decided before you. Yours was not recorded.",
  },
  proposal_lapsed: { code: "lapsed", message: "It has lapsed: nobody decided in time." },
  proposal_own: { code: "second_person", message: "You proposed it; somebody else decides." },
  proposal_about_oneself: {
    code: "own_record",
    message: "It is about you; somebody else decides.",
  },
  proposal_without_role: { code: "not_approver", message: "You cannot decide on this." },
  proposal_proposer: {
    code: "conflict",
    message:
      "Whoever proposed it holds no role for it any more, so that it would be one person’s. Decline it; who may can propose it anew.",
  },
  proposal_not_yours: {
    code: "not_allowed",
    message: "Only who proposed it takes it back. You can decline it.",
  },
  session_review_own: {
    code: "own_record",
    message: "This session is your own. Who approved it, or could have, reviews it.",
  },
  session_review_reports_to_actor: {
    code: "reports_to_actor",
    message: "You report to who stood in, so somebody else reviews this session.",
  },
  session_review_not_reviewer: {
    code: "not_allowed",
    message: "Only who approved it, or could have, reviews a session.",
  },
  session_review_live: {
    code: "conflict",
    message: "The session is live. It is reviewed once it has ended.",
  },
  session_reviews_once: {
    code: "already_decided",
    message: "Somebody reviewed this session before you. Yours was not recorded.",
  },
  token_after_end: { code: "ended", message: "The session is over." },
};

/** What a guarantee means to a person, where a verb asks for it by name. @throws for one that has no words. */
export function guaranteeRefusal(name: string): Refusal {
  const refusal = guarantees[name];
  if (!refusal) throw new Error(`The guarantee ${name} has no words`);
  return refusal;
}

const databaseError = z.object({ code: z.string(), constraint: z.string().optional() });
/** A text that UTF-8 as PostgreSQL stores it has no place for, such as NUL; the schemas of the input come before it. */
const unstorable = ["22021", "22P05"];

/** A row that another change holds for longer than the pool waits, or that each of two changes waits for. */
const held = ["55P03", "40P01"];
const busy: Refusal = {
  code: "conflict",
  message: "Another change is in the way just now. Nothing was changed: try again.",
};

/** The refusal inside an error: our own, or a guarantee that the database kept; null for anything else (a bug). */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refused) return error.refusal;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const parsed = databaseError.safeParse(cause);
  if (!parsed.success) return null;
  if (unstorable.includes(parsed.data.code))
    return { code: "invalid", message: "A text holds a character that cannot be stored." };
  if (held.includes(parsed.data.code)) return busy;
  return (parsed.data.constraint && guarantees[parsed.data.constraint]) || null;
}
