CREATE TABLE "exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"format" text NOT NULL,
	"filter" jsonb NOT NULL,
	"reason" text NOT NULL,
	"started_by" uuid NOT NULL,
	"sign_in_id" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"fetched_at" timestamp with time zone,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"rows_expected" integer,
	"rows_done" integer DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"sha256" text,
	"status" text DEFAULT 'running' NOT NULL,
	"broken_by" text,
	"ended_at" timestamp with time zone,
	"started_entry_id" uuid NOT NULL,
	"ended_entry_id" uuid,
	CONSTRAINT "exports_started_entry_id_unique" UNIQUE("started_entry_id"),
	CONSTRAINT "exports_ended_entry_id_unique" UNIQUE("ended_entry_id"),
	CONSTRAINT "exports_kind" CHECK ("exports"."kind" in ('log', 'session', 'subject', 'exposure')),
	CONSTRAINT "exports_format" CHECK ("exports"."format" in ('csv', 'jsonl', 'pdf', 'json')),
	CONSTRAINT "exports_status" CHECK ("exports"."status" in ('running', 'complete', 'cancelled', 'broken')),
	CONSTRAINT "exports_broken_by" CHECK ("exports"."broken_by" in ('reader_gone', 'not_fetched', 'fault', 'panel_gone')),
	CONSTRAINT "exports_reason_length" CHECK (char_length(trim("exports"."reason")) between 10 and 500),
	CONSTRAINT "exports_ended" CHECK (("exports"."status" = 'running') = ("exports"."ended_at" is null) and ("exports"."ended_at" is null) = ("exports"."ended_entry_id" is null) and ("exports"."status" = 'broken') = ("exports"."broken_by" is not null)),
	CONSTRAINT "exports_complete" CHECK (("exports"."status" = 'complete') = ("exports"."sha256" is not null) and ("exports"."status" <> 'complete' or "exports"."fetched_at" is not null and "exports"."rows_done" = "exports"."rows_expected")),
	CONSTRAINT "exports_sha256" CHECK ("exports"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_started_by_staff_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_sign_in_id_staff_sign_ins_id_fk" FOREIGN KEY ("sign_in_id") REFERENCES "public"."staff_sign_ins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "exports_one_running" ON "exports" USING btree ("started_by") WHERE "exports"."status" = 'running';--> statement-breakpoint
CREATE INDEX "exports_newest" ON "exports" USING btree ("started_at","id");--> statement-breakpoint
CREATE INDEX "exports_by" ON "exports" USING btree ("started_by","started_at","id");--> statement-breakpoint
CREATE INDEX "sessions_product" ON "sessions" USING btree ("product_id","started_at","id");--> statement-breakpoint
ALTER TABLE exports ADD CONSTRAINT exports_started_entry FOREIGN KEY (started_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT exports_ended_entry FOREIGN KEY (ended_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT exports_own_sign_in FOREIGN KEY (sign_in_id, started_by) REFERENCES staff_sign_ins (id, staff_id),
  ADD CONSTRAINT exports_formats CHECK (CASE kind WHEN 'log' THEN format IN ('csv', 'jsonl') WHEN 'session' THEN format = 'pdf'
    WHEN 'subject' THEN format IN ('pdf', 'json') ELSE format = 'csv' END);
--> statement-breakpoint
-- An entry of this transaction that names the export; entries carry no column for it.
CREATE FUNCTION export_entry(entry uuid, names text[], export uuid, actor uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM audit_entry e JOIN audit_payload p ON p.entry_id = e.id
    WHERE e.id = entry AND e.event = ANY (names) AND e.xact = pg_current_xact_id()::text
      AND (actor IS NULL OR e.actor_id = actor) AND p.body::jsonb ->> 'export' = export::text) THEN
    PERFORM refuse('change_without_entry', 'An export starts and ends with its entry, of the same transaction: ' || array_to_string(names, ' or '));
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION exports_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT holds_role(NEW.started_by, 'compliance') THEN
    PERFORM refuse('export_without_role', 'Only compliance takes evidence out of the panel');
  END IF;
  IF NEW.status <> 'running' OR NEW.rows_done <> 0 OR NEW.bytes <> 0 OR NEW.rows_expected IS NOT NULL OR NEW.fetched_at IS NOT NULL THEN
    PERFORM refuse('export_starts_empty', 'An export runs, and nothing of it is read, when it starts');
  END IF;
  NEW.started_at := clock_timestamp();
  NEW.seen_at := NEW.started_at;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Once over it stays as it is. Until then it only goes on: what was asked for never changes, nor does a number get smaller.
CREATE FUNCTION exports_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE moving constant text[] := ARRAY['fetched_at', 'seen_at', 'rows_expected', 'rows_done', 'bytes', 'sha256', 'status',
  'broken_by', 'ended_at', 'ended_entry_id'];
BEGIN
  IF OLD.status <> 'running' THEN
    PERFORM refuse('export_over', 'An export that is over stays as it is');
  END IF;
  IF to_jsonb(NEW) - moving <> to_jsonb(OLD) - moving THEN
    PERFORM refuse('export_frozen', 'What an export is of never changes');
  END IF;
  IF NEW.fetched_at IS DISTINCT FROM OLD.fetched_at THEN
    IF OLD.fetched_at IS NOT NULL THEN
      PERFORM refuse('export_fetched', 'The file of an export is given once');
    END IF;
    NEW.fetched_at := clock_timestamp();
  END IF;
  IF NEW.rows_done < OLD.rows_done OR NEW.bytes < OLD.bytes OR NEW.rows_expected IS DISTINCT FROM OLD.rows_expected AND OLD.rows_expected IS NOT NULL THEN
    PERFORM refuse('export_backwards', 'An export only goes on');
  END IF;
  IF NEW.fetched_at IS NULL AND (NEW.rows_done > 0 OR NEW.bytes > 0) THEN
    PERFORM refuse('export_unread', 'Nobody reads this export yet');
  END IF;
  NEW.seen_at := clock_timestamp();
  IF NEW.status <> 'running' THEN
    NEW.ended_at := NEW.seen_at;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION exports_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM export_entry(NEW.started_entry_id, ARRAY['export.started'], NEW.id, NEW.started_by);
  ELSIF NEW.status <> OLD.status THEN
    PERFORM export_entry(NEW.ended_entry_id, CASE NEW.status WHEN 'complete' THEN ARRAY['export.finished', 'report.made'] ELSE ARRAY['export.stopped'] END, NEW.id, NULL);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON exports FOR EACH ROW EXECUTE FUNCTION exports_insert();
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON exports FOR EACH ROW EXECUTE FUNCTION exports_update();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON exports DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION exports_entries();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE DELETE ON exports FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON exports FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
ALTER TABLE exports ENABLE ALWAYS TRIGGER guard_insert, ENABLE ALWAYS TRIGGER guard_update, ENABLE ALWAYS TRIGGER entries,
  ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER append_only_all;
--> statement-breakpoint
REVOKE ALL ON exports FROM PUBLIC;
--> statement-breakpoint
REVOKE ALL ON FUNCTION export_entry(uuid, text[], uuid, uuid), exports_insert(), exports_update(), exports_entries() FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT ON exports TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (fetched_at, rows_expected, rows_done, bytes, sha256, status, broken_by, ended_at, ended_entry_id) ON exports TO :runtime:;
