-- Of the few who are above a reader, each is looked up by its own row.
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
  SELECT array_agg(id) INTO bosses FROM line;
  SELECT array_agg(s.person_id) INTO bosses FROM staff s WHERE s.id = ANY (bosses);
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
