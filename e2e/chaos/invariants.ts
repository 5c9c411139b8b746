import type pg from "pg";
import type { ChaosStack } from "./stack.ts";
import type { Told } from "./told.ts";

const entryOf = (id: string, events: string, about: string): string =>
  `select from audit_entry e where e.id = ${id} and e.event in (${events}) and ${about}`;

/** What must be nothing: each question gives the ids of what breaks a promise. */
const promises: Record<string, string> = {
  "a session without the entry of its start": `select id from sessions s
    where not exists (${entryOf("s.started_entry_id", "'session.started'", "e.session_id = s.id")})`,
  "an ended session without the entry of its end": `select id from sessions s where ended_at is not null
    and not exists (${entryOf("s.ended_entry_id", "'session.ended'", "e.session_id = s.id")})`,
  "a session that was narrowed to looking without its entry": `select id from sessions s where narrowed_at is not null
    and not exists (${entryOf("s.narrowed_entry_id", "'session.narrowed'", "e.session_id = s.id")})`,
  "a narrowing on record without its session": `select e.id from audit_entry e where event = 'session.narrowed'
    and not exists (select from sessions s where s.narrowed_entry_id = e.id and s.narrowed_at is not null)`,
  "a write in a session that was for looking only by then": `select a.id from actions a join sessions s on s.id = a.session_id
    join audit_entry e on e.id = a.entry_id where a.phase = 'attempt' and e.occurred_at > s.narrowed_at`,
  "a start on record without its session": `select e.id from audit_entry e where event = 'session.started'
    and not exists (select from sessions s where s.started_entry_id = e.id)`,
  "an end on record without its ended session": `select e.id from audit_entry e where event = 'session.ended'
    and not exists (select from sessions s where s.ended_entry_id = e.id and s.ended_at is not null)`,
  "a request without the entry that it was asked by": `select id from requests r
    where not exists (${entryOf("r.asked_entry_id", "'request.asked'", "e.request_id = r.id")})`,
  "a granted request without its entry": `select id from requests r where granted_at is not null
    and not exists (${entryOf("r.granted_entry_id", "'request.granted', 'request.approved'", "e.request_id = r.id")})`,
  "a closed request without its entry": `select id from requests r where closed_at is not null
    and not exists (select from audit_entry e where e.id = r.closed_entry_id and e.request_id = r.id
      and e.event = case r.status when 'used' then 'session.started' else 'request.' || r.status end)`,
  "a used request without its session, or a session whose request is not used": `select r.id from requests r
    full join sessions s on s.request_id = r.id where (r.status = 'used') is distinct from (s.id is not null)`,
  "an entry about a request without its change": `select e.id from audit_entry e
    where e.event in ('request.asked', 'request.granted', 'request.denied', 'request.cancelled', 'request.lapsed')
    and not exists (select from requests r where e.id in (r.asked_entry_id, r.granted_entry_id, r.closed_entry_id))`,
  "a vote without its entry": `select id from approvals v
    where not exists (${entryOf("v.entry_id", "'request.approved', 'request.denied'", "e.request_id = v.request_id and e.actor_id = v.approver_id")})`,
  "a vote on record without the vote": `select e.id from audit_entry e
    where e.event in ('request.approved', 'request.denied')
    and not exists (select from approvals v where v.entry_id = e.id)`,
  "an action without its entry": `select id from actions a where not exists
    (${entryOf("a.entry_id", "'action.write', 'action.viewed', 'action.refused'", "e.session_id = a.session_id")})`,
  "a write on record without the attempt": `select e.id from audit_entry e where e.event = 'action.write'
    and not exists (select from actions a where a.entry_id = e.id and a.phase = 'attempt')`,
  "what came of a write on record without the action": `select e.id from audit_entry e where e.event = 'action.done'
    and not exists (select from actions a where a.done_entry_id = e.id and a.done_at is not null)`,
  "tokens and codes that no entry tells of": `select s.id from sessions s where
    (select count(*) from tokens t where t.session_id = s.id)
      <> (select count(*) from audit_entry e where e.session_id = s.id and e.event = 'token.issued')
    or (select count(*) from authorization_codes c where c.session_id = s.id)
      <> (select count(*) from audit_entry e where e.session_id = s.id and e.event = 'code.issued')`,
  "an entry without its payload, or not waiting to be sealed": `select e.id from audit_entry e where
    not exists (select from audit_payload p where p.entry_id = e.id)
    or not exists (select from audit_pending q where q.entry_id = e.id)`,
  "somebody who was asked and never told, though nobody is about to tell them": `select e.id from audit_entry e
    join audit_payload p on p.entry_id = e.id, jsonb_array_elements_text(p.body::jsonb -> 'asked') as asked(person)
    where e.event in ('request.rang', 'request.reminded') and not exists (select from notice_outbox o where o.entry_id = e.id)
    and not exists (select from notices n where n.entry_id = e.id and n.staff_id::text = asked.person)`,
  "somebody who was told twice of one entry": `select entry_id as id from notices where staff_id is not null
    group by entry_id, staff_id having count(*) > 1`,
  "a request that was decided twice": `select request_id as id from audit_entry
    where event in ('request.granted', 'request.denied') group by request_id having count(*) > 1`,
  "two live sessions of one actor": `select actor_id as id from sessions where ended_at is null
    group by actor_id having count(*) > 1`,
  "a session that is longer than was granted": `select s.id from sessions s join requests r on r.id = s.request_id
    where s.minutes > r.granted_minutes or s.expires_at > s.started_at + make_interval(mins => s.minutes)
    or s.ended_at > s.expires_at`,
  // Of a session that a round has aged, the entries stay where they were.
  "a write that was recorded after the end": `select a.id from actions a join sessions s on s.id = a.session_id
    join audit_entry e on e.id = a.entry_id join audit_entry began on began.id = s.started_entry_id
    where a.phase = 'attempt' and e.occurred_at > s.ended_at and began.occurred_at < s.started_at + interval '1 minute'`,
};

/** Sentences about what is broken; none when all holds. */
export async function brokenPromises(
  { owner, books }: ChaosStack,
  told: readonly Told[],
): Promise<string[]> {
  const broken: string[] = [];
  for (const [promise, question] of Object.entries(promises)) {
    const { rows } = await owner.query<{ id: string }>(question);
    if (rows.length > 0) broken.push(`${promise}: ${rows.map(({ id }) => id).join(", ")}`);
  }
  return [
    ...broken,
    ...(await writesWithoutAttempt(owner, books)),
    ...(await forgotten(owner, books, told)),
  ];
}

type Write = { session: string; resource: string; at: Date };

/**
 * What support changed in Ledger, beside the attempts on record: the nth change of one thing in a session needs an nth
 * attempt on it that was recorded before. Both databases are of one server, so their clocks are one.
 */
async function writesWithoutAttempt(owner: pg.Pool, books: pg.Pool): Promise<string[]> {
  const { rows: writes } = await books.query<Write>(
    `select session, about as resource, at from history where session is not null order by at, id`,
  );
  const { rows: attempts } = await owner.query<Write>(
    `select a.session_id as session, a.resource, e.occurred_at as at
     from actions a join audit_entry e on e.id = a.entry_id
     where a.phase = 'attempt' order by e.occurred_at`,
  );
  const left = Map.groupBy(attempts, keyOf);
  return writes.flatMap((write) => {
    const attempt = left.get(keyOf(write))?.shift();
    return attempt && attempt.at <= write.at
      ? []
      : [`a change in Ledger without its attempt: ${write.resource} in ${write.session}`];
  });
}

/** Ledger's history says "invoice 17", the attempt "INV-0017". */
const keyOf = ({ session, resource }: Write): string =>
  `${session} ${Number(resource.replace(/\D/g, ""))}`;

/** What was answered as done and is not there. */
async function forgotten(owner: pg.Pool, books: pg.Pool, told: readonly Told[]): Promise<string[]> {
  const ids = (what: Told["what"]) =>
    told.flatMap((one) => (one.what === what && "id" in one ? [one.id] : []));
  const missing = async (what: Told["what"], there: string): Promise<string[]> => {
    const { rows } = await owner.query<{ id: string }>(
      `select id from unnest($1::uuid[]) as told(id) where not exists (${there})`,
      [ids(what)],
    );
    return rows.map(({ id }) => `${what}, but forgotten: ${id}`);
  };
  const texts = told.flatMap((one) => (one.what === "wrote" ? [one.text] : []));
  const { rows: unwritten } = await books.query<{ text: string }>(
    `select text from unnest($1::text[]) as told(text) where not exists (select from history h
       where h.at > now() - interval '1 day' and h.changes::text like '%' || told.text || '%')`,
    [texts],
  );
  return [
    ...(await missing("asked", "select from requests r where r.id = told.id")),
    ...(await missing("started", "select from sessions s where s.id = told.id")),
    ...(await missing("voted", "select from approvals v where v.request_id = told.id")),
    ...(await missing(
      "ended",
      "select from sessions s where s.id = told.id and s.ended_at is not null",
    )),
    ...unwritten.map(({ text }) => `wrote, but forgotten: ${text}`),
  ];
}
