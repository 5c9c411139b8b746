-- A key on the entry is looked into for each of a million people who are new, and who is new was set by nobody: it is
-- refused instead. A change asks for its entry itself (`flag_change`), and entries are never deleted.
ALTER TABLE subjects DROP CONSTRAINT subjects_vip_entry;
--> statement-breakpoint
ALTER TABLE accounts DROP CONSTRAINT accounts_tier_entry, DROP CONSTRAINT accounts_stance_entry;
--> statement-breakpoint
CREATE FUNCTION flags_start_pushed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT by_owner(TG_RELID) THEN
    PERFORM refuse('flag_starts_pushed', 'Who is new is as the product says: nobody has set a flag of theirs');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION flags_start_pushed() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER guard_flags BEFORE INSERT ON accounts FOR EACH ROW
  WHEN (NEW.tier_entry_id IS NOT NULL OR NEW.stance_entry_id IS NOT NULL OR NEW.gone_stance IS NOT NULL) EXECUTE FUNCTION flags_start_pushed();
--> statement-breakpoint
CREATE TRIGGER guard_flags BEFORE INSERT ON subjects FOR EACH ROW WHEN (NEW.vip_entry_id IS NOT NULL) EXECUTE FUNCTION flags_start_pushed();
--> statement-breakpoint
ALTER TABLE accounts ENABLE ALWAYS TRIGGER guard_flags;
--> statement-breakpoint
ALTER TABLE subjects ENABLE ALWAYS TRIGGER guard_flags;
