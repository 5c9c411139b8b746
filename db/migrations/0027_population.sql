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
