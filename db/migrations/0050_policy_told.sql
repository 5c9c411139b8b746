-- The entry of a change says which policy it followed: the one that was in force, and no other.
CREATE OR REPLACE FUNCTION policy_versions_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE told jsonb; was record;
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY['policy.changed'], NULL, NULL, NEW.changed_by, NULL);
  SELECT body::jsonb INTO told FROM audit_payload WHERE entry_id = NEW.entry_id;
  SELECT v.version, v.body INTO was FROM policy_versions v
    WHERE v.version < NEW.version AND v.in_force_from <= NEW.changed_at
      AND NOT EXISTS (SELECT 1 FROM policy_withdrawals w WHERE w.version = v.version)
    ORDER BY v.version DESC LIMIT 1;
  IF (told ->> 'follows')::integer IS DISTINCT FROM was.version OR told -> 'before' IS DISTINCT FROM was.body
    OR told -> 'after' IS DISTINCT FROM NEW.body OR told ->> 'reason' IS DISTINCT FROM NEW.reason
    OR (told ->> 'version')::integer IS DISTINCT FROM NEW.version THEN
    PERFORM refuse('policy_change_untold', 'The entry says what the policy was, what it is, and why');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION policy_withdrawals_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE told jsonb;
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY['policy.changed'], NULL, NULL, NEW.withdrawn_by, NULL);
  SELECT body::jsonb INTO told FROM audit_payload WHERE entry_id = NEW.entry_id;
  IF told ->> 'withdrawn' IS DISTINCT FROM NEW.version::text OR told ->> 'reason' IS DISTINCT FROM NEW.reason
    OR EXISTS (SELECT 1 FROM policy_versions WHERE entry_id = NEW.entry_id) THEN
    PERFORM refuse('policy_change_untold', 'The entry says which version was withdrawn, and why');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION policy_versions_entries(), policy_withdrawals_entries() FROM PUBLIC;
