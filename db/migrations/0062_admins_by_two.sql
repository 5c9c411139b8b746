-- Who is somebody, and who runs the panel, is never one person's word, and never one's own.

-- As before, and nobody proposes what is about themselves.
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
    IF NEW.kind = 'role' AND NEW.staff_id IS NOT NULL AND coalesce(same_person(NEW.proposed_by, NEW.staff_id), false) THEN
      PERFORM refuse('proposal_about_oneself', 'Nobody proposes what is about them');
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
-- As before, and an admin who was suspended is one again by two.
CREATE OR REPLACE FUNCTION staff_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE admin uuid;
BEGIN
  IF by_owner(TG_RELID) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    PERFORM admin_entry(NEW.changed_entry_id, ARRAY['staff.added'], NEW.id);
    NEW.status := 'active';
    NEW.deactivated_at := NULL;
    NEW.created_at := clock_timestamp();
    RETURN NEW;
  END IF;
  admin := admin_entry(NEW.changed_entry_id, CASE
    WHEN NEW.status = OLD.status THEN ARRAY['staff.changed']
    WHEN NEW.status = 'deactivated' THEN ARRAY['staff.withdrawn']
    ELSE ARRAY['staff.restored'] END, NEW.id);
  IF OLD.status <> 'active' AND NEW.status = 'active'
    AND EXISTS (SELECT 1 FROM staff_roles WHERE staff_id = NEW.id AND role = 'admin' AND revoked_at IS NULL)
    AND NOT accepted_by_two(NEW.changed_entry_id, admin, NEW.id, jsonb_build_object('status', 'active')) THEN
    PERFORM refuse('staff_restored_by_one', 'An admin is let in again by two: one proposes, another accepts');
  END IF;
  NEW.deactivated_at := CASE WHEN NEW.status = 'active' THEN NULL ELSE coalesce(OLD.deactivated_at, clock_timestamp()) END;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION proposals_guard(), staff_change() FROM PUBLIC;
--> statement-breakpoint
-- The panel says why something cannot be accepted before anybody tries.
GRANT EXECUTE ON FUNCTION decides_proposals(uuid, text) TO :runtime:;
