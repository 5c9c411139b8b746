-- A guest's days begin and end as those of a review do, also where clocks go back at midnight.
CREATE OR REPLACE FUNCTION guests_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM staff WHERE id = NEW.invited_by FOR SHARE;
  IF NOT holds_role(NEW.invited_by, 'compliance') THEN
    PERFORM refuse('guest_not_compliance', 'Only active compliance invites a guest');
  END IF;
  IF NEW.revoked_at IS NOT NULL THEN
    PERFORM refuse('guest_frozen', 'A guest''s access begins before it ends');
  END IF;
  NEW.invited_at := clock_timestamp();
  NEW.starts_at := day_begins(NEW.first_day, NEW.zone);
  NEW.ends_at := day_begins(NEW.last_day + 1, NEW.zone);
  RETURN NEW;
END $$;
--> statement-breakpoint
-- A file that is being read is cut off when its reader is signed out, or is in compliance no longer.
ALTER TABLE exports DROP CONSTRAINT exports_broken_by,
  ADD CONSTRAINT exports_broken_by CHECK (broken_by IN ('reader_gone', 'not_fetched', 'fault', 'panel_gone', 'access_over'));
