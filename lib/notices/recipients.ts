import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import type { AuditEvent, NoticeKind, ProposalKind, RequestStatus, Role } from "#lib/vocabulary.ts";

/** An entry of the outbox with what says whom it concerns. */
export type ToTell = {
  entryId: string;
  event: AuditEvent;
  /** Whose deed the entry is. */
  actorId: string | null;
  managerId: string | null;
  team: string | null;
  request: { id: string; actorId: string; status: RequestStatus } | null;
  proposal: { kind: ProposalKind; by: string | null; about: string | null } | null;
  body: Record<string, unknown>;
};

/** Who holds which role now, and is active; with who is one person. */
export type Holders = { id: string; personId: string; roles: Role[] }[];

/** Whose the undecided items of a review are, by its id; null: nobody may decide one. */
export type Reviewers = ReadonlyMap<string, (string | null)[]>;

/** Who is none keeps no other from being told. */
const people = z
  .array(z.unknown())
  .catch([])
  .transform((all) => all.filter((one) => z.uuid().safeParse(one).success).map(String));
const person = z.uuid().nullable().catch(null);

/** Of what kind the notices of an entry are, and who gets one. Several of one person each get theirs. */
export function recipientsOf(
  entry: ToTell,
  holders: Holders,
  reviewers: Reviewers = new Map(),
): { kind: NoticeKind; to: string[] } | null {
  const { event, body, request, proposal } = entry;
  const asked = people.parse(body.asked);
  const only = (id: string | null) => (id ? [id] : []);
  // Who took it upon themselves knows.
  const others = (id: string | null) => only(id === entry.actorId ? null : id);
  const compliance = holders
    .filter(({ roles }) => roles.includes("compliance"))
    .map(({ id }) => id);
  switch (event) {
    case "request.rang":
      return { kind: "request_asked", to: asked };
    case "request.reminded":
      return { kind: "request_reminded", to: asked };
    case "request.no_approver":
      return { kind: "request_no_approver", to: only(request?.actorId ?? null) };
    case "request.approved":
      // Of two votes the first decides nothing yet.
      return request?.status === "pending"
        ? null
        : { kind: "request_decided", to: only(request?.actorId ?? null) };
    case "request.denied":
    case "request.lapsed":
      return { kind: "request_decided", to: only(request?.actorId ?? null) };
    case "session.review_due":
      return { kind: body.break_glass === true ? "session_review" : "session_done", to: asked };
    case "break_glass.used":
      return { kind: "break_glass", to: asked };
    case "proposal.made":
      return { kind: "proposal_made", to: proposal ? secondPersons(proposal, holders) : [] };
    case "proposal.accepted":
    case "proposal.declined":
    case "proposal.lapsed":
      return { kind: "proposal_decided", to: only(proposal?.by ?? null) };
    case "review.opened": {
      const of = reviewers.get(String(body.campaign_id)) ?? [];
      const some = of.filter((id) => id !== null);
      return { kind: "review_assigned", to: of.includes(null) ? [...some, ...compliance] : some };
    }
    case "review.assigned":
      return {
        kind: "review_assigned",
        to: body.to === "compliance" ? compliance : only(person.parse(body.reviewer)),
      };
    case "review.handed_on":
      return { kind: "review_assigned", to: others(person.parse(body.to)) };
    case "review.task_set":
      return { kind: "review_task", to: others(person.parse(body.owner)) };
    case "review.reminded":
      return {
        kind: "review_due",
        to: body.to === "compliance" ? compliance : only(person.parse(body.reviewer)),
      };
    case "finding.asked":
      return { kind: "finding_asked", to: only(entry.actorId) };
    case "staff.invited":
      return { kind: "staff", to: only(person.parse(body.staff ?? body.person)) };
    case "breadth.warned":
      return { kind: "breadth", to: only(entry.managerId) };
    default:
      return null;
  }
}

const deciding: Record<ProposalKind, readonly Role[]> = {
  flag: ["manager"],
  policy: ["admin", "compliance"],
  role: ["admin"],
};

/** Who may decide on a proposal: as the schema has it, neither who made it nor whom it is about. */
function secondPersons({ kind, by, about }: NonNullable<ToTell["proposal"]>, holders: Holders) {
  const not = holders.filter(({ id }) => id === by || id === about).map((one) => one.personId);
  return holders
    .filter(
      ({ personId, roles }) =>
        !not.includes(personId) && roles.some((role) => deciding[kind].includes(role)),
    )
    .map(({ id }) => id);
}

/** All of the staff who hold a role, read where an entry of a batch is for whoever holds one. */
export async function readHolders(db: Reader, entries: ToTell[]): Promise<Holders> {
  const isWanted = ({ event, body }: ToTell) =>
    event === "proposal.made" ||
    event === "review.opened" ||
    ((event === "review.reminded" || event === "review.assigned") && body.to === "compliance");
  if (!entries.some(isWanted)) return [];
  const { rows } = await db.execute<{ id: string; personId: string; roles: Role[] }>(sql`
    select s.id, s.person_id as "personId", array_agg(h.role) as roles
      from staff s join roles_held h on h.staff_id = s.id where s.kind = 'person' group by s.id`);
  return rows;
}

/** Whose items they are of reviews that an entry of a batch opens. */
export async function readReviewers(db: Reader, entries: ToTell[]): Promise<Reviewers> {
  const opened = entries.filter(({ event }) => event === "review.opened");
  const ids = people.parse(opened.map(({ body }) => body.campaign_id));
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute<{ id: string; reviewers: (string | null)[] }>(sql`
    select campaign_id as id, array_agg(distinct reviewer_id) as reviewers from undecided_items
      where campaign_id = any(${sql.param(ids)}::uuid[]) group by campaign_id`);
  return new Map(rows.map(({ id, reviewers }) => [id, reviewers]));
}
