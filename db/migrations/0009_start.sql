-- What a start rests on is held for every request, grant and session, so this is on the way of each of them. Staff by an
-- array of ids: an OR with a subquery reads the whole staff each time.
CREATE OR REPLACE FUNCTION hold_still(actor uuid, subject uuid, request uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  PERFORM 1 FROM staff WHERE id = ANY (actor || ARRAY(SELECT approver_id FROM approvals WHERE request_id = request))
    ORDER BY id FOR SHARE;
  PERFORM 1 FROM subjects s JOIN accounts a ON a.id = s.account_id WHERE s.id = subject FOR SHARE;
  -- SHARE shuts out a stop that is being written, not another decision.
  LOCK TABLE global_stops IN SHARE MODE;
END $$;
--> statement-breakpoint
-- What standing in writes where the policy allows it at once: a request, its grant, a session, the request's use. One
-- call instead of four; its entries are written beside it, and every guard looks at each step as it does anywhere.
CREATE FUNCTION stand_in(asked json, started json) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r requests := json_populate_record(NULL::requests, asked);
  s sessions := json_populate_record(NULL::sessions, started);
BEGIN
  INSERT INTO requests (id, number, actor_id, subject_id, account_id, product_id, scope, minutes, reason_category, lawful_basis,
    reason, caller_check, ticket, target_link_uri, return_path, policy_version, approvals_needed, lapses_at, asked_entry_id)
  VALUES (r.id, r.number, r.actor_id, r.subject_id, r.account_id, r.product_id, r.scope, r.minutes, r.reason_category,
    r.lawful_basis, r.reason, r.caller_check, r.ticket, r.target_link_uri, r.return_path, r.policy_version,
    r.approvals_needed, r.lapses_at, r.asked_entry_id);
  IF r.policy_version <> (SELECT max(version) FROM policy_versions) THEN
    PERFORM refuse('stand_in_policy', 'The policy has changed since it was read');
  END IF;
  UPDATE requests SET status = 'granted', granted_at = clock_timestamp(), granted_minutes = r.granted_minutes,
    start_by = r.start_by, granted_entry_id = r.granted_entry_id WHERE id = r.id;
  INSERT INTO sessions (id, request_id, actor_id, subject_id, account_id, product_id, scope, minutes, policy_version,
    idle_minutes, sign_in_id, started_entry_id)
  VALUES (s.id, r.id, r.actor_id, r.subject_id, r.account_id, r.product_id, r.scope, s.minutes, r.policy_version,
    s.idle_minutes, s.sign_in_id, s.started_entry_id) RETURNING number INTO s.number;
  UPDATE requests SET status = 'used', closed_at = clock_timestamp(), closed_entry_id = s.started_entry_id WHERE id = r.id;
  RETURN s.number;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION stand_in(json, json) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION stand_in(json, json) TO :runtime:;
--> statement-breakpoint

-- The guards of request and session ask the same as before, in fewer queries: each one costs more to begin than to run.
-- What stands against a subject, and what makes it sensitive: both functions and both guards read it here.
CREATE VIEW subject_standing AS
  SELECT s.id,
    CASE
      WHEN EXISTS (SELECT 1 FROM staff p WHERE p.id = s.id OR p.id::text = s.external_id OR lower(p.email) = lower(s.email)) THEN 'staff'
      WHEN s.status <> 'active' THEN 'deactivated'
      WHEN s.kind = 'service' THEN 'service'
      WHEN a.stance = 'closed' THEN 'closed'
    END AS refusal,
    array_remove(ARRAY[
      CASE WHEN a.tier IN ('enterprise', 'regulated') THEN a.tier END,
      CASE WHEN a.stance = 'opted_out' THEN 'opted_out' END,
      CASE WHEN s.is_vip THEN 'vip' END,
      CASE WHEN s.is_owner THEN 'owner' END], NULL) AS sensitive_because
  FROM subjects s JOIN accounts a ON a.id = s.account_id;
--> statement-breakpoint
REVOKE ALL ON subject_standing FROM PUBLIC;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION subject_sensitivity(subject uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT sensitive_because FROM subject_standing WHERE id = subject
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION subject_refusal(subject uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT refusal FROM subject_standing WHERE id = subject
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION requests_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE why text;
BEGIN
  PERFORM hold_still(NEW.actor_id, NEW.subject_id, NULL);
  -- Nor with a grant laid down beforehand, whose entry nobody would ask for later.
  IF NEW.status <> 'pending' OR NEW.granted_at IS NOT NULL THEN
    PERFORM refuse('request_starts_pending', 'A request starts pending');
  END IF;
  IF NOT holds_role(NEW.actor_id, 'agent') THEN
    PERFORM refuse('request_actor_role', 'Only an active agent may ask');
  END IF;
  NEW.sensitive_because := NULL;
  SELECT refusal, sensitive_because INTO why, NEW.sensitive_because FROM subject_standing WHERE id = NEW.subject_id;
  IF why IS NOT NULL THEN
    PERFORM refuse('request_subject', 'Nobody may stand in for this user: ' || why);
  END IF;
  IF EXISTS (SELECT 1 FROM global_stops WHERE lifted_at IS NULL) THEN
    PERFORM refuse('request_global_stop', 'Standing in is stopped');
  END IF;
  NEW.created_at := clock_timestamp();
  NEW.lapses_at := least(NEW.lapses_at, NEW.created_at + interval '24 hours');
  NEW.sensitive := cardinality(NEW.sensitive_because) > 0;
  IF NEW.sensitive THEN
    NEW.approvals_needed := greatest(NEW.approvals_needed, 1);
  END IF;
  NEW.ask_hash := ask_hash(NEW);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION requests_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ timestamptz; denied boolean; least_minutes integer;
BEGIN
  IF NEW.status = 'granted' THEN
    PERFORM hold_still(OLD.actor_id, OLD.subject_id, OLD.id);
  END IF;
  -- Read only now: a lapse that came while we waited for those locks counts.
  now_ := clock_timestamp();
  -- What `ask_hash` is made of, and the rest of what was asked.
  IF (NEW.id, NEW.actor_id, NEW.subject_id, NEW.account_id, NEW.product_id, NEW.scope, NEW.minutes, NEW.reason_category,
      NEW.lawful_basis, NEW.reason, NEW.caller_check, NEW.ticket, NEW.target_link_uri, NEW.ask_hash,
      NEW.number, NEW.sensitive, NEW.sensitive_because, NEW.approvals_needed, NEW.policy_version, NEW.created_at,
      NEW.lapses_at, NEW.asked_entry_id, NEW.return_path)
    IS DISTINCT FROM (OLD.id, OLD.actor_id, OLD.subject_id, OLD.account_id, OLD.product_id, OLD.scope, OLD.minutes, OLD.reason_category,
      OLD.lawful_basis, OLD.reason, OLD.caller_check, OLD.ticket, OLD.target_link_uri, OLD.ask_hash,
      OLD.number, OLD.sensitive, OLD.sensitive_because, OLD.approvals_needed, OLD.policy_version, OLD.created_at,
      OLD.lapses_at, OLD.asked_entry_id, OLD.return_path) THEN
    PERFORM refuse('request_frozen', 'What was asked cannot be changed');
  END IF;
  IF OLD.granted_at IS NOT NULL AND (NEW.granted_at, NEW.granted_minutes, NEW.start_by, NEW.granted_entry_id)
      IS DISTINCT FROM (OLD.granted_at, OLD.granted_minutes, OLD.start_by, OLD.granted_entry_id) THEN
    PERFORM refuse('request_frozen', 'What was granted cannot be changed');
  END IF;
  IF NOT ((OLD.status = 'pending' AND NEW.status IN ('granted', 'denied', 'cancelled', 'lapsed'))
      OR (OLD.status = 'granted' AND NEW.status IN ('used', 'cancelled', 'lapsed'))) THEN
    PERFORM refuse('request_move', format('A request cannot go from %s to %s', OLD.status, NEW.status));
  END IF;
  IF NEW.status = 'granted' THEN
    IF now_ >= OLD.lapses_at THEN
      PERFORM refuse('request_lapsed', 'The request has lapsed');
    END IF;
    SELECT coalesce(bool_or(vote = 'deny'), false), least(OLD.minutes, min(minutes) FILTER (WHERE vote = 'approve'))
      INTO denied, least_minutes FROM approvals WHERE request_id = OLD.id;
    IF denied OR (OLD.approvals_needed > 0 AND valid_approvals(OLD.id) < OLD.approvals_needed) THEN
      PERFORM refuse('request_without_approvals', 'The approvals are missing');
    END IF;
    IF NEW.granted_minutes > least_minutes THEN
      PERFORM refuse('request_granted_minutes', 'More minutes than were approved');
    END IF;
    NEW.granted_at := now_;
    NEW.start_by := least(NEW.start_by, now_ + interval '30 minutes');
  ELSIF NEW.granted_at IS DISTINCT FROM OLD.granted_at THEN
    PERFORM refuse('request_frozen', 'Only a grant sets the time of the grant');
  ELSIF NEW.status = 'denied' AND NOT EXISTS (SELECT 1 FROM approvals WHERE request_id = OLD.id AND vote = 'deny') THEN
    PERFORM refuse('request_denied_without_vote', 'A denial is a vote');
  ELSIF NEW.status = 'lapsed' AND now_ < coalesce(OLD.start_by, OLD.lapses_at) THEN
    PERFORM refuse('request_not_due', 'The request has not lapsed yet');
  ELSIF NEW.status = 'used' AND NOT EXISTS (SELECT 1 FROM sessions WHERE request_id = OLD.id) THEN
    PERFORM refuse('request_used_without_session', 'Only a session uses a request up');
  END IF;
  NEW.closed_at := CASE WHEN NEW.status = 'granted' THEN NULL ELSE now_ END;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION sessions_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r requests; why text; needed integer;
BEGIN
  SELECT * INTO r FROM requests WHERE id = NEW.request_id FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse('session_without_grant', 'A session needs a granted request');
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
  SELECT refusal, greatest(r.approvals_needed, least(cardinality(sensitive_because), 1)) INTO why, needed
    FROM subject_standing WHERE id = NEW.subject_id;
  needed := coalesce(needed, r.approvals_needed);
  IF needed > 0 AND valid_approvals(r.id) < needed THEN
    PERFORM refuse('session_without_approval', 'A sensitive account needs an approval that still holds');
  END IF;
  IF NOT holds_role(NEW.actor_id, 'agent') THEN
    PERFORM refuse('session_actor_role', 'Only an active agent may start');
  END IF;
  IF why IS NOT NULL THEN
    PERFORM refuse('session_subject', 'Nobody may stand in for this user: ' || why);
  END IF;
  IF EXISTS (SELECT 1 FROM global_stops WHERE lifted_at IS NULL) THEN
    PERFORM refuse('session_global_stop', 'Standing in is stopped');
  END IF;
  IF NEW.ended_at IS NOT NULL THEN
    PERFORM refuse('session_starts_live', 'A session starts live');
  END IF;
  NEW.expires_at := NEW.started_at + make_interval(mins => NEW.minutes);
  NEW.last_active_at := NEW.started_at;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION sessions_breadth() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ timestamptz; known timestamptz; hour_ integer; day_ integer; most record; why text;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  PERFORM hold_breadth(NEW.actor_id);
  now_ := clock_timestamp();
  SELECT max(started_at) FILTER (WHERE subject_id = NEW.subject_id),
      count(DISTINCT subject_id) FILTER (WHERE started_at > now_ - interval '1 hour'), count(DISTINCT subject_id)
    INTO known, hour_, day_
    FROM sessions WHERE actor_id = NEW.actor_id AND started_at > now_ - interval '24 hours';
  IF known > now_ - interval '1 hour' THEN
    RETURN NEW;
  END IF;
  most := (breadth_limit('hour'), breadth_limit('day'));
  IF hour_ >= most.f1 THEN
    why := 'This actor stood in for as many people within an hour as the policy allows';
  ELSIF known IS NULL AND day_ >= most.f2 THEN
    why := 'This actor stood in for as many people within a day as the policy allows';
  END IF;
  IF why IS NOT NULL AND NOT EXISTS (SELECT 1 FROM breadth_lifts WHERE actor_id = NEW.actor_id AND ends_at > now_) THEN
    PERFORM refuse('session_breadth', why);
  END IF;
  RETURN NEW;
END $$;
