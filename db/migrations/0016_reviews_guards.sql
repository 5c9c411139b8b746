-- A review's population is complete and frozen, nobody reviews what they may not, and a closed review stays as it is:
-- kept here for whoever types SQL as the panel does.

-- The transaction that opened it: items and samples are added in no other.
ALTER TABLE campaigns ADD COLUMN opened_xact text NOT NULL DEFAULT pg_current_xact_id()::text;
--> statement-breakpoint
ALTER TABLE campaigns ADD CONSTRAINT campaigns_statement_length CHECK (char_length(trim(statement)) >= 20);
--> statement-breakpoint
-- Two workers open one quarter once.
CREATE UNIQUE INDEX campaigns_by_itself ON campaigns (first_day, last_day) WHERE opened_by IS NULL;
--> statement-breakpoint
-- What an exception is for: what nobody decided, what was decided and is not proved, or by rule at the closing.
ALTER TABLE review_exceptions ADD COLUMN kind text NOT NULL DEFAULT 'undecided';
--> statement-breakpoint
ALTER TABLE review_exceptions ADD CONSTRAINT review_exceptions_kind CHECK (kind in ('undecided', 'unproved', 'rule'));
--> statement-breakpoint
-- The last sign-in of each, for thousands at once.
CREATE INDEX staff_sign_ins_last ON staff_sign_ins (staff_id, created_at);
--> statement-breakpoint
ALTER TABLE campaigns ADD CONSTRAINT campaigns_opened_entry FOREIGN KEY (opened_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT campaigns_closed_entry FOREIGN KEY (closed_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
-- One entry for one change, but for the assignments of an opening.
CREATE UNIQUE INDEX campaigns_own_opening ON campaigns (opened_entry_id);
--> statement-breakpoint
CREATE UNIQUE INDEX campaigns_own_closing ON campaigns (closed_entry_id);
--> statement-breakpoint
CREATE UNIQUE INDEX review_assignments_own_entry ON review_assignments (entry_id) WHERE how = 'handed_on';
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['review_reminders', 'roster_comparisons', 'review_exceptions', 'review_corrections'] LOOP
    EXECUTE format('CREATE UNIQUE INDEX %I ON %I (entry_id)', t || '_own_entry', t);
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED', t, t || '_entry');
  END LOOP;
END $$;
--> statement-breakpoint

-- ---------- the opening ----------
-- The first moment of a day where the company is: some have no midnight, and some have two.
CREATE FUNCTION day_begins(day date, zone text) RETURNS timestamptz LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN ((m.at - interval '1 hour') AT TIME ZONE zone)::date = day THEN m.at - interval '1 hour' ELSE m.at END
  FROM (SELECT day::timestamp AT TIME ZONE zone AS at) m
$$;
--> statement-breakpoint
-- Whoever changes roles is done before the clock is read, or waits: no grant from before it commits after it.
CREATE FUNCTION hold_population() RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  LOCK TABLE staff, staff_roles IN SHARE MODE;
  RETURN clock_timestamp();
END $$;
--> statement-breakpoint
CREATE FUNCTION campaigns_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE policy record;
BEGIN
  NEW.opened_xact := pg_current_xact_id()::text;
  -- Whoever sets the product up brings what is past as it was.
  IF by_owner(TG_RELID) THEN
    RETURN NEW;
  END IF;
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  NEW.opened_at := hold_population();
  SELECT version, coalesce(body ->> 'zone', 'UTC') AS zone, coalesce((body -> 'reviews' ->> 'dueDays')::integer, 30) AS due_days
    INTO STRICT policy FROM policy_versions ORDER BY version DESC LIMIT 1;
  NEW.policy_version := policy.version;
  NEW.zone := policy.zone;
  NEW.starts_at := day_begins(NEW.first_day, NEW.zone);
  NEW.ends_at := day_begins(NEW.last_day + 1, NEW.zone);
  NEW.through_at := least(NEW.ends_at, NEW.opened_at);
  -- Until that day is over.
  NEW.due_at := day_begins((NEW.opened_at AT TIME ZONE NEW.zone)::date + policy.due_days + 1, NEW.zone);
  NEW.status := 'open';
  IF NEW.starts_at >= NEW.opened_at THEN
    PERFORM refuse('campaign_not_begun', 'A review is of a period that has begun');
  END IF;
  IF NEW.opened_by IS NULL THEN
    IF NEW.ends_at > NEW.opened_at OR date_trunc('quarter', NEW.first_day) <> NEW.first_day
      OR NEW.last_day <> (NEW.first_day + interval '3 months' - interval '1 day')::date THEN
      PERFORM refuse('campaign_by_itself', 'What opens by itself is the review of a quarter that is over');
    END IF;
  ELSIF NOT holds_role(NEW.opened_by, 'compliance') THEN
    PERFORM refuse('campaign_opened_by', 'Only compliance opens a review');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON campaigns FOR EACH ROW EXECUTE FUNCTION campaigns_insert();
--> statement-breakpoint
-- At commit: neither a grant of the period is missing nor is there one too many, and each item has been given out.
CREATE FUNCTION campaigns_complete() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c campaigns; n record; grants integer; given integer;
BEGIN
  SELECT * INTO STRICT c FROM campaigns WHERE id = NEW.id;
  SELECT count(*) AS items, count(DISTINCT staff_id) AS people, coalesce(min(number), 1) AS first, coalesce(max(number), 0) AS last
    INTO STRICT n FROM review_items WHERE campaign_id = c.id;
  SELECT count(*) INTO STRICT grants FROM staff_roles
    WHERE granted_at < c.through_at AND (revoked_at IS NULL OR revoked_at > c.starts_at);
  IF n.items <> grants OR n.first <> 1 OR n.last <> n.items THEN
    PERFORM refuse('campaign_complete', 'A review holds each grant of its period');
  END IF;
  SELECT count(*) INTO STRICT given FROM review_assignments a JOIN review_items i ON i.id = a.item_id
    WHERE i.campaign_id = c.id AND a.entry_id = c.opened_entry_id;
  IF given <> n.items THEN
    PERFORM refuse('campaign_given_out', 'Each item is given to somebody when the review opens, or to nobody on record');
  END IF;
  IF (c.counts ->> 'grants')::integer IS DISTINCT FROM n.items OR (c.counts ->> 'people')::integer IS DISTINCT FROM n.people THEN
    PERFORM refuse('campaign_counts', 'The counts of a review are those of its items');
  END IF;
  PERFORM needs_entry(c.opened_entry_id, ARRAY['review.opened'], NULL, NULL, c.opened_by, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER complete AFTER INSERT ON campaigns DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION campaigns_complete();
--> statement-breakpoint

CREATE FUNCTION review_items_inserted() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE by_the_owner constant boolean := by_owner(TG_RELID);
BEGIN
  IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT campaign_id FROM fresh) f JOIN campaigns c ON c.id = f.campaign_id
    WHERE c.opened_xact <> pg_current_xact_id()::text) THEN
    PERFORM refuse('review_item_at_opening', 'Items are added in the transaction that opens their review');
  END IF;
  IF EXISTS (
    SELECT 1 FROM fresh i JOIN campaigns c ON c.id = i.campaign_id JOIN staff_roles g ON g.id = i.grant_id JOIN staff p ON p.id = i.staff_id
    WHERE g.granted_at >= c.through_at OR g.revoked_at <= c.starts_at
      OR i.staff_id <> g.staff_id OR i.role <> g.role OR i.granted_at <> g.granted_at OR i.granted_by IS DISTINCT FROM g.granted_by
      OR i.ended_at IS DISTINCT FROM CASE WHEN g.revoked_at <= c.opened_at THEN g.revoked_at END
      OR i.privileged <> (g.role IN ('manager', 'admin') OR g.role = 'agent' AND NOT g.looking_only)
      -- Whoever sets the product up brings what is past as it was.
      OR NOT by_the_owner AND (i.name <> p.name OR i.email <> p.email OR i.team <> p.team OR i.kind <> p.kind OR i.status <> p.status
        OR i.manager_id IS DISTINCT FROM p.manager_id OR i.deactivated_at IS DISTINCT FROM p.deactivated_at
        OR i.decision_id IS NOT NULL OR i.remediated_at IS NOT NULL)) THEN
    PERFORM refuse('review_item_true', 'An item is what the grant and the person are, and undecided');
  END IF;
  IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT reviewer_id FROM fresh WHERE reviewer_id IS NOT NULL) r
    WHERE NOT EXISTS (SELECT 1 FROM staff s JOIN staff_roles g ON g.staff_id = s.id
      WHERE s.id = r.reviewer_id AND s.status = 'active' AND g.role IN ('manager', 'compliance') AND g.revoked_at IS NULL)) THEN
    PERFORM refuse('review_reviewer_role', 'Managers review, or compliance');
  END IF;
  IF EXISTS (
    WITH RECURSIVE line (id, boss) AS (
      SELECT s.id, s.manager_id FROM staff s WHERE s.id IN (SELECT reviewer_id FROM fresh)
      UNION
      SELECT l.id, s.manager_id FROM line l JOIN staff s ON s.id = l.boss)
    SELECT 1 FROM fresh i JOIN line l ON l.id = i.reviewer_id AND l.boss = i.staff_id) THEN
    PERFORM refuse('review_reports_to', 'Nobody reviews who they report to');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER inserted AFTER INSERT ON review_items REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION review_items_inserted();
--> statement-breakpoint
CREATE FUNCTION review_items_update() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE changing constant text[] := ARRAY['reviewer_id', 'reviewer_how', 'decision_id', 'decision', 'remediated_at'];
BEGIN
  IF to_jsonb(NEW) - changing <> to_jsonb(OLD) - changing THEN
    PERFORM refuse('review_item_frozen', 'An item stays what it was at the opening');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON review_items FOR EACH ROW EXECUTE FUNCTION review_items_update();
--> statement-breakpoint

-- ---------- who reviews what ----------
-- By rule at the opening only, as the item says; else handed on, each by a row of its own.
CREATE FUNCTION review_assignments_inserted() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM fresh a JOIN review_items i ON i.id = a.item_id JOIN campaigns c ON c.id = i.campaign_id
    WHERE a.how IS DISTINCT FROM 'handed_on' AND (c.opened_xact <> pg_current_xact_id()::text OR a.entry_id <> c.opened_entry_id
      OR a.assigned_by IS NOT NULL OR a.reviewer_id IS DISTINCT FROM i.reviewer_id OR a.how IS DISTINCT FROM i.reviewer_how)) THEN
    PERFORM refuse('review_assigned_at_opening', 'Items are given out by rule when their review opens, and handed on afterwards');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER inserted AFTER INSERT ON review_assignments REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION review_assignments_inserted();
--> statement-breakpoint
-- Why this person may not review this item, or null.
CREATE FUNCTION review_conflict(reviewer uuid, item review_items) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN reviewer = item.staff_id THEN 'review_items_not_ones_own'
    WHEN reviewer = item.granted_by THEN 'review_items_not_ones_grant'
    WHEN NOT holds_role(reviewer, 'manager') AND NOT holds_role(reviewer, 'compliance') THEN 'review_reviewer_role'
    WHEN reports_to(reviewer, item.staff_id) THEN 'review_reports_to'
  END
$$;
--> statement-breakpoint
CREATE FUNCTION review_assignments_hand_on() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE item review_items; conflict text;
BEGIN
  PERFORM 1 FROM staff WHERE id IN (NEW.reviewer_id, NEW.assigned_by) ORDER BY id FOR SHARE;
  SELECT * INTO STRICT item FROM review_items WHERE id = NEW.item_id FOR UPDATE;
  NEW.at := clock_timestamp();
  IF NEW.reviewer_id IS NULL OR NEW.assigned_by IS NULL OR char_length(trim(coalesce(NEW.reason, ''))) < 10 THEN
    PERFORM refuse('review_handed_on', 'Handed on by somebody, to somebody, for a reason');
  END IF;
  IF item.ended_at IS NOT NULL OR item.decision_id IS NOT NULL THEN
    PERFORM refuse('review_item_decided', 'There is nothing left to decide');
  END IF;
  IF NEW.assigned_by IS DISTINCT FROM item.reviewer_id AND NOT holds_role(NEW.assigned_by, 'compliance') THEN
    PERFORM refuse('review_handed_on_by', 'The reviewer hands on, or compliance');
  END IF;
  IF NEW.assigned_by = item.staff_id
    OR NEW.assigned_by IS DISTINCT FROM item.reviewer_id AND review_conflict(NEW.assigned_by, item) IS NOT NULL THEN
    PERFORM refuse('review_handed_on_own', 'Nobody chooses who reviews themselves, what they gave, or who they report to');
  END IF;
  conflict := review_conflict(NEW.reviewer_id, item);
  IF conflict IS NOT NULL THEN
    PERFORM refuse(conflict, 'This person may not review this item');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_hand_on BEFORE INSERT ON review_assignments FOR EACH ROW
  WHEN (NEW.how = 'handed_on') EXECUTE FUNCTION review_assignments_hand_on();
--> statement-breakpoint
CREATE FUNCTION review_assignments_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE review_items SET reviewer_id = NEW.reviewer_id, reviewer_how = NEW.how WHERE id = NEW.item_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER follow AFTER INSERT ON review_assignments FOR EACH ROW
  WHEN (NEW.how = 'handed_on') EXECUTE FUNCTION review_assignments_follow();
--> statement-breakpoint

-- ---------- the closing ----------
CREATE FUNCTION grant_held(held uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM staff_roles WHERE id = held AND revoked_at IS NULL)
$$;
--> statement-breakpoint
-- Whether no active admin would be sure to be left: nobody but this person, and whoever is undecided in the same review.
CREATE FUNCTION review_needs_admin(item review_items) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT item.role = 'admin' AND grant_held(item.grant_id)
    AND EXISTS (SELECT 1 FROM roles_held WHERE role = 'admin' AND staff_id = item.staff_id)
    AND NOT EXISTS (SELECT 1 FROM roles_held r WHERE r.role = 'admin' AND r.staff_id <> item.staff_id
      AND NOT EXISTS (SELECT 1 FROM review_items o WHERE o.campaign_id = item.campaign_id AND o.staff_id = r.staff_id
        AND o.role = 'admin' AND o.ended_at IS NULL AND o.decision_id IS NULL AND grant_held(o.grant_id)))
$$;
--> statement-breakpoint
CREATE FUNCTION campaigns_update() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE closing constant text[] := ARRAY['status', 'closed_at', 'closed_by', 'statement', 'closed_entry_id'];
BEGIN
  IF OLD.status = 'closed' THEN
    PERFORM refuse('campaign_closed', 'A closed review stays as it is');
  END IF;
  IF OLD.opened_xact = pg_current_xact_id()::text AND to_jsonb(NEW) - ARRAY['counts', 'query'] = to_jsonb(OLD) - ARRAY['counts', 'query'] THEN
    RETURN NEW;
  END IF;
  IF NEW.status <> 'closed' OR to_jsonb(NEW) - closing <> to_jsonb(OLD) - closing THEN
    PERFORM refuse('campaign_frozen', 'A review is closed, and not changed otherwise');
  END IF;
  PERFORM 1 FROM staff WHERE id = NEW.closed_by FOR SHARE;
  IF NOT by_owner(TG_RELID) THEN
    NEW.closed_at := clock_timestamp();
  END IF;
  IF NEW.closed_by IS NULL OR NOT holds_role(NEW.closed_by, 'compliance') THEN
    PERFORM refuse('campaign_closed_by', 'Only compliance closes a review');
  END IF;
  IF EXISTS (SELECT 1 FROM review_decisions d JOIN review_items i ON i.id = d.item_id
    WHERE i.campaign_id = NEW.id AND d.decided_by = NEW.closed_by) THEN
    PERFORM refuse('campaign_closer_decided', 'Who decided on an item does not close the review');
  END IF;
  IF EXISTS (SELECT 1 FROM review_exceptions x JOIN review_items i ON i.id = x.item_id
    WHERE i.campaign_id = NEW.id AND x.made_by = NEW.closed_by AND x.kind <> 'rule') THEN
    PERFORM refuse('campaign_closer_excepted', 'Who made an exception before the closing does not close the review');
  END IF;
  -- A right that somebody took meanwhile, outside of the review, leaves nothing to decide.
  IF EXISTS (SELECT 1 FROM review_items i LEFT JOIN review_exceptions x ON x.item_id = i.id
    WHERE i.campaign_id = NEW.id AND i.ended_at IS NULL AND NOT CASE
      WHEN i.decision IS NULL THEN coalesce(x.kind <> 'unproved', false) OR NOT grant_held(i.grant_id)
      ELSE i.decision = 'keep' OR i.remediated_at IS NOT NULL OR coalesce(x.kind = 'unproved', false) END) THEN
    PERFORM refuse('campaign_undecided', 'Each item is decided, and what follows is done, before the review is closed');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON campaigns FOR EACH ROW EXECUTE FUNCTION campaigns_update();
--> statement-breakpoint
CREATE FUNCTION campaigns_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.closed_entry_id, ARRAY['review.closed'], NULL, NULL, NEW.closed_by, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER UPDATE ON campaigns DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.status = 'closed') EXECUTE FUNCTION campaigns_entries();
--> statement-breakpoint
-- Whatever belongs to a review is before its closing or not at all: the closing waits for it, and it for the closing.
CREATE FUNCTION review_is_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  given constant jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
  campaign uuid := given ->> 'campaign_id';
BEGIN
  IF campaign IS NULL THEN
    SELECT campaign_id INTO campaign FROM review_items WHERE id = (given ->> 'item_id')::uuid;
  END IF;
  PERFORM 1 FROM campaigns WHERE id = campaign AND status = 'open' FOR SHARE;
  IF NOT FOUND THEN
    PERFORM refuse('campaign_closed', 'A closed review stays as it is');
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- The sample is drawn once.
CREATE FUNCTION review_samples_inserted() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT item_id FROM fresh) f JOIN review_items i ON i.id = f.item_id JOIN campaigns c ON c.id = i.campaign_id
    WHERE c.opened_xact <> pg_current_xact_id()::text) THEN
    PERFORM refuse('review_sample_at_opening', 'The sample is drawn when the review opens');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER inserted AFTER INSERT ON review_samples REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION review_samples_inserted();
--> statement-breakpoint

-- ---------- beside the items ----------
-- An entry of this transaction about this item, by this person.
CREATE FUNCTION needs_item_entry(entry uuid, name text, actor uuid, item uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(entry, ARRAY[name], NULL, NULL, actor, NULL);
  IF NOT EXISTS (SELECT 1 FROM audit_payload WHERE entry_id = entry AND body::jsonb ->> 'item_id' = item::text) THEN
    PERFORM refuse('review_entry_of_item', 'The entry says which item it is about');
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_assignments_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_item_entry(NEW.entry_id, 'review.handed_on', NEW.assigned_by, NEW.item_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT ON review_assignments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.how = 'handed_on') EXECUTE FUNCTION review_assignments_entries();
--> statement-breakpoint
-- Who made it held the right to, and the time is ours.
CREATE FUNCTION review_by_compliance() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE who uuid := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
  IF by_owner(TG_RELID) THEN
    RETURN NEW;
  END IF;
  NEW.at := clock_timestamp();
  PERFORM 1 FROM staff WHERE id = who FOR SHARE;
  IF NOT holds_role(who, 'compliance') THEN
    PERFORM refuse('review_by_compliance', 'Only compliance does this');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON review_exceptions FOR EACH ROW EXECUTE FUNCTION review_by_compliance('made_by');
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON review_corrections FOR EACH ROW EXECUTE FUNCTION review_by_compliance('made_by');
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON roster_comparisons FOR EACH ROW EXECUTE FUNCTION review_by_compliance('compared_by');
--> statement-breakpoint
CREATE FUNCTION review_exceptions_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE item review_items := open_item(NEW.item_id); owner_of text; says text;
BEGIN
  IF item.ended_at IS NOT NULL OR (item.decision_id IS NOT NULL) <> (NEW.kind = 'unproved')
    OR item.decision_id IS NULL AND NOT grant_held(item.grant_id) THEN
    PERFORM refuse('review_item_decided', 'There is nothing left to decide');
  END IF;
  SELECT status INTO STRICT owner_of FROM staff WHERE id = NEW.owner_id;
  IF NEW.owner_id IN (item.staff_id, NEW.made_by) OR owner_of <> 'active' THEN
    PERFORM refuse('review_exception_owner', 'Somebody else answers for an exception');
  END IF;
  IF NEW.expires_on <= NEW.at::date OR NEW.expires_on > NEW.at::date + 366 THEN
    PERFORM refuse('review_exception_expiry', 'An exception is over within a year');
  END IF;
  IF NEW.made_by = item.staff_id OR NEW.kind <> 'rule' AND review_conflict(NEW.made_by, item) IS NOT NULL THEN
    PERFORM refuse('review_exception_conflict', 'Nobody excepts themselves, what they gave, or who they report to');
  END IF;
  IF NEW.kind = 'rule' AND NEW.at < (SELECT due_at FROM campaigns WHERE id = item.campaign_id) THEN
    PERFORM refuse('review_not_due', 'The policy settles what nobody decided once the review is late, and not before');
  END IF;
  IF NEW.kind = 'unproved' THEN
    IF item.decision NOT IN ('change', 'revoke') OR item.remediated_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM review_remediations r
      WHERE r.item_id = item.id AND (r.result = 'still_possible' OR r.kind = 'outside' AND r.result IS NULL AND r.due_on < NEW.at::date)) THEN
      PERFORM refuse('review_exception_unproved', 'What was decided is excepted where it stays possible, or was not done elsewhere in time');
    END IF;
    RETURN NEW;
  END IF;
  SELECT body -> 'reviews' ->> 'undecided' INTO says FROM policy_versions ORDER BY version DESC LIMIT 1;
  IF says IS DISTINCT FROM 'exception' AND NOT review_needs_admin(item) THEN
    PERFORM refuse('review_exception_policy', 'The policy revokes what nobody decides');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_item BEFORE INSERT ON review_exceptions FOR EACH ROW EXECUTE FUNCTION review_exceptions_insert();
--> statement-breakpoint
CREATE FUNCTION review_corrections_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM campaigns WHERE id = NEW.campaign_id AND status = 'closed') THEN
    PERFORM refuse('review_correction_open', 'What is not closed is put right itself');
  END IF;
  IF NEW.item_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM review_items WHERE id = NEW.item_id AND campaign_id = NEW.campaign_id) THEN
    PERFORM refuse('review_correction_item', 'The item is one of another review');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_closed BEFORE INSERT ON review_corrections FOR EACH ROW EXECUTE FUNCTION review_corrections_insert();
--> statement-breakpoint
CREATE FUNCTION review_exceptions_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_item_entry(NEW.entry_id, 'review.excepted', NEW.made_by, NEW.item_id);
  IF NEW.kind = 'rule' AND NOT EXISTS (SELECT 1 FROM review_items i JOIN campaigns c ON c.id = i.campaign_id
    JOIN audit_entry e ON e.id = c.closed_entry_id
    WHERE i.id = NEW.item_id AND c.closed_by = NEW.made_by AND e.xact = pg_current_xact_id()::text) THEN
    PERFORM refuse('review_exception_rule', 'By rule is what the closing itself excepts');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_corrections_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY['review.corrected'], NULL, NULL, NEW.made_by, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION roster_comparisons_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY['review.compared'], NULL, NULL, NEW.compared_by, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_reminders_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY['review.reminded'], NULL, NULL, NEW.sent_by, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['review_exceptions', 'review_corrections', 'roster_comparisons', 'review_reminders'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER entries AFTER INSERT ON %I DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION %I()', t, t || '_entries');
  END LOOP;
  FOREACH t IN ARRAY ARRAY['review_assignments', 'review_exceptions', 'review_corrections', 'roster_comparisons', 'review_reminders'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION append_only()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['campaigns', 'review_items'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION append_only()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['campaigns', 'review_items', 'review_assignments', 'review_exceptions', 'review_corrections', 'roster_comparisons',
    'review_reminders', 'review_decisions', 'review_remediations', 'review_looks', 'review_samples'] LOOP
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()', t);
  END LOOP;
  -- Before the other guards by its name. Items and samples are added at the opening, and by no other transaction.
  FOREACH t IN ARRAY ARRAY['review_exceptions', 'roster_comparisons', 'review_reminders', 'review_decisions', 'review_remediations', 'review_looks'] LOOP
    EXECUTE format('CREATE TRIGGER closed BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION review_is_open()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['review_items', 'review_samples'] LOOP
    EXECUTE format('CREATE TRIGGER closed BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION review_is_open()', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE TRIGGER closed BEFORE INSERT ON review_assignments FOR EACH ROW WHEN (NEW.how = 'handed_on') EXECUTE FUNCTION review_is_open();
--> statement-breakpoint

DO $$
DECLARE t record; f regprocedure;
BEGIN
  FOR t IN SELECT tg.tgname, c.relname FROM pg_trigger tg JOIN pg_class c ON c.oid = tg.tgrelid
    WHERE NOT tg.tgisinternal AND c.relnamespace = 'public'::regnamespace
      AND (c.relname LIKE 'review\_%' OR c.relname IN ('campaigns', 'roster_comparisons')) LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t.relname, t.tgname);
  END LOOP;
  FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole
    AND p.prorettype = 'trigger'::regtype AND (p.proname LIKE 'review\_%' OR p.proname LIKE 'campaigns\_%' OR p.proname LIKE 'roster\_%') LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION hold_population(), review_conflict(uuid, review_items), grant_held(uuid), review_needs_admin(review_items),
  needs_item_entry(uuid, text, uuid, uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION hold_population(), review_conflict(uuid, review_items), grant_held(uuid), review_needs_admin(review_items),
  needs_item_entry(uuid, text, uuid, uuid) TO :runtime:;
--> statement-breakpoint
GRANT SELECT ON campaigns, review_items, review_assignments, review_exceptions, review_corrections, roster_comparisons, review_reminders,
  review_decisions, review_remediations, review_looks, review_samples, findings, finding_sessions TO :runtime:;
--> statement-breakpoint
GRANT INSERT ON campaigns, review_items, review_assignments, review_exceptions, review_corrections, roster_comparisons, review_reminders,
  review_samples TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (query, counts, status, closed_at, closed_by, statement, closed_entry_id) ON campaigns TO :runtime:;
