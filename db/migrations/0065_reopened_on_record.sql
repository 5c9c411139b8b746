-- An account that a whole sync left out is closed, and comes back as it stood when it is named again. So it is reopened by a
-- push, with the entry that says so of this very account, or by two managers, as anything is loosened; by nothing else.
CREATE FUNCTION reopening_told(account uuid, becomes text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM accounts a JOIN audit_entry e ON e.account_id = a.id JOIN audit_payload p ON p.entry_id = e.id
    WHERE a.id = account AND e.event = 'directory.updated' AND e.occurred_at >= transaction_timestamp() AND e.xact = pg_current_xact_id()::text
      AND p.body::jsonb ? 'push' AND p.body::jsonb @> jsonb_build_object('changes', jsonb_build_array(
        jsonb_build_object('of', a.external_id, 'field', 'stance', 'before', 'closed', 'after', becomes))))
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION accounts_flags() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE is_set boolean := NEW.stance_entry_id IS NOT NULL AND NEW.stance_entry_id IS DISTINCT FROM OLD.stance_entry_id;
BEGIN
  IF by_owner(TG_RELID) THEN
    RETURN NULL;
  END IF;
  IF (NEW.tier, NEW.tier_entry_id) IS DISTINCT FROM (OLD.tier, OLD.tier_entry_id) THEN
    PERFORM flag_change('tier', to_jsonb(OLD.tier), to_jsonb(NEW.tier), strictness(NEW.tier) < strictness(OLD.tier), NEW.id, NULL,
      NEW.tier_entry_id);
  END IF;
  IF NEW.gone_stance IS DISTINCT FROM OLD.gone_stance AND NEW.gone_stance IS NOT NULL
    AND (OLD.gone_stance IS NOT NULL OR NEW.gone_stance <> OLD.stance) THEN
    PERFORM refuse('flag_gone_stance', 'Who is gone comes back as they were');
  END IF;
  -- Whoever is named again comes back as they were, by whomever that was set, and no looser. Who sets it in the panel sets it
  -- against what is in force, which is closed.
  IF (NEW.stance, NEW.stance_entry_id, NEW.gone_stance) IS DISTINCT FROM (OLD.stance, OLD.stance_entry_id, OLD.gone_stance) THEN
    PERFORM flag_change('stance', to_jsonb(OLD.stance), to_jsonb(NEW.stance),
      strictness(NEW.stance) < strictness(CASE WHEN is_set THEN OLD.stance ELSE coalesce(OLD.gone_stance, OLD.stance) END), NEW.id, NULL,
      CASE WHEN NEW.gone_stance IS NOT NULL OR NEW.stance = OLD.gone_stance THEN NULLIF(NEW.stance_entry_id, OLD.stance_entry_id)
        ELSE NEW.stance_entry_id END);
    IF OLD.gone_stance IS NOT NULL AND NEW.stance <> 'closed' AND NOT is_set AND NOT reopening_told(NEW.id, NEW.stance) THEN
      PERFORM refuse('flag_reopened_untold', 'An account that a sync left out is reopened by a push that says so');
    END IF;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION reopening_told(uuid, text), accounts_flags() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION reopening_told(uuid, text) TO :runtime:;
