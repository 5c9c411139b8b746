-- Who somebody on the staff is in Slack: by Slack's own ids, never by a mail address. A link begins in the person's own
-- browser and is made by a press that Slack signs for that very member; nobody links somebody else.
CREATE TABLE "slack_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"sign_in_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"good_until" timestamp with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "slack_codes_code" UNIQUE("code_hash"),
	CONSTRAINT "slack_codes_hash" CHECK (octet_length("slack_codes"."code_hash") = 32),
	CONSTRAINT "slack_codes_user" CHECK ("slack_codes"."user_id" ~ '^[UW][A-Z0-9]{2,30}$')
);
--> statement-breakpoint
CREATE TABLE "slack_identities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"team_id" text NOT NULL,
	"user_id" text NOT NULL,
	"code_id" uuid NOT NULL,
	"linked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"linked_entry_id" uuid NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"ended_entry_id" uuid,
	CONSTRAINT "slack_identities_own_code" UNIQUE("code_id"),
	CONSTRAINT "slack_identities_own_entry" UNIQUE("linked_entry_id"),
	CONSTRAINT "slack_identities_ended" CHECK (("slack_identities"."ended_at" is null) = ("slack_identities"."ended_by" is null) and ("slack_identities"."ended_at" is null) = ("slack_identities"."ended_entry_id" is null)),
	CONSTRAINT "slack_identities_team" CHECK ("slack_identities"."team_id" ~ '^[TE][A-Z0-9]{2,30}$')
);
--> statement-breakpoint
ALTER TABLE "slack_codes" ADD CONSTRAINT "slack_codes_sign_in" FOREIGN KEY ("sign_in_id","staff_id") REFERENCES "public"."staff_sign_ins"("id","staff_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "slack_identities" ADD CONSTRAINT "slack_identities_staff" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "slack_identities" ADD CONSTRAINT "slack_identities_code" FOREIGN KEY ("code_id") REFERENCES "public"."slack_codes"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "slack_identities" ADD CONSTRAINT "slack_identities_ended_by" FOREIGN KEY ("ended_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "slack_identities" ADD CONSTRAINT "slack_identities_linked_entry" FOREIGN KEY ("linked_entry_id") REFERENCES "public"."audit_entry"("id") DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT "slack_identities_ended_entry" FOREIGN KEY ("ended_entry_id") REFERENCES "public"."audit_entry"("id") DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX "slack_identities_of_user" ON "slack_identities" USING btree ("team_id","user_id") WHERE "slack_identities"."ended_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "slack_identities_of_staff" ON "slack_identities" USING btree ("staff_id") WHERE "slack_identities"."ended_at" is null;
--> statement-breakpoint
CREATE INDEX "slack_codes_of" ON "slack_codes" USING btree ("staff_id","made_at");
--> statement-breakpoint
-- Ten minutes, of a sign-in that is open.
CREATE FUNCTION slack_codes_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM staff_sign_ins i WHERE i.id = NEW.sign_in_id AND i.staff_id = NEW.staff_id AND i.ended_at IS NULL) THEN
    PERFORM refuse('slack_code_sign_in', 'A link to Slack begins in a sign-in that is open');
  END IF;
  NEW.made_at := clock_timestamp();
  NEW.good_until := NEW.made_at + interval '10 minutes';
  NEW.used_at := NULL;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Made by a code that is good, asked for by this person for this member of Slack; the code is used up by it.
CREATE FUNCTION slack_identities_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c slack_codes;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  PERFORM 1 FROM staff WHERE id = NEW.staff_id FOR SHARE;
  SELECT * INTO c FROM slack_codes WHERE id = NEW.code_id FOR UPDATE;
  IF c.staff_id IS DISTINCT FROM NEW.staff_id OR c.user_id IS DISTINCT FROM NEW.user_id THEN
    PERFORM refuse('slack_code_of_another', 'The code is of another person');
  END IF;
  IF c.used_at IS NOT NULL THEN
    PERFORM refuse('slack_code_used', 'The code was used before');
  END IF;
  IF c.good_until <= clock_timestamp() THEN
    PERFORM refuse('slack_code_late', 'The code is too old');
  END IF;
  PERFORM 1 FROM staff_sign_ins WHERE id = c.sign_in_id AND ended_at IS NULL FOR SHARE;
  IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND status = 'active') THEN
    PERFORM refuse('slack_code_sign_in', 'The sign-in in which it was asked for is over');
  END IF;
  IF NEW.ended_at IS NOT NULL THEN
    PERFORM refuse('slack_identity_frozen', 'A link begins before it ends');
  END IF;
  NEW.linked_at := clock_timestamp();
  UPDATE slack_codes SET used_at = NEW.linked_at WHERE id = c.id;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Ended once, by the person or an admin.
CREATE FUNCTION slack_identities_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE moving text[] := ARRAY['ended_at', 'ended_by', 'ended_entry_id'];
BEGIN
  IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR to_jsonb(NEW) - moving <> to_jsonb(OLD) - moving THEN
    PERFORM refuse('slack_identity_frozen', 'A link is ended once and never changed');
  END IF;
  PERFORM 1 FROM staff WHERE id = NEW.ended_by FOR SHARE;
  IF NEW.ended_by IS DISTINCT FROM OLD.staff_id AND NOT holds_role(NEW.ended_by, 'admin') THEN
    PERFORM refuse('slack_identity_of_another', 'A link is ended by whose it is, or an admin');
  END IF;
  NEW.ended_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION slack_identities_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM needs_entry(NEW.linked_entry_id, ARRAY['slack.linked'], NULL, NULL, NEW.staff_id, NULL);
  ELSE
    PERFORM needs_entry(NEW.ended_entry_id, ARRAY['slack.unlinked'], NULL, NULL, NEW.ended_by, NULL);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON slack_codes FOR EACH ROW EXECUTE FUNCTION slack_codes_insert();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON slack_codes FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON slack_codes FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON slack_identities FOR EACH ROW EXECUTE FUNCTION slack_identities_insert();
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON slack_identities FOR EACH ROW EXECUTE FUNCTION slack_identities_update();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON slack_identities DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slack_identities_entries();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON slack_identities FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON slack_identities FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
ALTER TABLE slack_codes ENABLE ALWAYS TRIGGER guard_insert, ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
ALTER TABLE slack_identities ENABLE ALWAYS TRIGGER guard_insert, ENABLE ALWAYS TRIGGER guard_update, ENABLE ALWAYS TRIGGER entries,
  ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
REVOKE ALL ON FUNCTION slack_codes_insert(), slack_identities_insert(), slack_identities_update(), slack_identities_entries() FROM PUBLIC;
--> statement-breakpoint
REVOKE ALL ON slack_codes, slack_identities FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT ON slack_codes, slack_identities TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (ended_at, ended_by, ended_entry_id) ON slack_identities TO :runtime:;
