-- Who goes away or comes back changes who may decide: what they or their delegate were asked, and what those they lead have
-- asked, is looked at anew at once.
CREATE OR REPLACE FUNCTION delegations_wake_rings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE woken uuid[];
BEGIN
  SELECT array_agg(f.request_id) INTO woken FROM (
    SELECT g.request_id FROM request_rings g JOIN requests r ON r.id = g.request_id
    WHERE r.status = 'pending' AND (
      EXISTS (SELECT 1 FROM request_asks a WHERE a.request_id = r.id AND a.approver_id IN (NEW.from_id, NEW.to_id))
      OR r.actor_id IN (SELECT m.staff_id FROM staff_managers m WHERE m.manager_id = NEW.from_id AND m.until IS NULL))
    ORDER BY g.request_id FOR UPDATE OF g) f;
  UPDATE request_rings SET next_at = clock_timestamp() WHERE request_id = ANY (woken);
  RETURN NULL;
END $$;
