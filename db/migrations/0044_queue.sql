-- What waits for somebody's decision, of any number of requests; and who is asked, by the rules of approval.

-- Whether one more yes of this person would bring the request nearer: what the votes of others meet is not asked twice.
CREATE FUNCTION vote_helps(voter uuid, r requests) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT may_decide(voter, r)
    AND NOT EXISTS (SELECT 1 FROM approvals v WHERE v.request_id = r.id AND same_person(v.approver_id, voter))
    AND (NOT EXISTS (SELECT 1 FROM approvals v WHERE v.request_id = r.id)
      OR EXISTS (SELECT 1 FROM jsonb_to_recordset(requirements_of(r)) AS w(by text, votes integer)
        WHERE vote_counts(voter, r.actor_id, r.created_at, w.by)
          AND w.votes > (SELECT count(DISTINCT s.person_id) FROM approvals v JOIN staff s ON s.id = v.approver_id
            WHERE v.request_id = r.id AND v.vote = 'approve' AND vote_counts(v.approver_id, r.actor_id, r.created_at, w.by))))
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION may_vote(request uuid, approver uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM requests r WHERE r.id = request AND r.status = 'pending' AND vote_helps(approver, r))
$$;
--> statement-breakpoint
-- Whoever is away is not asked, and may decide all the same.
CREATE OR REPLACE FUNCTION eligible_approvers(request uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT g.staff_id FROM (SELECT DISTINCT staff_id FROM staff_roles WHERE role IN ('manager', 'compliance') AND revoked_at IS NULL) g, requests r
  WHERE r.id = request AND r.status = 'pending' AND NOT is_away(g.staff_id, clock_timestamp()) AND vote_helps(g.staff_id, r)
$$;
--> statement-breakpoint

-- What waits for this person after a place in the queue, longest first. Who they are is looked up once: of each request only
-- those few things are asked that it cannot say for all.
CREATE FUNCTION waiting_for(voter uuid, after_at timestamptz, after_id uuid, most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
  SELECT coalesce(array_agg(DISTINCT o.id), '{}') INTO bosses FROM line JOIN staff s ON s.id = line.id JOIN staff o ON o.person_id = s.person_id;
  SELECT coalesce(array_agg(m.staff_id), '{}') INTO led FROM staff_managers m
    WHERE m.until IS NULL AND (m.manager_id = voter OR m.manager_id IN (SELECT d.from_id FROM delegations d
      WHERE d.to_id = voter AND d.ended_at IS NULL AND d.starts_at <= now_ AND d.ends_at > now_));
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
REVOKE ALL ON FUNCTION vote_helps(uuid, requests), waiting_for(uuid, timestamptz, uuid, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION vote_helps(uuid, requests), waiting_for(uuid, timestamptz, uuid, integer) TO :runtime:;
--> statement-breakpoint
-- Who is back, or goes away, may change who is left to be asked.
CREATE FUNCTION delegations_wake_rings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM wake_rings(NEW.from_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER wake_rings AFTER INSERT OR UPDATE ON delegations FOR EACH ROW EXECUTE FUNCTION delegations_wake_rings();
--> statement-breakpoint
ALTER TABLE delegations ENABLE ALWAYS TRIGGER wake_rings;
--> statement-breakpoint
REVOKE ALL ON FUNCTION delegations_wake_rings() FROM PUBLIC;
--> statement-breakpoint
-- What was decided today: of any number of requests that needed nobody.
CREATE INDEX "requests_decided" ON "requests" USING btree ("closed_at","id") WHERE "requests"."approvals_needed" > 0;
--> statement-breakpoint
CREATE INDEX "requests_granted_now" ON "requests" USING btree ("granted_at","id") WHERE "requests"."status" = 'granted';
