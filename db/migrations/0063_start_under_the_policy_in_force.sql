-- What an ask wants is frozen with it, and who is asked about counts as of the start; so does the policy: at the start the
-- stricter of the one asked under and the one in force holds. The frozen requirements are asked first (`grant_refusal`), so
-- that what was loosened meanwhile helps nobody.
CREATE FUNCTION tightened(r requests, because text[], accepted text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ policy_now;
BEGIN
  SELECT * INTO now_ FROM policy_now;
  -- By its version, and by its day: a request may name a version that lay ahead when it was asked.
  IF now_.version = r.policy_version AND now_.in_force_from < r.created_at THEN
    RETURN NULL;
  END IF;
  RETURN CASE
    WHEN terms_missing(now_.body, accepted) = 'refuse' THEN 'terms'
    WHEN NOT r.break_glass AND outgrown(r, because, accepted) THEN 'approvals'
  END;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION tightened(requests, text[], text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION tightened(requests, text[], text) TO :runtime:;
--> statement-breakpoint
-- Into the guard of a start as it is, before the role of who starts is asked.
DO $$
DECLARE told text; more CONSTANT text := '  IF NOT holds_role(NEW.actor_id, ''agent'') THEN';
BEGIN
  SELECT pg_get_functiondef('sessions_insert()'::regprocedure) INTO told;
  IF (length(told) - length(replace(told, more, ''))) <> length(more) OR strpos(told, 'INTO why, is_sensitive, far, because, accepted') = 0 THEN
    RAISE EXCEPTION 'The guard of a start is written otherwise';
  END IF;
  EXECUTE replace(told, more, '  lacks := tightened(r, because, accepted);
  IF lacks = ''terms'' THEN
    PERFORM refuse(''session_terms'', ''The account accepted no terms that tell of it, which the policy in force wants'');
  ELSIF lacks IS NOT NULL THEN
    PERFORM refuse(''session_policy_stricter'', ''The policy in force wants more approvals than it has'');
  END IF;
' || more);
END $$;
--> statement-breakpoint
-- As before, and an approval stands for no longer than the policy in force lets one stand.
CREATE OR REPLACE FUNCTION standing_refusal(r requests, p requests) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE
    WHEN p.id IS NULL OR p.standing_hours IS NULL OR p.break_glass OR p.id = r.id THEN 'none'
    WHEN (p.actor_id, p.account_id, p.product_id) <> (r.actor_id, r.account_id, r.product_id) OR p.ticket IS NULL OR p.ticket IS DISTINCT FROM r.ticket THEN 'other'
    WHEN p.scope <> 'write' AND r.scope = 'write' THEN 'scope'
    WHEN p.granted_minutes IS NULL OR r.minutes > p.granted_minutes THEN 'minutes'
    WHEN p.standing_ended_at IS NOT NULL THEN 'ended'
    WHEN NOT (p.status = 'used' OR (p.status = 'granted' AND clock_timestamp() < p.start_by)) THEN 'not_granted'
    WHEN clock_timestamp() >= p.granted_at + make_interval(hours => stands_for(p)) THEN 'over'
    WHEN NOT votes_meet(p, requirements_of(r)) THEN 'approvals'
  END;
END $$;
--> statement-breakpoint
-- For how many hours the approval of `p` stands: what was asked, and no more than the policy in force gives.
CREATE FUNCTION stands_for(p requests) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN least(p.standing_hours, 24, (SELECT coalesce((body #>> '{standing,maxHours}')::integer, 0) FROM policy_now));
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION standing_refusal(requests, requests), stands_for(requests) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION stands_for(requests) TO :runtime:;
