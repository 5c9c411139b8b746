-- Who may look and never act, and the items of an access review: who decides them, when, and that a revocation takes the
-- right in the transaction that says so.

-- ---------- what kind of staff, and looking only ----------
DROP TRIGGER guard_update ON staff;
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON staff FOR EACH ROW
  WHEN ((OLD.name, OLD.email, OLD.team, OLD.zone, OLD.manager_id, OLD.status, OLD.kind, OLD.deactivated_at, OLD.created_at, OLD.changed_entry_id)
    IS DISTINCT FROM (NEW.name, NEW.email, NEW.team, NEW.zone, NEW.manager_id, NEW.status, NEW.kind, NEW.deactivated_at, NEW.created_at, NEW.changed_entry_id))
  EXECUTE FUNCTION staff_change();
--> statement-breakpoint
ALTER TABLE staff ENABLE ALWAYS TRIGGER guard_update;
--> statement-breakpoint
GRANT UPDATE (kind) ON staff TO :runtime:;
--> statement-breakpoint
CREATE OR REPLACE VIEW roles_held AS
  SELECT r.staff_id, r.role, r.granted_at, r.looking_only FROM staff s JOIN staff_roles r ON r.staff_id = s.id
  WHERE s.status = 'active' AND r.revoked_at IS NULL;
--> statement-breakpoint
-- Comes after guard_insert by name, which holds the actor still: who loses acting meanwhile is before or after.
CREATE FUNCTION may_act() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM roles_held WHERE staff_id = NEW.actor_id AND role = 'agent' AND NOT looking_only) THEN
    PERFORM refuse(CASE TG_TABLE_NAME WHEN 'requests' THEN 'request_looking_only' ELSE 'session_looking_only' END,
      'This agent may look and never act');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_scope BEFORE INSERT ON requests FOR EACH ROW WHEN (NEW.scope = 'write') EXECUTE FUNCTION may_act();
--> statement-breakpoint
CREATE TRIGGER guard_scope BEFORE INSERT ON sessions FOR EACH ROW WHEN (NEW.scope = 'write') EXECUTE FUNCTION may_act();
--> statement-breakpoint
ALTER TABLE requests ENABLE ALWAYS TRIGGER guard_scope;
--> statement-breakpoint
ALTER TABLE sessions ENABLE ALWAYS TRIGGER guard_scope;
--> statement-breakpoint

-- ---------- decisions ----------
-- From when the reader has been at the item: looks less than a quarter of an hour apart are one visit, so that whoever
-- opens a sampled session and comes back has not begun anew.
CREATE FUNCTION review_visit(item uuid, reader uuid) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT max(l.at) FROM review_looks l WHERE l.item_id = item AND l.reader_id = reader
    AND NOT EXISTS (SELECT 1 FROM review_looks b WHERE b.item_id = item AND b.reader_id = reader
      AND b.at < l.at AND b.at >= l.at - interval '15 minutes'
      AND NOT EXISTS (SELECT 1 FROM review_decisions d WHERE d.item_id = item AND d.decided_by = reader AND d.decided_at BETWEEN b.at AND l.at))
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION review_visit(uuid, uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION review_visit(uuid, uuid) TO :runtime:;
--> statement-breakpoint
-- The item and its open campaign, held: a closing is before this change or after it.
CREATE FUNCTION open_item(item uuid) RETURNS review_items
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i review_items; c campaigns;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  SELECT * INTO STRICT c FROM campaigns WHERE id = (SELECT campaign_id FROM review_items WHERE id = item) FOR SHARE;
  IF c.status <> 'open' THEN
    PERFORM refuse('review_closed', 'The review is closed: nothing of it changes any more');
  END IF;
  SELECT * INTO STRICT i FROM review_items WHERE id = item FOR NO KEY UPDATE;
  RETURN i;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION open_item(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION open_item(uuid) TO :runtime:;
--> statement-breakpoint
-- Whether this person is the only one active who holds the role of an admin.
CREATE FUNCTION last_admin(person uuid, of_role text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT of_role = 'admin' AND EXISTS (SELECT 1 FROM roles_held WHERE role = 'admin' AND staff_id = person)
    AND NOT EXISTS (SELECT 1 FROM roles_held WHERE role = 'admin' AND staff_id <> person)
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION last_admin(uuid, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION last_admin(uuid, text) TO :runtime:;
--> statement-breakpoint
CREATE FUNCTION review_decisions_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i review_items := open_item(NEW.item_id); g staff_roles;
BEGIN
  -- In one order, as every change of staff locks them; every admin, where one may be the last.
  PERFORM 1 FROM staff WHERE id IN (i.staff_id, NEW.decided_by)
    OR i.role = 'admin' AND NEW.decision <> 'keep' AND id IN (SELECT staff_id FROM staff_roles WHERE role = 'admin' AND revoked_at IS NULL)
    ORDER BY id FOR NO KEY UPDATE;
  NEW.decided_at := clock_timestamp();
  IF i.ended_at IS NOT NULL THEN
    PERFORM refuse('review_item_ended', 'This right had ended before the review was opened');
  END IF;
  IF i.decision IN ('change', 'revoke') THEN
    PERFORM refuse('review_carried_out', 'The decision was carried out: the right is gone');
  END IF;
  IF EXISTS (SELECT 1 FROM review_exceptions WHERE item_id = i.id) THEN
    PERFORM refuse('review_excepted', 'An exception was made of this item: the next review asks again');
  END IF;
  SELECT * INTO STRICT g FROM staff_roles WHERE id = i.grant_id;
  IF g.revoked_at IS NOT NULL THEN
    PERFORM refuse('review_grant_gone', 'The right was taken away meanwhile: there is nothing left to decide');
  END IF;
  IF NEW.decision = 'revoke' AND last_admin(i.staff_id, i.role) THEN
    PERFORM refuse('review_last_admin', 'No review takes the right of the last active admin');
  END IF;
  IF NEW.decision = 'change' AND (i.role <> 'agent' OR g.looking_only) THEN
    PERFORM refuse('review_change_not_offered', 'Only an agent who may act can be changed to looking only');
  END IF;
  IF NEW.decided_by IS NULL THEN
    IF NEW.decision <> 'revoke' OR NEW.decided_as IS NOT NULL OR i.decision IS NOT NULL THEN
      PERFORM refuse('review_policy_revokes', 'By policy an undecided item is revoked, and nothing else');
    END IF;
    IF NEW.decided_at < (SELECT due_at FROM campaigns WHERE id = i.campaign_id) THEN
      PERFORM refuse('review_not_due', 'The policy settles what nobody decided once the review is late, and not before');
    END IF;
    NEW.in_bulk := false;
    NEW.seconds := NULL;
  ELSE
    IF NEW.decided_by IS DISTINCT FROM i.reviewer_id THEN
      PERFORM refuse('review_not_reviewer', 'Only the reviewer of an item decides it');
    END IF;
    IF NEW.decided_by = i.staff_id OR NEW.decided_by = g.granted_by OR reports_to(NEW.decided_by, i.staff_id) THEN
      PERFORM refuse('review_conflict', 'Nobody decides on their own right, on one that they gave, or for who they report to');
    END IF;
    IF coalesce(NEW.decided_as, '') NOT IN ('manager', 'compliance') OR NOT holds_role(NEW.decided_by, NEW.decided_as) THEN
      PERFORM refuse('review_reviewer_role', 'Only an active manager, or compliance, decides');
    END IF;
    IF NEW.in_bulk AND i.privileged THEN
      PERFORM refuse('review_bulk_privileged', 'Privileged items are decided one by one');
    END IF;
    NEW.seconds := CASE WHEN NOT NEW.in_bulk THEN
      round(extract(epoch FROM NEW.decided_at - review_visit(i.id, NEW.decided_by)))::integer END;
  END IF;
  SELECT count(*), count(*) FILTER (WHERE opened_by = NEW.decided_by) INTO NEW.sample_size, NEW.sample_opened
    FROM review_samples WHERE item_id = i.id;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_decisions_mirror() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE review_items SET decision_id = NEW.id, decision = NEW.decision WHERE id = NEW.item_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- At the commit: on record by whoever decided, the right gone where it says so, and what follows laid down.
CREATE FUNCTION review_decisions_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE e audit_entry; body jsonb; i review_items; g staff_roles; closer uuid;
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY['review.decided'], NULL, NULL, NEW.decided_by, NULL);
  SELECT * INTO STRICT e FROM audit_entry WHERE id = NEW.entry_id;
  SELECT p.body::jsonb INTO body FROM audit_payload p WHERE p.entry_id = NEW.entry_id;
  IF e.actor_id IS DISTINCT FROM NEW.decided_by OR body ->> 'item_id' IS DISTINCT FROM NEW.item_id::text OR body ->> 'decision' IS DISTINCT FROM NEW.decision THEN
    PERFORM refuse('review_entry_says_else', 'The entry of a decision names who decided, the item and the decision');
  END IF;
  SELECT * INTO STRICT i FROM review_items WHERE id = NEW.item_id;
  IF NEW.decided_by IS NULL THEN
    closer := body ->> 'closing_by';
    IF closer IS NULL OR NOT holds_role(closer, 'compliance') OR EXISTS (
      SELECT 1 FROM review_decisions d JOIN review_items o ON o.id = d.item_id WHERE o.campaign_id = i.campaign_id AND d.decided_by = closer)
      OR EXISTS (SELECT 1 FROM review_exceptions x JOIN review_items o ON o.id = x.item_id
        WHERE o.campaign_id = i.campaign_id AND x.made_by = closer AND x.kind <> 'rule') THEN
      PERFORM refuse('review_policy_closer', 'Policy revokes what is undecided when compliance closes, who decided nothing in it');
    END IF;
  END IF;
  IF NEW.decision = 'keep' THEN
    RETURN NULL;
  END IF;
  SELECT * INTO STRICT g FROM staff_roles WHERE id = i.grant_id;
  IF g.revoked_at IS NULL OR NOT EXISTS (SELECT 1 FROM review_remediations WHERE decision_id = NEW.id AND kind <> 'outside') THEN
    PERFORM refuse('review_not_carried_out', 'Who decides to change or revoke takes the right in the same transaction');
  END IF;
  IF NEW.decision = 'change' AND NOT EXISTS (SELECT 1 FROM staff_roles WHERE staff_id = i.staff_id AND role = 'agent' AND looking_only AND revoked_at IS NULL) THEN
    PERFORM refuse('review_not_carried_out', 'Who changes to looking only leaves looking');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON review_decisions FOR EACH ROW EXECUTE FUNCTION review_decisions_insert();
--> statement-breakpoint
CREATE TRIGGER mirror AFTER INSERT ON review_decisions FOR EACH ROW EXECUTE FUNCTION review_decisions_mirror();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT ON review_decisions DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION review_decisions_entries();
--> statement-breakpoint

-- ---------- a decision takes a right, and only that one ----------
-- The decision of this transaction that an entry about this person and role rests on; refuses where there is none.
CREATE FUNCTION review_entry(entry uuid, wanted text, holder uuid, held text) RETURNS review_decisions
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE d review_decisions;
BEGIN
  SELECT r.* INTO d FROM audit_entry e JOIN audit_payload p ON p.entry_id = e.id
    JOIN review_decisions r ON r.id::text = p.body::jsonb ->> 'review_decision'
    JOIN review_items i ON i.decision_id = r.id
    JOIN audit_entry said ON said.id = r.entry_id
    WHERE e.id = entry AND e.event = wanted AND e.xact = pg_current_xact_id()::text AND said.xact = e.xact AND said.event = 'review.decided'
      AND e.actor_id IS NOT DISTINCT FROM r.decided_by AND i.staff_id = holder AND i.role = held
      AND p.body::jsonb ->> 'person' = holder::text AND p.body::jsonb ->> 'role' = held;
  IF d.id IS NULL THEN
    PERFORM refuse('staff_change_without_decision', 'A review takes a right by a decision of the same transaction about it');
  END IF;
  RETURN d;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION review_entry(uuid, text, uuid, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION review_entry(uuid, text, uuid, text) TO :runtime:;
--> statement-breakpoint
CREATE FUNCTION entry_says(entry uuid, field text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT body::jsonb ->> field FROM audit_payload WHERE entry_id = entry
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION entry_says(uuid, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION entry_says(uuid, text) TO :runtime:;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION staff_roles_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE d review_decisions; g staff_roles;
BEGIN
  IF by_owner(TG_RELID) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.revoked_at IS NOT NULL OR NEW.revoked_by IS NOT NULL OR NEW.revoked_entry_id IS NOT NULL THEN
      PERFORM refuse('staff_role_starts_held', 'A role is held before it is taken');
    END IF;
    IF coalesce(entry_says(NEW.granted_entry_id, 'looking_only'), 'false') <> NEW.looking_only::text THEN
      PERFORM refuse('staff_role_scope', 'The entry of a grant says whether it is for looking only');
    END IF;
    NEW.granted_at := clock_timestamp();
    IF entry_says(NEW.granted_entry_id, 'review_decision') IS NULL THEN
      NEW.granted_by := admin_entry(NEW.granted_entry_id, ARRAY['role.granted'], NEW.staff_id, NEW.role);
      RETURN NEW;
    END IF;
    -- What is left of a grant that a review narrowed. Who narrowed it gave nothing: it is still of whoever gave it.
    d := review_entry(NEW.granted_entry_id, 'role.granted', NEW.staff_id, NEW.role);
    SELECT r.* INTO g FROM staff_roles r JOIN review_items i ON i.grant_id = r.id WHERE i.decision_id = d.id;
    IF d.decision <> 'change' OR NOT NEW.looking_only OR entry_says(g.revoked_entry_id, 'review_decision') IS DISTINCT FROM d.id::text THEN
      PERFORM refuse('staff_change_without_decision', 'A review leaves looking where it took acting, and gives nothing else');
    END IF;
    NEW.granted_by := g.granted_by;
    RETURN NEW;
  END IF;
  IF OLD.revoked_at IS NOT NULL
    OR to_jsonb(NEW) - ARRAY['revoked_at', 'revoked_by', 'revoked_entry_id'] <> to_jsonb(OLD) - ARRAY['revoked_at', 'revoked_by', 'revoked_entry_id'] THEN
    PERFORM refuse('staff_role_frozen', 'A grant of a role is taken once and never changed');
  END IF;
  IF entry_says(NEW.revoked_entry_id, 'review_decision') IS NULL THEN
    NEW.revoked_by := admin_entry(NEW.revoked_entry_id, ARRAY['role.revoked'], NEW.staff_id, NEW.role);
  ELSE
    d := review_entry(NEW.revoked_entry_id, 'role.revoked', NEW.staff_id, NEW.role);
    IF d.decision NOT IN ('change', 'revoke') OR NOT EXISTS (SELECT 1 FROM review_items WHERE decision_id = d.id AND grant_id = OLD.id) THEN
      PERFORM refuse('staff_change_without_decision', 'A review takes the right that was decided on, and no other');
    END IF;
    IF last_admin(OLD.staff_id, OLD.role) THEN
      PERFORM refuse('review_last_admin', 'No review takes the right of the last active admin');
    END IF;
    NEW.revoked_by := d.decided_by;
  END IF;
  NEW.revoked_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint

-- ---------- looks and samples ----------
CREATE UNIQUE INDEX review_looks_own_entry ON review_looks (entry_id);
--> statement-breakpoint
CREATE FUNCTION review_looks_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_looks_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY['review.looked'], NULL, NULL, NEW.reader_id, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON review_looks FOR EACH ROW EXECUTE FUNCTION review_looks_insert();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT ON review_looks DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION review_looks_entries();
--> statement-breakpoint
CREATE FUNCTION review_samples_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i review_items := open_item(OLD.item_id);
BEGIN
  IF OLD.opened_at IS NOT NULL OR (NEW.item_id, NEW.session_id, NEW.why) IS DISTINCT FROM (OLD.item_id, OLD.session_id, OLD.why) THEN
    PERFORM refuse('review_sample_frozen', 'A sample is drawn once, and its first opening stays');
  END IF;
  IF NEW.opened_by IS NULL OR NEW.opened_by IS DISTINCT FROM i.reviewer_id THEN
    PERFORM refuse('review_not_reviewer', 'Only the reviewer of an item opens its sample');
  END IF;
  NEW.opened_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_samples_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.opened_entry_id, ARRAY['review.sample_opened'], NULL, NEW.session_id, NEW.opened_by, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON review_samples FOR EACH ROW EXECUTE FUNCTION review_samples_update();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER opened AFTER UPDATE ON review_samples DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION review_samples_entries();
--> statement-breakpoint

-- ---------- what follows a decision ----------
CREATE UNIQUE INDEX review_remediations_once ON review_remediations (decision_id) WHERE kind <> 'outside';
--> statement-breakpoint
CREATE INDEX review_remediations_unproved ON review_remediations (created_at) WHERE kind <> 'outside' AND (result IS NULL OR result = 'still_possible');
--> statement-breakpoint
-- The grant, on record in its own right, by which somebody gave again what a review had taken; null where nobody did.
CREATE FUNCTION given_anew(item review_items, of_kind text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT n.id FROM staff_roles n JOIN staff_roles g ON g.id = item.grant_id
    WHERE n.staff_id = item.staff_id AND n.role = item.role AND n.revoked_at IS NULL AND n.id <> g.id AND n.granted_at >= g.revoked_at
      AND n.granted_entry_id IS NOT NULL AND entry_says(n.granted_entry_id, 'review_decision') IS NULL
      AND (of_kind <> 'looking_only' OR NOT n.looking_only)
    ORDER BY n.granted_at LIMIT 1
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION given_anew(review_items, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION given_anew(review_items, text) TO :runtime:;
--> statement-breakpoint
CREATE FUNCTION review_remediations_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i review_items := open_item(NEW.item_id); d review_decisions; by_ uuid; is_still boolean;
BEGIN
  SELECT * INTO STRICT d FROM review_decisions WHERE id = NEW.decision_id;
  IF TG_OP = 'INSERT' THEN
    IF d.item_id <> NEW.item_id OR NOT (CASE NEW.kind WHEN 'role_revoked' THEN d.decision = 'revoke' WHEN 'looking_only' THEN d.decision = 'change' ELSE true END) THEN
      PERFORM refuse('review_remediation_decision', 'What follows belongs to the decision that it follows');
    END IF;
    IF NEW.result IS NOT NULL OR NEW.done_at IS NOT NULL OR NEW.done_by IS NOT NULL THEN
      PERFORM refuse('review_remediation_starts_open', 'What is to be done is not done yet');
    END IF;
    IF NEW.owner_id = i.staff_id THEN
      PERFORM refuse('review_task_own', 'Nobody takes their own right away');
    END IF;
    NEW.created_at := clock_timestamp();
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - ARRAY['done_by', 'done_at', 'verified_how', 'result', 'verified_at', 'verified_entry_id']
    <> to_jsonb(OLD) - ARRAY['done_by', 'done_at', 'verified_how', 'result', 'verified_at', 'verified_entry_id'] OR OLD.result IN ('refused', 'given_anew') THEN
    PERFORM refuse('review_remediation_frozen', 'What was to be done, and what was proved, stays');
  END IF;
  IF NEW.done_by IS DISTINCT FROM OLD.done_by OR NEW.done_at IS DISTINCT FROM OLD.done_at THEN
    IF OLD.kind <> 'outside' OR OLD.done_at IS NOT NULL OR NEW.done_by IS DISTINCT FROM OLD.owner_id
      OR NOT EXISTS (SELECT 1 FROM audit_entry WHERE event = 'review.task_checked' AND actor_id = NEW.done_by
        AND occurred_at >= transaction_timestamp() AND xact = pg_current_xact_id()::text) THEN
      PERFORM refuse('review_task_owner', 'A task outside is marked done once, by its owner, on record');
    END IF;
    NEW.done_at := clock_timestamp();
  END IF;
  IF NEW.verified_entry_id IS DISTINCT FROM OLD.verified_entry_id OR NEW.result IS DISTINCT FROM OLD.result THEN
    PERFORM needs_entry(NEW.verified_entry_id, CASE OLD.kind WHEN 'outside' THEN ARRAY['review.task_checked'] ELSE ARRAY['review.access_tried'] END, NULL, NULL, NULL, NULL);
    NEW.verified_at := clock_timestamp();
    IF OLD.kind = 'outside' THEN
      SELECT actor_id INTO by_ FROM audit_entry WHERE id = NEW.verified_entry_id;
      IF NEW.result = 'given_anew' THEN
        PERFORM refuse('review_not_given_anew', 'Nobody gave it anew');
      END IF;
      IF OLD.done_at IS NULL OR by_ = OLD.owner_id OR by_ = i.staff_id THEN
        PERFORM refuse('review_task_checked_by_owner', 'Somebody other than its owner looks whether a task was done, once it is');
      END IF;
    ELSIF NEW.result = 'refused' THEN
      is_still := CASE OLD.kind WHEN 'role_revoked' THEN holds_role(i.staff_id, i.role)
        ELSE EXISTS (SELECT 1 FROM roles_held WHERE staff_id = i.staff_id AND role = 'agent' AND NOT looking_only) END;
      IF is_still THEN
        PERFORM refuse('review_still_possible', 'The right is held: nothing was refused');
      END IF;
    ELSIF NEW.result = 'given_anew' AND given_anew(i, OLD.kind) IS NULL THEN
      PERFORM refuse('review_not_given_anew', 'Nobody gave it anew');
    END IF;
  ELSIF (NEW.verified_how, NEW.verified_at) IS DISTINCT FROM (OLD.verified_how, OLD.verified_at) THEN
    PERFORM refuse('review_remediation_frozen', 'What was proved changes with its entry');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_remediations_mirror() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE review_items SET remediated_at = (SELECT CASE WHEN bool_and(coalesce(result IN ('refused', 'given_anew'), false)) THEN max(verified_at) END
    FROM review_remediations WHERE item_id = NEW.item_id) WHERE id = NEW.item_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_remediations_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.entry_id, CASE NEW.kind WHEN 'outside' THEN ARRAY['review.task_set'] ELSE ARRAY['review.decided'] END, NULL, NULL, NULL, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON review_remediations FOR EACH ROW EXECUTE FUNCTION review_remediations_guard();
--> statement-breakpoint
CREATE TRIGGER mirror AFTER INSERT OR UPDATE ON review_remediations FOR EACH ROW EXECUTE FUNCTION review_remediations_mirror();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT ON review_remediations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION review_remediations_entries();
--> statement-breakpoint

ALTER TABLE review_decisions ADD CONSTRAINT review_decisions_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE review_looks ADD CONSTRAINT review_looks_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE review_samples ADD CONSTRAINT review_samples_entry FOREIGN KEY (opened_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE review_remediations ADD CONSTRAINT review_remediations_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT review_remediations_verified_entry FOREIGN KEY (verified_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
DO $$
DECLARE t text; r record;
BEGIN
  FOREACH t IN ARRAY ARRAY['review_decisions', 'review_looks'] LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION append_only()', t);
    EXECUTE format('CREATE OR REPLACE TRIGGER append_only_all BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['review_samples', 'review_remediations'] LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER never_deleted BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION append_only()', t);
    EXECUTE format('CREATE OR REPLACE TRIGGER never_truncated BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()', t);
  END LOOP;
  FOR r IN SELECT tg.tgname, c.relname FROM pg_trigger tg JOIN pg_class c ON c.oid = tg.tgrelid WHERE NOT tg.tgisinternal
    AND c.relnamespace = 'public'::regnamespace
    AND c.relname IN ('review_decisions', 'review_looks', 'review_samples', 'review_remediations') LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', r.relname, r.tgname);
  END LOOP;
  FOR r IN SELECT p.oid::regprocedure AS f FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole
    AND p.prorettype = 'trigger'::regtype AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', r.f);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON review_decisions, review_looks, review_samples, review_remediations FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT ON campaigns, review_items, review_decisions, review_looks, review_samples, review_remediations, review_exceptions TO :runtime:;
--> statement-breakpoint
GRANT INSERT ON review_decisions, review_looks, review_remediations TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (opened_at, opened_by, opened_entry_id) ON review_samples TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (done_by, done_at, verified_how, result, verified_at, verified_entry_id) ON review_remediations TO :runtime:;
