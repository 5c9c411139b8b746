-- What a link is for, read in one query. Nothing is asked less.
CREATE OR REPLACE FUNCTION approval_links_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE until timestamptz; own boolean;
BEGIN
  SELECT r.lapses_at, r.actor_id = NEW.approver_id OR a.person_id = v.person_id INTO until, own
    FROM requests r JOIN staff a ON a.id = r.actor_id LEFT JOIN staff v ON v.id = NEW.approver_id WHERE r.id = NEW.request_id;
  IF own THEN
    PERFORM refuse('approval_link_own_request', 'Nobody is led to decide on their own request');
  END IF;
  NEW.made_at := clock_timestamp();
  NEW.expires_at := until;
  RETURN NEW;
END $$;
