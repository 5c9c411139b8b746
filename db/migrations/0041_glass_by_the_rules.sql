-- Break-glass and reviews by the rules of approval: whose vote could have counted is asked of them, and the policy is the
-- one in force.
CREATE OR REPLACE FUNCTION could_have_approved(person uuid, r requests) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT may_decide(person, r) AND review_conflict(person, r.actor_id) IS NULL
$$;
--> statement-breakpoint
-- Volatile, so that each question sees what was committed while it waited for its turn.
CREATE OR REPLACE FUNCTION break_glass_refusal(r requests) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE p jsonb;
BEGIN
  PERFORM hold_break_glass(r.actor_id);
  SELECT coalesce(body -> 'breakGlass', '{}') INTO p FROM policy_now;
  RETURN CASE
    WHEN NOT coalesce((p ->> 'allowed')::boolean, false) THEN 'not_allowed'
    WHEN r.requirements = '[]' THEN 'no_need'
    WHEN r.minutes > coalesce((p ->> 'minutes')::integer, 15) THEN 'minutes'
    WHEN r.scope <> 'read' AND NOT coalesce((p ->> 'write')::boolean, false) THEN 'scope'
    WHEN char_length(trim(r.reason)) < coalesce((p ->> 'reasonLength')::integer, 50) THEN 'reason'
    WHEN break_glass_unreviewed(r.actor_id) IS NOT NULL THEN 'review_first'
  END;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION requests_break_glass() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s sessions; skipped uuid[] := all_who_could_have_approved(NEW.id); entry_ uuid; asked_ uuid[]; hours integer;
BEGIN
  SELECT * INTO STRICT s FROM sessions WHERE request_id = NEW.id;
  SELECT e.id, ARRAY(SELECT jsonb_array_elements_text(p.body::jsonb -> 'asked')::uuid) INTO entry_, asked_
    FROM audit_entry e JOIN audit_payload p ON p.entry_id = e.id
    WHERE e.session_id = s.id AND e.event = 'break_glass.used' AND e.actor_id = NEW.actor_id AND e.xact = pg_current_xact_id()::text
    LIMIT 1;
  IF entry_ IS NULL OR NOT asked_ @> skipped THEN
    PERFORM refuse('break_glass_untold', 'Everybody who could have approved is told of a break-glass as it starts');
  END IF;
  SELECT coalesce((body #>> '{breakGlass,reviewHours}')::integer, 24) INTO hours FROM policy_now;
  INSERT INTO session_reviews_due (session_id, asked, due_at, used_entry_id)
    VALUES (s.id, skipped, s.started_at + make_interval(hours => hours), entry_);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A break-glass waits from its start, whenever it ends.
CREATE OR REPLACE FUNCTION sessions_to_review() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO session_reviews_due (session_id, asked) SELECT NEW.id, whom_to_tell_of(r.id) FROM requests r
    WHERE r.id = NEW.request_id AND NOT r.break_glass AND (NEW.scope = 'write' OR r.sensitive)
    ON CONFLICT (session_id) DO NOTHING;
  RETURN NULL;
END $$;
