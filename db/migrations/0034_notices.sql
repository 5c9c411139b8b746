-- Notices: what is to be told, to whom, and what became of it on its way.
CREATE TABLE "notice_channels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"name" text NOT NULL,
	"team" text,
	"address" text NOT NULL,
	"secret" text,
	"groups" text[] NOT NULL,
	"removed_at" timestamp with time zone,
	"entry_id" uuid NOT NULL,
	"changed_by" uuid NOT NULL,
	CONSTRAINT "notice_channels_own_entry" UNIQUE("entry_id"),
	CONSTRAINT "notice_channels_channel" CHECK ("notice_channels"."channel" in ('slack', 'webhook')),
	CONSTRAINT "notice_channels_secret" CHECK (("notice_channels"."channel" = 'webhook') = ("notice_channels"."secret" is not null)),
	CONSTRAINT "notice_channels_slack" CHECK ("notice_channels"."channel" <> 'slack' or "notice_channels"."team" is not null),
	CONSTRAINT "notice_channels_name" CHECK (char_length(trim("notice_channels"."name")) between 1 and 100),
	CONSTRAINT "notice_channels_address" CHECK (char_length("notice_channels"."address") between 1 and 2000),
	CONSTRAINT "notice_channels_groups" CHECK ("notice_channels"."groups" <@ array['approvals', 'own_requests', 'sessions', 'proposals', 'reviews']::text[])
);
--> statement-breakpoint
CREATE TABLE "notice_choices" (
	"staff_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"channel" text NOT NULL,
	"wanted" boolean NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "notice_choices_staff_id_topic_channel_pk" PRIMARY KEY("staff_id","topic","channel"),
	CONSTRAINT "notice_choices_topic" CHECK ("notice_choices"."topic" in ('approvals', 'own_requests', 'sessions', 'proposals', 'reviews')),
	CONSTRAINT "notice_choices_channel" CHECK ("notice_choices"."channel" in ('slack', 'mail', 'webhook'))
);
--> statement-breakpoint
CREATE TABLE "notice_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"notice_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"channel_id" uuid,
	"status" text DEFAULT 'waiting' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"shown" integer DEFAULT 0 NOT NULL,
	"sent_to" text,
	"ref" text,
	"fault" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"failed_entry_id" uuid,
	CONSTRAINT "notice_deliveries_once" UNIQUE NULLS NOT DISTINCT("notice_id","channel","channel_id"),
	CONSTRAINT "notice_deliveries_channel" CHECK ("notice_deliveries"."channel" in ('slack', 'mail', 'webhook')),
	CONSTRAINT "notice_deliveries_status" CHECK ("notice_deliveries"."status" in ('waiting', 'sent', 'failed', 'skipped')),
	CONSTRAINT "notice_deliveries_sent" CHECK (("notice_deliveries"."status" = 'sent') = ("notice_deliveries"."sent_at" is not null)),
	CONSTRAINT "notice_deliveries_ref" CHECK (("notice_deliveries"."sent_at" is null) = ("notice_deliveries"."ref" is null)),
	CONSTRAINT "notice_deliveries_failed_entry" CHECK ("notice_deliveries"."status" <> 'failed' or "notice_deliveries"."failed_entry_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "notice_outbox" (
	"entry_id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"staff_id" uuid,
	"channel_id" uuid,
	"request_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp with time zone,
	"changed" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "notices_kind" CHECK ("notices"."kind" in ('request_asked', 'request_reminded', 'request_decided', 'request_no_approver', 'session_done', 'session_review', 'break_glass', 'proposal_made', 'proposal_decided', 'review_due', 'finding_asked', 'breadth', 'staff', 'test')),
	CONSTRAINT "notices_to_one" CHECK (("notices"."staff_id" is null) <> ("notices"."channel_id" is null))
);
--> statement-breakpoint
ALTER TABLE "notice_channels" ADD CONSTRAINT "notice_channels_changed_by_staff_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notice_choices" ADD CONSTRAINT "notice_choices_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notice_deliveries" ADD CONSTRAINT "notice_deliveries_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notice_deliveries" ADD CONSTRAINT "notice_deliveries_channel_id_notice_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."notice_channels"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_entry_id_audit_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."audit_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_channel_id_notice_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."notice_channels"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "notice_channels_once" ON "notice_channels" USING btree ("channel","address",coalesce("team", '')) WHERE "notice_channels"."removed_at" is null;
--> statement-breakpoint
CREATE INDEX "notice_deliveries_due" ON "notice_deliveries" USING btree ("next_at") WHERE "notice_deliveries"."status" = 'waiting';
--> statement-breakpoint
CREATE INDEX "notice_deliveries_failed" ON "notice_deliveries" USING btree ("created_at","id") WHERE "notice_deliveries"."fault" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "notices_once" ON "notices" USING btree ("entry_id","staff_id") WHERE "notices"."staff_id" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "notices_once_in_channel" ON "notices" USING btree ("entry_id","channel_id") WHERE "notices"."channel_id" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "notices_one_decision" ON "notices" USING btree ("request_id","staff_id") WHERE "notices"."kind" = 'request_decided' and "notices"."staff_id" is not null;
--> statement-breakpoint
CREATE INDEX "notices_inbox" ON "notices" USING btree ("staff_id","at","id") WHERE "notices"."staff_id" is not null;
--> statement-breakpoint
CREATE INDEX "notices_unread" ON "notices" USING btree ("staff_id") WHERE "notices"."read_at" is null;
--> statement-breakpoint
CREATE INDEX "notices_request" ON "notices" USING btree ("request_id") WHERE "notices"."request_id" is not null;
--> statement-breakpoint
ALTER TABLE notice_channels ADD CONSTRAINT notice_channels_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE notice_choices ADD CONSTRAINT notice_choices_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE notice_deliveries ADD CONSTRAINT notice_deliveries_failed_entry_id FOREIGN KEY (failed_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
REVOKE ALL ON notice_outbox, notice_channels, notices, notice_deliveries, notice_choices FROM PUBLIC;
--> statement-breakpoint

-- ---------- the entry is the outbox ----------
-- By condition and not in the function: what nobody is told of, which is nearly all, pays a comparison.
CREATE FUNCTION entry_to_tell() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO notice_outbox (entry_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER to_tell AFTER INSERT ON audit_entry FOR EACH ROW
  WHEN (NEW.event IN ('request.rang', 'request.reminded', 'request.no_approver', 'request.approved', 'request.denied',
    'request.cancelled', 'request.lapsed', 'session.review_due', 'break_glass.used', 'proposal.made', 'proposal.accepted',
    'proposal.declined', 'proposal.lapsed', 'review.reminded', 'finding.asked', 'staff.invited', 'breadth.warned'))
  EXECUTE FUNCTION entry_to_tell();
--> statement-breakpoint
-- Taken out by the worker, put in by the trigger alone. The right to change is what a lock on a row asks for.
GRANT SELECT, DELETE, UPDATE (at) ON notice_outbox TO :runtime:;
--> statement-breakpoint
CREATE FUNCTION notice_outbox_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM refuse('notice_outbox_only_taken', 'What is to be told is taken out whole, never changed');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER never_changed BEFORE UPDATE ON notice_outbox FOR EACH ROW EXECUTE FUNCTION notice_outbox_guard();
--> statement-breakpoint
-- Nobody takes one out without having told of it, where there was somebody to tell: a break-glass is never kept quiet.
CREATE FUNCTION notice_outbox_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM audit_entry e WHERE e.id = OLD.entry_id AND e.event IN ('break_glass.used', 'request.rang'))
    AND EXISTS (SELECT FROM audit_payload p, jsonb_array_elements_text(
        CASE jsonb_typeof(p.body::jsonb -> 'asked') WHEN 'array' THEN p.body::jsonb -> 'asked' ELSE '[]' END) AS asked(person)
      WHERE p.entry_id = OLD.entry_id
        AND EXISTS (SELECT FROM staff s WHERE s.id::text = asked.person)
        AND NOT EXISTS (SELECT FROM notices n WHERE n.entry_id = OLD.entry_id AND n.staff_id::text = asked.person)) THEN
    PERFORM refuse('notice_not_told', 'Somebody who is to be told of this was not');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER told AFTER DELETE ON notice_outbox DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION notice_outbox_told();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON notice_outbox FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint

-- ---------- notices ----------
CREATE FUNCTION notices_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.at := clock_timestamp();
    NEW.read_at := NULL;
    NEW.changed := 0;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - ARRAY['read_at', 'changed'] <> to_jsonb(OLD) - ARRAY['read_at', 'changed'] OR NEW.changed < OLD.changed THEN
    PERFORM refuse('notice_frozen', 'Who was told of what cannot be changed');
  END IF;
  IF OLD.read_at IS NOT NULL THEN
    NEW.read_at := OLD.read_at;
  ELSIF NEW.read_at IS NOT NULL THEN
    NEW.read_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON notices FOR EACH ROW EXECUTE FUNCTION notices_guard();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON notices FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON notices FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (read_at, changed) ON notices TO :runtime:;
--> statement-breakpoint

-- ---------- copies outside of the panel ----------
CREATE FUNCTION notice_deliveries_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'waiting' THEN
      PERFORM refuse('delivery_starts_waiting', 'A copy is to be sent before it is anything else');
    END IF;
    NEW.created_at := clock_timestamp();
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - ARRAY['status', 'tries', 'shown', 'sent_to', 'ref', 'fault', 'next_at', 'sent_at', 'failed_entry_id']
    <> to_jsonb(OLD) - ARRAY['status', 'tries', 'shown', 'sent_to', 'ref', 'fault', 'next_at', 'sent_at', 'failed_entry_id']
    OR OLD.status <> 'waiting' AND NEW.status <> OLD.status
    OR OLD.ref IS NOT NULL AND (NEW.ref, NEW.sent_to, NEW.sent_at) IS DISTINCT FROM (OLD.ref, OLD.sent_to, OLD.sent_at) THEN
    PERFORM refuse('delivery_frozen', 'What was sent, and to whom, cannot be changed');
  END IF;
  IF NEW.status = 'sent' AND OLD.status = 'waiting' THEN
    NEW.sent_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON notice_deliveries FOR EACH ROW EXECUTE FUNCTION notice_deliveries_guard();
--> statement-breakpoint
CREATE FUNCTION notice_deliveries_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.failed_entry_id, ARRAY['notice.failed'], NULL, NULL, NULL, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER UPDATE ON notice_deliveries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.failed_entry_id IS DISTINCT FROM OLD.failed_entry_id) EXECUTE FUNCTION notice_deliveries_entries();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON notice_deliveries FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON notice_deliveries FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (status, tries, shown, sent_to, ref, fault, next_at, sent_at, failed_entry_id) ON notice_deliveries TO :runtime:;
--> statement-breakpoint

-- ---------- what people choose ----------
CREATE FUNCTION notice_choices_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY['notices.changed'], NULL, NULL, NEW.staff_id, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON notice_choices DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION notice_choices_entries();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON notice_choices FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON notice_choices FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (wanted, entry_id) ON notice_choices TO :runtime:;
--> statement-breakpoint

-- ---------- where teams are told ----------
CREATE FUNCTION notice_channels_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.removed_at IS NOT NULL OR TG_OP = 'UPDATE' AND (OLD.removed_at IS NOT NULL
      OR (NEW.id, NEW.channel) IS DISTINCT FROM (OLD.id, OLD.channel) OR NEW.entry_id = OLD.entry_id) THEN
    PERFORM refuse('notice_channel_frozen', 'A channel that was removed stays so, and each change has its entry');
  END IF;
  PERFORM 1 FROM staff WHERE id = NEW.changed_by FOR SHARE;
  IF NOT holds_role(NEW.changed_by, 'admin') THEN
    PERFORM refuse('notice_channel_not_admin', 'Only an admin says where teams are told');
  END IF;
  IF NEW.removed_at IS NOT NULL THEN
    NEW.removed_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON notice_channels FOR EACH ROW EXECUTE FUNCTION notice_channels_guard();
--> statement-breakpoint
CREATE FUNCTION notice_channels_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY[CASE WHEN TG_OP = 'INSERT' THEN 'channel.added'
    WHEN NEW.removed_at IS NOT NULL THEN 'channel.removed' ELSE 'channel.changed' END], NULL, NULL, NEW.changed_by, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON notice_channels DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION notice_channels_entries();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON notice_channels FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON notice_channels FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (name, team, address, secret, groups, removed_at, entry_id, changed_by) ON notice_channels TO :runtime:;
--> statement-breakpoint

REVOKE ALL ON FUNCTION entry_to_tell(), notice_outbox_guard(), notice_outbox_told(), notices_guard(), notice_deliveries_guard(),
  notice_deliveries_entries(), notice_choices_entries(), notice_channels_guard(), notice_channels_entries() FROM PUBLIC;
--> statement-breakpoint
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER to_tell;
--> statement-breakpoint
ALTER TABLE notice_outbox ENABLE ALWAYS TRIGGER never_changed, ENABLE ALWAYS TRIGGER told, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
ALTER TABLE notices ENABLE ALWAYS TRIGGER guard, ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
ALTER TABLE notice_deliveries ENABLE ALWAYS TRIGGER guard, ENABLE ALWAYS TRIGGER entries, ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
ALTER TABLE notice_choices ENABLE ALWAYS TRIGGER entries, ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
ALTER TABLE notice_channels ENABLE ALWAYS TRIGGER guard, ENABLE ALWAYS TRIGGER entries, ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated;
