-- A start rests on what is wanted at that moment, as a session does while it lives: who became stricter between the ask and
-- the start, by a rule that wants more votes or others, is not stood in for on the votes of before.
CREATE OR REPLACE FUNCTION sessions_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r requests; why text; far text; lacks text; is_sensitive boolean; policy jsonb; because text[]; accepted text;
BEGIN
  SELECT * INTO r FROM requests WHERE id = NEW.request_id FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse('session_without_grant', 'A session needs a granted request');
  END IF;
  IF r.standing_of IS NOT NULL THEN
    PERFORM 1 FROM requests WHERE id = r.standing_of FOR SHARE;
  END IF;
  PERFORM hold_still(NEW.actor_id, NEW.subject_id, r.id);
  NEW.started_at := clock_timestamp();
  IF r.status = 'used' THEN
    PERFORM refuse('session_request_used', 'The request is used up');
  ELSIF r.status = 'lapsed' OR (r.status = 'granted' AND NEW.started_at >= r.start_by) THEN
    PERFORM refuse('session_request_lapsed', 'The approval is void: it was not used in time');
  ELSIF r.status <> 'granted' THEN
    PERFORM refuse('session_without_grant', 'A session needs a granted request');
  END IF;
  IF (NEW.actor_id, NEW.subject_id, NEW.account_id, NEW.product_id, NEW.scope) IS DISTINCT FROM (r.actor_id, r.subject_id, r.account_id, r.product_id, r.scope)
    OR NEW.minutes > r.granted_minutes THEN
    PERFORM refuse('session_other_than_granted', 'The session is not what was granted');
  END IF;
  SELECT refusal, r.sensitive OR cardinality(sensitive_because) > 0, reach_refusal(NEW.actor_id, NEW.subject_id), sensitive_because, terms_version
    INTO why, is_sensitive, far, because, accepted FROM subject_standing WHERE id = NEW.subject_id;
  IF coalesce(is_sensitive, r.sensitive) OR r.approvals_needed > 0 OR r.break_glass THEN
    lacks := grant_refusal(r);
    IF lacks IS NOT NULL THEN
      PERFORM refuse(CASE WHEN r.break_glass THEN 'session_break_glass' ELSE 'session_without_approval' END, 'It needs an approval that still holds: ' || lacks);
    END IF;
  END IF;
  -- What was asked is frozen, and who was asked about may be more by now: a session that is over as it starts is none.
  IF NOT r.break_glass AND NOT coalesce(because <@ r.sensitive_because, false) AND outgrown(r, because, accepted) THEN
    PERFORM refuse('session_without_approval', 'It needs more approvals by now than it has');
  END IF;
  IF NOT holds_role(NEW.actor_id, 'agent') THEN
    PERFORM refuse('session_actor_role', 'Only an active agent may start');
  END IF;
  IF why IS NOT NULL THEN
    PERFORM refuse('session_subject', 'Nobody may stand in for this user: ' || why);
  END IF;
  IF far IS NOT NULL THEN
    PERFORM refuse('session_reach', 'This actor may not stand in for this user: ' || far);
  END IF;
  IF EXISTS (SELECT 1 FROM global_stops WHERE lifted_at IS NULL) THEN
    PERFORM refuse('session_global_stop', 'Standing in is stopped');
  END IF;
  IF NEW.ended_at IS NOT NULL THEN
    PERFORM refuse('session_starts_live', 'A session starts live');
  END IF;
  IF coalesce(is_sensitive, r.sensitive) OR r.break_glass THEN
    policy := policy_body_now();
    IF fresh_refusal(NEW.sign_in_id, CASE WHEN r.break_glass THEN coalesce((policy #>> '{breakGlass,freshMinutes}')::integer, 5)
        ELSE (policy #>> '{freshSignIn,sensitiveStart}')::integer END, policy #>> '{freshSignIn,acr}') IS NOT NULL THEN
      PERFORM refuse('session_sign_in', 'To start this one signs in anew');
    END IF;
  END IF;
  NEW.expires_at := NEW.started_at + make_interval(mins => NEW.minutes);
  NEW.last_active_at := NEW.started_at;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION sessions_insert() FROM PUBLIC;
