-- What nobody decides about themselves they decide through no other account of theirs either, nor for who they report to
-- through one: reviews of access, and of sessions. The functions are as they were, but for that.

-- Why this person may not review this item, or null.
CREATE OR REPLACE FUNCTION review_conflict(reviewer uuid, item review_items) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN same_person(reviewer, item.staff_id) THEN 'review_items_not_ones_own'
    WHEN same_person(reviewer, item.granted_by) THEN 'review_items_not_ones_grant'
    WHEN NOT holds_role(reviewer, 'manager') AND NOT holds_role(reviewer, 'compliance') THEN 'review_reviewer_role'
    WHEN (SELECT kind <> 'person' FROM staff WHERE id = reviewer) THEN 'review_reviewer_role'
    WHEN person_reports_to(reviewer, item.staff_id) THEN 'review_reports_to'
  END
$$;
--> statement-breakpoint
-- Nobody looks at a session of themselves, nor of who they report to.
CREATE OR REPLACE FUNCTION review_conflict(person uuid, actor uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN same_person(person, actor) THEN 'session_review_own'
    WHEN person_reports_to(person, actor) THEN 'session_review_reports_to_actor'
  END
$$;
--> statement-breakpoint
-- At the opening, all items in one statement.
CREATE OR REPLACE FUNCTION review_items_inserted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
      OR i.privileged <> NOT (g.role = 'agent' AND g.looking_only)
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
  IF EXISTS (SELECT 1 FROM fresh i JOIN staff r ON r.id = i.reviewer_id JOIN staff p ON p.id = i.staff_id WHERE r.person_id = p.person_id) THEN
    PERFORM refuse('review_items_not_ones_own', 'Nobody reviews their own access');
  END IF;
  IF EXISTS (SELECT 1 FROM fresh i JOIN staff r ON r.id = i.reviewer_id JOIN staff g ON g.id = i.granted_by WHERE r.person_id = g.person_id) THEN
    PERFORM refuse('review_items_not_ones_grant', 'Nobody reviews access that they gave');
  END IF;
  IF EXISTS (
    WITH RECURSIVE line (person, boss) AS (
      SELECT s.person_id, b.person_id FROM staff s JOIN staff b ON b.id = s.manager_id
        WHERE s.person_id IN (SELECT r.person_id FROM staff r WHERE r.id IN (SELECT reviewer_id FROM fresh))
      UNION
      SELECT l.person, b.person_id FROM line l JOIN staff s ON s.person_id = l.boss JOIN staff b ON b.id = s.manager_id)
    SELECT 1 FROM fresh i JOIN staff r ON r.id = i.reviewer_id JOIN staff p ON p.id = i.staff_id
      JOIN line l ON l.person = r.person_id AND l.boss = p.person_id) THEN
    PERFORM refuse('review_reports_to', 'Nobody reviews who they report to');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_assignments_hand_on() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE item review_items := open_item(NEW.item_id); conflict text;
BEGIN
  PERFORM 1 FROM staff WHERE id IN (NEW.reviewer_id, NEW.assigned_by) ORDER BY id FOR SHARE;
  NEW.at := clock_timestamp();
  IF NEW.reviewer_id IS NULL OR NEW.assigned_by IS NULL OR char_length(trim(coalesce(NEW.reason, ''))) < 10 THEN
    PERFORM refuse('review_handed_on', 'Handed on by somebody, to somebody, for a reason');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM undecided_items WHERE id = item.id) THEN
    PERFORM refuse('review_item_decided', 'There is nothing left to decide');
  END IF;
  IF NEW.assigned_by IS DISTINCT FROM item.reviewer_id AND NOT holds_role(NEW.assigned_by, 'compliance') THEN
    PERFORM refuse('review_handed_on_by', 'The reviewer hands on, or compliance');
  END IF;
  IF same_person(NEW.assigned_by, item.staff_id)
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
CREATE OR REPLACE FUNCTION review_decisions_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i review_items := open_item(NEW.item_id); g staff_roles;
BEGIN
  -- In one order, as every change of staff locks them; every admin, where one may be the last. What one person decides is
  -- decided one after the other by it, so that no haste is hidden beside itself.
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
  IF EXISTS (SELECT 1 FROM standing_exceptions WHERE item_id = i.id) THEN
    PERFORM refuse('review_excepted', 'An exception was made of this item: it stands until its day');
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
    IF same_person(NEW.decided_by, i.staff_id) OR coalesce(same_person(NEW.decided_by, g.granted_by), false)
      OR person_reports_to(NEW.decided_by, i.staff_id) THEN
      PERFORM refuse('review_conflict', 'Nobody decides on their own right, on one that they gave, or for who they report to');
    END IF;
    IF coalesce(NEW.decided_as, '') NOT IN ('manager', 'compliance') OR NOT holds_role(NEW.decided_by, NEW.decided_as) THEN
      PERFORM refuse('review_reviewer_role', 'Only an active manager, or compliance, decides');
    END IF;
    -- How and how long ago they proved who they are; waiting for the locks above may take some seconds.
    IF (NEW.sign_in_how IS NOT NULL OR NEW.sign_in_age IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM staff_sign_ins s WHERE s.staff_id = NEW.decided_by
      AND s.how IS NOT DISTINCT FROM NEW.sign_in_how
      AND NEW.sign_in_age BETWEEN greatest(0, extract(epoch FROM NEW.decided_at - s.auth_time) - 30) AND greatest(0, extract(epoch FROM NEW.decided_at - s.auth_time) + 1)) THEN
      PERFORM refuse('review_sign_in', 'A decision tells of a sign-in that there was');
    END IF;
    IF NEW.in_bulk AND i.privileged THEN
      PERFORM refuse('review_bulk_privileged', 'Privileged items are decided one by one');
    END IF;
    NEW.seconds := CASE WHEN NOT NEW.in_bulk THEN review_seconds(i.id, NEW.decided_by, NEW.decided_at) END;
  END IF;
  SELECT count(*), count(*) FILTER (WHERE opened_by = NEW.decided_by) INTO NEW.sample_size, NEW.sample_opened
    FROM review_samples WHERE item_id = i.id;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_exceptions_insert() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE item review_items := open_item(NEW.item_id); owner_of staff; policy jsonb; today date := review_today(item.campaign_id);
BEGIN
  IF item.ended_at IS NOT NULL OR (item.decision_id IS NOT NULL) <> (NEW.kind = 'unproved')
    OR item.decision_id IS NULL AND NOT grant_held(item.grant_id) THEN
    PERFORM refuse('review_item_decided', 'There is nothing left to decide');
  END IF;
  IF EXISTS (SELECT 1 FROM standing_exceptions WHERE item_id = item.id) THEN
    PERFORM refuse('review_excepted', 'An exception was made of this item: it stands until its day');
  END IF;
  SELECT * INTO STRICT owner_of FROM staff WHERE id = NEW.owner_id;
  IF same_person(NEW.owner_id, item.staff_id) OR same_person(NEW.owner_id, NEW.made_by) OR owner_of.status <> 'active' OR owner_of.kind <> 'person' THEN
    PERFORM refuse('review_exception_owner', 'Somebody else, who works here, answers for an exception');
  END IF;
  SELECT body -> 'reviews' INTO policy FROM policy_now;
  IF NEW.expires_on <= today OR NEW.expires_on > today + coalesce((policy ->> 'exceptionDays')::integer, 30) THEN
    PERFORM refuse('review_exception_expiry', 'An exception is over within the days that the policy gives it');
  END IF;
  IF same_person(NEW.made_by, item.staff_id) OR NEW.kind <> 'rule' AND review_conflict(NEW.made_by, item) IS NOT NULL THEN
    PERFORM refuse('review_exception_conflict', 'Nobody excepts themselves, what they gave, or who they report to');
  END IF;
  IF NEW.kind = 'rule' AND NEW.at < (SELECT due_at FROM campaigns WHERE id = item.campaign_id) THEN
    PERFORM refuse('review_not_due', 'The policy settles what nobody decided once the review is late, and not before');
  END IF;
  IF NEW.kind = 'unproved' THEN
    IF item.decision NOT IN ('change', 'revoke') OR item.remediated_at IS NOT NULL OR NOT review_stuck(item) THEN
      PERFORM refuse('review_exception_unproved', 'What was decided is excepted where it stays possible, or was not done elsewhere in time');
    END IF;
  ELSIF policy ->> 'undecided' IS DISTINCT FROM 'exception' AND NOT review_needs_admin(item) THEN
    PERFORM refuse('review_exception_policy', 'The policy revokes what nobody decides');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_corrections_insert() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE item review_items;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM campaigns WHERE id = NEW.campaign_id AND status = 'closed') THEN
    PERFORM refuse('review_correction_open', 'What is not closed is put right itself');
  END IF;
  IF NEW.item_id IS NULL THEN
    RETURN NEW;
  END IF;
  SELECT * INTO item FROM review_items WHERE id = NEW.item_id AND campaign_id = NEW.campaign_id;
  IF item.id IS NULL THEN
    PERFORM refuse('review_correction_item', 'The item is one of another review');
  END IF;
  IF same_person(NEW.made_by, item.staff_id)
    OR EXISTS (SELECT 1 FROM review_decisions WHERE item_id = item.id AND same_person(decided_by, NEW.made_by)) THEN
    PERFORM refuse('review_correction_own', 'Nobody corrects what was decided on themselves, or by themselves');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Whether this person sees to what follows an item: its reviewer or compliance, never whose right it is, nor `but`.
CREATE OR REPLACE FUNCTION review_followed_by(item review_items, who uuid, but uuid DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT who IS NOT NULL AND same_person(who, item.staff_id) IS NOT TRUE AND same_person(who, but) IS NOT TRUE
    AND (who IS NOT DISTINCT FROM item.reviewer_id OR holds_role(who, 'compliance'))
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_tasks_given_on_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE task review_remediations; i review_items;
BEGIN
  SELECT * INTO STRICT task FROM review_remediations WHERE id = NEW.task_id;
  i := open_item(task.item_id);
  PERFORM 1 FROM staff WHERE id IN (NEW.owner_id, NEW.given_by) ORDER BY id FOR SHARE;
  SELECT * INTO STRICT task FROM review_remediations WHERE id = NEW.task_id FOR UPDATE;
  IF task.kind <> 'outside' OR task.result = 'refused' OR task.done_at IS NOT NULL AND task.result IS NULL THEN
    PERFORM refuse('review_task_not_open', 'Only a task that is still to be done goes to somebody else');
  END IF;
  IF NOT holds_role(NEW.given_by, 'compliance') OR same_person(NEW.given_by, i.staff_id) THEN
    PERFORM refuse('review_task_given_by', 'Compliance gives a task to somebody else, and never one about themselves');
  END IF;
  IF same_person(NEW.owner_id, i.staff_id) THEN
    PERFORM refuse('review_task_own', 'Nobody takes their own right away');
  END IF;
  IF NEW.owner_id = task.owner_id THEN
    PERFORM refuse('review_task_same_owner', 'A task that is given on gets another owner');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.owner_id AND status = 'active' AND kind = 'person') THEN
    PERFORM refuse('review_task_owner_works_here', 'Somebody who works here does a task');
  END IF;
  IF NEW.due_on < review_today(i.campaign_id) THEN
    PERFORM refuse('review_task_due', 'A task is not late before it is set');
  END IF;
  NEW.from_id := task.owner_id;
  NEW.from_due_on := task.due_on;
  NEW.at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_remediations_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  proof constant text[] := ARRAY['done_by', 'done_at', 'verified_how', 'result', 'verified_at', 'verified_entry_id'];
  i review_items := open_item(NEW.item_id); d review_decisions; is_still boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO STRICT d FROM review_decisions WHERE id = NEW.decision_id;
    IF d.id IS DISTINCT FROM i.decision_id OR NOT (CASE NEW.kind WHEN 'role_revoked' THEN d.decision = 'revoke' WHEN 'looking_only' THEN d.decision = 'change'
      ELSE d.decision <> 'keep' END) THEN
      PERFORM refuse('review_remediation_decision', 'What follows belongs to the decision that it follows');
    END IF;
    IF NEW.result IS NOT NULL OR NEW.done_at IS NOT NULL OR NEW.done_by IS NOT NULL THEN
      PERFORM refuse('review_remediation_starts_open', 'What is to be done is not done yet');
    END IF;
    IF same_person(NEW.owner_id, i.staff_id) THEN
      PERFORM refuse('review_task_own', 'Nobody takes their own right away');
    END IF;
    IF NEW.kind = 'outside' AND NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.owner_id AND status = 'active' AND kind = 'person') THEN
      PERFORM refuse('review_task_owner_works_here', 'Somebody who works here does a task');
    END IF;
    IF NEW.due_on < review_today(i.campaign_id) THEN
      PERFORM refuse('review_task_due', 'A task is not late before it is set');
    END IF;
    NEW.created_at := clock_timestamp();
    RETURN NEW;
  END IF;
  IF (NEW.owner_id, NEW.due_on) IS DISTINCT FROM (OLD.owner_id, OLD.due_on) THEN
    IF to_jsonb(NEW) - ARRAY['owner_id', 'due_on'] <> to_jsonb(OLD) - ARRAY['owner_id', 'due_on'] OR OLD.result = 'refused'
      OR NOT EXISTS (SELECT 1 FROM review_tasks_given_on g JOIN audit_entry e ON e.id = g.entry_id WHERE g.task_id = OLD.id
        AND (g.from_id, g.from_due_on, g.owner_id, g.due_on) = (OLD.owner_id, OLD.due_on, NEW.owner_id, NEW.due_on)
        AND e.xact = pg_current_xact_id()::text) THEN
      PERFORM refuse('review_remediation_frozen', 'A task goes to somebody else on record, and by nothing else');
    END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - proof <> to_jsonb(OLD) - proof OR OLD.result = 'refused' THEN
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
      IF NEW.result = 'given_anew' THEN
        PERFORM refuse('review_not_given_anew', 'Nobody gave it anew');
      END IF;
      -- Who did it may have it no longer.
      IF OLD.done_at IS NULL OR same_person(entry_actor(NEW.verified_entry_id), OLD.done_by)
        OR NOT review_followed_by(i, entry_actor(NEW.verified_entry_id), OLD.owner_id) THEN
        PERFORM refuse('review_task_checked_by_owner', 'Its reviewer, or compliance, looks whether a task was done, once it is, and not who did it');
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
    IF NOT review_proof_told(NEW) THEN
      PERFORM refuse('review_entry_says_else', 'The entry of a proof names what was proved, how it came out, and what was tried');
    END IF;
  ELSIF (NEW.verified_how, NEW.verified_at) IS DISTINCT FROM (OLD.verified_how, OLD.verified_at) THEN
    PERFORM refuse('review_remediation_frozen', 'What was proved changes with its entry');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- What this person did in a review that keeps them from closing it: decided, excepted, or saw to what follows.
CREATE OR REPLACE FUNCTION review_part(campaign uuid, person uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH them AS MATERIALIZED (SELECT ARRAY(SELECT o.id FROM staff s JOIN staff o ON o.person_id = s.person_id WHERE s.id = person) AS ids)
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM review_decisions d JOIN review_items i ON i.id = d.item_id
      WHERE i.campaign_id = campaign AND d.decided_by = ANY ((SELECT ids FROM them)::uuid[])) THEN 'decided'
    WHEN EXISTS (SELECT 1 FROM review_exceptions x JOIN review_items i ON i.id = x.item_id
      WHERE i.campaign_id = campaign AND x.made_by = ANY ((SELECT ids FROM them)::uuid[]) AND x.kind <> 'rule') THEN 'excepted'
    WHEN EXISTS (SELECT 1 FROM review_remediations r JOIN review_items i ON i.id = r.item_id LEFT JOIN audit_entry e ON e.id = r.verified_entry_id
      WHERE i.campaign_id = campaign AND r.kind = 'outside' AND ARRAY[r.done_by, e.actor_id] && (SELECT ids FROM them)::uuid[]) THEN 'followed'
    -- Whoever looked before somebody else did, too.
    WHEN EXISTS (SELECT 1 FROM audit_entry e JOIN review_items i ON i.id = entry_says(e.id, 'item_id')::uuid
      WHERE e.actor_id = ANY ((SELECT ids FROM them)::uuid[]) AND e.event = 'review.task_checked' AND i.campaign_id = campaign
        AND e.occurred_at >= (SELECT opened_at FROM campaigns WHERE id = campaign)) THEN 'followed'
  END
$$;
