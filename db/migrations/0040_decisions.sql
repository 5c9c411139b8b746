-- A decision in one call: the vote, and what it makes of the request. Its entry is written beside it, and every guard looks
-- at each step as it does anywhere.
CREATE FUNCTION cast_vote(given json, start_within integer, most integer, OUT outcome text, OUT granted_for integer)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v approvals := json_populate_record(NULL::approvals, given);
  r requests;
BEGIN
  INSERT INTO approvals (id, request_id, approver_id, vote, minutes, comment, ask_hash, policy_version, entry_id, sign_in_id)
  VALUES (v.id, v.request_id, v.approver_id, v.vote, v.minutes, v.comment, v.ask_hash, v.policy_version, v.entry_id, v.sign_in_id);
  IF v.vote = 'deny' THEN
    outcome := 'denied';
    UPDATE requests SET status = 'denied', closed_at = clock_timestamp(), closed_entry_id = v.entry_id WHERE id = v.request_id;
    RETURN;
  END IF;
  SELECT * INTO STRICT r FROM requests WHERE id = v.request_id;
  IF NOT votes_meet(r, requirements_of(r)) THEN
    outcome := 'pending';
    granted_for := v.minutes;
    RETURN;
  END IF;
  outcome := 'granted';
  SELECT least(r.minutes, most, min(a.minutes)) INTO granted_for FROM approvals a WHERE a.request_id = r.id AND a.vote = 'approve';
  UPDATE requests SET status = 'granted', granted_at = clock_timestamp(), granted_minutes = granted_for,
    start_by = clock_timestamp() + make_interval(mins => start_within), granted_entry_id = v.entry_id WHERE id = r.id;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION cast_vote(json, integer, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION cast_vote(json, integer, integer) TO :runtime:;
--> statement-breakpoint

-- ---------- who is one person ----------
ALTER TABLE "staff" ADD COLUMN "person_entry_id" uuid;
--> statement-breakpoint
ALTER TABLE staff ADD CONSTRAINT staff_person_entry FOREIGN KEY (person_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX staff_own_person_entry ON staff (person_entry_id);
--> statement-breakpoint
GRANT UPDATE (person_id, person_entry_id) ON staff TO :runtime:;
--> statement-breakpoint
-- Whoever comes by the panel is a person of their own until an admin says otherwise.
CREATE OR REPLACE FUNCTION staff_person() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.person_id := CASE WHEN by_owner(TG_RELID) THEN coalesce(NEW.person_id, NEW.id) ELSE NEW.id END;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- An admin says that two accounts are one person's. That they are not is looser: it takes two admins, of whom the second says
-- it by accepting what the first proposed.
CREATE FUNCTION staff_person_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE admin uuid;
BEGIN
  IF by_owner(TG_RELID) THEN
    RETURN NEW;
  END IF;
  IF NEW.person_id = OLD.person_id OR NEW.person_entry_id IS NOT DISTINCT FROM OLD.person_entry_id THEN
    PERFORM refuse('staff_person_without_entry', 'Who is one person is said with an entry of its own');
  END IF;
  IF EXISTS (SELECT 1 FROM staff WHERE person_id = NEW.person_id) THEN
    PERFORM admin_entry(NEW.person_entry_id, ARRAY['person.linked'], NEW.id);
    RETURN NEW;
  END IF;
  admin := admin_entry(NEW.person_entry_id, ARRAY['person.unlinked'], NEW.id);
  IF NOT EXISTS (SELECT 1 FROM proposals p JOIN audit_entry e ON e.id = p.decided_entry_id
      WHERE p.kind = 'role' AND p.staff_id = NEW.id AND p.status = 'accepted' AND p.decided_by = admin
        AND p.after ->> 'person' = 'own' AND e.xact = pg_current_xact_id()::text) THEN
    PERFORM refuse('staff_person_second_admin', 'That somebody is another person takes a second admin');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_person BEFORE UPDATE ON staff FOR EACH ROW
  WHEN ((OLD.person_id, OLD.person_entry_id) IS DISTINCT FROM (NEW.person_id, NEW.person_entry_id)) EXECUTE FUNCTION staff_person_change();
--> statement-breakpoint
-- All accounts of a person move together: nobody is linked to another to be rid of the first.
CREATE FUNCTION staff_person_whole() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.person_entry_id AND event = 'person.linked')
    AND EXISTS (SELECT 1 FROM staff WHERE person_id = OLD.person_id) THEN
    PERFORM refuse('staff_person_left_behind', 'All accounts of a person are linked together');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER person_whole AFTER UPDATE ON staff DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id) EXECUTE FUNCTION staff_person_whole();
--> statement-breakpoint
ALTER TABLE staff ENABLE ALWAYS TRIGGER guard_person, ENABLE ALWAYS TRIGGER person_whole;
--> statement-breakpoint
REVOKE ALL ON FUNCTION staff_person_change(), staff_person_whole() FROM PUBLIC;
