-- What somebody voted for is void once they are suspended, and stays so when they are let in again; and a yes that came without
-- a fresh sign-in is none to what is sensitive by now, where the policy wants one.

-- ---------- since when a role is held ----------
-- Suspended, one holds no role. So it is held since it was given, or since its holder was let in again.
ALTER TABLE "staff" ADD COLUMN "restored_at" timestamp with time zone;
--> statement-breakpoint
UPDATE staff s SET restored_at = e.at FROM (
    SELECT p.body::jsonb ->> 'person' AS person, max(e.occurred_at) AS at FROM audit_entry e JOIN audit_payload p ON p.entry_id = e.id
      WHERE e.event = 'staff.restored' AND p.body IS NOT NULL GROUP BY 1) e
  WHERE s.id::text = e.person;
--> statement-breakpoint
CREATE FUNCTION staff_restored() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.restored_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER restored BEFORE UPDATE ON staff FOR EACH ROW WHEN (OLD.status <> 'active' AND NEW.status = 'active') EXECUTE FUNCTION staff_restored();
--> statement-breakpoint
ALTER TABLE staff ENABLE ALWAYS TRIGGER restored;
--> statement-breakpoint
REVOKE ALL ON FUNCTION staff_restored() FROM PUBLIC;
--> statement-breakpoint
CREATE OR REPLACE VIEW roles_held AS
  SELECT r.staff_id, r.role, greatest(r.granted_at, s.restored_at) AS granted_at, r.looking_only FROM staff s JOIN staff_roles r ON r.staff_id = s.id
  WHERE s.status = 'active' AND r.revoked_at IS NULL;
--> statement-breakpoint
-- What somebody asked before they were suspended ended with it, also where nobody could write that down.
CREATE FUNCTION before_suspension(r requests) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((SELECT restored_at > r.created_at FROM staff WHERE id = r.actor_id), false)
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION before_suspension(requests) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION before_suspension(requests) TO :runtime:;
--> statement-breakpoint
-- Into the guard of a start as it is.
DO $$
DECLARE told text; more CONSTANT text := '  IF NOT holds_role(NEW.actor_id, ''agent'') THEN';
BEGIN
  SELECT pg_get_functiondef('sessions_insert()'::regprocedure) INTO told;
  IF (length(told) - length(replace(told, more, ''))) <> length(more) THEN
    RAISE EXCEPTION 'The guard of a start is written otherwise';
  END IF;
  EXECUTE replace(told, more, '  IF before_suspension(r) THEN
    PERFORM refuse(''session_before_suspension'', ''Who was suspended asks anew'');
  END IF;
' || more);
END $$;
--> statement-breakpoint

-- ---------- by a fresh sign-in ----------
-- Whether a yes came by a sign-in as fresh as the policy wants of a yes to what is sensitive. The guard says it.
ALTER TABLE "approvals" ADD COLUMN "by_fresh_sign_in" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
-- Of a request that was sensitive when it was asked, the guard of votes has asked it of each.
CREATE FUNCTION votes_prove(r requests, because text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF r.sensitive OR coalesce(cardinality(because), 0) = 0 THEN
    RETURN true;
  END IF;
  RETURN (SELECT body #>> '{freshSignIn,sensitiveApproval}' IS NULL FROM policy_now)
    OR NOT EXISTS (SELECT 1 FROM approvals v WHERE v.request_id = r.id AND v.vote = 'approve' AND NOT v.by_fresh_sign_in);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION votes_prove(requests, text[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION votes_prove(requests, text[]) TO :runtime:;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION approvals_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r requests; why text; fresh jsonb; manages boolean; complies boolean; voted boolean;
BEGIN
  SELECT * INTO STRICT r FROM requests WHERE id = NEW.request_id FOR UPDATE;
  PERFORM 1 FROM staff WHERE id = NEW.approver_id FOR SHARE;
  NEW.created_at := clock_timestamp();
  NEW.by_fresh_sign_in := false;
  why := voter_refusal(NEW.approver_id, r.actor_id, r.created_at);
  IF why = 'own_request' THEN
    PERFORM refuse('vote_own_request', 'Nobody votes on their own request');
  END IF;
  SELECT coalesce(bool_or(role = 'manager'), false), coalesce(bool_or(role = 'compliance'), false) AND r.requirements @> '[{"by": "compliance"}]',
      EXISTS (SELECT 1 FROM approvals v JOIN staff s ON s.id = v.approver_id JOIN staff n ON n.id = NEW.approver_id
        WHERE v.request_id = r.id AND v.approver_id <> NEW.approver_id AND s.person_id = n.person_id)
    INTO manages, complies, voted FROM roles_held WHERE staff_id = NEW.approver_id AND granted_at <= r.created_at;
  IF NOT manages AND NOT complies THEN
    PERFORM refuse('vote_without_role', 'Only who was an active manager when it was asked may vote, or compliance where it is wanted');
  END IF;
  IF why IS NOT NULL THEN
    PERFORM refuse('vote_reports_to_actor', 'Nobody votes for who they report to');
  END IF;
  IF r.status <> 'pending' THEN
    PERFORM refuse('vote_not_pending', 'The request is decided');
  END IF;
  IF NEW.created_at >= r.lapses_at THEN
    PERFORM refuse('vote_lapsed', 'The request has lapsed');
  END IF;
  IF NEW.ask_hash <> r.ask_hash THEN
    PERFORM refuse('vote_other_ask', 'The vote is for another ask');
  END IF;
  IF NEW.minutes > r.minutes THEN
    PERFORM refuse('vote_minutes', 'An approval may shorten, not lengthen');
  END IF;
  IF voted THEN
    PERFORM refuse('vote_of_same_person', 'One person votes once, whatever accounts they have');
  END IF;
  -- Anybody who decides may deny; a yes that counts for nothing would only look like one.
  IF NEW.vote = 'approve' THEN
    IF NOT (complies OR (manages AND (r.requirements = '[]' OR r.requirements @> '[{"by": "manager"}]'
        OR (r.requirements @> '[{"by": "own_manager"}]' AND is_own_manager(NEW.approver_id, r.actor_id, r.created_at))))) THEN
      PERFORM refuse('vote_not_wanted', 'The rules want the vote of somebody else');
    END IF;
    SELECT body -> 'freshSignIn' INTO fresh FROM policy_now;
    IF fresh ->> 'sensitiveApproval' IS NOT NULL THEN
      NEW.by_fresh_sign_in := fresh_refusal(NEW.sign_in_id, (fresh ->> 'sensitiveApproval')::integer, fresh ->> 'acr') IS NULL;
      -- Who is asked about may be more by now than when it was asked.
      IF NOT NEW.by_fresh_sign_in AND (r.sensitive OR cardinality(subject_sensitivity(r.subject_id)) > 0) THEN
        PERFORM refuse('vote_sign_in', 'To approve this one signs in anew');
      END IF;
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- As before, and its votes came by a fresh sign-in where that is wanted of who it is about by now.
CREATE OR REPLACE FUNCTION outgrown(r requests, because text[], accepted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NOT votes_meet(h.held, approval_requirements(policy_body_now(), because, accepted, r.scope)) OR NOT votes_prove(h.held, because)
    FROM (SELECT coalesce((SELECT s FROM requests s WHERE s.id = r.standing_of), r) AS held) h
$$;
--> statement-breakpoint
-- As before, and so of what stands.
CREATE OR REPLACE FUNCTION standing_refusal(r requests, p requests) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE
    WHEN p.id IS NULL OR p.standing_hours IS NULL OR p.break_glass OR p.id = r.id THEN 'none'
    WHEN (p.actor_id, p.account_id, p.product_id) <> (r.actor_id, r.account_id, r.product_id) OR p.ticket IS NULL OR p.ticket IS DISTINCT FROM r.ticket THEN 'other'
    WHEN p.scope <> 'write' AND r.scope = 'write' THEN 'scope'
    WHEN p.granted_minutes IS NULL OR r.minutes > p.granted_minutes THEN 'minutes'
    WHEN p.standing_ended_at IS NOT NULL OR before_suspension(p) THEN 'ended'
    WHEN NOT (p.status = 'used' OR (p.status = 'granted' AND clock_timestamp() < p.start_by)) THEN 'not_granted'
    WHEN clock_timestamp() >= p.granted_at + make_interval(hours => stands_for(p)) THEN 'over'
    WHEN NOT votes_meet(p, requirements_of(r)) OR NOT votes_prove(p, r.sensitive_because) THEN 'approvals'
  END;
END $$;
--> statement-breakpoint

-- ---------- by the terms ----------
-- As before, and what the account has accepted counts as of the start too: no policy has to change for that.
CREATE OR REPLACE FUNCTION tightened(r requests, because text[], accepted text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ policy_now; terms text;
BEGIN
  SELECT * INTO now_ FROM policy_now;
  terms := terms_missing(now_.body, accepted);
  -- By its version, and by its day: a request may name a version that lay ahead when it was asked.
  IF terms IS NULL AND now_.version = r.policy_version AND now_.in_force_from < r.created_at THEN
    RETURN NULL;
  END IF;
  RETURN CASE
    WHEN terms = 'refuse' THEN 'terms'
    WHEN NOT r.break_glass AND outgrown(r, because, accepted) THEN 'approvals'
  END;
END $$;
