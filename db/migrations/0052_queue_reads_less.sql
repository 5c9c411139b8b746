-- Who a reader is, is looked up by indexes however many the staff are, and the queue in its own order.
CREATE OR REPLACE FUNCTION waiting_for(voter uuid, after_at timestamptz, after_id uuid, most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 26 SET search_path = pg_catalog, public, pg_temp
  SET plan_cache_mode = force_generic_plan SET enable_sort = off SET enable_bitmapscan = off SET enable_seqscan = off
  SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  manager_since timestamptz; compliance_since timestamptz; since timestamptz; mine uuid[]; bosses uuid[]; led uuid[];
  now_ timestamptz := clock_timestamp();
BEGIN
  SELECT min(granted_at) FILTER (WHERE role = 'manager'), min(granted_at) FILTER (WHERE role = 'compliance')
    INTO manager_since, compliance_since FROM roles_held WHERE staff_id = voter;
  since := least(manager_since, compliance_since);
  IF since IS NULL THEN
    RETURN;
  END IF;
  SELECT array_agg(o.id) INTO mine FROM staff s JOIN staff o ON o.person_id = s.person_id WHERE s.id = voter;
  -- Everybody above them, now or ever: of these few it is asked precisely.
  WITH RECURSIVE line(id) AS (
    SELECT m.manager_id FROM staff_managers m WHERE m.staff_id = ANY (mine) AND m.manager_id IS NOT NULL
    UNION
    SELECT m.manager_id FROM line JOIN staff s ON s.id = line.id JOIN staff o ON o.person_id = s.person_id
      JOIN staff_managers m ON m.staff_id = o.id WHERE m.manager_id IS NOT NULL)
  SELECT array_agg(DISTINCT s.person_id) INTO bosses FROM line JOIN staff s ON s.id = line.id;
  SELECT coalesce(array_agg(o.id), '{}') INTO bosses FROM staff o WHERE o.person_id = ANY (bosses);
  SELECT array_append(coalesce(array_agg(d.from_id), '{}'), voter) INTO led FROM delegations d
    WHERE d.to_id = voter AND d.ended_at IS NULL AND d.starts_at <= now_ AND d.ends_at > now_;
  SELECT coalesce(array_agg(m.staff_id), '{}') INTO led FROM staff_managers m WHERE m.manager_id = ANY (led) AND m.until IS NULL;
  RETURN QUERY SELECT r.id FROM requests r
    WHERE r.status = 'pending' AND r.lapses_at > now_
      AND (r.created_at, r.id) > (greatest(after_at, since - interval '1 microsecond'), after_id)
      AND r.actor_id <> ALL (mine)
      AND (CASE WHEN r.requirements = '[]' OR r.requirements @> '[{"by": "manager"}]' THEN r.created_at >= manager_since END
        IS TRUE
        OR CASE WHEN r.requirements @> '[{"by": "compliance"}]' THEN r.created_at >= compliance_since END IS TRUE
        OR CASE WHEN r.requirements @> '[{"by": "own_manager"}]' AND r.actor_id = ANY (led) THEN is_own_manager(voter, r.actor_id, r.created_at) AND r.created_at >= manager_since END IS TRUE)
      AND CASE WHEN r.actor_id = ANY (bosses) THEN voter_refusal(voter, r.actor_id, r.created_at) IS NULL ELSE true END
      AND CASE WHEN EXISTS (SELECT 1 FROM approvals v WHERE v.request_id = r.id) THEN vote_helps(voter, r) ELSE true END
    ORDER BY r.created_at, r.id LIMIT most;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION queue_of(reader uuid, decides boolean, sees_all boolean, after_at timestamptz, after_id uuid, decided_since timestamptz) RETURNS SETOF json
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN QUERY with moment as materialized (select clock_timestamp() as now),
  first as materialized (
    select r.id, r.created_at from requests r, moment
    -- By the index of the queue, which is in this order, and not by that of what lapses.
    where sees_all and r.status = 'pending' and r.lapses_at + interval '0' > moment.now
      and (decides or after_at is null or (r.created_at, r.id) > (after_at, after_id))
    order by r.created_at, r.id limit case when decides then 100 else 26 end),
  waits as materialized (
    select w.id, w.n from waiting_for(reader, after_at, after_id, 100) with ordinality as w(id, n) where decides limit 100),
  yours as materialized (
    (select id, n from waits where n <= 26)
    union all
    (select id, row_number() over (order by created_at, id) from first where not decides limit 26)),
  mine as (
    select r.id, r.created_at from requests r, moment
      where r.actor_id = reader and r.status = 'pending' and r.lapses_at > moment.now
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
--> statement-breakpoint
-- What is not closed stood at its end, where the newest are looked for.
DROP INDEX "requests_decided";
--> statement-breakpoint
CREATE INDEX "requests_decided" ON "requests" USING btree ("closed_at","id") WHERE "requests"."approvals_needed" > 0 and "requests"."closed_at" is not null;
