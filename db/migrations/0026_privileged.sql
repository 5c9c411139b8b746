-- Whoever runs reviews and takes evidence out is privileged too: only looking is not.
CREATE OR REPLACE FUNCTION review_items_inserted() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
