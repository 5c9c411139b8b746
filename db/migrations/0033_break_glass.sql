-- Starting without the approval that the policy wants, and what is said of sessions afterwards.
CREATE TABLE "session_reviews_due" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"asked" uuid[] NOT NULL,
	"since" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"due_at" timestamp with time zone,
	"used_entry_id" uuid,
	"told_entry_id" uuid,
	"late_entry_id" uuid,
	"reviewed_at" timestamp with time zone,
	CONSTRAINT "session_reviews_due_glass" CHECK (("session_reviews_due"."used_entry_id" is null) = ("session_reviews_due"."due_at" is null))
);
--> statement-breakpoint
CREATE TABLE "session_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"comment" text,
	"reviewed_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "session_reviews_once" UNIQUE("session_id"),
	CONSTRAINT "session_reviews_own_entry" UNIQUE("entry_id"),
	CONSTRAINT "session_reviews_verdict" CHECK ("session_reviews"."verdict" in ('as_expected', 'look_closer')),
	CONSTRAINT "session_reviews_closer_says_why" CHECK (char_length(trim(coalesce("session_reviews"."comment", ''))) between case when "session_reviews"."verdict" = 'look_closer' then 10 else 0 end and 2000)
);
--> statement-breakpoint
ALTER TABLE "session_reviews_due" ADD CONSTRAINT "session_reviews_due_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "session_reviews" ADD CONSTRAINT "session_reviews_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "session_reviews" ADD CONSTRAINT "session_reviews_reviewer_id_staff_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "session_reviews_due_open" ON "session_reviews_due" USING btree ("since","session_id") WHERE "session_reviews_due"."reviewed_at" is null;
--> statement-breakpoint
CREATE INDEX "session_reviews_due_untold" ON "session_reviews_due" USING btree ("session_id") WHERE "session_reviews_due"."told_entry_id" is null and "session_reviews_due"."reviewed_at" is null;
--> statement-breakpoint
CREATE INDEX "session_reviews_due_late" ON "session_reviews_due" USING btree ("due_at") WHERE "session_reviews_due"."reviewed_at" is null and "session_reviews_due"."late_entry_id" is null and "session_reviews_due"."due_at" is not null;
--> statement-breakpoint
CREATE INDEX "session_reviews_due_asked" ON "session_reviews_due" USING gin ("asked");
--> statement-breakpoint
CREATE INDEX "session_reviews_by" ON "session_reviews" USING btree ("reviewer_id","reviewed_at");
--> statement-breakpoint
-- Each use of break-glass of a person: whether one waits for its review, and how many there were.
CREATE INDEX "requests_break_glass" ON "requests" USING btree ("actor_id","created_at") WHERE "requests"."break_glass";
--> statement-breakpoint
ALTER TABLE session_reviews_due
  ADD CONSTRAINT session_reviews_due_used_entry FOREIGN KEY (used_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT session_reviews_due_told_entry FOREIGN KEY (told_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT session_reviews_due_late_entry FOREIGN KEY (late_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE session_reviews ADD CONSTRAINT session_reviews_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint

-- ---------- who looks at it afterwards ----------
-- Nobody at themselves, through whatever account, nor at who they report to.
CREATE FUNCTION review_conflict(person uuid, actor uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN same_person(person, actor) THEN 'session_review_own'
    WHEN EXISTS (SELECT 1 FROM staff a JOIN staff b ON b.person_id = a.person_id WHERE a.id = actor AND reports_to(person, b.id))
      THEN 'session_review_reports_to_actor'
  END
$$;
--> statement-breakpoint
-- Whose vote could have counted: managers when it was asked, and compliance where a rule wanted it of them.
CREATE FUNCTION could_have_approved(person uuid, r requests) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (holds_role(person, 'manager', r.created_at)
      OR r.requirements @> '[{"by": "compliance"}]' AND holds_role(person, 'compliance', r.created_at))
    AND review_conflict(person, r.actor_id) IS NULL
$$;
--> statement-breakpoint
CREATE FUNCTION all_who_could_have_approved(request uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT ARRAY(SELECT DISTINCT h.staff_id FROM roles_held h, requests r
    WHERE r.id = request AND h.role IN ('manager', 'compliance') AND could_have_approved(h.staff_id, r) ORDER BY 1)
$$;
--> statement-breakpoint
-- Who approved it, or what it stands on; else the first in the actor's line who is a manager.
CREATE FUNCTION whom_to_tell_of(request uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r requests; told uuid[];
BEGIN
  SELECT * INTO STRICT r FROM requests WHERE id = request;
  IF r.break_glass THEN
    RETURN all_who_could_have_approved(r.id);
  END IF;
  told := ARRAY(SELECT v.approver_id FROM approvals v JOIN staff s ON s.id = v.approver_id
    WHERE v.request_id = coalesce(r.standing_of, r.id) AND v.vote = 'approve' AND s.status = 'active'
      AND review_conflict(v.approver_id, r.actor_id) IS NULL ORDER BY v.created_at);
  IF told <> '{}' THEN
    RETURN told;
  END IF;
  RETURN ARRAY(
    WITH RECURSIVE line(id, step) AS (
      SELECT manager_id, 1 FROM staff WHERE id = r.actor_id
      UNION ALL
      SELECT s.manager_id, line.step + 1 FROM staff s JOIN line ON s.id = line.id WHERE line.step < 20)
    SELECT id FROM line WHERE holds_role(id, 'manager') AND review_conflict(id, r.actor_id) IS NULL ORDER BY step LIMIT 1);
END $$;
--> statement-breakpoint
-- Why somebody may not review a session, by the name of the guarantee; null where they may.
CREATE FUNCTION session_review_refusal(reviewer uuid, session uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s sessions; r requests; why text;
BEGIN
  SELECT * INTO STRICT s FROM sessions WHERE id = session;
  SELECT * INTO STRICT r FROM requests WHERE id = s.request_id;
  why := review_conflict(reviewer, s.actor_id);
  IF why IS NOT NULL THEN
    RETURN why;
  END IF;
  IF could_have_approved(reviewer, r) THEN
    NULL;
  ELSIF NOT r.break_glass AND EXISTS (SELECT 1 FROM approvals v JOIN staff p ON p.id = v.approver_id
      WHERE v.request_id = coalesce(r.standing_of, r.id) AND v.vote = 'approve' AND v.approver_id = reviewer AND p.status = 'active') THEN
    NULL;
  ELSIF holds_role(reviewer, 'manager') AND all_who_could_have_approved(r.id) = '{}' THEN
    -- They all left: who came after them may, or nobody ever could.
    NULL;
  ELSE
    RETURN 'session_review_not_reviewer';
  END IF;
  IF s.ended_at IS NULL THEN
    RETURN 'session_review_live';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint

-- ---------- what waits to be looked at ----------
CREATE FUNCTION sessions_to_review() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.scope = 'write' OR (SELECT sensitive FROM requests WHERE id = NEW.request_id) THEN
    INSERT INTO session_reviews_due (session_id, asked) VALUES (NEW.id, whom_to_tell_of(NEW.request_id))
      ON CONFLICT (session_id) DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER to_review AFTER UPDATE ON sessions FOR EACH ROW
  WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION sessions_to_review();
--> statement-breakpoint
CREATE FUNCTION session_reviews_due_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s sessions;
BEGIN
  IF to_jsonb(NEW) - ARRAY['told_entry_id', 'late_entry_id', 'reviewed_at'] <> to_jsonb(OLD) - ARRAY['told_entry_id', 'late_entry_id', 'reviewed_at']
    OR (OLD.told_entry_id IS NOT NULL AND NEW.told_entry_id IS DISTINCT FROM OLD.told_entry_id)
    OR (OLD.late_entry_id IS NOT NULL AND NEW.late_entry_id IS DISTINCT FROM OLD.late_entry_id)
    OR (OLD.reviewed_at IS NOT NULL AND NEW.reviewed_at IS DISTINCT FROM OLD.reviewed_at) THEN
    PERFORM refuse('session_review_due_frozen', 'Whom a session waits for is told once, and never changes');
  END IF;
  SELECT * INTO STRICT s FROM sessions WHERE id = OLD.session_id;
  IF NEW.told_entry_id IS NOT NULL AND s.ended_at IS NULL THEN
    PERFORM refuse('session_review_live', 'What was done is told once it has ended');
  END IF;
  IF NEW.late_entry_id IS DISTINCT FROM OLD.late_entry_id AND NOT coalesce(clock_timestamp() >= OLD.due_at, false) THEN
    PERFORM refuse('session_review_not_late', 'It is not late yet');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON session_reviews_due FOR EACH ROW EXECUTE FUNCTION session_reviews_due_update();
--> statement-breakpoint
CREATE FUNCTION session_reviews_due_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.told_entry_id IS DISTINCT FROM OLD.told_entry_id THEN
    PERFORM needs_entry(NEW.told_entry_id, ARRAY['session.review_due'], NULL, NEW.session_id, NULL, NULL);
  END IF;
  IF NEW.late_entry_id IS DISTINCT FROM OLD.late_entry_id THEN
    PERFORM needs_entry(NEW.late_entry_id, ARRAY['session.review_due'], NULL, NEW.session_id, NULL, NULL);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER UPDATE ON session_reviews_due DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION session_reviews_due_entries();
--> statement-breakpoint

-- ---------- what is said of it ----------
CREATE FUNCTION session_reviews_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s sessions; why text;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  SELECT * INTO STRICT s FROM sessions WHERE id = NEW.session_id FOR SHARE;
  PERFORM 1 FROM staff WHERE id IN (NEW.reviewer_id, s.actor_id) ORDER BY id FOR SHARE;
  why := session_review_refusal(NEW.reviewer_id, s.id);
  IF why IS NOT NULL THEN
    PERFORM refuse(why, 'This session is not theirs to review, or not yet');
  END IF;
  NEW.reviewed_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON session_reviews FOR EACH ROW EXECUTE FUNCTION session_reviews_insert();
--> statement-breakpoint
CREATE FUNCTION session_reviews_settle() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE session_reviews_due SET reviewed_at = NEW.reviewed_at WHERE session_id = NEW.session_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER settle AFTER INSERT ON session_reviews FOR EACH ROW EXECUTE FUNCTION session_reviews_settle();
--> statement-breakpoint
-- To look closer is a finding, raised with it.
CREATE FUNCTION session_reviews_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s sessions;
BEGIN
  SELECT * INTO STRICT s FROM sessions WHERE id = NEW.session_id;
  PERFORM needs_entry(NEW.entry_id, ARRAY['session.reviewed'], NULL, s.id, NEW.reviewer_id, s.subject_id);
  IF NEW.verdict = 'look_closer' AND NOT EXISTS (SELECT 1 FROM finding_sessions x JOIN findings f ON f.id = x.finding_id
      WHERE x.session_id = s.id AND f.detector = 'look_closer' AND f.actor_id = s.actor_id) THEN
    PERFORM refuse('session_review_without_finding', 'To look closer raises a finding about the session');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT ON session_reviews DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION session_reviews_entries();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON session_reviews FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON session_reviews FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON session_reviews_due FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON session_reviews_due FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint

-- ---------- breaking the glass ----------
-- Uses of one person, one after the other: two at once would both be the first.
CREATE FUNCTION hold_break_glass(actor uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('break glass ' || person_id, 0)) FROM staff WHERE id = actor
$$;
--> statement-breakpoint
-- The use that nobody has reviewed, through whichever account of the person; null where there is none.
CREATE FUNCTION break_glass_unreviewed(actor uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.id FROM staff a JOIN staff b ON b.person_id = a.person_id
    JOIN requests r ON r.actor_id = b.id AND r.break_glass JOIN sessions s ON s.request_id = r.id
  WHERE a.id = actor AND NOT EXISTS (SELECT 1 FROM session_reviews v WHERE v.session_id = s.id)
  ORDER BY s.started_at LIMIT 1
$$;
--> statement-breakpoint
-- Why a request may not start without its approval, or null. What stands against any start is asked beside this.
CREATE OR REPLACE FUNCTION break_glass_refusal(r requests) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE p jsonb;
BEGIN
  PERFORM hold_break_glass(r.actor_id);
  SELECT coalesce(body -> 'breakGlass', '{}') INTO p FROM policy_versions
    WHERE in_force_from <= clock_timestamp() ORDER BY version DESC LIMIT 1;
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
-- Whoever was skipped is told in the same transaction, and the use waits for its review from then on.
CREATE FUNCTION requests_break_glass() RETURNS trigger
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
  SELECT coalesce((body #>> '{breakGlass,reviewHours}')::integer, 24) INTO hours FROM policy_versions
    WHERE in_force_from <= clock_timestamp() ORDER BY version DESC LIMIT 1;
  INSERT INTO session_reviews_due (session_id, asked, due_at, used_entry_id)
    VALUES (s.id, skipped, s.started_at + make_interval(hours => coalesce(hours, 24)), entry_);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER break_glass AFTER UPDATE ON requests DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.break_glass AND NEW.status = 'used') EXECUTE FUNCTION requests_break_glass();
--> statement-breakpoint

DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT tg.tgname, c.relname FROM pg_trigger tg JOIN pg_class c ON c.oid = tg.tgrelid
    WHERE NOT tg.tgisinternal AND c.relnamespace = 'public'::regnamespace
      AND (c.relname IN ('session_reviews', 'session_reviews_due') OR (c.relname = 'sessions' AND tg.tgname = 'to_review')
        OR (c.relname = 'requests' AND tg.tgname = 'break_glass')) LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t.relname, t.tgname);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION review_conflict(uuid, uuid), could_have_approved(uuid, requests), all_who_could_have_approved(uuid), whom_to_tell_of(uuid),
  session_review_refusal(uuid, uuid), sessions_to_review(), session_reviews_due_update(), session_reviews_due_entries(),
  session_reviews_insert(), session_reviews_settle(), session_reviews_entries(), hold_break_glass(uuid), break_glass_unreviewed(uuid),
  break_glass_refusal(requests), requests_break_glass() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION session_review_refusal(uuid, uuid), all_who_could_have_approved(uuid), hold_break_glass(uuid),
  break_glass_unreviewed(uuid) TO :runtime:;
--> statement-breakpoint
REVOKE ALL ON session_reviews, session_reviews_due FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT ON session_reviews TO :runtime:;
--> statement-breakpoint
GRANT SELECT ON session_reviews_due TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (told_entry_id, late_entry_id) ON session_reviews_due TO :runtime:;
