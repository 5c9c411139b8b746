-- A task elsewhere whose owner is gone goes to somebody else, by compliance and on record; who had it before stays readable.
CREATE TABLE "review_tasks_given_on" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"from_id" uuid NOT NULL,
	"from_due_on" date NOT NULL,
	"owner_id" uuid NOT NULL,
	"due_on" date NOT NULL,
	"reason" text NOT NULL,
	"given_by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "review_tasks_given_on_reason" CHECK (char_length(trim("review_tasks_given_on"."reason")) >= 10)
);
--> statement-breakpoint
ALTER TABLE "review_tasks_given_on" ADD CONSTRAINT "review_tasks_given_on_task_id_review_remediations_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."review_remediations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "review_tasks_given_on" ADD CONSTRAINT "review_tasks_given_on_from_id_staff_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "review_tasks_given_on" ADD CONSTRAINT "review_tasks_given_on_owner_id_staff_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "review_tasks_given_on" ADD CONSTRAINT "review_tasks_given_on_given_by_staff_id_fk" FOREIGN KEY ("given_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "review_tasks_given_on_of" ON "review_tasks_given_on" USING btree ("task_id","at");
--> statement-breakpoint
ALTER TABLE review_tasks_given_on ADD CONSTRAINT review_tasks_given_on_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX review_tasks_given_on_own_entry ON review_tasks_given_on (entry_id);
--> statement-breakpoint
CREATE FUNCTION review_tasks_given_on_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE task review_remediations; i review_items;
BEGIN
  SELECT * INTO STRICT task FROM review_remediations WHERE id = NEW.task_id;
  i := open_item(task.item_id);
  PERFORM 1 FROM staff WHERE id IN (NEW.owner_id, NEW.given_by) ORDER BY id FOR SHARE;
  SELECT * INTO STRICT task FROM review_remediations WHERE id = NEW.task_id FOR UPDATE;
  IF task.kind <> 'outside' OR task.result = 'refused' OR task.done_at IS NOT NULL AND task.result IS NULL THEN
    PERFORM refuse('review_task_not_open', 'Only a task that is still to be done goes to somebody else');
  END IF;
  IF NOT holds_role(NEW.given_by, 'compliance') OR NEW.given_by = i.staff_id THEN
    PERFORM refuse('review_task_given_by', 'Compliance gives a task to somebody else, and never one about themselves');
  END IF;
  IF NEW.owner_id = i.staff_id THEN
    PERFORM refuse('review_task_own', 'Nobody takes their own right away');
  END IF;
  IF NEW.owner_id = task.owner_id THEN
    PERFORM refuse('review_task_same_owner', 'A task that is given on gets another owner');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.owner_id AND status = 'active' AND kind = 'person') THEN
    PERFORM refuse('review_task_owner_works_here', 'Somebody who works here does a task');
  END IF;
  IF NEW.due_on < review_today(i.campaign_id) THEN
    PERFORM refuse('review_task_due', 'A task is not late before it is set');
  END IF;
  NEW.from_id := task.owner_id;
  NEW.from_due_on := task.due_on;
  NEW.at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_tasks_given_on_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE review_remediations SET owner_id = NEW.owner_id, due_on = NEW.due_on WHERE id = NEW.task_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_tasks_given_on_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_item_entry(NEW.entry_id, 'review.task_set', NEW.given_by, (SELECT item_id FROM review_remediations WHERE id = NEW.task_id));
  IF entry_actor(NEW.entry_id) IS DISTINCT FROM NEW.given_by OR entry_says(NEW.entry_id, 'task') IS DISTINCT FROM NEW.task_id::text
    OR entry_says(NEW.entry_id, 'owner') IS DISTINCT FROM NEW.owner_id::text OR entry_says(NEW.entry_id, 'from') IS DISTINCT FROM NEW.from_id::text
    OR entry_says(NEW.entry_id, 'due') IS DISTINCT FROM to_char(NEW.due_on, 'YYYY-MM-DD') OR entry_says(NEW.entry_id, 'reason') IS DISTINCT FROM NEW.reason THEN
    PERFORM refuse('review_entry_says_else', 'The entry of a task that is given on names it, from whom, to whom, until when and why');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE INSERT ON review_tasks_given_on FOR EACH ROW EXECUTE FUNCTION review_tasks_given_on_guard();
--> statement-breakpoint
CREATE TRIGGER follow AFTER INSERT ON review_tasks_given_on FOR EACH ROW EXECUTE FUNCTION review_tasks_given_on_follow();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT ON review_tasks_given_on DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION review_tasks_given_on_entries();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON review_tasks_given_on FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON review_tasks_given_on FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['guard', 'follow', 'entries', 'append_only', 'never_truncated'] LOOP
    EXECUTE format('ALTER TABLE review_tasks_given_on ENABLE ALWAYS TRIGGER %I', t);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION review_tasks_given_on_guard(), review_tasks_given_on_follow(), review_tasks_given_on_entries() FROM PUBLIC;
--> statement-breakpoint
REVOKE ALL ON review_tasks_given_on FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT ON review_tasks_given_on TO :runtime:;
--> statement-breakpoint
-- What somebody has still to do, or came back to them: the navigation counts it on every page.
DROP INDEX "review_remediations_due";
--> statement-breakpoint
CREATE INDEX "review_remediations_due" ON "review_remediations" USING btree ("owner_id","due_on") WHERE "review_remediations"."kind" = 'outside' and ("review_remediations"."result" is null or "review_remediations"."result" = 'still_possible');
--> statement-breakpoint
-- As before; and its owner and day change with the row that gives it on, by nothing else.
CREATE OR REPLACE FUNCTION review_remediations_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  proof constant text[] := ARRAY['done_by', 'done_at', 'verified_how', 'result', 'verified_at', 'verified_entry_id'];
  i review_items := open_item(NEW.item_id); d review_decisions; is_still boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO STRICT d FROM review_decisions WHERE id = NEW.decision_id;
    IF d.id IS DISTINCT FROM i.decision_id OR NOT (CASE NEW.kind WHEN 'role_revoked' THEN d.decision = 'revoke' WHEN 'looking_only' THEN d.decision = 'change'
      ELSE d.decision <> 'keep' END) THEN
      PERFORM refuse('review_remediation_decision', 'What follows belongs to the decision that it follows');
    END IF;
    IF NEW.result IS NOT NULL OR NEW.done_at IS NOT NULL OR NEW.done_by IS NOT NULL THEN
      PERFORM refuse('review_remediation_starts_open', 'What is to be done is not done yet');
    END IF;
    IF NEW.owner_id = i.staff_id THEN
      PERFORM refuse('review_task_own', 'Nobody takes their own right away');
    END IF;
    IF NEW.kind = 'outside' AND NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.owner_id AND status = 'active' AND kind = 'person') THEN
      PERFORM refuse('review_task_owner_works_here', 'Somebody who works here does a task');
    END IF;
    IF NEW.due_on < review_today(i.campaign_id) THEN
      PERFORM refuse('review_task_due', 'A task is not late before it is set');
    END IF;
    NEW.created_at := clock_timestamp();
    RETURN NEW;
  END IF;
  IF (NEW.owner_id, NEW.due_on) IS DISTINCT FROM (OLD.owner_id, OLD.due_on) THEN
    IF to_jsonb(NEW) - ARRAY['owner_id', 'due_on'] <> to_jsonb(OLD) - ARRAY['owner_id', 'due_on'] OR OLD.result = 'refused'
      OR NOT EXISTS (SELECT 1 FROM review_tasks_given_on g JOIN audit_entry e ON e.id = g.entry_id WHERE g.task_id = OLD.id
        AND (g.from_id, g.from_due_on, g.owner_id, g.due_on) = (OLD.owner_id, OLD.due_on, NEW.owner_id, NEW.due_on)
        AND e.xact = pg_current_xact_id()::text) THEN
      PERFORM refuse('review_remediation_frozen', 'A task goes to somebody else on record, and by nothing else');
    END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - proof <> to_jsonb(OLD) - proof OR OLD.result = 'refused' THEN
    PERFORM refuse('review_remediation_frozen', 'What was to be done, and what was proved, stays');
  END IF;
  IF NEW.done_by IS DISTINCT FROM OLD.done_by OR NEW.done_at IS DISTINCT FROM OLD.done_at THEN
    IF OLD.kind <> 'outside' OR OLD.done_at IS NOT NULL OR NEW.done_by IS DISTINCT FROM OLD.owner_id
      OR NOT EXISTS (SELECT 1 FROM audit_entry WHERE event = 'review.task_checked' AND actor_id = NEW.done_by
        AND occurred_at >= transaction_timestamp() AND xact = pg_current_xact_id()::text) THEN
      PERFORM refuse('review_task_owner', 'A task outside is marked done once, by its owner, on record');
    END IF;
    NEW.done_at := clock_timestamp();
  END IF;
  IF NEW.verified_entry_id IS DISTINCT FROM OLD.verified_entry_id OR NEW.result IS DISTINCT FROM OLD.result THEN
    PERFORM needs_entry(NEW.verified_entry_id, CASE OLD.kind WHEN 'outside' THEN ARRAY['review.task_checked'] ELSE ARRAY['review.access_tried'] END, NULL, NULL, NULL, NULL);
    NEW.verified_at := clock_timestamp();
    IF OLD.kind = 'outside' THEN
      IF NEW.result = 'given_anew' THEN
        PERFORM refuse('review_not_given_anew', 'Nobody gave it anew');
      END IF;
      -- Who did it may have it no longer.
      IF OLD.done_at IS NULL OR entry_actor(NEW.verified_entry_id) = OLD.done_by
        OR NOT review_followed_by(i, entry_actor(NEW.verified_entry_id), OLD.owner_id) THEN
        PERFORM refuse('review_task_checked_by_owner', 'Its reviewer, or compliance, looks whether a task was done, once it is, and not who did it');
      END IF;
    ELSIF NEW.result = 'refused' THEN
      is_still := CASE OLD.kind WHEN 'role_revoked' THEN holds_role(i.staff_id, i.role)
        ELSE EXISTS (SELECT 1 FROM roles_held WHERE staff_id = i.staff_id AND role = 'agent' AND NOT looking_only) END;
      IF is_still THEN
        PERFORM refuse('review_still_possible', 'The right is held: nothing was refused');
      END IF;
    ELSIF NEW.result = 'given_anew' AND given_anew(i, OLD.kind) IS NULL THEN
      PERFORM refuse('review_not_given_anew', 'Nobody gave it anew');
    END IF;
    IF NOT review_proof_told(NEW) THEN
      PERFORM refuse('review_entry_says_else', 'The entry of a proof names what was proved, how it came out, and what was tried');
    END IF;
  ELSIF (NEW.verified_how, NEW.verified_at) IS DISTINCT FROM (OLD.verified_how, OLD.verified_at) THEN
    PERFORM refuse('review_remediation_frozen', 'What was proved changes with its entry');
  END IF;
  RETURN NEW;
END $$;
