import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { ageSession } from "#db/testing/age.ts";
import type { Subject } from "#db/testing/people.ts";
import { atRest } from "#db/testing/race.ts";
import type { Scene } from "#db/testing/scene.ts";
import { insert, type Row } from "#db/testing/sql.ts";
import { end } from "#lib/impersonation/end.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { question } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { findingsPolicy } from "#lib/policy/findings-policy.ts";
import type { Ask } from "#lib/requests/schemas.ts";
import type { Detector, FindingStatus } from "#lib/vocabulary.ts";
import { detect } from "./detect.ts";
import type { Access, Facts, Rules, Start, Vote } from "./facts.ts";

/** Fixtures of the findings. For tests only. */

/** A policy by which every hour is a working one and only `findings` tell when something is unusual. */
export const atAllHours = (s: Pick<Scene, "owner">, findings: Record<string, unknown>) =>
  insert(s.owner, "policy_versions", {
    version: 15,
    body: {
      ...policy14,
      workingHours: { from: 0, to: 24, days: [1, 2, 3, 4, 5, 6, 7] },
      findings,
    },
  });

export const rulesOf = (over: Partial<Rules> = {}): Rules => ({
  ...findingsPolicy.parse({}),
  workingHours: { from: 7, to: 19, days: [1, 2, 3, 4, 5] },
  ...over,
});

/** A session of one agent; each call another one, unless told otherwise. */
export function access(over: Partial<Access> & { at: number }): Access {
  const account = over.accountId ?? newId();
  return {
    id: newId(),
    number: 41_101,
    scope: "read",
    actorId: agentId,
    subjectId: newId(),
    subject: "Jane Ashdown",
    accountId: account,
    account: "Northwind",
    explained: false,
    isUpgrade: false,
    namesTicket: false,
    isOnboarding: false,
    brokeGlass: false,
    ...over,
  };
}
export const agentId = "01a20f34-9d2f-7282-a6ab-7a34d57a611b";

export const start = (over: Partial<Start> & { at: number }): Start => ({
  ...access(over),
  began: true,
  ended: false,
  category: "Reproduce a fault",
  ticket: null,
  ticketThen: null,
  knowsTickets: true,
  needsTicket: false,
  isVip: false,
  usedBefore: null,
  subjectSeen: null,
  helpedHere: false,
  usualTimes: [],
  near: null,
  ...over,
});

/** One approval, two minutes after the ask. */
export const vote = (over: Partial<Vote> & { at: number }): Vote => ({
  requestId: newId(),
  number: 20_601,
  approverId: "01a20f34-9d2f-7282-a6ab-7a34d57a6102",
  actorId: agentId,
  actor: "Ana Ruiz",
  subjectId: newId(),
  subject: "Jane Ashdown",
  accountId: newId(),
  account: "Northwind",
  askedAt: over.at - 120_000,
  explained: false,
  ...over,
});

export const factsOf = (over: Partial<Facts>): Facts => ({
  starts: [],
  broken: [],
  around: over.starts ?? [],
  underTickets: [],
  writings: [],
  refusals: [],
  votes: [],
  pairs: [],
  isTicketless: () => false,
  zoneOf: () => "Europe/Berlin",
  isDisposed: () => false,
  ...over,
});

/** A whole session by the verbs, moved into the past. */
export async function visit(
  s: Scene,
  agent: Ctx<StaffActor>,
  subject: Subject,
  ago: string,
  over: Partial<Ask> = {},
): Promise<string> {
  const result = await standIn(
    agent,
    question(subject.id, { reasonCategory: "configuration_check", ticket: undefined, ...over }),
  );
  if (!result.ok || result.value.kind !== "started") throw new Error("It did not start");
  const { sessionId } = result.value;
  await end(agent, { sessionId });
  await ageSession(s.owner, sessionId, ago);
  return sessionId;
}

/** A ticket of the account as the help desk pushes it; assigned to the agent and open unless told otherwise. */
export const addTicket = (s: Scene, reference: string, of: Subject, more: Row = {}) =>
  insert(s.owner, "tickets", {
    product_id: of.product,
    reference,
    account_id: of.account,
    title: "An invoice is shown twice",
    status: "open",
    ...more,
  });

export type Stored = {
  id: string;
  number: number;
  detector: Detector;
  actorId: string;
  otherId: string | null;
  subjectId: string | null;
  explanation: string;
  status: FindingStatus;
  sessions: string[];
};

/** The findings of a detector, oldest first. */
export async function findingsBy(s: Scene, detector?: Detector): Promise<Stored[]> {
  const { rows } = await s.owner.query<Stored>(
    `select f.id, f.number, f.detector, f.actor_id as "actorId", f.other_id as "otherId", f.subject_id as "subjectId",
       f.explanation, f.status,
       array(select session_id::text from finding_sessions where finding_id = f.id order by 1) as sessions
     from findings f where $1::text is null or f.detector = $1 order by f.number`,
    [detector ?? null],
  );
  return rows;
}

/** Lets the worker's part run until it has read everything. */
export async function detectAll(worker: Ctx, batch = 1000): Promise<number> {
  let findings = 0;
  await atRest((query) => worker.db.execute(query));
  for (;;) {
    const done = await detect(worker, batch);
    findings += done.findings;
    if (done.faults.length > 0) throw done.faults[0];
    if (done.read < batch) return findings;
  }
}
