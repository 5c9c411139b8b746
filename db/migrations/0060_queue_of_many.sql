-- However many wait and however many are past, the first of the queue are read in its own order: a limit that is known when it
-- is planned, and no index of something else gone through as a whole.
CREATE OR REPLACE FUNCTION queue_of(reader uuid, decides boolean, sees_all boolean, after_at timestamptz, after_id uuid, decided_since timestamptz) RETURNS SETOF json
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan
  SET enable_bitmapscan = off AS $$
BEGIN
  RETURN QUERY with moment as materialized (select clock_timestamp() as now),
  first as materialized (
    select r.id, r.created_at from requests r, moment
    -- By the index of the queue, which is in this order, and not by that of what lapses.
    where sees_all and r.status = 'pending' and r.lapses_at + interval '0' > moment.now
      and (decides or after_at is null or (r.created_at, r.id) > (after_at, after_id))
    order by r.created_at, r.id limit 100),
  waits as materialized (
    select w.id, w.n from waiting_for(reader, after_at, after_id, 100) with ordinality as w(id, n) where decides limit 100),
  yours as materialized (
    (select id, n from waits where n <= 26)
    union all
    (select id, row_number() over (order by created_at, id) from first where not decides order by created_at, id limit 26)),
  mine as (
    select r.id, r.created_at from requests r, moment
      -- None waits for longer than a day, whatever somebody has asked in years.
      where r.actor_id = reader and r.created_at > now() - interval '25 hours'
        and r.status = 'pending' and r.lapses_at + interval '0' > moment.now
    union
    select r.id, r.created_at from approvals v join requests r on r.id = v.request_id, moment
      where v.approver_id = reader and v.created_at > moment.now - interval '25 hours'
        and r.status = 'pending' and r.lapses_at > moment.now),
  others as materialized (
    select id, row_number() over (order by created_at, id) as n from (
      select id, created_at from mine
      union
      select id, created_at from first
        where after_at is null and id not in (select id from waits)) o
    where decides
    order by created_at, id limit 10),
  decided as materialized (
    select id, row_number() over (order by at desc) as n from (
      (select id, coalesce(granted_at, closed_at) as at from requests
        where approvals_needed > 0 and closed_at >= decided_since order by closed_at desc, id desc limit 20)
      union all
      (select id, granted_at from requests
        where status = 'granted' and approvals_needed > 0 and granted_at >= decided_since
        order by granted_at desc, id desc limit 20)) d
    where sees_all
    order by at desc limit 20),
  shown as (
    select 'yours' as kind, id, n from yours
    union all select 'others', id, n from others
    union all select 'decided', id, n from decided)
  select json_build_object('kind', s.kind, 'id', r.id,
      'status', case when r.status = 'granted' and r.start_by <= moment.now then 'lapsed' else r.status end,
      'scope', r.scope, 'minutes', r.minutes, 'grantedMinutes', r.granted_minutes, 'createdAt', r.created_at,
      'grantedAt', r.granted_at, 'closedAt', r.closed_at,
      'place', to_char(r.created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00',
      'actorId', r.actor_id, 'actor', a.name, 'subject', p.name, 'lang', p.lang, 'account', c.name, 'tier', c.tier,
      'stance', c.stance, 'votes', (select json_agg(json_build_object('by', json_build_object('id', v.approver_id, 'name', b.name), 'vote', v.vote) order by v.created_at)
        from approvals v join staff b on b.id = v.approver_id where v.request_id = r.id),
      'now', moment.now)
    from shown s join requests r on r.id = s.id join staff a on a.id = r.actor_id join subjects p on p.id = r.subject_id
      join accounts c on c.id = r.account_id, moment
    order by s.kind, s.n;
END $$;
