/** Every closed list of words in the product. Labels for people live beside the words. Imports nothing. */

export const roles = ["agent", "manager", "compliance", "admin"] as const;
export type Role = (typeof roles)[number];

export const staffStatuses = ["active", "deactivated"] as const;
export type StaffStatus = (typeof staffStatuses)[number];

/** A staff row is a person's, or that of an integration that acts by itself. */
export const staffKinds = ["person", "service"] as const;
export type StaffKind = (typeof staffKinds)[number];

/** Where a grant of a role came from: the installation's set-up or seed, an admin in the panel, the command line, a group of the issuer. */
export const grantSources = ["set_up", "panel", "command", "issuer_group", "review"] as const;
export type GrantSource = (typeof grantSources)[number];

export const tiers = ["standard", "enterprise", "regulated"] as const;
export type Tier = (typeof tiers)[number];

/** What an account says about standing in: freely, only with an approval, never. */
export const accountStances = ["allowed", "opted_out", "closed"] as const;
export type AccountStance = (typeof accountStances)[number];

/** What makes a customer more or less open to standing in, and waits for a second person before it gets looser. */
export const flags = ["tier", "stance", "vip"] as const;
export type Flag = (typeof flags)[number];

export const userStatuses = ["active", "deactivated"] as const;
export type UserStatus = (typeof userStatuses)[number];

export const userKinds = ["person", "service"] as const;
export type UserKind = (typeof userKinds)[number];

export const ticketStatuses = ["open", "closed"] as const;

/** A sync brings the whole directory: what nobody named when it is finished is gone. */
export const syncStatuses = ["open", "finishing", "finished", "abandoned"] as const;

/** What a line of the directory says something about. */
export const lineKinds = ["account", "user", "ticket"] as const;
export type LineKind = (typeof lineKinds)[number];

export const scopes = ["read", "write"] as const;
export type Scope = (typeof scopes)[number];

export const minuteChoices = [15, 30, 45, 60] as const;

export const requestStatuses = [
  "pending",
  "granted",
  "used",
  "denied",
  "cancelled",
  "lapsed",
] as const;
export type RequestStatus = (typeof requestStatuses)[number];

export const votes = ["approve", "deny"] as const;
export type Vote = (typeof votes)[number];

export const reasonCategories = [
  "customer_asked",
  "bug",
  "onboarding",
  "configuration_check",
  "incident",
  "legal",
] as const;
export type ReasonCategory = (typeof reasonCategories)[number];

export const lawfulBases = [
  "contract",
  "consent",
  "legitimate_interest",
  "legal_obligation",
] as const;
export type LawfulBasis = (typeof lawfulBases)[number];

/** How the agent knows that the caller is who they say. */
export const callerChecks = ["signed_in_ticket", "call_back", "code", "nobody_calling"] as const;
export type CallerCheck = (typeof callerChecks)[number];

/** Why a subject needs an approval (DESIGN §2, "sensitive"). */
export const sensitivities = ["enterprise", "regulated", "opted_out", "vip", "owner"] as const;
export type Sensitivity = (typeof sensitivities)[number];
/** What of before is held of a person whom a product moved or no longer calls an owner, until a second person accepts. */
export const heldReasons = ["enterprise", "regulated", "opted_out", "closed", "owner"] as const;
export type HeldReason = (typeof heldReasons)[number];

export const effects = [
  "view",
  "data",
  "configuration",
  "message",
  "credential",
  "export",
] as const;
export type Effect = (typeof effects)[number];

export const phases = ["view", "attempt", "done", "refused"] as const;
export type Phase = (typeof phases)[number];

/** Why a product refused an action before it ran. */
export const actionRefusals = [
  "scope",
  "denied_route",
  "undeclared",
  "export",
  "unreachable",
] as const;
export type ActionRefusal = (typeof actionRefusals)[number];

/** Why a session ended (DESIGN §5). */
export const endCauses = [
  "actor",
  "manager",
  "admin",
  "product",
  "customer",
  "time",
  "idle",
  "sign_out",
  "subject_withdrawn",
  "actor_withdrawn",
  "account_stricter",
  "global_stop",
  "upgraded",
  "code_reuse",
] as const;
export type EndCause = (typeof endCauses)[number];

export const environments = ["production", "staging", "demo"] as const;
export type Environment = (typeof environments)[number];

/** How somebody proved who they are: as a person of the demo, or to the company's issuer. */
export const signInWays = ["persona", "issuer"] as const;
export type SignInWay = (typeof signInWays)[number];

export const signInEnds = [
  "signed_out",
  "idle",
  "expired",
  "withdrawn",
  "issuer",
  "released",
] as const;
export type SignInEnd = (typeof signInEnds)[number];

/** Names of audit entries. A name is never reused with another meaning and never removed. */
export const events = [
  "sign_in.started",
  "sign_in.ended",
  "sign_in.refused",
  "page.refused",
  "subject.opened",
  "account.opened",
  "directory.updated",
  "directory.refused",
  "request.asked",
  "request.approved",
  "request.granted",
  "request.denied",
  "request.cancelled",
  "request.lapsed",
  "request.refused",
  "vote.refused",
  "session.started",
  "session.refused",
  "session.ended",
  "session.end_refused",
  "code.issued",
  "code.refused",
  "token.issued",
  "token.refused",
  "action.viewed",
  "action.write",
  "action.done",
  "action.refused",
  "staff.withdrawn",
  "staff.restored",
  "stop.started",
  "stop.lifted",
  "client.refused",
  "staff.added",
  "staff.changed",
  "role.granted",
  "role.revoked",
  "settings.refused",
  "directory.sync_begun",
  "directory.sync_finished",
  "directory.sync_abandoned",
  "product.added",
  "product.changed",
  "sign_in.end_refused",
  "identity.bound",
  "identity.released",
  "limit.refused",
  "breadth.warned",
  "breadth.lifted",
  "breadth.lift_refused",
  "review.opened",
  "review.compared",
  "review.assigned",
  "review.handed_on",
  "review.looked",
  "review.sample_opened",
  "review.decided",
  "review.rushed",
  "review.access_tried",
  "review.remediated",
  "review.task_set",
  "review.task_checked",
  "review.excepted",
  "review.reminded",
  "review.closing",
  "review.closed",
  "review.corrected",
  "review.refused",
  "figures.read",
  "finding.raised",
  "finding.grown",
  "finding.asked",
  "finding.answered",
  "finding.disposed",
  "finding.refused",
  "export.started",
  "export.finished",
  "export.stopped",
  "export.refused",
  "pack.made",
  "report.made",
  "report.names_released",
  "exposure.read",
  "population.read",
  "sample.drawn",
  "guest.invited",
  "guest.entered",
  "guest.read",
  "guest.revoked",
  "guest.refused",
  "request.rang",
  "request.no_approver",
  "request.opened",
  "request.reminded",
  "standing.ended",
  "standing.refused",
  "delegation.given",
  "delegation.ended",
  "delegation.refused",
  "person.linked",
  "person.unlinked",
  "break_glass.used",
  "break_glass.refused",
  "session.reviewed",
  "session.review_due",
  "session.review_refused",
  "flag.tightened",
  "flag.loosened",
  "flag.refused",
  "proposal.made",
  "proposal.accepted",
  "proposal.declined",
  "proposal.withdrawn",
  "proposal.lapsed",
  "proposal.refused",
  "policy.changed",
  "policy.refused",
  "sign_in.renewed",
  "staff.invited",
  "group.mapped",
  "group.unmapped",
  "notice.failed",
  "notices.changed",
  "notices.refused",
  "slack.linked",
  "slack.unlinked",
  "slack.refused",
  "link.refused",
  "channel.added",
  "channel.changed",
  "channel.removed",
  "session.narrowed",
  "session.narrow_refused",
] as const;
export type AuditEvent = (typeof events)[number];

/** What a reviewer says of one item. */
export const attestations = ["keep", "change", "revoke"] as const;
export type Attestation = (typeof attestations)[number];

export const campaignStatuses = ["open", "closed"] as const;

/** How a reviewer came to an item. */
export const assignments = [
  "manager",
  "higher_manager",
  "other_manager",
  "compliance",
  "handed_on",
] as const;
export type Assignment = (typeof assignments)[number];

/** What is to be done after a decision: here at once, or elsewhere by somebody. */
export const remediationKinds = ["role_revoked", "looking_only", "outside"] as const;

/** What an exception is for: what nobody decided, what was decided and is not proved, or by rule at the closing. */
export const exceptionKinds = ["undecided", "unproved", "rule"] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];
/** What was taken: refused when tried, still possible, or given anew on record since, so that there is nothing to try. */
export const remediationResults = ["refused", "still_possible", "given_anew"] as const;

/** Reminders before the day and after it; `late` is daily. */
export const reminderKinds = ["weekly", "three_days", "one_day", "due", "late"] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/** Patterns that a person must look at. */
export const detectors = [
  "many_accounts",
  "outside_hours",
  "same_subject",
  "no_ticket",
  "unusual_writes",
  "near_to_actor",
  "vip",
  "same_pair",
  "quick_approval",
  "refusals",
  "dormant",
  "beyond_ticket",
  "break_glass",
  "look_closer",
] as const;
export type Detector = (typeof detectors)[number];

/** What somebody says that a finding was. */
export const disposals = ["explained", "coaching", "incident"] as const;
export const findingStatuses = ["open", ...disposals] as const;
export type FindingStatus = (typeof findingStatuses)[number];

/** What is taken out of the panel: entries, one session, one person's own report, what an incident laid open. */
export const exportKinds = ["log", "session", "subject", "exposure"] as const;

export const exportFormats = ["csv", "jsonl", "pdf", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportStatuses = ["running", "complete", "cancelled", "broken"] as const;

/** Why an export is not whole: whoever read it went away, nobody fetched it, it failed, or its panel went away. */
export const exportBreaks = [
  "reader_gone",
  "not_fetched",
  "fault",
  "panel_gone",
  "access_over",
] as const;
export type ExportBreak = (typeof exportBreaks)[number];

/** Who has to vote: the actor's own manager, any manager, compliance. */
export const approverKinds = ["own_manager", "manager", "compliance"] as const;
export type ApproverKind = (typeof approverKinds)[number];

/** Where a notice goes: the panel's own inbox, and outside of it. */
export const channels = ["inbox", "slack", "mail", "webhook"] as const;
export type ChannelName = (typeof channels)[number];

/** What waits for a second person before it is in force. */
export const proposalKinds = ["flag", "policy", "role"] as const;
export type ProposalKind = (typeof proposalKinds)[number];
export const proposalStatuses = ["pending", "accepted", "declined", "withdrawn", "lapsed"] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];

/** What an approver, else the manager, says of a session afterwards. */
export const sessionVerdicts = ["as_expected", "look_closer"] as const;
export type SessionVerdict = (typeof sessionVerdicts)[number];

/** What people are told of. Which entry makes which is in `lib/notices/tell.ts`. */
export const noticeKinds = [
  "request_asked",
  "request_reminded",
  "request_decided",
  "request_no_approver",
  "session_done",
  "session_review",
  "break_glass",
  "proposal_made",
  "proposal_decided",
  "review_assigned",
  "review_task",
  "review_due",
  "finding_asked",
  "breadth",
  "staff",
  "test",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What people choose about: notices of one group go the same ways. */
export const noticeGroups = [
  "approvals",
  "own_requests",
  "sessions",
  "proposals",
  "reviews",
] as const;
export type NoticeGroup = (typeof noticeGroups)[number];

/** What became of a notice on its way out: to be sent, sent, given up, or not wanted any more. */
export const deliveryStatuses = ["waiting", "sent", "failed", "skipped"] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];
