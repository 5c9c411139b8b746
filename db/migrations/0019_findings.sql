-- ---------- tickets as they were ----------
-- Whether access was explained is asked of the moment when it began. The directory keeps what a ticket is; here is what
-- each was before, until when.
CREATE TABLE "ticket_past" (
	"product_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"account_id" uuid NOT NULL,
	"status" text NOT NULL,
	"assignee_email" text,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "ticket_past_pkey" PRIMARY KEY("product_id","reference","until"),
	CONSTRAINT "ticket_past_status" CHECK ("ticket_past"."status" in ('open', 'closed'))
);
--> statement-breakpoint
CREATE INDEX "ticket_past_open_of" ON "ticket_past" USING btree ("account_id",lower("assignee_email"),"until") WHERE "ticket_past"."status" = 'open';--> statement-breakpoint
CREATE INDEX "tickets_open_of" ON "tickets" USING btree ("account_id",lower("assignee_email")) WHERE "tickets"."status" = 'open';--> statement-breakpoint
-- Since when a ticket is known: one that comes after the access explains nothing. Who sets the product up says it themselves.
ALTER TABLE "tickets" ADD COLUMN "known_since" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
CREATE FUNCTION tickets_known() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT by_owner(TG_RELID) THEN
    NEW.known_since := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER known BEFORE INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION tickets_known();
--> statement-breakpoint
CREATE FUNCTION tickets_remember() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO ticket_past (product_id, reference, account_id, status, assignee_email, until)
  VALUES (OLD.product_id, OLD.reference, OLD.account_id, OLD.status, OLD.assignee_email, clock_timestamp())
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER remember AFTER UPDATE ON tickets FOR EACH ROW
  WHEN ((OLD.account_id, OLD.status, OLD.assignee_email) IS DISTINCT FROM (NEW.account_id, NEW.status, NEW.assignee_email))
  EXECUTE FUNCTION tickets_remember();
--> statement-breakpoint

-- ---------- findings ----------
ALTER TABLE findings ADD CONSTRAINT findings_note_length CHECK (char_length(trim(note)) BETWEEN 10 AND 2000),
  ADD CONSTRAINT findings_answer_length CHECK (char_length(trim(answer)) BETWEEN 10 AND 2000),
  ADD CONSTRAINT findings_not_by_the_other CHECK (disposed_by <> other_id),
  ADD CONSTRAINT findings_span CHECK (first_at <= last_at),
  ADD CONSTRAINT findings_due CHECK (due_at BETWEEN raised_at AND raised_at + interval '60 days'),
  ADD CONSTRAINT findings_own_raising UNIQUE (raised_entry_id),
  ADD CONSTRAINT findings_own_change UNIQUE (changed_entry_id),
  ADD CONSTRAINT findings_own_disposal UNIQUE (disposed_entry_id),
  ADD CONSTRAINT findings_raised_entry FOREIGN KEY (raised_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT findings_changed_entry FOREIGN KEY (changed_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT findings_disposed_entry FOREIGN KEY (disposed_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE INDEX "findings_asked" ON "findings" USING btree ("raised_at") WHERE "findings"."status" = 'open' and "findings"."asked_at" is null;--> statement-breakpoint
CREATE INDEX "findings_other" ON "findings" USING btree ("other_id") WHERE "findings"."other_id" is not null;--> statement-breakpoint
-- An entry of this transaction that names the finding; entries carry no column for it.
CREATE FUNCTION finding_entry(entry uuid, name text, finding uuid, actor uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM audit_entry e JOIN audit_payload p ON p.entry_id = e.id
    WHERE e.id = entry AND e.event = name AND e.xact = pg_current_xact_id()::text
      AND (actor IS NULL OR e.actor_id = actor) AND p.body::jsonb ->> 'finding' = finding::text) THEN
    PERFORM refuse('change_without_entry', 'A finding changes with its entry, of the same transaction: ' || name);
  END IF;
END $$;
--> statement-breakpoint
-- What a change of an open finding is: by what is in it that was not before. Null: more than one thing, or none.
CREATE FUNCTION finding_change(before findings, after findings) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE to_jsonb(after) - kept = to_jsonb(before) - kept WHEN true THEN name END
  FROM (SELECT CASE
      WHEN after.status <> 'open' THEN 'disposed'
      WHEN after.asked_at IS DISTINCT FROM before.asked_at THEN 'asked'
      WHEN after.answer IS DISTINCT FROM before.answer THEN 'answered'
      ELSE 'grown' END AS name) n,
    LATERAL (SELECT CASE n.name
      WHEN 'disposed' THEN ARRAY['status', 'note', 'disposed_by', 'disposed_at', 'disposed_entry_id']
      WHEN 'asked' THEN ARRAY['asked_at', 'changed_entry_id']
      WHEN 'answered' THEN ARRAY['answer', 'answered_at', 'changed_entry_id']
      ELSE ARRAY['explanation', 'evidence', 'last_at', 'changed_entry_id'] END AS kept) k
$$;
--> statement-breakpoint
CREATE FUNCTION findings_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.status <> 'open' OR coalesce(NEW.asked_at, NEW.answered_at) IS NOT NULL
    OR coalesce(NEW.changed_entry_id, NEW.disposed_entry_id) IS NOT NULL THEN
    PERFORM refuse('finding_starts_open', 'A finding is open, and nobody was asked, when it is raised');
  END IF;
  NEW.due_at := clock_timestamp() + (NEW.due_at - NEW.raised_at);
  NEW.raised_at := clock_timestamp();
  NEW.due_at := greatest(NEW.due_at, NEW.raised_at);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION findings_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE change text := finding_change(OLD, NEW); now_ timestamptz := clock_timestamp();
BEGIN
  IF OLD.status <> 'open' THEN
    PERFORM refuse('finding_disposed', 'A finding that is disposed of stays as it is');
  ELSIF change IS NULL OR (change <> 'disposed' AND NEW.changed_entry_id IS NOT DISTINCT FROM OLD.changed_entry_id) THEN
    PERFORM refuse('finding_frozen', 'A finding grows, is asked about, answered or disposed of, one at a time; the rest of it never changes');
  ELSIF (change = 'asked' AND OLD.asked_at IS NOT NULL) OR (change = 'answered' AND (OLD.answer IS NOT NULL OR OLD.asked_at IS NULL)) THEN
    PERFORM refuse('finding_answered', 'A finding is asked about once, and then answered once');
  ELSIF change = 'grown' AND NEW.last_at < OLD.last_at THEN
    PERFORM refuse('finding_frozen', 'A finding only grows');
  END IF;
  CASE change
    WHEN 'asked' THEN NEW.asked_at := now_;
    WHEN 'answered' THEN NEW.answered_at := now_;
    WHEN 'disposed' THEN
      NEW.disposed_at := now_;
      PERFORM finding_disposer(NEW.disposed_by, NEW.actor_id, NEW.other_id);
    ELSE NULL;
  END CASE;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Who may dispose of it: compliance, or a manager of the actor's team or line. Never who it is about, nor who reports to them.
CREATE FUNCTION finding_disposer(person uuid, actor uuid, other uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM staff WHERE id IN (person, actor, other) ORDER BY id FOR SHARE;
  IF person IS NULL OR person IN (actor, coalesce(other, actor)) THEN
    PERFORM refuse('finding_own', 'Nobody disposes of a finding about themselves');
  ELSIF reports_to(person, actor) OR (other IS NOT NULL AND reports_to(person, other)) THEN
    PERFORM refuse('finding_reports_to_actor', 'Nobody disposes of a finding about who they report to');
  ELSIF NOT holds_role(person, 'compliance') AND NOT (holds_role(person, 'manager')
      AND (reports_to(actor, person) OR EXISTS (SELECT 1 FROM staff a JOIN staff p ON p.team = a.team WHERE a.id = actor AND p.id = person))) THEN
    PERFORM refuse('finding_not_reviewer', 'Only their manager or compliance disposes of a finding');
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION findings_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE change text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM finding_entry(NEW.raised_entry_id, 'finding.raised', NEW.id, NULL);
    RETURN NULL;
  END IF;
  change := finding_change(OLD, NEW);
  PERFORM finding_entry(CASE change WHEN 'disposed' THEN NEW.disposed_entry_id ELSE NEW.changed_entry_id END, 'finding.' || change, NEW.id,
    CASE change WHEN 'disposed' THEN NEW.disposed_by WHEN 'answered' THEN NEW.actor_id END);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Sessions come to a finding while it is raised or grows, in the same transaction.
CREATE FUNCTION finding_sessions_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM findings f JOIN audit_entry e ON e.id = coalesce(f.changed_entry_id, f.raised_entry_id)
      WHERE f.id = NEW.finding_id AND f.status = 'open' AND e.event IN ('finding.raised', 'finding.grown')
        AND e.xact = pg_current_xact_id()::text) THEN
    PERFORM refuse('finding_session_late', 'A session comes to a finding as it is raised or grows');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON findings FOR EACH ROW EXECUTE FUNCTION findings_insert();
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON findings FOR EACH ROW EXECUTE FUNCTION findings_update();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON findings DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION findings_entries();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON findings FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON findings FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON finding_sessions FOR EACH ROW EXECUTE FUNCTION finding_sessions_insert();
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['finding_sessions', 'ticket_past'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION append_only()', t);
    EXECUTE format('CREATE TRIGGER append_only_all BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()', t);
  END LOOP;
END $$;
--> statement-breakpoint
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT tg.tgname, c.relname FROM pg_trigger tg JOIN pg_class c ON c.oid = tg.tgrelid
    WHERE NOT tg.tgisinternal AND c.relnamespace = 'public'::regnamespace
      AND (c.relname IN ('findings', 'finding_sessions', 'ticket_past') OR (c.relname = 'tickets' AND tg.tgname IN ('remember', 'known'))) LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t.relname, t.tgname);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION tickets_known(), tickets_remember(), finding_entry(uuid, text, uuid, uuid), finding_change(findings, findings), findings_insert(),
  findings_update(), finding_disposer(uuid, uuid, uuid), findings_entries(), finding_sessions_insert() FROM PUBLIC;
--> statement-breakpoint
REVOKE ALL ON findings, finding_sessions, ticket_past FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT ON findings, finding_sessions, ticket_past TO :runtime:;
--> statement-breakpoint
GRANT INSERT ON findings, finding_sessions TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (explanation, evidence, last_at, asked_at, answered_at, answer, status, note, disposed_by, disposed_at, changed_entry_id,
  disposed_entry_id) ON findings TO :runtime:;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE finding_numbers TO :runtime:;
