-- Evidence leaves by one's own sign-in, as fresh as the policy in force wants it: the schema asks too.
CREATE OR REPLACE FUNCTION exports_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE fresh jsonb := policy_body_now() -> 'freshSignIn';
BEGIN
  IF NOT holds_role(NEW.started_by, 'compliance') THEN
    PERFORM refuse('export_without_role', 'Only compliance takes evidence out of the panel');
  END IF;
  IF fresh ->> 'export' IS NOT NULL AND (
      NOT EXISTS (SELECT 1 FROM staff_sign_ins i WHERE i.id = NEW.sign_in_id AND i.staff_id = NEW.started_by)
      OR fresh_refusal(NEW.sign_in_id, (fresh ->> 'export')::integer, fresh ->> 'acr') IS NOT NULL) THEN
    PERFORM refuse('export_sign_in', 'To take evidence out one signs in anew');
  END IF;
  IF NEW.status <> 'running' OR NEW.rows_done <> 0 OR NEW.bytes <> 0 OR NEW.rows_expected IS NOT NULL OR NEW.fetched_at IS NOT NULL THEN
    PERFORM refuse('export_starts_empty', 'An export runs, and nothing of it is read, when it starts');
  END IF;
  NEW.started_at := clock_timestamp();
  NEW.seen_at := NEW.started_at;
  RETURN NEW;
END $$;
