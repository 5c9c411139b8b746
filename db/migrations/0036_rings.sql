-- Who is asked for a decision, and when: first who is at work, then the rest, then whoever the policy names for it.

-- ---------- who may decide on a request ----------
CREATE FUNCTION may_vote(request uuid, approver uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM requests r
    WHERE r.id = request AND r.status = 'pending' AND NOT same_person(approver, r.actor_id)
      AND (holds_role(approver, 'manager', r.created_at)
        OR r.requirements @> '[{"by": "compliance"}]' AND holds_role(approver, 'compliance', r.created_at))
      AND NOT reports_to(approver, r.actor_id)
      AND NOT EXISTS (SELECT 1 FROM approvals v WHERE v.request_id = r.id AND same_person(v.approver_id, approver)))
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION may_vote(uuid, uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION may_vote(uuid, uuid) TO :runtime:;
--> statement-breakpoint
-- Everybody whose vote would count now: whoever has voted is asked no more.
CREATE FUNCTION eligible_approvers(request uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT g.staff_id FROM staff_roles g
  WHERE g.role IN ('manager', 'compliance') AND g.revoked_at IS NULL AND may_vote(request, g.staff_id)
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION eligible_approvers(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION eligible_approvers(uuid) TO :runtime:;
--> statement-breakpoint

-- ---------- how far a request has rung ----------
CREATE TABLE "request_rings" (
	"request_id" uuid PRIMARY KEY NOT NULL,
	"rung" smallint NOT NULL,
	"next_at" timestamp with time zone,
	"nobody" boolean DEFAULT false NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "request_rings_rung" CHECK ("request_rings"."rung" between 0 and 3)
);
--> statement-breakpoint
ALTER TABLE "request_rings" ADD CONSTRAINT "request_rings_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE request_rings ADD CONSTRAINT request_rings_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE INDEX "request_rings_due" ON "request_rings" USING btree ("next_at") WHERE "request_rings"."next_at" is not null;
--> statement-breakpoint
-- A ring is not taken back, and each is on record.
CREATE FUNCTION request_rings_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.request_id <> OLD.request_id OR NEW.rung < OLD.rung THEN
    PERFORM refuse('ring_back', 'A ring is not taken back');
  END IF;
  IF (NEW.rung > OLD.rung OR NEW.nobody AND NOT OLD.nobody) AND NEW.entry_id = OLD.entry_id THEN
    PERFORM refuse('change_without_entry', 'A ring needs its audit entry');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE UPDATE ON request_rings FOR EACH ROW EXECUTE FUNCTION request_rings_guard();
--> statement-breakpoint
CREATE FUNCTION request_rings_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.entry_id <> OLD.entry_id THEN
    PERFORM needs_entry(NEW.entry_id, CASE WHEN NEW.nobody THEN ARRAY['request.no_approver'] ELSE ARRAY['request.rang'] END, NEW.request_id, NULL, NULL, NULL);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON request_rings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION request_rings_entries();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON request_rings FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON request_rings FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
ALTER TABLE request_rings ENABLE ALWAYS TRIGGER guard, ENABLE ALWAYS TRIGGER entries, ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
REVOKE ALL ON request_rings FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT ON request_rings TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (rung, next_at, nobody, entry_id) ON request_rings TO :runtime:;
--> statement-breakpoint

-- ---------- who was asked, and who opened it ----------
CREATE TABLE "request_asks" (
	"request_id" uuid NOT NULL,
	"approver_id" uuid NOT NULL,
	"ring" smallint,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"opened_at" timestamp with time zone,
	"reminded_at" timestamp with time zone,
	"entry_id" uuid NOT NULL,
	"opened_entry_id" uuid,
	"reminded_entry_id" uuid,
	CONSTRAINT "request_asks_request_id_approver_id_pk" PRIMARY KEY("request_id","approver_id"),
	CONSTRAINT "request_asks_ring" CHECK ("request_asks"."ring" between 1 and 3),
	CONSTRAINT "request_asks_unasked" CHECK ("request_asks"."ring" is not null or "request_asks"."opened_at" is not null),
	CONSTRAINT "request_asks_opened" CHECK (("request_asks"."opened_at" is null) = ("request_asks"."opened_entry_id" is null)),
	CONSTRAINT "request_asks_reminded" CHECK (("request_asks"."reminded_at" is null) = ("request_asks"."reminded_entry_id" is null))
);
--> statement-breakpoint
ALTER TABLE "request_asks" ADD CONSTRAINT "request_asks_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "request_asks" ADD CONSTRAINT "request_asks_approver_id_staff_id_fk" FOREIGN KEY ("approver_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE request_asks ADD CONSTRAINT request_asks_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT request_asks_opened_entry FOREIGN KEY (opened_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT request_asks_reminded_entry FOREIGN KEY (reminded_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE INDEX "request_asks_of" ON "request_asks" USING btree ("approver_id","asked_at");
--> statement-breakpoint
-- Only who may decide now is asked, or opens; what is on record of it stays.
CREATE FUNCTION request_asks_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ timestamptz := clock_timestamp();
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT may_vote(NEW.request_id, NEW.approver_id) THEN
      PERFORM refuse('ask_of_nobody', 'Only who may decide on the request is asked');
    END IF;
    IF NEW.reminded_at IS NOT NULL OR NEW.ring IS NOT NULL AND NEW.opened_at IS NOT NULL THEN
      PERFORM refuse('ask_starts_unopened', 'Nobody has opened or been reminded of what they are asked only now');
    END IF;
    NEW.asked_at := now_;
    IF NEW.opened_at IS NOT NULL THEN
      NEW.opened_at := now_;
    END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - ARRAY['opened_at', 'opened_entry_id', 'reminded_at', 'reminded_entry_id']
    <> to_jsonb(OLD) - ARRAY['opened_at', 'opened_entry_id', 'reminded_at', 'reminded_entry_id']
    OR OLD.opened_at IS NOT NULL AND (NEW.opened_at, NEW.opened_entry_id) IS DISTINCT FROM (OLD.opened_at, OLD.opened_entry_id) THEN
    PERFORM refuse('ask_frozen', 'Who was asked, and who opened it first, stays on record');
  END IF;
  IF NOT may_vote(NEW.request_id, NEW.approver_id) THEN
    PERFORM refuse('ask_of_nobody', 'Only who may decide on the request opens it, or is reminded');
  END IF;
  IF NEW.opened_at IS DISTINCT FROM OLD.opened_at THEN
    NEW.opened_at := now_;
  END IF;
  IF NEW.reminded_at IS DISTINCT FROM OLD.reminded_at THEN
    NEW.reminded_at := now_;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON request_asks FOR EACH ROW EXECUTE FUNCTION request_asks_guard();
--> statement-breakpoint
CREATE FUNCTION request_asks_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE actor uuid := (SELECT actor_id FROM requests WHERE id = NEW.request_id);
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.ring IS NULL THEN
      PERFORM needs_entry(NEW.entry_id, ARRAY['request.opened'], NEW.request_id, NULL, NEW.approver_id, NULL);
    ELSE
      PERFORM needs_entry(NEW.entry_id, ARRAY['request.rang'], NEW.request_id, NULL, NULL, NULL);
    END IF;
  END IF;
  IF NEW.opened_entry_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.opened_entry_id IS DISTINCT FROM OLD.opened_entry_id) THEN
    PERFORM needs_entry(NEW.opened_entry_id, ARRAY['request.opened'], NEW.request_id, NULL, NEW.approver_id, NULL);
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.reminded_at IS DISTINCT FROM OLD.reminded_at THEN
    PERFORM needs_entry(NEW.reminded_entry_id, ARRAY['request.reminded'], NEW.request_id, NULL, actor, NULL);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON request_asks DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION request_asks_entries();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON request_asks FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON request_asks FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
ALTER TABLE request_asks ENABLE ALWAYS TRIGGER guard, ENABLE ALWAYS TRIGGER entries, ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
REVOKE ALL ON request_asks FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT ON request_asks TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (opened_at, opened_entry_id, reminded_at, reminded_entry_id) ON request_asks TO :runtime:;
--> statement-breakpoint

-- ---------- who was asked may be gone ----------
-- What waits for them, or was asked by them, is looked at anew by the worker at once: perhaps nobody else was asked.
CREATE FUNCTION wake_rings(person uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE woken uuid[];
BEGIN
  -- In one order, so that two who leave at once do not wait for each other.
  SELECT array_agg(f.request_id) INTO woken FROM (
    SELECT g.request_id FROM request_rings g JOIN requests r ON r.id = g.request_id
    WHERE r.status = 'pending' AND (r.actor_id = person
      OR EXISTS (SELECT 1 FROM request_asks a WHERE a.request_id = r.id AND a.approver_id = person))
    ORDER BY g.request_id FOR UPDATE OF g) f;
  UPDATE request_rings SET next_at = clock_timestamp() WHERE request_id = ANY (woken);
END $$;
--> statement-breakpoint
CREATE FUNCTION staff_wake_rings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM wake_rings(NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION staff_roles_wake_rings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM wake_rings(NEW.staff_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER wake_rings AFTER UPDATE ON staff FOR EACH ROW
  WHEN ((OLD.status, OLD.manager_id, OLD.person_id) IS DISTINCT FROM (NEW.status, NEW.manager_id, NEW.person_id))
  EXECUTE FUNCTION staff_wake_rings();
--> statement-breakpoint
CREATE TRIGGER wake_rings AFTER UPDATE ON staff_roles FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL AND NEW.role IN ('manager', 'compliance'))
  EXECUTE FUNCTION staff_roles_wake_rings();
--> statement-breakpoint
ALTER TABLE staff ENABLE ALWAYS TRIGGER wake_rings;
--> statement-breakpoint
ALTER TABLE staff_roles ENABLE ALWAYS TRIGGER wake_rings;
--> statement-breakpoint
REVOKE ALL ON FUNCTION request_rings_guard(), request_rings_entries(), request_asks_guard(), request_asks_entries(), wake_rings(uuid), staff_wake_rings(), staff_roles_wake_rings() FROM PUBLIC;
