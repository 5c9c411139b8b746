-- A directory brought whole (a sync), secrets that change, and rules to begin with.

-- ---------- syncs: all that a product knows, in any number of requests; what was not named by the end is gone ----------
CREATE TABLE "directory_syncs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"product_id" uuid NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"begun_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_push_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_line" integer DEFAULT 0 NOT NULL,
	"lines" integer DEFAULT 0 NOT NULL,
	"rejected" integer DEFAULT 0 NOT NULL,
	"rejected_accepted" integer DEFAULT 0 NOT NULL,
	"gone_accepted" integer DEFAULT 0 NOT NULL,
	"accounts_gone" integer DEFAULT 0 NOT NULL,
	"users_gone" integer DEFAULT 0 NOT NULL,
	"tickets_gone" integer DEFAULT 0 NOT NULL,
	"closed_at" timestamp with time zone,
	"begun_entry_id" uuid NOT NULL,
	"closed_entry_id" uuid,
	CONSTRAINT "directory_syncs_status" CHECK ("directory_syncs"."status" in ('open', 'finishing', 'finished', 'abandoned')),
	CONSTRAINT "directory_syncs_closed" CHECK (("directory_syncs"."status" in ('finished', 'abandoned')) = ("directory_syncs"."closed_at" is not null) and ("directory_syncs"."closed_at" is null) = ("directory_syncs"."closed_entry_id" is null))
);
--> statement-breakpoint
-- Every id that a product named since its sync began, by whichever push; swept when the sync is over.
CREATE TABLE "directory_seen" (
	"sync_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"external_id" text NOT NULL,
	CONSTRAINT "directory_seen_sync_id_kind_external_id_pk" PRIMARY KEY("sync_id","kind","external_id"),
	CONSTRAINT "directory_seen_kind" CHECK ("directory_seen"."kind" in ('account', 'user', 'ticket'))
);
--> statement-breakpoint
ALTER TABLE "directory_syncs" ADD CONSTRAINT "directory_syncs_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "directory_syncs" ADD CONSTRAINT "directory_syncs_begun_entry" FOREIGN KEY ("begun_entry_id") REFERENCES "audit_entry" ("id") DEFERRABLE INITIALLY DEFERRED,
	ADD CONSTRAINT "directory_syncs_closed_entry" FOREIGN KEY ("closed_entry_id") REFERENCES "audit_entry" ("id") DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX "directory_syncs_one_open" ON "directory_syncs" USING btree ("product_id") WHERE "directory_syncs"."closed_at" is null;
--> statement-breakpoint
CREATE INDEX "directory_syncs_swept" ON "directory_syncs" USING btree ("closed_at");
--> statement-breakpoint
CREATE FUNCTION directory_missing(sync uuid, OUT accounts integer, OUT accounts_of integer, OUT users integer, OUT users_of integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.missing, a.all_of_them, u.missing, u.all_of_them FROM directory_syncs y,
    LATERAL (SELECT count(*) FILTER (WHERE s.external_id IS NULL)::integer AS missing, count(*)::integer AS all_of_them
      FROM accounts a LEFT JOIN directory_seen s ON s.sync_id = y.id AND s.kind = 'account' AND s.external_id = a.external_id
      WHERE a.product_id = y.product_id AND a.stance <> 'closed') a,
    LATERAL (SELECT count(*) FILTER (WHERE s.external_id IS NULL)::integer AS missing, count(*)::integer AS all_of_them
      FROM subjects u LEFT JOIN directory_seen s ON s.sync_id = y.id AND s.kind = 'user' AND s.external_id = u.external_id
      WHERE u.product_id = y.product_id AND u.status = 'active') u
  WHERE y.id = sync
$$;
--> statement-breakpoint
CREATE FUNCTION directory_syncs_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> 'open' OR (NEW.last_line, NEW.lines, NEW.rejected, NEW.rejected_accepted, NEW.gone_accepted) IS DISTINCT FROM (0, 0, 0, 0, 0) THEN
    PERFORM refuse('sync_begins_open', 'A sync begins open and empty');
  END IF;
  NEW.begun_at := clock_timestamp();
  NEW.last_push_at := NEW.begun_at;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- The guards against emptying a directory by accident are kept here, so that nothing leads past them.
CREATE FUNCTION directory_syncs_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE m record;
BEGIN
  IF OLD.closed_at IS NOT NULL THEN
    PERFORM refuse('sync_over', 'A sync that is over is never changed');
  END IF;
  IF (NEW.id, NEW.product_id, NEW.begun_at, NEW.begun_entry_id) IS DISTINCT FROM (OLD.id, OLD.product_id, OLD.begun_at, OLD.begun_entry_id)
    OR NEW.lines < OLD.lines OR NEW.rejected < OLD.rejected THEN
    PERFORM refuse('sync_frozen', 'What a sync has taken is not changed');
  END IF;
  IF OLD.status = 'finishing' AND NEW.status = 'open' OR OLD.status = 'open' AND NEW.status = 'finished' THEN
    PERFORM refuse('sync_move', format('A sync cannot go from %s to %s', OLD.status, NEW.status));
  END IF;
  NEW.last_push_at := OLD.last_push_at;
  IF NEW.lines > OLD.lines THEN
    IF OLD.status <> 'open' THEN
      PERFORM refuse('sync_over', 'Nothing is pushed into a sync that is being finished');
    END IF;
    NEW.last_push_at := clock_timestamp();
  END IF;
  IF OLD.status = 'open' AND NEW.status = 'finishing' THEN
    IF clock_timestamp() > OLD.last_push_at + interval '24 hours' THEN
      PERFORM refuse('sync_too_old', 'Nothing was pushed for a day');
    END IF;
    IF NEW.rejected > NEW.rejected_accepted THEN
      PERFORM refuse('sync_has_errors', 'Lines were not taken');
    END IF;
    SELECT * INTO m FROM directory_missing(OLD.id);
    IF (m.accounts * 5 > m.accounts_of OR m.users * 5 > m.users_of) AND m.accounts + m.users > NEW.gone_accepted THEN
      PERFORM refuse('sync_empties_directory', 'More than a fifth would be gone');
    END IF;
  ELSIF (NEW.rejected_accepted, NEW.gone_accepted) IS DISTINCT FROM (OLD.rejected_accepted, OLD.gone_accepted) THEN
    PERFORM refuse('sync_frozen', 'What is accepted is said once');
  END IF;
  NEW.closed_at := CASE WHEN NEW.status IN ('finished', 'abandoned') THEN clock_timestamp() END;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION directory_syncs_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM needs_entry(NEW.begun_entry_id, ARRAY['directory.sync_begun'], NULL, NULL, NULL, NULL);
  ELSIF NEW.closed_entry_id IS DISTINCT FROM OLD.closed_entry_id THEN
    PERFORM needs_entry(NEW.closed_entry_id, ARRAY['directory.sync_' || NEW.status], NULL, NULL, NULL, NULL);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- To forget that somebody was named is to call them gone: only what belongs to a sync that is over is swept.
CREATE FUNCTION directory_seen_sweep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM directory_syncs y WHERE y.closed_at IS NULL AND y.id IN (SELECT sync_id FROM swept)) THEN
    PERFORM refuse('sync_forgets', 'Who was named in a sync is not forgotten before it is over');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON directory_syncs FOR EACH ROW EXECUTE FUNCTION directory_syncs_insert();
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON directory_syncs FOR EACH ROW EXECUTE FUNCTION directory_syncs_update();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON directory_syncs FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON directory_syncs FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON directory_syncs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION directory_syncs_entries();
--> statement-breakpoint
CREATE TRIGGER guard_sweep AFTER DELETE ON directory_seen REFERENCING OLD TABLE AS swept FOR EACH STATEMENT EXECUTE FUNCTION directory_seen_sweep();
--> statement-breakpoint

-- ---------- a secret that is being changed: the one before it is good for a while ----------
ALTER TABLE "products" ADD COLUMN "previous_secret_hash" text;
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "previous_secret_until" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_previous_secret" CHECK (("products"."previous_secret_hash" is null) = ("products"."previous_secret_until" is null));
--> statement-breakpoint

-- ---------- rules to begin with ----------
INSERT INTO "policy_versions" ("version", "body") SELECT 1, '{
  "approvals": {
    "sensitive": 1
  },
  "lapseMinutes": 240,
  "startWithinMinutes": 30,
  "idleMinutes": 10,
  "maxMinutes": 60,
  "exportsInWrite": false,
  "ticketPattern": "^[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8}$",
  "reasons": [
    {
      "category": "customer_asked",
      "label": "Carry out what they asked for",
      "hint": "They asked you to change something.",
      "basis": "consent",
      "ticket": "required"
    },
    {
      "category": "bug",
      "label": "Reproduce a fault",
      "hint": "Something is broken for this person.",
      "basis": "contract",
      "ticket": "required"
    },
    {
      "category": "onboarding",
      "label": "Help with onboarding",
      "hint": "You set things up with them, before or after they start.",
      "basis": "contract",
      "ticket": "optional"
    },
    {
      "category": "configuration_check",
      "label": "Check a configuration",
      "hint": "You look at how it is set up. No fault is reported.",
      "basis": "contract",
      "ticket": "optional"
    },
    {
      "category": "incident",
      "label": "Security or abuse",
      "hint": "An incident is open, and this account is part of it.",
      "basis": "legitimate_interest",
      "ticket": "required"
    },
    {
      "category": "legal",
      "label": "Legal or regulatory duty",
      "hint": "A duty that the legal team has confirmed.",
      "basis": "legal_obligation",
      "ticket": "required"
    }
  ]
}'
WHERE NOT EXISTS (SELECT 1 FROM "policy_versions");
--> statement-breakpoint

ALTER TABLE "audit_entry" DROP CONSTRAINT "audit_entry_event_known", ADD CONSTRAINT "audit_entry_event_known" CHECK ("audit_entry"."event" in ('sign_in.started', 'sign_in.ended', 'sign_in.refused', 'page.refused', 'subject.opened', 'account.opened', 'directory.updated', 'directory.refused', 'request.asked', 'request.approved', 'request.granted', 'request.denied', 'request.cancelled', 'request.lapsed', 'request.refused', 'vote.refused', 'session.started', 'session.refused', 'session.ended', 'session.end_refused', 'code.issued', 'code.refused', 'token.issued', 'token.refused', 'action.viewed', 'action.write', 'action.done', 'action.refused', 'staff.withdrawn', 'staff.restored', 'stop.started', 'stop.lifted', 'client.refused', 'staff.added', 'staff.changed', 'role.granted', 'role.revoked', 'settings.refused', 'directory.sync_begun', 'directory.sync_finished', 'directory.sync_abandoned', 'product.added', 'product.changed', 'sign_in.end_refused', 'identity.bound', 'identity.released', 'limit.refused', 'breadth.warned', 'breadth.lifted', 'breadth.lift_refused'));
--> statement-breakpoint
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole AND p.proconfig IS NULL
    AND p.proname ~ '^directory_' LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', f);
  END LOOP;
END $$;
--> statement-breakpoint
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT tg.tgname, c.relname FROM pg_trigger tg JOIN pg_class c ON c.oid = tg.tgrelid
    WHERE NOT tg.tgisinternal AND c.relnamespace = 'public'::regnamespace AND c.relname IN ('directory_syncs', 'directory_seen') LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t.relname, t.tgname);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON directory_syncs, directory_seen FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT ON directory_syncs, directory_seen TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (status, last_push_at, last_line, lines, rejected, rejected_accepted, gone_accepted, accounts_gone, users_gone, tickets_gone, closed_at, closed_entry_id)
  ON directory_syncs TO :runtime:;
--> statement-breakpoint
GRANT DELETE ON directory_seen TO :runtime:;
