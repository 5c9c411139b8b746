-- Two are two people who may: whoever proposed must still hold the role when another accepts.
CREATE FUNCTION decides_proposals(person uuid, kind text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(CASE $2
    WHEN 'flag' THEN holds_role($1, 'manager')
    WHEN 'policy' THEN holds_role($1, 'admin') OR holds_role($1, 'compliance')
    ELSE holds_role($1, 'admin') END, false)
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION proposals_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ timestamptz;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'pending' THEN
      PERFORM refuse('proposal_starts_pending', 'A proposal starts pending');
    END IF;
    -- Of a flag a product proposes too: it has a guard of its own.
    IF NEW.kind <> 'flag' AND NOT decides_proposals(NEW.proposed_by, NEW.kind) THEN
      PERFORM refuse('proposal_proposer', 'Who proposes must hold the role for it');
    END IF;
    NEW.proposed_at := clock_timestamp();
    NEW.lapses_at := least(NEW.lapses_at, NEW.proposed_at + interval '30 days');
    RETURN NEW;
  END IF;
  IF OLD.status <> 'pending' THEN
    PERFORM refuse('proposal_decided', 'It was decided before');
  END IF;
  IF to_jsonb(NEW) - ARRAY['status', 'decided_by', 'decided_at', 'comment', 'decided_entry_id']
    <> to_jsonb(OLD) - ARRAY['status', 'decided_by', 'decided_at', 'comment', 'decided_entry_id'] THEN
    PERFORM refuse('proposal_frozen', 'What was proposed cannot be changed');
  END IF;
  PERFORM 1 FROM staff WHERE id IN (NEW.decided_by, NEW.proposed_by) ORDER BY id FOR SHARE;
  now_ := clock_timestamp();
  IF NEW.status = 'lapsed' AND now_ < OLD.lapses_at THEN
    PERFORM refuse('proposal_not_due', 'It has not lapsed yet');
  END IF;
  IF NEW.status IN ('accepted', 'declined') THEN
    IF now_ >= OLD.lapses_at THEN
      PERFORM refuse('proposal_lapsed', 'It has lapsed');
    END IF;
    IF same_person(NEW.decided_by, NEW.proposed_by) THEN
      PERFORM refuse('proposal_own', 'A second person decides');
    END IF;
    IF NEW.staff_id IS NOT NULL AND same_person(NEW.decided_by, NEW.staff_id) THEN
      PERFORM refuse('proposal_about_oneself', 'Nobody decides on what is about them');
    END IF;
    IF NOT decides_proposals(NEW.decided_by, NEW.kind) THEN
      PERFORM refuse('proposal_without_role', 'Who decides must hold the role for it');
    END IF;
    IF NEW.status = 'accepted' AND OLD.proposed_by IS NOT NULL AND NOT decides_proposals(OLD.proposed_by, NEW.kind) THEN
      PERFORM refuse('proposal_proposer', 'Who proposed it holds the role for it no more');
    END IF;
  ELSIF NEW.status = 'withdrawn' AND NEW.decided_by IS DISTINCT FROM OLD.proposed_by THEN
    PERFORM refuse('proposal_not_yours', 'Only who proposed it withdraws it');
  END IF;
  NEW.decided_at := now_;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION decides_proposals(uuid, text), proposals_guard() FROM PUBLIC;
--> statement-breakpoint

-- Where an account is says who may stand in there, and which terms it accepted whether that wants an approval: both change
-- on record only, as its flags do.
CREATE CONSTRAINT TRIGGER entries AFTER UPDATE ON accounts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.region, OLD.terms_version) IS DISTINCT FROM (NEW.region, NEW.terms_version)) EXECUTE FUNCTION directory_entry();
--> statement-breakpoint
ALTER TABLE accounts ENABLE ALWAYS TRIGGER entries;
--> statement-breakpoint

-- Asked once more as it is written down: a version whose day came meanwhile is in force, and stays so.
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
  IF NOT EXISTS (SELECT 1 FROM policy_versions v WHERE v.version = NEW.version AND v.in_force_from > clock_timestamp()) THEN
    PERFORM refuse('policy_withdrawal_late', 'What is in force is followed by another, not withdrawn');
  END IF;
  RETURN NULL;
END $$;
