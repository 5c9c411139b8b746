export const theProduct = "(select id from products)";

/*
 * The rows of `made_sessions` m, in the tables in which they would have been written. Ids differ within a session by their
 * kind: 1 request, 2 session, 10 and more entries, 100 and more what was done.
 */

const request = "m.request_id";
const session = "m.session_id";
const entry = (kind: number | string) =>
  `(m.before || lpad(to_hex(${kind}), 3, '0') || m.behind)::uuid`;
const asked = "(m.at - make_interval(secs => 30 + case when m.sensitive then m.waited else 0 end))";
const decided = "(m.at - interval '30 seconds')";
const scope = "case when m.acts then 'write' else 'read' end";
const effect = `case when a.phase <> 'write' then 'view'
  else (array['data', 'data', 'configuration', 'message', 'data', 'export'])[1 + (m.n + a.i) % 6] end`;
/** Each thing done in a product, `i` from 0 on: first what is viewed, then what is written, then what is refused. */
const deeds = `cross join lateral (
  select i, case when i < m.views then 'view' when i < m.views + m.writes then 'write' else 'refused' end as phase,
    m.at + make_interval(secs => 4 + i * 70.0 / (m.views + m.writes + m.refusals)) as at
  from generate_series(0, m.views + m.writes + m.refusals - 1) i) a`;

export const requests = `
  insert into requests (id, actor_id, subject_id, account_id, product_id, scope, minutes, reason_category, lawful_basis, reason,
    caller_check, ticket, policy_version, sensitive, sensitive_because, approvals_needed, status, created_at, lapses_at,
    granted_at, granted_minutes, start_by, closed_at, asked_entry_id, granted_entry_id, closed_entry_id)
  select ${request}, m.actor_id, m.subject_id, m.account_id, ${theProduct}, ${scope}, 30, 'bug', 'contract',
    'Invoices are shown twice since Monday.', 'signed_in_ticket', case when m.n % 4 > 0 then 'SUP-' || m.n end, 14, m.sensitive,
    case when m.sensitive then array[m.tier] else '{}' end, case when m.sensitive then 1 else 0 end, 'used', ${asked},
    ${asked} + interval '4 hours', ${decided}, 30, ${decided} + interval '30 minutes', m.at,
    ${entry(10)}, ${entry(11)}, ${entry(12)}
  from made_sessions m order by m.n;
  insert into approvals (id, request_id, approver_id, vote, minutes, ask_hash, policy_version, created_at, entry_id)
  select ${entry(90)}, ${request}, m.approver_id, 'approve', 30, '', 14, ${decided}, ${entry(11)}
  from made_sessions m where m.sensitive order by m.n`;

export const sessions = `
  insert into sessions (id, request_id, actor_id, subject_id, account_id, product_id, scope, minutes, policy_version, sign_in_id,
    started_at, expires_at, last_active_at, ended_at, end_cause, started_entry_id, ended_entry_id)
  select ${session}, ${request}, m.actor_id, m.subject_id, m.account_id, ${theProduct}, ${scope}, 30, 14,
    m.sign_in_id, m.at, m.at + interval '30 minutes', m.at + interval '80 seconds', m.at + make_interval(secs => m.lasted), 'actor',
    ${entry(12)}, ${entry(15)}
  from made_sessions m order by m.n`;

export const actions = `
  insert into actions (id, session_id, seq, phase, effect, method, route, happened_at, done_at, entry_id, done_entry_id)
  select ${entry("100 + a.i")}, ${session}, a.i, case a.phase when 'write' then 'attempt' else a.phase end, ${effect},
    case a.phase when 'view' then 'GET' else 'POST' end, '/invoices/:x', a.at, case a.phase when 'write' then a.at end,
    ${entry("20 + a.i")}, case a.phase when 'write' then ${entry("60 + a.i")} end
  from made_sessions m ${deeds} order by m.n, a.i`;

const steps = `cross join lateral (
  values (10, 'request.asked', ${asked}, false), (11, case when m.sensitive then 'request.approved' else 'request.granted' end, ${decided}, false),
    (12, 'session.started', m.at, true), (13, 'code.issued', m.at + interval '1 second', true),
    (14, 'token.issued', m.at + interval '2 seconds', true), (15, 'session.ended', m.at + make_interval(secs => m.lasted), true)
  union all
  select 20 + i, case phase when 'view' then 'action.viewed' when 'write' then 'action.write' else 'action.refused' end, a.at, true
    from (select 1) one ${deeds}
  union all
  select 60 + i, 'action.done', a.at + interval '1 second', true from (select 1) one ${deeds} where phase = 'write'
  ) e (kind, event, at, in_session)`;

/** Its transactions are old ones, as they would be. */
export const audit = [
  `insert into audit_entry (id, occurred_at, event, account_id, actor_id, subject_id, session_id, request_id, xact)
   select ${entry("e.kind")}, e.at, e.event, m.account_id,
     case e.event when 'request.approved' then m.approver_id else m.actor_id end, m.subject_id,
     case when e.in_session then ${session} end, ${request}, (3 + m.n % 500)::text
   from made_sessions m ${steps} order by m.n, e.at`,
  `insert into audit_payload (entry_id, salt, body)
   select id, sha256(id::text::bytea), '{"account":"An account","action":"' || id || '","actor":"An agent","by":"Ledger","by_kind":"product","ip":"198.51.100.7","route":"/invoices/:x","subject":"A person","user_agent":"Mozilla/5.0 (X11; Linux x86_64)","what":"GET /invoices/:x"}'
   from audit_entry`,
  `insert into audit_index (entry_id, occurred_at, ticket, reason_category, effect, is_write)
   select ${entry("20 + a.i")}, a.at, case when m.n % 4 > 0 then 'SUP-' || m.n end, 'bug', ${effect}, a.phase = 'write'
   from made_sessions m ${deeds} order by m.n, a.i`,
  `insert into audit_pending (entry_id) select id from audit_entry`,
];
