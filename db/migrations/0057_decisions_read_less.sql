-- What a decision asks, in fewer queries: each costs more than what it reads. Nothing is asked less, and nothing before the
-- locks that it was asked after.
CREATE OR REPLACE FUNCTION voter_refusal(voter uuid, actor uuid, asked timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE one uuid; other uuid; leads boolean;
BEGIN
  SELECT v.person_id, a.person_id,
      EXISTS (SELECT 1 FROM staff l JOIN staff_managers m ON m.manager_id = l.id WHERE l.person_id = a.person_id)
    INTO one, other, leads FROM staff v, staff a WHERE v.id = voter AND a.id = actor;
  IF voter = actor OR one = other THEN
    RETURN 'own_request';
  END IF;
  IF leads AND (person_reports_to(voter, actor) OR person_reported_to(voter, actor, asked)) THEN
    RETURN 'reports_to_actor';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION may_decide(voter uuid, r requests) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF r.requirements = '[]' THEN
    RETURN vote_counts(voter, r.actor_id, r.created_at, 'manager');
  END IF;
  FOR i IN 0 .. jsonb_array_length(r.requirements) - 1 LOOP
    IF vote_counts(voter, r.actor_id, r.created_at, r.requirements -> i ->> 'by') THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION votes_meet(r requests, wanted jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE own_ integer := 0; man_ integer := 0; com_ integer := 0; w jsonb; meets boolean;
BEGIN
  FOR i IN 0 .. jsonb_array_length(wanted) - 1 LOOP
    w := wanted -> i;
    CASE w ->> 'by'
      WHEN 'own_manager' THEN own_ := greatest(own_, (w ->> 'votes')::integer);
      WHEN 'manager' THEN man_ := greatest(man_, (w ->> 'votes')::integer);
      ELSE com_ := greatest(com_, (w ->> 'votes')::integer);
    END CASE;
  END LOOP;
  -- One vote of one kind, which is what most want: whoever counts as the own manager counts as a manager.
  IF own_ + man_ + com_ = 1 THEN
    RETURN EXISTS (SELECT 1 FROM approvals v WHERE v.request_id = r.id AND v.vote = 'approve' AND v.ask_hash = r.ask_hash
      AND vote_counts(v.approver_id, r.actor_id, r.created_at, CASE WHEN own_ = 1 THEN 'own_manager' WHEN man_ = 1 THEN 'manager' ELSE 'compliance' END));
  END IF;
  SELECT count(*) FILTER (WHERE c.own) >= own_ AND count(*) FILTER (WHERE c.man) >= man_ AND count(*) FILTER (WHERE c.com) >= com_
      AND count(*) FILTER (WHERE c.own OR c.com) >= own_ + com_ AND count(*) FILTER (WHERE c.man OR c.com) >= greatest(own_, man_) + com_
    INTO meets
    FROM (SELECT bool_or(own_ > 0 AND vote_counts(v.approver_id, r.actor_id, r.created_at, 'own_manager')) AS own,
        bool_or(own_ + man_ > 0 AND vote_counts(v.approver_id, r.actor_id, r.created_at, 'manager')) AS man,
        bool_or(com_ > 0 AND vote_counts(v.approver_id, r.actor_id, r.created_at, 'compliance')) AS com
      FROM approvals v JOIN staff s ON s.id = v.approver_id
      WHERE v.request_id = r.id AND v.vote = 'approve' AND v.ask_hash = r.ask_hash
      GROUP BY s.person_id) c;
  RETURN meets;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION hold_still(actor uuid, subject uuid, request uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  IF request IS NULL THEN
    PERFORM 1 FROM staff WHERE id = actor FOR SHARE;
  ELSE
    PERFORM 1 FROM staff WHERE id = ANY (actor || ARRAY(SELECT approver_id FROM approvals WHERE request_id = request
        UNION ALL SELECT v.approver_id FROM requests r JOIN approvals v ON v.request_id = r.standing_of WHERE r.id = request))
      ORDER BY id FOR SHARE;
  END IF;
  PERFORM 1 FROM subjects s JOIN accounts a ON a.id = s.account_id WHERE s.id = subject FOR SHARE;
  -- SHARE shuts out a stop that is being written, not another decision.
  LOCK TABLE global_stops IN SHARE MODE;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION approvals_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r requests; why text; fresh jsonb; manages boolean; complies boolean; voted boolean;
BEGIN
  SELECT * INTO STRICT r FROM requests WHERE id = NEW.request_id FOR UPDATE;
  PERFORM 1 FROM staff WHERE id = NEW.approver_id FOR SHARE;
  NEW.created_at := clock_timestamp();
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
    IF r.sensitive THEN
      SELECT body -> 'freshSignIn' INTO fresh FROM policy_now;
      IF fresh ->> 'sensitiveApproval' IS NOT NULL
        AND fresh_refusal(NEW.sign_in_id, (fresh ->> 'sensitiveApproval')::integer, fresh ->> 'acr') IS NOT NULL THEN
        PERFORM refuse('vote_sign_in', 'To approve this one signs in anew');
      END IF;
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION cast_vote(given json, start_within integer, most integer, OUT outcome text, OUT granted_for integer)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v approvals := json_populate_record(NULL::approvals, given);
  met boolean;
BEGIN
  INSERT INTO approvals (id, request_id, approver_id, vote, minutes, comment, ask_hash, policy_version, entry_id, sign_in_id)
  VALUES (v.id, v.request_id, v.approver_id, v.vote, v.minutes, v.comment, v.ask_hash, v.policy_version, v.entry_id, v.sign_in_id);
  IF v.vote = 'deny' THEN
    outcome := 'denied';
    UPDATE requests SET status = 'denied', closed_at = clock_timestamp(), closed_entry_id = v.entry_id WHERE id = v.request_id;
    RETURN;
  END IF;
  -- Where one vote is all that is wanted, the guard of this one has just said that it counts.
  SELECT CASE WHEN jsonb_array_length(r.requirements) = 1 AND r.approvals_needed = 1 THEN true ELSE votes_meet(r, requirements_of(r)) END,
      least(r.minutes, most, (SELECT min(a.minutes) FROM approvals a WHERE a.request_id = r.id AND a.vote = 'approve'))
    INTO STRICT met, granted_for FROM requests r WHERE r.id = v.request_id;
  IF NOT met THEN
    outcome := 'pending';
    granted_for := v.minutes;
    RETURN;
  END IF;
  outcome := 'granted';
  UPDATE requests SET status = 'granted', granted_at = clock_timestamp(), granted_minutes = granted_for,
    start_by = clock_timestamp() + make_interval(mins => start_within), granted_entry_id = v.entry_id WHERE id = v.request_id;
END $$;
