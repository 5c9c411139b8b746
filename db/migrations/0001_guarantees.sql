-- The promises of the product, kept by the database itself: a bug in a page, or the runtime role typing SQL, meets
-- the same refusals as the domain. Every trigger here fires ALWAYS, so session_replication_role does not switch it off.

CREATE FUNCTION refuse(rule text, message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = rule, MESSAGE = message;
END $$;
--> statement-breakpoint

-- ---------- search ----------
-- What search compares: without case, accents and points, and with the final sigma as any other. Every ideograph and
-- kana is a word of its own: names of two of them, written without spaces, have trigrams too.
CREATE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT translate(lower(regexp_replace(regexp_replace(regexp_replace(
    normalize(unaccent('unaccent', value), NFKD), '[\u0300-\u036f\u064b-\u065f\u0591-\u05c7]', '', 'g'),
    '([\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff])', ' \1 ', 'g'), '\s+', ' ', 'g')), 'ς', 'σ')
$$;
--> statement-breakpoint
-- One space before and after, so that " ab" is the start of a word wherever it stands.
CREATE FUNCTION subjects_fold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search := (
    SELECT fold(concat_ws(' ', '', NEW.name, NEW.email, NEW.external_id, a.name, a.external_id, ''))
    FROM accounts a WHERE a.id = NEW.account_id);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER subjects_fold BEFORE INSERT ON subjects FOR EACH ROW EXECUTE FUNCTION subjects_fold();
--> statement-breakpoint
CREATE TRIGGER subjects_refold BEFORE UPDATE ON subjects FOR EACH ROW
  WHEN ((OLD.name, OLD.email, OLD.account_id, OLD.search) IS DISTINCT FROM (NEW.name, NEW.email, NEW.account_id, NEW.search))
  EXECUTE FUNCTION subjects_fold();
--> statement-breakpoint
CREATE FUNCTION accounts_fold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE subjects SET search = '' WHERE account_id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER accounts_fold AFTER UPDATE OF name ON accounts
  FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION accounts_fold();
--> statement-breakpoint

-- ---------- who is who ----------
CREATE FUNCTION holds_role(person uuid, wanted text, since timestamptz DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM staff s JOIN staff_roles r ON r.staff_id = s.id
    WHERE s.id = person AND s.status = 'active' AND r.role = wanted AND r.revoked_at IS NULL
      AND (since IS NULL OR r.granted_at <= since))
$$;
--> statement-breakpoint
-- UNION, not UNION ALL: a cycle of managers ends.
CREATE FUNCTION reports_to(person uuid, boss uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE line(id) AS (
    SELECT manager_id FROM staff WHERE id = person
    UNION
    SELECT s.manager_id FROM staff s JOIN line ON s.id = line.id)
  SELECT EXISTS (SELECT 1 FROM line WHERE id = boss)
$$;
--> statement-breakpoint
CREATE FUNCTION subject_sensitivity(subject uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_remove(ARRAY[
    CASE WHEN a.tier IN ('enterprise', 'regulated') THEN a.tier END,
    CASE WHEN a.stance = 'opted_out' THEN 'opted_out' END,
    CASE WHEN s.is_vip THEN 'vip' END,
    CASE WHEN s.is_owner THEN 'owner' END], NULL)
  FROM subjects s JOIN accounts a ON a.id = s.account_id WHERE s.id = subject
$$;
--> statement-breakpoint
-- Why nobody may stand in for this user at all, or null.
CREATE FUNCTION subject_refusal(subject uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM staff p WHERE p.id = s.id OR p.id::text = s.external_id OR lower(p.email) = lower(s.email)) THEN 'staff'
    WHEN s.status <> 'active' THEN 'deactivated'
    WHEN s.kind = 'service' THEN 'service'
    WHEN a.stance = 'closed' THEN 'closed'
  END
  FROM subjects s JOIN accounts a ON a.id = s.account_id WHERE s.id = subject
$$;
--> statement-breakpoint
CREATE FUNCTION valid_approvals(request uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*)::integer FROM approvals v JOIN requests r ON r.id = v.request_id
  WHERE r.id = request AND v.vote = 'approve' AND v.ask_hash = r.ask_hash AND v.approver_id <> r.actor_id
    AND holds_role(v.approver_id, 'manager', r.created_at) AND NOT reports_to(v.approver_id, r.actor_id)
$$;
--> statement-breakpoint
-- Locks what a decision rests on, so that a withdrawal or a stricter account is before it or after it, never beside it.
CREATE FUNCTION hold_still(actor uuid, subject uuid, request uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  PERFORM 1 FROM staff WHERE id = actor OR id IN (SELECT approver_id FROM approvals WHERE request_id = request)
    ORDER BY id FOR SHARE;
  PERFORM 1 FROM subjects s JOIN accounts a ON a.id = s.account_id WHERE s.id = subject FOR SHARE;
  -- SHARE shuts out a stop that is being written, not another decision.
  LOCK TABLE global_stops IN SHARE MODE;
END $$;
--> statement-breakpoint
-- A role is given and taken under the lock of its holder, which decisions hold too.
CREATE FUNCTION staff_roles_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM staff WHERE id = NEW.staff_id FOR NO KEY UPDATE;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER hold BEFORE INSERT OR UPDATE ON staff_roles FOR EACH ROW EXECUTE FUNCTION staff_roles_hold();
--> statement-breakpoint

-- ---------- audit ----------
CREATE FUNCTION audit_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.occurred_at := clock_timestamp();
  NEW.xact := pg_current_xact_id()::text;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION audit_queue() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO audit_pending (entry_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION audit_has_payload() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit_payload WHERE entry_id = NEW.id) THEN
    PERFORM refuse('audit_entry_without_payload', 'An entry needs its payload');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Payload and index are written with their entry: one that had none cannot get one later.
CREATE FUNCTION audit_with_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE at timestamptz;
BEGIN
  SELECT occurred_at INTO at FROM audit_entry WHERE id = NEW.entry_id AND xact = pg_current_xact_id()::text;
  IF NOT FOUND THEN
    PERFORM refuse(TG_TABLE_NAME || '_without_entry', TG_TABLE_NAME || ' is written in the transaction of its entry');
  END IF;
  IF TG_TABLE_NAME = 'audit_index' THEN
    NEW.occurred_at := at;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse(TG_TABLE_NAME || '_append_only', TG_TABLE_NAME || ' is append-only: ' || lower(TG_OP) || ' refused');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_stamp BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_stamp();
--> statement-breakpoint
CREATE TRIGGER audit_queue AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_queue();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_has_payload AFTER INSERT ON audit_entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit_has_payload();
--> statement-breakpoint
CREATE TRIGGER audit_with_entry BEFORE INSERT ON audit_payload FOR EACH ROW EXECUTE FUNCTION audit_with_entry();
--> statement-breakpoint
CREATE TRIGGER audit_with_entry BEFORE INSERT ON audit_index FOR EACH ROW EXECUTE FUNCTION audit_with_entry();
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['audit_entry', 'audit_payload', 'audit_index', 'approvals', 'policy_versions'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION append_only()', t);
    EXECUTE format('CREATE TRIGGER append_only_all BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['requests', 'sessions', 'actions', 'tokens', 'global_stops', 'staff', 'staff_roles'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION append_only()', t);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()', t);
  END LOOP;
END $$;
--> statement-breakpoint

-- ---------- every change refers to its own entry ----------
-- Null means that it is not asked for: a grant by policy has no voter, an end may come from anybody.
CREATE FUNCTION needs_entry(entry uuid, names text[], request uuid, session uuid, actor uuid, subject uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM audit_entry e WHERE e.id = entry AND e.event = ANY (names)
      AND (request IS NULL OR e.request_id = request) AND (session IS NULL OR e.session_id = session)
      AND (actor IS NULL OR e.actor_id = actor) AND (subject IS NULL OR e.subject_id = subject)
      AND e.xact = pg_current_xact_id()::text) THEN
    PERFORM refuse('change_without_entry', 'A change needs its audit entry, of the same transaction: ' || array_to_string(names, ' or '));
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION requests_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM needs_entry(NEW.asked_entry_id, ARRAY['request.asked'], NEW.id, NULL, NEW.actor_id, NEW.subject_id);
    RETURN NULL;
  END IF;
  IF NEW.granted_entry_id IS DISTINCT FROM OLD.granted_entry_id THEN
    PERFORM needs_entry(NEW.granted_entry_id, ARRAY['request.granted', 'request.approved'], NEW.id, NULL, NULL, NEW.subject_id);
  END IF;
  IF NEW.closed_entry_id IS DISTINCT FROM OLD.closed_entry_id THEN
    PERFORM needs_entry(NEW.closed_entry_id, CASE NEW.status WHEN 'used' THEN ARRAY['session.started'] ELSE ARRAY['request.' || NEW.status] END, NEW.id, NULL, NULL, NEW.subject_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION approvals_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM needs_entry(NEW.entry_id, CASE NEW.vote WHEN 'deny' THEN ARRAY['request.denied'] ELSE ARRAY['request.approved'] END, NEW.request_id, NULL, NEW.approver_id, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION sessions_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM needs_entry(NEW.started_entry_id, ARRAY['session.started'], NEW.request_id, NEW.id, NEW.actor_id, NEW.subject_id);
    IF NOT EXISTS (SELECT 1 FROM requests WHERE id = NEW.request_id AND status = 'used') THEN
      PERFORM refuse('session_request_not_used_up', 'A session uses its request up');
    END IF;
  ELSIF NEW.ended_entry_id IS DISTINCT FROM OLD.ended_entry_id THEN
    PERFORM needs_entry(NEW.ended_entry_id, ARRAY['session.ended'], NULL, NEW.id, NULL, NEW.subject_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION actions_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE s sessions;
BEGIN
  SELECT * INTO STRICT s FROM sessions WHERE id = NEW.session_id;
  IF TG_OP = 'INSERT' THEN
    PERFORM needs_entry(NEW.entry_id, CASE NEW.phase WHEN 'attempt' THEN ARRAY['action.write'] WHEN 'view' THEN ARRAY['action.viewed'] ELSE ARRAY['action.refused'] END, NULL, s.id, s.actor_id, s.subject_id);
  ELSIF NEW.done_entry_id IS DISTINCT FROM OLD.done_entry_id THEN
    PERFORM needs_entry(NEW.done_entry_id, ARRAY['action.done'], NULL, s.id, s.actor_id, s.subject_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION global_stops_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM needs_entry(NEW.started_entry_id, ARRAY['stop.started'], NULL, NULL, NEW.started_by, NULL);
  ELSIF NEW.lifted_entry_id IS DISTINCT FROM OLD.lifted_entry_id THEN
    PERFORM needs_entry(NEW.lifted_entry_id, ARRAY['stop.lifted'], NULL, NULL, NEW.lifted_by, NULL);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['requests', 'approvals', 'sessions', 'actions', 'global_stops'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON %I DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION %I()', t, t || '_entries');
  END LOOP;
END $$;
--> statement-breakpoint

ALTER TABLE requests ADD CONSTRAINT requests_asked_entry FOREIGN KEY (asked_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT requests_granted_entry FOREIGN KEY (granted_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT requests_closed_entry_fk FOREIGN KEY (closed_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE approvals ADD CONSTRAINT approvals_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE sessions ADD CONSTRAINT sessions_started_entry FOREIGN KEY (started_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT sessions_ended_entry FOREIGN KEY (ended_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE actions ADD CONSTRAINT actions_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT actions_done_entry FOREIGN KEY (done_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint

-- One entry for one vote, write or refusal: ten writes cannot hide behind one line. Views may share one.
CREATE UNIQUE INDEX approvals_own_entry ON approvals (entry_id);
--> statement-breakpoint
CREATE UNIQUE INDEX actions_own_entry ON actions (entry_id) WHERE phase <> 'view';
--> statement-breakpoint
CREATE UNIQUE INDEX actions_own_done_entry ON actions (done_entry_id);
--> statement-breakpoint

-- ---------- requests ----------
-- The account is one of the product: the same user id elsewhere is somebody else.
ALTER TABLE requests ADD CONSTRAINT requests_account_product FOREIGN KEY (account_id, product_id) REFERENCES accounts (id, product_id);
--> statement-breakpoint
CREATE FUNCTION ask_hash(r requests) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(convert_to(jsonb_build_array(r.id, r.actor_id, r.subject_id, r.account_id, r.product_id, r.scope, r.minutes,
    r.reason_category, r.lawful_basis, r.reason, r.caller_check, r.ticket, r.target_link_uri)::text, 'UTF8'))
$$;
--> statement-breakpoint
CREATE FUNCTION requests_insert() RETURNS trigger
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
  why := subject_refusal(NEW.subject_id);
  IF why IS NOT NULL THEN
    PERFORM refuse('request_subject', 'Nobody may stand in for this user: ' || why);
  END IF;
  IF EXISTS (SELECT 1 FROM global_stops WHERE lifted_at IS NULL) THEN
    PERFORM refuse('request_global_stop', 'Standing in is stopped');
  END IF;
  NEW.created_at := clock_timestamp();
  NEW.lapses_at := least(NEW.lapses_at, NEW.created_at + interval '24 hours');
  NEW.sensitive_because := subject_sensitivity(NEW.subject_id);
  NEW.sensitive := cardinality(NEW.sensitive_because) > 0;
  IF NEW.sensitive THEN
    NEW.approvals_needed := greatest(NEW.approvals_needed, 1);
  END IF;
  NEW.ask_hash := ask_hash(NEW);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION requests_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ timestamptz; least_minutes integer;
BEGIN
  IF NEW.status = 'granted' THEN
    PERFORM hold_still(OLD.actor_id, OLD.subject_id, OLD.id);
  END IF;
  -- Read only now: a lapse that came while we waited for those locks counts.
  now_ := clock_timestamp();
  IF ask_hash(NEW) <> OLD.ask_hash OR NEW.ask_hash <> OLD.ask_hash
    OR (NEW.number, NEW.sensitive, NEW.sensitive_because, NEW.approvals_needed, NEW.policy_version, NEW.created_at, NEW.lapses_at, NEW.asked_entry_id, NEW.return_path)
      IS DISTINCT FROM (OLD.number, OLD.sensitive, OLD.sensitive_because, OLD.approvals_needed, OLD.policy_version, OLD.created_at, OLD.lapses_at, OLD.asked_entry_id, OLD.return_path) THEN
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
    IF valid_approvals(OLD.id) < OLD.approvals_needed OR EXISTS (SELECT 1 FROM approvals WHERE request_id = OLD.id AND vote = 'deny') THEN
      PERFORM refuse('request_without_approvals', 'The approvals are missing');
    END IF;
    SELECT least(OLD.minutes, min(minutes)) INTO least_minutes FROM approvals WHERE request_id = OLD.id AND vote = 'approve';
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
CREATE TRIGGER guard_insert BEFORE INSERT ON requests FOR EACH ROW EXECUTE FUNCTION requests_insert();
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON requests FOR EACH ROW EXECUTE FUNCTION requests_update();
--> statement-breakpoint

-- ---------- approvals ----------
CREATE FUNCTION approvals_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r requests;
BEGIN
  SELECT * INTO STRICT r FROM requests WHERE id = NEW.request_id FOR UPDATE;
  PERFORM 1 FROM staff WHERE id = NEW.approver_id FOR SHARE;
  NEW.created_at := clock_timestamp();
  IF NEW.approver_id = r.actor_id THEN
    PERFORM refuse('vote_own_request', 'Nobody votes on their own request');
  END IF;
  IF NOT holds_role(NEW.approver_id, 'manager', r.created_at) THEN
    PERFORM refuse('vote_without_role', 'Only who was an active manager when it was asked may vote');
  END IF;
  IF reports_to(NEW.approver_id, r.actor_id) THEN
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
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON approvals FOR EACH ROW EXECUTE FUNCTION approvals_insert();
--> statement-breakpoint

-- ---------- sessions ----------
ALTER TABLE sessions ADD CONSTRAINT sessions_end_details CHECK (ended_at IS NOT NULL OR (ended_by IS NULL AND end_comment IS NULL));
--> statement-breakpoint
CREATE FUNCTION sessions_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r requests; why text;
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
  IF valid_approvals(r.id) < greatest(r.approvals_needed, CASE WHEN cardinality(subject_sensitivity(r.subject_id)) > 0 THEN 1 ELSE 0 END) THEN
    PERFORM refuse('session_without_approval', 'A sensitive account needs an approval that still holds');
  END IF;
  IF NOT holds_role(NEW.actor_id, 'agent') THEN
    PERFORM refuse('session_actor_role', 'Only an active agent may start');
  END IF;
  why := subject_refusal(NEW.subject_id);
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
CREATE FUNCTION sessions_update() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_ timestamptz := clock_timestamp();
BEGIN
  IF OLD.ended_at IS NOT NULL THEN
    PERFORM refuse('session_ended', 'An ended session is never changed');
  END IF;
  IF to_jsonb(NEW) - ARRAY['last_active_at', 'ended_at', 'end_cause', 'ended_by', 'end_comment', 'ended_entry_id']
    <> to_jsonb(OLD) - ARRAY['last_active_at', 'ended_at', 'end_cause', 'ended_by', 'end_comment', 'ended_entry_id'] THEN
    PERFORM refuse('session_frozen', 'A session is never prolonged or changed, only ended');
  END IF;
  IF NEW.ended_at IS NOT NULL THEN
    NEW.ended_at := least(now_, OLD.expires_at);
    NEW.last_active_at := OLD.last_active_at;
  ELSIF now_ >= least(OLD.expires_at, OLD.last_active_at + make_interval(mins => OLD.idle_minutes)) THEN
    PERFORM refuse('session_over', 'The session is over');
  ELSE
    NEW.last_active_at := greatest(OLD.last_active_at, least(NEW.last_active_at, now_));
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION sessions_insert();
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION sessions_update();
--> statement-breakpoint

-- ---------- actions ----------
CREATE FUNCTION actions_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s sessions; now_ timestamptz;
BEGIN
  -- FOR SHARE waits for an end that is under way: the order of entries is the truth.
  SELECT * INTO STRICT s FROM sessions WHERE id = NEW.session_id FOR SHARE;
  now_ := clock_timestamp();
  IF NEW.done_at IS NOT NULL THEN
    PERFORM refuse('action_done_later', 'What an attempt did is said after it');
  END IF;
  IF NEW.phase = 'attempt' THEN
    IF s.ended_at IS NOT NULL OR now_ >= s.expires_at OR now_ >= s.last_active_at + make_interval(mins => s.idle_minutes) THEN
      PERFORM refuse('action_after_end', 'The session is over');
    END IF;
    IF s.scope <> 'write' THEN
      PERFORM refuse('action_scope', 'The session is for looking only');
    END IF;
    IF NEW.effect = 'credential' THEN
      PERFORM refuse('action_denied', 'Credentials are never touched while standing in');
    END IF;
    IF NEW.effect = 'view' THEN
      PERFORM refuse('action_effect', 'A view is not an attempt');
    END IF;
  ELSIF NEW.phase = 'view' AND NEW.effect <> 'view' THEN
    PERFORM refuse('action_effect', 'A write is an attempt before it runs');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION actions_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.phase <> 'attempt' OR OLD.done_at IS NOT NULL
    OR to_jsonb(NEW) - ARRAY['done_at', 'status', 'done_entry_id', 'resource', 'changes', 'kinds', 'route']
      <> to_jsonb(OLD) - ARRAY['done_at', 'status', 'done_entry_id', 'resource', 'changes', 'kinds', 'route'] THEN
    PERFORM refuse('action_frozen', 'What was recorded cannot be changed');
  END IF;
  NEW.done_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON actions FOR EACH ROW EXECUTE FUNCTION actions_insert();
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON actions FOR EACH ROW EXECUTE FUNCTION actions_update();
--> statement-breakpoint

-- ---------- a code and a token belong to a live session of their product ----------
CREATE FUNCTION live_session_only() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s sessions; now_ timestamptz;
BEGIN
  SELECT * INTO STRICT s FROM sessions WHERE id = NEW.session_id FOR SHARE;
  now_ := clock_timestamp();
  IF s.ended_at IS NOT NULL OR now_ >= s.expires_at OR now_ >= s.last_active_at + make_interval(mins => s.idle_minutes) THEN
    PERFORM refuse('token_after_end', 'The session is over');
  END IF;
  IF TG_TABLE_NAME = 'authorization_codes' THEN
    IF NEW.product_id <> s.product_id THEN
      PERFORM refuse('code_other_product', 'The session is for another product');
    END IF;
    NEW.created_at := now_;
    NEW.expires_at := least(NEW.expires_at, now_ + interval '60 seconds');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER live_session_only BEFORE INSERT ON tokens FOR EACH ROW EXECUTE FUNCTION live_session_only();
--> statement-breakpoint
CREATE TRIGGER live_session_only BEFORE INSERT ON authorization_codes FOR EACH ROW EXECUTE FUNCTION live_session_only();
--> statement-breakpoint
-- A code stays consumed, a token retired, a sign-in ended.
CREATE FUNCTION set_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) ->> TG_ARGV[0] IS NOT NULL AND to_jsonb(NEW) ->> TG_ARGV[0] IS DISTINCT FROM to_jsonb(OLD) ->> TG_ARGV[0] THEN
    PERFORM refuse(TG_TABLE_NAME || '_' || TG_ARGV[0] || '_once', TG_ARGV[0] || ' is set once');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER set_once BEFORE UPDATE ON authorization_codes FOR EACH ROW EXECUTE FUNCTION set_once('consumed_at');
--> statement-breakpoint
CREATE TRIGGER set_once BEFORE UPDATE ON tokens FOR EACH ROW EXECUTE FUNCTION set_once('retired_at');
--> statement-breakpoint
CREATE TRIGGER set_once BEFORE UPDATE ON staff_sign_ins FOR EACH ROW EXECUTE FUNCTION set_once('ended_at');
--> statement-breakpoint

-- ---------- what an approval rests on changes on record only ----------
CREATE FUNCTION directory_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE account uuid := to_jsonb(NEW) ->> CASE TG_TABLE_NAME WHEN 'accounts' THEN 'id' ELSE 'account_id' END;
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM audit_entry WHERE event = 'directory.updated' AND account_id = account
      AND occurred_at >= transaction_timestamp() AND xact = pg_current_xact_id()::text)
    AND NOT EXISTS (SELECT 1 FROM pg_class WHERE oid = TG_RELID AND pg_get_userbyid(relowner) = current_user) THEN
    PERFORM refuse('directory_change_without_entry', 'A tier, a stance or who somebody is changes with an entry of its account, directory.updated');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER UPDATE ON accounts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.tier, OLD.stance) IS DISTINCT FROM (NEW.tier, NEW.stance)) EXECUTE FUNCTION directory_entry();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER UPDATE ON subjects DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.account_id, OLD.email, OLD.is_owner, OLD.is_vip, OLD.status, OLD.kind)
    IS DISTINCT FROM (NEW.account_id, NEW.email, NEW.is_owner, NEW.is_vip, NEW.status, NEW.kind)) EXECUTE FUNCTION directory_entry();
--> statement-breakpoint

-- Every function finds its names here, so that a temporary table of the caller never stands in for one of ours.
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole AND p.proconfig IS NULL
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', f);
  END LOOP;
END $$;
--> statement-breakpoint

-- Triggers of our own tables fire whatever session_replication_role says.
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT tg.tgname, c.relname FROM pg_trigger tg JOIN pg_class c ON c.oid = tg.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT tg.tgisinternal AND n.nspname = 'public' AND tg.tgname NOT IN ('subjects_fold', 'subjects_refold', 'accounts_fold') LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t.relname, t.tgname);
  END LOOP;
END $$;
--> statement-breakpoint

-- ---------- what the panel may do ----------
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO :runtime:;
--> statement-breakpoint
GRANT SELECT ON staff, staff_roles, staff_sign_ins, products, accounts, subjects, tickets, policy_versions, audit_entry, audit_payload,
  audit_index, requests, approvals, sessions, tokens, authorization_codes, actions, global_stops, counted_refusals TO :runtime:;
--> statement-breakpoint
GRANT INSERT ON audit_entry, audit_payload, audit_index, requests, approvals, sessions, tokens, authorization_codes, actions,
  staff_sign_ins, accounts, subjects, tickets, counted_refusals TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (last_active_at, ended_at, end_cause) ON staff_sign_ins TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (name, tier, stance, updated_at) ON accounts TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (account_id, name, email, role, is_owner, is_vip, status, kind, last_seen_at, lang, search, updated_at) ON subjects TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (account_id, subject_id, title, status, assignee_email, updated_at) ON tickets TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (status, granted_at, granted_minutes, start_by, closed_at, granted_entry_id, closed_entry_id) ON requests TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (last_active_at, ended_at, end_cause, ended_by, end_comment, ended_entry_id) ON sessions TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (retired_at) ON tokens TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (consumed_at) ON authorization_codes TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (done_at, status, done_entry_id, resource, changes, kinds, route) ON actions TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (count), DELETE ON counted_refusals TO :runtime:;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE request_numbers, session_numbers TO :runtime:;
