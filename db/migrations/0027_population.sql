-- A service account decides nothing: whoever answers for a right is a person. And what a reviewer reads of one grant is
-- counted exactly, by the same rules as the rollups.

-- Why this person may not review this item, or null.
CREATE OR REPLACE FUNCTION review_conflict(reviewer uuid, item review_items) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN reviewer = item.staff_id THEN 'review_items_not_ones_own'
    WHEN reviewer = item.granted_by THEN 'review_items_not_ones_grant'
    WHEN NOT holds_role(reviewer, 'manager') AND NOT holds_role(reviewer, 'compliance') THEN 'review_reviewer_role'
    WHEN (SELECT kind <> 'person' FROM staff WHERE id = reviewer) THEN 'review_reviewer_role'
    WHEN reports_to(reviewer, item.staff_id) THEN 'review_reports_to'
  END
$$;
--> statement-breakpoint
CREATE FUNCTION review_reviewers_are_people() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT reviewer_id FROM fresh WHERE reviewer_id IS NOT NULL) r
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = r.reviewer_id AND s.kind <> 'person')) THEN
    PERFORM refuse('review_reviewer_role', 'A person reviews, and no service account');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION review_reviewers_are_people() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER people AFTER INSERT ON review_items REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION review_reviewers_are_people();
--> statement-breakpoint
ALTER TABLE review_items ENABLE ALWAYS TRIGGER people;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION known_zone(text), refusals_told(text) TO :runtime:;
--> statement-breakpoint
-- At commit: every grant on record is in the population, had ended before the period, or was given after it; and everybody
-- on record held a right in it, or is counted as without one.
CREATE FUNCTION campaigns_on_record() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c campaigns; told jsonb; n record;
BEGIN
  SELECT * INTO STRICT c FROM campaigns WHERE id = NEW.id;
  told := c.counts -> 'onRecord';
  -- What is past, whoever sets the product up brings as it was.
  IF told IS NULL AND by_owner(TG_RELID) THEN
    RETURN NULL;
  END IF;
  SELECT count(*) AS grants, count(*) FILTER (WHERE revoked_at <= c.starts_at) AS before,
    count(*) FILTER (WHERE granted_at >= c.through_at) AS after INTO STRICT n FROM staff_roles;
  IF (told ->> 'grants')::integer IS DISTINCT FROM n.grants OR (told ->> 'endedBefore')::integer IS DISTINCT FROM n.before
    OR (told ->> 'givenAfter')::integer IS DISTINCT FROM n.after
    OR (told ->> 'people')::integer IS DISTINCT FROM (SELECT count(*) FROM staff)
    OR (told ->> 'withoutRight')::integer IS DISTINCT FROM (SELECT count(*) FROM staff s
      WHERE NOT EXISTS (SELECT 1 FROM review_items i WHERE i.campaign_id = c.id AND i.staff_id = s.id))
    OR n.grants <> n.before + n.after + (SELECT count(*) FROM review_items WHERE campaign_id = c.id) THEN
    PERFORM refuse('campaign_on_record', 'Every grant on record is in a review, or is told to have ended before its period or to come after it');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION campaigns_on_record() FROM PUBLIC;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER on_record AFTER INSERT ON campaigns DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION campaigns_on_record();
--> statement-breakpoint
ALTER TABLE campaigns ENABLE ALWAYS TRIGGER on_record;
--> statement-breakpoint
-- What is left of a grant that a review narrowed came neither by the panel nor by the command line.
ALTER TABLE review_items DROP CONSTRAINT review_items_source,
  ADD CONSTRAINT review_items_source CHECK (source in ('set_up', 'panel', 'command', 'issuer_group', 'review'));
