-- What every ask and every start asks, planned once on each connection: a function in plain SQL is prepared anew by each
-- query that calls it. Nothing is asked less.
CREATE OR REPLACE FUNCTION holds_role(person uuid, wanted text, since timestamptz DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM roles_held
    WHERE staff_id = person AND role = wanted AND (since IS NULL OR granted_at <= since));
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION policy_version_in_force() RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT version FROM policy_now);
END $$;
--> statement-breakpoint
-- Most policies limit nobody's reach: then there is no team to look up.
CREATE OR REPLACE FUNCTION reach_refusal(actor uuid, subject uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM reach_rules) THEN
    RETURN NULL;
  END IF;
  RETURN (SELECT 'the customer is out of the reach of ' || team FROM subject_reach
    WHERE actor_id = actor AND subject_id = subject AND is_out);
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION ask_hash(r requests) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN sha256(convert_to((jsonb_build_array(r.id, r.actor_id, r.subject_id, r.account_id, r.product_id, r.scope, r.minutes,
    r.reason_category, r.lawful_basis, r.reason, r.caller_check, r.ticket, r.target_link_uri)
    || CASE WHEN r.break_glass OR r.standing_hours IS NOT NULL OR r.standing_of IS NOT NULL
      THEN jsonb_build_array(r.break_glass, r.standing_hours, r.standing_of) ELSE '[]' END)::text, 'UTF8'));
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION requests_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE why text; far text; policy jsonb; accepted text; terms text;
BEGIN
  PERFORM hold_still(NEW.actor_id, NEW.subject_id, NULL);
  -- Nor with a grant laid down beforehand, whose entry nobody would ask for later.
  IF NEW.status <> 'pending' OR NEW.granted_at IS NOT NULL OR NEW.standing_ended_at IS NOT NULL THEN
    PERFORM refuse('request_starts_pending', 'A request starts pending');
  END IF;
  IF NOT holds_role(NEW.actor_id, 'agent') THEN
    PERFORM refuse('request_actor_role', 'Only an active agent may ask');
  END IF;
  NEW.sensitive_because := NULL;
  SELECT refusal, sensitive_because, terms_version, (SELECT body FROM policy_now), reach_refusal(NEW.actor_id, NEW.subject_id)
    INTO why, NEW.sensitive_because, accepted, policy, far FROM subject_standing WHERE id = NEW.subject_id;
  IF why IS NOT NULL THEN
    PERFORM refuse('request_subject', 'Nobody may stand in for this user: ' || why);
  END IF;
  IF far IS NOT NULL THEN
    PERFORM refuse('request_reach', 'This actor may not stand in for this user: ' || far);
  END IF;
  IF EXISTS (SELECT 1 FROM global_stops WHERE lifted_at IS NULL) THEN
    PERFORM refuse('request_global_stop', 'Standing in is stopped');
  END IF;
  terms := terms_missing(policy, accepted);
  IF terms = 'refuse' THEN
    PERFORM refuse('request_terms', 'The account accepted no terms that tell of it');
  END IF;
  NEW.created_at := clock_timestamp();
  NEW.lapses_at := least(NEW.lapses_at, NEW.created_at + interval '24 hours');
  NEW.sensitive := cardinality(NEW.sensitive_because) > 0;
  -- Most ask for what wants nothing: the rules are gone through only where one could be about it.
  IF NEW.sensitive OR NEW.approvals_needed > 0 OR policy #> '{approvals,rules,0}' IS NOT NULL OR terms IS NOT NULL THEN
    NEW.requirements := with_managers(approval_requirements(policy, NEW.sensitive_because, accepted, NEW.scope),
      CASE WHEN NEW.break_glass THEN 0 ELSE NEW.approvals_needed END);
    NEW.approvals_needed := CASE WHEN NEW.break_glass THEN 0
      ELSE coalesce((SELECT max((w ->> 'votes')::integer) FROM jsonb_array_elements(NEW.requirements) w), 0) END;
  ELSE
    NEW.requirements := '[]';
  END IF;
  IF NEW.standing_hours IS NOT NULL AND (NEW.approvals_needed = 0 OR NEW.standing_hours > coalesce((policy #>> '{standing,maxHours}')::integer, 0)) THEN
    PERFORM refuse('request_standing', 'The policy lets no approval stand for so long');
  END IF;
  NEW.ask_hash := ask_hash(NEW);
  RETURN NEW;
END $$;
