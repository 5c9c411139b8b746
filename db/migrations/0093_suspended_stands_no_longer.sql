-- What stands for somebody who is suspended stands no longer: the admin who suspends them says so. Into the guard as it is.
DO $$
DECLARE told text; was CONSTANT text := 'AND NOT coalesce(holds_role(NEW.standing_ended_by, ''manager''), false) THEN';
BEGIN
  SELECT pg_get_functiondef('requests_update()'::regprocedure) INTO told;
  IF (length(told) - length(replace(told, was, ''))) <> length(was) THEN
    RAISE EXCEPTION 'The guard of a standing approval is written otherwise';
  END IF;
  EXECUTE replace(told, was, 'AND NOT coalesce(holds_role(NEW.standing_ended_by, ''manager''), false)
        AND NOT (coalesce(holds_role(NEW.standing_ended_by, ''admin''), false)
          AND EXISTS (SELECT FROM staff WHERE id = OLD.actor_id AND status = ''deactivated'')) THEN');
END $$;
