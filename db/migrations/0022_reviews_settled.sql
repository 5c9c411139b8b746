-- What a second look at the guards of reviews found: an exception stands for a time and no longer, what was given anew is not
-- taken, an entry is about the very thing that rests on it, and what is decided together is decided in bulk.

-- ---------- entries ----------
-- An entry of this transaction about this review, by this person.
CREATE FUNCTION needs_campaign_entry(entry uuid, name text, actor uuid, campaign uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(entry, ARRAY[name], NULL, NULL, actor, NULL);
  IF entry_says(entry, 'campaign_id') IS DISTINCT FROM campaign::text THEN
    PERFORM refuse('review_entry_of_campaign', 'The entry says which review it is about');
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION entry_actor(entry uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT actor_id FROM audit_entry WHERE id = entry
$$;
--> statement-breakpoint
-- Whether an entry says something else of a field than what is stored; one that says nothing of it tells no lie.
CREATE FUNCTION entry_denies(entry uuid, field text, stored text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM audit_payload WHERE entry_id = entry AND body::jsonb ? field AND body::jsonb ->> field IS DISTINCT FROM stored)
$$;
--> statement-breakpoint
-- Today where the company is, as the review says.
CREATE FUNCTION review_today(campaign uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (clock_timestamp() AT TIME ZONE zone)::date FROM campaigns WHERE id = campaign
$$;
--> statement-breakpoint

-- ---------- an exception stands until its day, and while somebody answers for it ----------
-- One after the other, where the one before stands no more.
ALTER TABLE review_exceptions DROP CONSTRAINT review_exceptions_item_id_unique;
--> statement-breakpoint
CREATE INDEX review_exceptions_of ON review_exceptions (item_id, at);
--> statement-breakpoint
-- Of a closed review the one that stood at its sign-off; of one that was closed before, when an exception settled an item
-- whatever its day, also one that nothing else had settled. One of an open review that ran out, or whose owner left, is
-- none: the item is undecided again.
CREATE VIEW standing_exceptions AS
  SELECT x.* FROM review_exceptions x JOIN review_items i ON i.id = x.item_id JOIN campaigns c ON c.id = i.campaign_id
  WHERE NOT EXISTS (SELECT 1 FROM review_exceptions n WHERE n.item_id = x.item_id AND n.at > x.at)
    AND CASE c.status
      WHEN 'closed' THEN x.expires_on > (c.closed_at AT TIME ZONE c.zone)::date OR CASE
        WHEN i.decision IS NULL THEN NOT EXISTS (SELECT 1 FROM staff_roles g WHERE g.id = i.grant_id AND g.revoked_at <= c.closed_at)
        ELSE i.decision <> 'keep' AND i.remediated_at IS NULL END
      ELSE x.expires_on > (clock_timestamp() AT TIME ZONE c.zone)::date
        AND EXISTS (SELECT 1 FROM staff s WHERE s.id = x.owner_id AND s.status = 'active') END;
--> statement-breakpoint
-- What waits for a decision: of an open review, undecided and not excepted, a right that is held still. What was taken
-- meanwhile outside of the review leaves nothing to decide.
CREATE VIEW undecided_items AS
  SELECT i.* FROM review_items i JOIN campaigns c ON c.id = i.campaign_id JOIN staff_roles g ON g.id = i.grant_id
  WHERE c.status = 'open' AND i.decision IS NULL AND i.ended_at IS NULL AND g.revoked_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM standing_exceptions x WHERE x.item_id = i.id);
--> statement-breakpoint
GRANT SELECT ON standing_exceptions, undecided_items TO :runtime:;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_exceptions_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
  IF NEW.owner_id IN (item.staff_id, NEW.made_by) OR owner_of.status <> 'active' OR owner_of.kind <> 'person' THEN
    PERFORM refuse('review_exception_owner', 'Somebody else, who works here, answers for an exception');
  END IF;
  SELECT body -> 'reviews' INTO policy FROM policy_versions ORDER BY version DESC LIMIT 1;
  IF NEW.expires_on <= today OR NEW.expires_on > today + coalesce((policy ->> 'exceptionDays')::integer, 30) THEN
    PERFORM refuse('review_exception_expiry', 'An exception is over within the days that the policy gives it');
  END IF;
  IF NEW.made_by = item.staff_id OR NEW.kind <> 'rule' AND review_conflict(NEW.made_by, item) IS NOT NULL THEN
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
-- What was decided cannot be proved as it is: it is still possible, somebody gave it anew, or a task elsewhere is late.
CREATE FUNCTION review_stuck(item review_items) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM review_remediations r WHERE r.item_id = item.id AND (r.result IN ('still_possible', 'given_anew')
    OR r.kind = 'outside' AND r.result IS NULL AND r.due_on < review_today(item.campaign_id)))
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_exceptions_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_item_entry(NEW.entry_id, 'review.excepted', NEW.made_by, NEW.item_id);
  IF entry_says(NEW.entry_id, 'owner') IS DISTINCT FROM NEW.owner_id::text OR entry_denies(NEW.entry_id, 'expires', to_char(NEW.expires_on, 'YYYY-MM-DD'))
    OR entry_denies(NEW.entry_id, 'reason', NEW.reason) OR entry_denies(NEW.entry_id, 'kind', NEW.kind) THEN
    PERFORM refuse('review_entry_says_else', 'The entry of an exception names who answers for it, until when and why');
  END IF;
  IF NEW.kind = 'rule' AND NOT EXISTS (SELECT 1 FROM review_items i JOIN campaigns c ON c.id = i.campaign_id
    JOIN audit_entry e ON e.id = c.closed_entry_id
    WHERE i.id = NEW.item_id AND c.closed_by = NEW.made_by AND e.xact = pg_current_xact_id()::text) THEN
    PERFORM refuse('review_exception_rule', 'By rule is what the closing itself excepts');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint

-- ---------- the opening ----------
-- What the items of a review add up to.
CREATE FUNCTION review_counts(campaign uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object('grants', count(i.id), 'people', count(DISTINCT i.staff_id),
    'deactivated', count(DISTINCT i.staff_id) FILTER (WHERE i.status = 'deactivated'),
    'service', count(DISTINCT i.staff_id) FILTER (WHERE i.kind = 'service'),
    'dormant', count(i.id) FILTER (WHERE i.last_used_at IS NULL OR i.last_used_at < c.starts_at),
    'ended', count(i.id) FILTER (WHERE i.ended_at IS NOT NULL),
    'byRole', (SELECT coalesce(jsonb_object_agg(role, n), '{}') FROM (
      SELECT role, count(*) AS n FROM review_items WHERE campaign_id = campaign GROUP BY role) by_role))
  FROM campaigns c LEFT JOIN review_items i ON i.campaign_id = c.id WHERE c.id = campaign GROUP BY c.id
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION campaigns_complete() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
  -- Whoever sets the product up counts what is past by themselves, but no person and no grant more.
  IF (CASE WHEN by_owner(TG_RELID)
    THEN (c.counts ->> 'grants')::integer IS DISTINCT FROM n.items OR (c.counts ->> 'people')::integer IS DISTINCT FROM n.people
    ELSE c.counts - 'onRecord' <> review_counts(c.id) END) THEN
    PERFORM refuse('campaign_counts', 'The counts of a review are those of its items');
  END IF;
  PERFORM needs_campaign_entry(c.opened_entry_id, 'review.opened', c.opened_by, c.id);
  IF c.opened_by IS NULL AND entry_actor(c.opened_entry_id) IS NOT NULL THEN
    PERFORM refuse('campaign_by_itself', 'What opens by itself was opened by nobody');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_items_named() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT by_owner(TG_RELID) AND EXISTS (
    SELECT 1 FROM fresh i JOIN staff_roles g ON g.id = i.grant_id LEFT JOIN staff m ON m.id = i.manager_id LEFT JOIN staff b ON b.id = i.granted_by
    WHERE i.manager_name IS DISTINCT FROM m.name OR i.granted_by_name IS DISTINCT FROM b.name
      OR i.scopes <> CASE WHEN g.role <> 'agent' THEN '{}'::text[] WHEN g.looking_only THEN '{read}' ELSE '{read,write}' END
      OR i.reviewer_how = 'manager' AND i.reviewer_id IS DISTINCT FROM i.manager_id) THEN
    PERFORM refuse('review_item_true', 'An item is what the grant and the person are, and undecided');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER named AFTER INSERT ON review_items REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION review_items_named();
--> statement-breakpoint
ALTER TABLE review_items ENABLE ALWAYS TRIGGER named;
--> statement-breakpoint

-- ---------- who hands on ----------
-- The item before the people, as a decision locks them: neither waits for the other in a circle.
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

-- ---------- decisions ----------
-- Seconds count from when the reviewer came to the item, or from their decision before, whichever is later: of many that
-- are opened beside each other no time counts twice. None, where they did not open it, or not since they decided it. Whoever sets the product up brings what is past, one after the other.
CREATE FUNCTION review_seconds(item uuid, reader uuid, decided timestamptz) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT round(extract(epoch FROM decided - greatest(came, CASE WHEN session_user <> current_user THEN
      (SELECT max(decided_at) FROM review_decisions WHERE decided_by = reader) END)))::integer
  FROM review_visit(item, reader) came WHERE came IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM review_decisions d WHERE d.item_id = item AND d.decided_by = reader AND d.decided_at >= came)
$$;
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
    IF NEW.decided_by = i.staff_id OR NEW.decided_by = g.granted_by OR reports_to(NEW.decided_by, i.staff_id) THEN
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
-- What this person did in a review that keeps them from closing it: decided, excepted, or saw to what follows.
CREATE FUNCTION review_part(campaign uuid, person uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM review_decisions d JOIN review_items i ON i.id = d.item_id
      WHERE i.campaign_id = campaign AND d.decided_by = person) THEN 'decided'
    WHEN EXISTS (SELECT 1 FROM review_exceptions x JOIN review_items i ON i.id = x.item_id
      WHERE i.campaign_id = campaign AND x.made_by = person AND x.kind <> 'rule') THEN 'excepted'
    WHEN EXISTS (SELECT 1 FROM review_remediations r JOIN review_items i ON i.id = r.item_id LEFT JOIN audit_entry e ON e.id = r.verified_entry_id
      WHERE i.campaign_id = campaign AND r.kind = 'outside' AND person IN (r.done_by, e.actor_id)) THEN 'followed'
    -- Whoever looked before somebody else did, too.
    WHEN EXISTS (SELECT 1 FROM audit_entry e JOIN review_items i ON i.id = entry_says(e.id, 'item_id')::uuid
      WHERE e.actor_id = person AND e.event = 'review.task_checked' AND i.campaign_id = campaign
        AND e.occurred_at >= (SELECT opened_at FROM campaigns WHERE id = campaign)) THEN 'followed'
  END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_decisions_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i review_items; g staff_roles; closer uuid;
BEGIN
  PERFORM needs_item_entry(NEW.entry_id, 'review.decided', NEW.decided_by, NEW.item_id);
  IF entry_actor(NEW.entry_id) IS DISTINCT FROM NEW.decided_by OR entry_says(NEW.entry_id, 'decision') IS DISTINCT FROM NEW.decision
    OR entry_denies(NEW.entry_id, 'justification', NEW.justification) OR entry_denies(NEW.entry_id, 'seconds', NEW.seconds::text)
    OR entry_denies(NEW.entry_id, 'in_bulk', NEW.in_bulk::text) THEN
    PERFORM refuse('review_entry_says_else', 'The entry of a decision names who decided, the item and the decision');
  END IF;
  SELECT * INTO STRICT i FROM review_items WHERE id = NEW.item_id;
  IF NEW.decided_by IS NULL THEN
    closer := entry_says(NEW.entry_id, 'closing_by');
    IF closer IS NULL OR NOT holds_role(closer, 'compliance') OR review_part(i.campaign_id, closer) IS NOT NULL THEN
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
-- At the commit, as whoever types it: together means in bulk, and haste is told. The panel tells it of the last minute when
-- it has decided; the commit is a little later, so a warning counts for two.
CREATE FUNCTION review_decisions_pace() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE most integer;
BEGIN
  IF by_owner(TG_RELID) THEN
    RETURN NULL;
  END IF;
  IF NOT NEW.in_bulk AND EXISTS (SELECT 1 FROM review_decisions d JOIN audit_entry e ON e.id = d.entry_id
    WHERE d.decided_by = NEW.decided_by AND d.decided_at >= transaction_timestamp() AND d.id <> NEW.id
      AND e.xact = pg_current_xact_id()::text) THEN
    PERFORM refuse('review_one_by_one', 'What is decided together is decided in bulk');
  END IF;
  SELECT coalesce((body -> 'reviews' ->> 'rushedDecisions')::integer, 40) INTO STRICT most FROM policy_versions ORDER BY version DESC LIMIT 1;
  IF (SELECT count(*) FROM review_decisions WHERE decided_by = NEW.decided_by AND decided_at > clock_timestamp() - interval '1 minute') >= most
    AND NOT EXISTS (SELECT 1 FROM audit_entry WHERE actor_id = NEW.decided_by AND event = 'review.rushed'
      AND occurred_at > clock_timestamp() - interval '2 minutes') THEN
    PERFORM refuse('review_rush_untold', 'Who decides faster than one reads is told of');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER pace AFTER INSERT ON review_decisions DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.decided_by IS NOT NULL) EXECUTE FUNCTION review_decisions_pace();
--> statement-breakpoint
ALTER TABLE review_decisions ENABLE ALWAYS TRIGGER pace;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_looks_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_item_entry(NEW.entry_id, 'review.looked', NEW.reader_id, NEW.item_id);
  RETURN NULL;
END $$;
--> statement-breakpoint

-- ---------- what follows a decision ----------
DROP INDEX review_remediations_unproved;
--> statement-breakpoint
CREATE INDEX review_remediations_unproved ON review_remediations (created_at) WHERE kind <> 'outside' AND result IS DISTINCT FROM 'refused';
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
    IF NEW.owner_id = i.staff_id THEN
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
      IF OLD.done_at IS NULL OR NOT review_followed_by(i, entry_actor(NEW.verified_entry_id), OLD.owner_id) THEN
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
-- Whether this person sees to what follows an item: its reviewer or compliance, never whose right it is, nor `but`.
CREATE FUNCTION review_followed_by(item review_items, who uuid, but uuid DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT who IS NOT NULL AND who <> item.staff_id AND who IS DISTINCT FROM but
    AND (who IS NOT DISTINCT FROM item.reviewer_id OR holds_role(who, 'compliance'))
$$;
--> statement-breakpoint
-- Whether the entry of a proof says what is stored: of a task, which one and what was found; of a try, by nobody of the
-- staff, and refused only where something was tried and all of it was.
CREATE FUNCTION review_proof_told(proved review_remediations) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(p.body ->> 'item_id' = proved.item_id::text AND p.body ->> 'result' = proved.result
    AND CASE proved.kind WHEN 'outside' THEN p.body ->> 'task' = proved.id::text
      ELSE p.body ->> 'remediation' = proved.id::text AND e.actor_id IS NULL
        AND (proved.result <> 'refused' OR CASE jsonb_typeof(p.body -> 'tried') WHEN 'array' THEN
          (SELECT coalesce(bool_and(t ->> 'outcome' IS NOT DISTINCT FROM 'refused'), false) FROM jsonb_array_elements(p.body -> 'tried') t) END) END, false)
  FROM audit_entry e, LATERAL (SELECT body::jsonb AS body FROM audit_payload WHERE entry_id = e.id) p WHERE e.id = proved.verified_entry_id
$$;
--> statement-breakpoint
-- Only a refusal makes it done. What somebody gave anew is tried again, as what is still possible.
CREATE OR REPLACE FUNCTION review_remediations_mirror() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE review_items SET remediated_at = (SELECT CASE WHEN bool_and(coalesce(result = 'refused', false)) THEN max(verified_at) END
    FROM review_remediations WHERE item_id = NEW.item_id) WHERE id = NEW.item_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_remediations_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE item review_items;
BEGIN
  IF NEW.kind <> 'outside' THEN
    PERFORM needs_item_entry(NEW.entry_id, 'review.decided', NULL, NEW.item_id);
    RETURN NULL;
  END IF;
  PERFORM needs_item_entry(NEW.entry_id, 'review.task_set', NULL, NEW.item_id);
  SELECT * INTO STRICT item FROM review_items WHERE id = NEW.item_id;
  IF NOT review_followed_by(item, entry_actor(NEW.entry_id)) THEN
    PERFORM refuse('review_task_set_by', 'Its reviewer, or compliance, says what is to be done elsewhere');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint

-- ---------- the closing, and beside it ----------
CREATE OR REPLACE FUNCTION campaigns_update() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE closing constant text[] := ARRAY['status', 'closed_at', 'closed_by', 'statement', 'closed_entry_id']; part text;
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
  part := review_part(NEW.id, NEW.closed_by);
  IF part IS NOT NULL THEN
    PERFORM refuse('campaign_closer_' || part, 'Who decided, excepted, or saw to what follows does not close the review');
  END IF;
  -- A right that somebody took meanwhile, outside of the review, leaves nothing to decide.
  IF EXISTS (SELECT 1 FROM review_items i LEFT JOIN standing_exceptions x ON x.item_id = i.id
    WHERE i.campaign_id = NEW.id AND i.ended_at IS NULL AND NOT CASE
      WHEN i.decision IS NULL THEN coalesce(x.kind <> 'unproved', false) OR NOT grant_held(i.grant_id)
      ELSE i.decision = 'keep' OR i.remediated_at IS NOT NULL OR coalesce(x.kind = 'unproved', false) END) THEN
    PERFORM refuse('campaign_undecided', 'Each item is decided, and what follows is done, before the review is closed');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION campaigns_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_campaign_entry(NEW.closed_entry_id, 'review.closed', NEW.closed_by, NEW.id);
  IF entry_denies(NEW.closed_entry_id, 'statement', NEW.statement) THEN
    PERFORM refuse('review_entry_says_else', 'The entry of a closing says what was signed');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_corrections_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
  IF NEW.made_by = item.staff_id OR EXISTS (SELECT 1 FROM review_decisions WHERE item_id = item.id AND decided_by = NEW.made_by) THEN
    PERFORM refuse('review_correction_own', 'Nobody corrects what was decided on themselves, or by themselves');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_corrections_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_campaign_entry(NEW.entry_id, 'review.corrected', NEW.made_by, NEW.campaign_id);
  IF entry_says(NEW.entry_id, 'corrects') IS DISTINCT FROM (SELECT closed_entry_id::text FROM campaigns WHERE id = NEW.campaign_id)
    OR entry_says(NEW.entry_id, 'item_id') IS DISTINCT FROM NEW.item_id::text OR entry_denies(NEW.entry_id, 'correction', NEW.correction) THEN
    PERFORM refuse('review_entry_says_else', 'The entry of a correction names the sign-off, the item and what is right');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION roster_comparisons_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_campaign_entry(NEW.entry_id, 'review.compared', NEW.compared_by, NEW.campaign_id);
  IF entry_denies(NEW.entry_id, 'sha256', NEW.sha256) OR entry_denies(NEW.entry_id, 'in_both', NEW.in_both::text) THEN
    PERFORM refuse('review_entry_says_else', 'The entry of a comparison says what was compared');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION review_reminders_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_campaign_entry(NEW.entry_id, 'review.reminded', NEW.sent_by, NEW.campaign_id);
  IF entry_actor(NEW.entry_id) IS DISTINCT FROM NEW.sent_by OR NEW.sent_by IS NOT NULL AND NOT holds_role(NEW.sent_by, 'compliance') THEN
    PERFORM refuse('review_by_compliance', 'Compliance reminds, or the rule');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint

-- What was given anew counted as done until now; of an open review it is open again, as from now on.
UPDATE review_items i SET remediated_at = NULL FROM campaigns c WHERE c.id = i.campaign_id AND c.status = 'open'
  AND i.remediated_at IS NOT NULL AND EXISTS (SELECT 1 FROM review_remediations r WHERE r.item_id = i.id AND r.result = 'given_anew');
--> statement-breakpoint

REVOKE ALL ON FUNCTION review_items_named(), review_decisions_pace(), needs_campaign_entry(uuid, text, uuid, uuid), entry_actor(uuid),
  entry_denies(uuid, text, text), review_today(uuid), review_stuck(review_items), review_counts(uuid), review_part(uuid, uuid),
  review_seconds(uuid, uuid, timestamptz), review_followed_by(review_items, uuid, uuid), review_proof_told(review_remediations) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION needs_campaign_entry(uuid, text, uuid, uuid), entry_actor(uuid), entry_denies(uuid, text, text), review_today(uuid),
  review_stuck(review_items), review_counts(uuid), review_part(uuid, uuid), review_seconds(uuid, uuid, timestamptz),
  review_followed_by(review_items, uuid, uuid) TO :runtime:;
