-- What a review leaves loose: items whose reviewer may not decide any more go on by the rule of the opening.

-- ---------- handed on by rule ----------
-- Every assignment after the opening has a reason, and an entry of its own.
DROP INDEX review_assignments_own_entry;
--> statement-breakpoint
CREATE UNIQUE INDEX review_assignments_own_entry ON review_assignments (entry_id) WHERE reason IS NOT NULL;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_assignments_inserted() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM fresh a JOIN review_items i ON i.id = a.item_id JOIN campaigns c ON c.id = i.campaign_id
    WHERE a.how IS DISTINCT FROM 'handed_on' AND (a.reason IS NULL OR a.assigned_by IS NOT NULL)
      AND (c.opened_xact <> pg_current_xact_id()::text OR a.entry_id <> c.opened_entry_id
        OR a.assigned_by IS NOT NULL OR a.reviewer_id IS DISTINCT FROM i.reviewer_id OR a.how IS DISTINCT FROM i.reviewer_how)) THEN
    PERFORM refuse('review_assigned_at_opening', 'Items are given out by rule when their review opens, and handed on afterwards');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- By rule and for a reason: only where nobody has the item, or whoever has it may not decide it; to somebody who may, or
-- on record to nobody where there is none.
CREATE FUNCTION review_assignments_by_rule() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE item review_items := open_item(NEW.item_id); conflict text;
BEGIN
  PERFORM 1 FROM staff WHERE id IN (NEW.reviewer_id, item.reviewer_id) ORDER BY id FOR SHARE;
  NEW.at := clock_timestamp();
  IF char_length(trim(NEW.reason)) < 10 OR (NEW.reviewer_id IS NULL) <> (NEW.how IS NULL) THEN
    PERFORM refuse('review_by_rule', 'Handed on by rule to somebody, or to nobody, for a reason');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM undecided_items WHERE id = item.id) THEN
    PERFORM refuse('review_item_decided', 'There is nothing left to decide');
  END IF;
  IF NEW.reviewer_id IS NOT DISTINCT FROM item.reviewer_id
    OR item.reviewer_id IS NOT NULL AND review_conflict(item.reviewer_id, item) IS NULL THEN
    PERFORM refuse('review_by_rule', 'The rule takes an item from nobody who may decide it');
  END IF;
  IF NEW.reviewer_id IS NULL AND EXISTS (SELECT 1 FROM (SELECT DISTINCT staff_id FROM roles_held WHERE role IN ('manager', 'compliance')) r
    WHERE review_conflict(r.staff_id, item) IS NULL) THEN
    PERFORM refuse('review_by_rule', 'Somebody may decide it');
  END IF;
  IF NEW.reviewer_id IS NOT NULL THEN
    conflict := review_conflict(NEW.reviewer_id, item);
    IF conflict IS NOT NULL THEN
      PERFORM refuse(conflict, 'This person may not review this item');
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_assignments_rule_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_item_entry(NEW.entry_id, 'review.assigned', NULL, NEW.item_id);
  IF EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.entry_id AND actor_id IS NOT NULL) THEN
    PERFORM refuse('review_by_rule', 'What goes on by rule is nobody''s doing');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_rule BEFORE INSERT ON review_assignments FOR EACH ROW
  WHEN (NEW.how IS DISTINCT FROM 'handed_on' AND NEW.reason IS NOT NULL AND NEW.assigned_by IS NULL) EXECUTE FUNCTION review_assignments_by_rule();
--> statement-breakpoint
CREATE TRIGGER follow_rule AFTER INSERT ON review_assignments FOR EACH ROW
  WHEN (NEW.how IS DISTINCT FROM 'handed_on' AND NEW.reason IS NOT NULL AND NEW.assigned_by IS NULL) EXECUTE FUNCTION review_assignments_follow();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER rule_entries AFTER INSERT ON review_assignments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.how IS DISTINCT FROM 'handed_on' AND NEW.reason IS NOT NULL AND NEW.assigned_by IS NULL) EXECUTE FUNCTION review_assignments_rule_entries();
--> statement-breakpoint
REVOKE ALL ON FUNCTION review_assignments_by_rule(), review_assignments_rule_entries() FROM PUBLIC;
--> statement-breakpoint
ALTER TABLE review_assignments ENABLE ALWAYS TRIGGER guard_rule;
--> statement-breakpoint
ALTER TABLE review_assignments ENABLE ALWAYS TRIGGER follow_rule;
--> statement-breakpoint
ALTER TABLE review_assignments ENABLE ALWAYS TRIGGER rule_entries;
--> statement-breakpoint

-- ---------- tasks outside, and what nobody has ----------
-- The group of the issuer that a task takes somebody out of: the next roster that lists groups looks again.
ALTER TABLE review_remediations ADD COLUMN issuer_group text;
--> statement-breakpoint
ALTER TABLE review_remediations ADD CONSTRAINT review_remediations_group CHECK (issuer_group IS NULL OR kind = 'outside' AND char_length(issuer_group) BETWEEN 1 AND 200);
--> statement-breakpoint
CREATE INDEX review_remediations_tasks ON review_remediations (due_on, id) WHERE kind = 'outside' AND (result IS NULL OR result = 'still_possible');
--> statement-breakpoint
CREATE INDEX review_exceptions_over ON review_exceptions (expires_on, id);
--> statement-breakpoint
CREATE INDEX review_exceptions_owner ON review_exceptions (owner_id, expires_on);
--> statement-breakpoint
-- Exceptions of closed reviews whose day is over while nothing came of them: no later review has asked about the right, and
-- nobody wrote down in a correction how it ended. What nobody had decided is over once the right is.
CREATE VIEW over_exceptions AS
  SELECT x.*, c.slug, i.number, i.name, i.role FROM standing_exceptions x JOIN review_items i ON i.id = x.item_id JOIN campaigns c ON c.id = i.campaign_id
  WHERE c.status = 'closed' AND x.expires_on <= (clock_timestamp() AT TIME ZONE c.zone)::date
    AND (x.kind = 'unproved' OR grant_held(i.grant_id))
    AND NOT EXISTS (SELECT 1 FROM review_items n JOIN campaigns d ON d.id = n.campaign_id WHERE n.grant_id = i.grant_id AND d.opened_at > c.closed_at)
    AND NOT EXISTS (SELECT 1 FROM review_corrections k WHERE k.item_id = i.id);
--> statement-breakpoint
GRANT SELECT ON over_exceptions TO :runtime:;
--> statement-breakpoint
-- Nobody's items are compliance's to know of, and a task that is late is a reminder's matter too.
ALTER TABLE review_reminders ADD COLUMN late_tasks integer NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE review_reminders DROP CONSTRAINT review_reminders_pkey;
--> statement-breakpoint
ALTER TABLE review_reminders ALTER COLUMN reviewer_id DROP NOT NULL;
--> statement-breakpoint
ALTER TABLE review_reminders ADD CONSTRAINT review_reminders_once UNIQUE NULLS NOT DISTINCT (campaign_id, reviewer_id, day);
--> statement-breakpoint

-- ---------- acting that was taken, during a stop ----------
-- Fires before guard_insert by name: who may only look is refused for that, also while everybody is stopped, so that the
-- taking of it can be tried. guard_scope asks again once the actor is held still.
CREATE FUNCTION looks_only() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM roles_held WHERE staff_id = NEW.actor_id AND role = 'agent' AND looking_only) THEN
    PERFORM refuse(CASE TG_TABLE_NAME WHEN 'requests' THEN 'request_looking_only' ELSE 'session_looking_only' END,
      'This agent may look and never act');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION looks_only() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER guard_acting BEFORE INSERT ON requests FOR EACH ROW WHEN (NEW.scope = 'write') EXECUTE FUNCTION looks_only();
--> statement-breakpoint
CREATE TRIGGER guard_acting BEFORE INSERT ON sessions FOR EACH ROW WHEN (NEW.scope = 'write') EXECUTE FUNCTION looks_only();
--> statement-breakpoint
ALTER TABLE requests ENABLE ALWAYS TRIGGER guard_acting;
--> statement-breakpoint
ALTER TABLE sessions ENABLE ALWAYS TRIGGER guard_acting;
