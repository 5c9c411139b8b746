-- Signing in by the company's issuer (OpenID Connect): who is bound to which of its subjects, and what its logout needs.
CREATE TABLE "staff_identities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"bound_at" timestamp with time zone DEFAULT now() NOT NULL,
	"bound_entry_id" uuid NOT NULL,
	"released_at" timestamp with time zone,
	CONSTRAINT "staff_identities_subject_length" CHECK (length("staff_identities"."subject") between 1 and 255)
);
--> statement-breakpoint
ALTER TABLE "staff_identities" ADD CONSTRAINT "staff_identities_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- One person for one subject of an issuer, and one subject of it for one person.
CREATE UNIQUE INDEX "staff_identities_subject" ON "staff_identities" USING btree ("issuer","subject") WHERE "staff_identities"."released_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "staff_identities_person" ON "staff_identities" USING btree ("staff_id","issuer") WHERE "staff_identities"."released_at" is null;
--> statement-breakpoint
-- Tokens of others that count once, a client's assertions and the issuer's logout tokens: a second presentation is a replay.
CREATE TABLE "spent_tokens" (
	"issuer" text NOT NULL,
	"jti_hash" "bytea" NOT NULL,
	"good_until" timestamp with time zone NOT NULL,
	CONSTRAINT "spent_tokens_issuer_jti_hash_pk" PRIMARY KEY("issuer","jti_hash")
);
--> statement-breakpoint
CREATE INDEX "spent_tokens_due" ON "spent_tokens" USING btree ("good_until");
--> statement-breakpoint
ALTER TABLE "staff_sign_ins" ADD COLUMN "how" text DEFAULT 'persona' NOT NULL;
--> statement-breakpoint
ALTER TABLE "staff_sign_ins" ADD COLUMN "issuer" text;
--> statement-breakpoint
ALTER TABLE "staff_sign_ins" ADD COLUMN "subject" text;
--> statement-breakpoint
ALTER TABLE "staff_sign_ins" ADD COLUMN "sid" text;
--> statement-breakpoint
ALTER TABLE "staff_sign_ins" ADD COLUMN "id_token" text;
--> statement-breakpoint
ALTER TABLE "staff_sign_ins" ADD CONSTRAINT "staff_sign_ins_how" CHECK ("staff_sign_ins"."how" in ('persona', 'issuer'));
--> statement-breakpoint
ALTER TABLE "staff_sign_ins" ADD CONSTRAINT "staff_sign_ins_by_issuer" CHECK (("staff_sign_ins"."how" = 'issuer') = ("staff_sign_ins"."issuer" is not null and "staff_sign_ins"."subject" is not null));
--> statement-breakpoint
CREATE INDEX "staff_sign_ins_sid" ON "staff_sign_ins" USING btree ("issuer","sid") WHERE "staff_sign_ins"."ended_at" is null;
--> statement-breakpoint
CREATE INDEX "staff_sign_ins_subject" ON "staff_sign_ins" USING btree ("issuer","subject") WHERE "staff_sign_ins"."ended_at" is null;
--> statement-breakpoint
ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_event_known, ADD CONSTRAINT audit_entry_event_known CHECK (event IN (
  'sign_in.started', 'sign_in.ended', 'sign_in.refused', 'page.refused', 'subject.opened', 'account.opened', 'directory.updated',
  'directory.refused', 'request.asked', 'request.approved', 'request.granted', 'request.denied', 'request.cancelled',
  'request.lapsed', 'request.refused', 'vote.refused', 'session.started', 'session.refused', 'session.ended',
  'session.end_refused', 'code.issued', 'code.refused', 'token.issued', 'token.refused', 'action.viewed', 'action.write',
  'action.done', 'action.refused', 'staff.withdrawn', 'staff.restored', 'stop.started', 'stop.lifted', 'client.refused',
  'sign_in.end_refused', 'identity.bound', 'identity.released', 'staff.added', 'role.granted', 'settings.refused'));
--> statement-breakpoint

-- Bound on record, to somebody who is let in, and for good: only the owner of the database releases.
ALTER TABLE staff_identities ADD CONSTRAINT staff_identities_bound_entry FOREIGN KEY (bound_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX staff_identities_own_entry ON staff_identities (bound_entry_id);
--> statement-breakpoint
CREATE FUNCTION staff_identities_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM staff WHERE id = NEW.staff_id AND status = 'active' FOR SHARE;
  IF NOT FOUND THEN
    PERFORM refuse('identity_of_nobody', 'Only who is active on the staff is bound');
  END IF;
  IF NEW.released_at IS NOT NULL THEN
    PERFORM refuse('identity_starts_bound', 'An identity is bound before it is released');
  END IF;
  NEW.bound_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION staff_identities_update() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.released_at IS NOT NULL OR NEW.released_at IS NULL
    OR to_jsonb(NEW) - 'released_at' <> to_jsonb(OLD) - 'released_at' THEN
    PERFORM refuse('identity_frozen', 'An identity is released once and never changed');
  END IF;
  NEW.released_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION staff_identities_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.bound_entry_id, ARRAY['identity.bound'], NULL, NULL, NEW.staff_id, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON staff_identities FOR EACH ROW EXECUTE FUNCTION staff_identities_insert();
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON staff_identities FOR EACH ROW EXECUTE FUNCTION staff_identities_update();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT ON staff_identities DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION staff_identities_entries();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON staff_identities FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON staff_identities FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint

-- A sign-in by an issuer is one of the person that its subject is bound to. Its times are the database's; who proved
-- themselves did so before now.
CREATE FUNCTION staff_sign_ins_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.how = 'issuer' THEN
    PERFORM 1 FROM staff_identities i WHERE i.staff_id = NEW.staff_id AND i.issuer = NEW.issuer AND i.subject = NEW.subject
      AND i.released_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
      PERFORM refuse('sign_in_not_bound', 'This person is not bound to that subject of the issuer');
    END IF;
  END IF;
  NEW.created_at := clock_timestamp();
  NEW.last_active_at := NEW.created_at;
  NEW.auth_time := least(NEW.auth_time, NEW.created_at);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION staff_sign_ins_update() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.id_token IS NOT NULL AND NEW.id_token IS DISTINCT FROM OLD.id_token THEN
    PERFORM refuse('sign_in_token_only_forgotten', 'The token of a sign-in is forgotten, never changed');
  END IF;
  NEW.last_active_at := least(NEW.last_active_at, clock_timestamp());
  IF NEW.ended_at IS NOT NULL THEN
    NEW.id_token := NULL;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON staff_sign_ins FOR EACH ROW EXECUTE FUNCTION staff_sign_ins_insert();
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON staff_sign_ins FOR EACH ROW EXECUTE FUNCTION staff_sign_ins_update();
--> statement-breakpoint

-- What could still be replayed is not forgotten.
CREATE FUNCTION spent_tokens_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.good_until >= clock_timestamp() THEN
    PERFORM refuse('spent_token_still_good', 'This token could still be replayed');
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_delete BEFORE DELETE ON spent_tokens FOR EACH ROW EXECUTE FUNCTION spent_tokens_delete();
--> statement-breakpoint
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT tg.tgname, c.relname FROM pg_trigger tg JOIN pg_class c ON c.oid = tg.tgrelid
    WHERE NOT tg.tgisinternal AND c.relname IN ('staff_identities', 'staff_sign_ins', 'spent_tokens') AND c.relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t.relname, t.tgname);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT ON staff_identities TO :runtime:;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON spent_tokens TO :runtime:;
