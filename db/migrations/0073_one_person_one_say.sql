-- What nobody does for themselves, nor for who they report to, they do through no other account of theirs either: to lift a
-- limit, and to dispose of a finding.
CREATE OR REPLACE FUNCTION breadth_lifts_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM staff WHERE id IN (NEW.actor_id, NEW.lifted_by) ORDER BY id FOR SHARE;
  NEW.created_at := clock_timestamp();
  NEW.ends_at := NEW.created_at + interval '24 hours';
  IF same_person(NEW.lifted_by, NEW.actor_id) THEN
    PERFORM refuse('lift_own', 'Nobody lifts their own limit');
  END IF;
  IF NOT holds_role(NEW.lifted_by, 'manager') THEN
    PERFORM refuse('lift_without_role', 'Only an active manager lifts a limit');
  END IF;
  IF person_reports_to(NEW.lifted_by, NEW.actor_id) THEN
    PERFORM refuse('lift_reports_to_actor', 'Nobody lifts the limit of who they report to');
  END IF;
  IF NOT holds_role(NEW.actor_id, 'agent') THEN
    PERFORM refuse('lift_actor_role', 'Only an active agent has a limit to lift');
  END IF;
  IF EXISTS (SELECT 1 FROM breadth_lifts WHERE actor_id = NEW.actor_id AND ends_at > NEW.created_at) THEN
    PERFORM refuse('lift_lifted', 'The limit is lifted already');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION finding_disposer(person uuid, actor uuid, other uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM staff WHERE id IN (person, actor, other) ORDER BY id FOR SHARE;
  IF person IS NULL OR same_person(person, actor) OR coalesce(same_person(person, other), false) THEN
    PERFORM refuse('finding_own', 'Nobody disposes of a finding about themselves');
  ELSIF person_reports_to(person, actor) OR coalesce(person_reports_to(person, other), false) THEN
    PERFORM refuse('finding_reports_to_actor', 'Nobody disposes of a finding about who they report to');
  ELSIF NOT holds_role(person, 'compliance') AND NOT (holds_role(person, 'manager')
      AND (reports_to(actor, person) OR EXISTS (SELECT 1 FROM staff a JOIN staff p ON p.team = a.team WHERE a.id = actor AND p.id = person))) THEN
    PERFORM refuse('finding_not_reviewer', 'Only their manager or compliance disposes of a finding');
  END IF;
END $$;
