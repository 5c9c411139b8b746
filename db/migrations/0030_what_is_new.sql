-- The words of what comes, and what several of its parts share.
ALTER TABLE "audit_entry" DROP CONSTRAINT "audit_entry_event_known";
--> statement-breakpoint
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_event_known" CHECK ("audit_entry"."event" in ('sign_in.started', 'sign_in.ended', 'sign_in.refused', 'page.refused', 'subject.opened', 'account.opened', 'directory.updated', 'directory.refused', 'request.asked', 'request.approved', 'request.granted', 'request.denied', 'request.cancelled', 'request.lapsed', 'request.refused', 'vote.refused', 'session.started', 'session.refused', 'session.ended', 'session.end_refused', 'code.issued', 'code.refused', 'token.issued', 'token.refused', 'action.viewed', 'action.write', 'action.done', 'action.refused', 'staff.withdrawn', 'staff.restored', 'stop.started', 'stop.lifted', 'client.refused', 'staff.added', 'staff.changed', 'role.granted', 'role.revoked', 'settings.refused', 'directory.sync_begun', 'directory.sync_finished', 'directory.sync_abandoned', 'product.added', 'product.changed', 'sign_in.end_refused', 'identity.bound', 'identity.released', 'limit.refused', 'breadth.warned', 'breadth.lifted', 'breadth.lift_refused', 'review.opened', 'review.compared', 'review.assigned', 'review.handed_on', 'review.looked', 'review.sample_opened', 'review.decided', 'review.rushed', 'review.access_tried', 'review.remediated', 'review.task_set', 'review.task_checked', 'review.excepted', 'review.reminded', 'review.closing', 'review.closed', 'review.corrected', 'review.refused', 'figures.read', 'finding.raised', 'finding.grown', 'finding.asked', 'finding.answered', 'finding.disposed', 'finding.refused', 'export.started', 'export.finished', 'export.stopped', 'export.refused', 'pack.made', 'report.made', 'report.names_released', 'exposure.read', 'population.read', 'sample.drawn', 'guest.invited', 'guest.entered', 'guest.read', 'guest.revoked', 'guest.refused', 'request.rang', 'request.no_approver', 'request.opened', 'request.reminded', 'standing.ended', 'standing.refused', 'delegation.given', 'delegation.ended', 'delegation.refused', 'person.linked', 'person.unlinked', 'break_glass.used', 'break_glass.refused', 'session.reviewed', 'session.review_due', 'session.review_refused', 'flag.tightened', 'flag.loosened', 'flag.refused', 'proposal.made', 'proposal.accepted', 'proposal.declined', 'proposal.withdrawn', 'proposal.lapsed', 'proposal.refused', 'policy.changed', 'policy.refused', 'sign_in.renewed', 'staff.invited', 'group.mapped', 'group.unmapped', 'notice.failed', 'notices.changed', 'notices.refused', 'slack.linked', 'slack.unlinked', 'slack.refused', 'link.refused', 'channel.added', 'channel.changed', 'channel.removed'));
--> statement-breakpoint

-- ---------- who is one person ----------
-- Two rows of one person, such as an agent's and a manager's: what one asks, the other does not decide.
ALTER TABLE "staff" ADD COLUMN "person_id" uuid;
--> statement-breakpoint
UPDATE staff SET person_id = id;
--> statement-breakpoint
ALTER TABLE "staff" ALTER COLUMN "person_id" SET NOT NULL;
--> statement-breakpoint
CREATE INDEX "staff_person" ON "staff" USING btree ("person_id");
--> statement-breakpoint
CREATE FUNCTION staff_person() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.person_id := coalesce(NEW.person_id, NEW.id);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER a_person BEFORE INSERT ON staff FOR EACH ROW EXECUTE FUNCTION staff_person();
--> statement-breakpoint
ALTER TABLE staff ENABLE ALWAYS TRIGGER a_person;
--> statement-breakpoint
CREATE FUNCTION same_person(one uuid, other uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT one = other OR (SELECT person_id FROM staff WHERE id = one) = (SELECT person_id FROM staff WHERE id = other)
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION same_person(uuid, uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION same_person(uuid, uuid) TO :runtime:;
--> statement-breakpoint

-- ---------- what a sign-in proved ----------
ALTER TABLE "staff_sign_ins" ADD COLUMN "acr" text;
--> statement-breakpoint

-- ---------- what a request may ask besides ----------
ALTER TABLE "requests" ADD COLUMN "requirements" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "break_glass" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "standing_hours" integer;
--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "standing_of" uuid;
--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "standing_ended_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "standing_ended_by" uuid;
--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "standing_ended_entry_id" uuid;
--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_standing_of_requests_id_fk" FOREIGN KEY ("standing_of") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_standing_ended_by_staff_id_fk" FOREIGN KEY ("standing_ended_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_standing_hours" CHECK ("requests"."standing_hours" between 1 and 24);
--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_standing_ended" CHECK (("requests"."standing_ended_at" is null) = ("requests"."standing_ended_by" is null) and ("requests"."standing_ended_at" is null) = ("requests"."standing_ended_entry_id" is null));
--> statement-breakpoint
CREATE INDEX "requests_standing" ON "requests" USING btree ("actor_id","account_id","created_at") WHERE "requests"."standing_hours" is not null;
--> statement-breakpoint

-- ---------- what the product says of an account besides ----------
ALTER TABLE "accounts" ADD COLUMN "region" text;
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "terms_version" text;
--> statement-breakpoint
GRANT UPDATE (region, terms_version) ON accounts TO :runtime:;
--> statement-breakpoint

-- ---------- what waits for a second person ----------
CREATE SEQUENCE "public"."proposal_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 301 CACHE 1;
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer DEFAULT nextval('proposal_numbers') NOT NULL,
	"kind" text NOT NULL,
	"account_id" uuid,
	"subject_id" uuid,
	"staff_id" uuid,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"reason" text NOT NULL,
	"proposed_by" uuid,
	"product_id" uuid,
	"proposed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lapses_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"comment" text,
	"made_entry_id" uuid NOT NULL,
	"decided_entry_id" uuid,
	CONSTRAINT "proposals_number_unique" UNIQUE("number"),
	CONSTRAINT "proposals_kind" CHECK ("proposals"."kind" in ('flag', 'policy', 'role')),
	CONSTRAINT "proposals_status" CHECK ("proposals"."status" in ('pending', 'accepted', 'declined', 'withdrawn', 'lapsed')),
	CONSTRAINT "proposals_by" CHECK (("proposals"."proposed_by" is null) <> ("proposals"."product_id" is null)),
	CONSTRAINT "proposals_reason" CHECK (char_length(trim("proposals"."reason")) between 3 and 500),
	CONSTRAINT "proposals_decided" CHECK (("proposals"."status" = 'pending') = ("proposals"."decided_at" is null) and ("proposals"."decided_at" is null) = ("proposals"."decided_entry_id" is null) and ("proposals"."status" in ('accepted', 'declined', 'withdrawn')) = ("proposals"."decided_by" is not null))
);
--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_subject_id_subjects_id_fk" FOREIGN KEY ("subject_id") REFERENCES "public"."subjects"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_proposed_by_staff_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE proposals ADD CONSTRAINT proposals_made_entry FOREIGN KEY (made_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT proposals_decided_entry FOREIGN KEY (decided_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX proposals_own_entry ON proposals (made_entry_id);
--> statement-breakpoint
CREATE UNIQUE INDEX proposals_own_decision ON proposals (decided_entry_id);
--> statement-breakpoint
CREATE INDEX "proposals_waiting" ON "proposals" USING btree ("proposed_at","id") WHERE "proposals"."status" = 'pending';
--> statement-breakpoint
CREATE INDEX "proposals_account" ON "proposals" USING btree ("account_id","proposed_at","id");
--> statement-breakpoint
CREATE INDEX "proposals_staff" ON "proposals" USING btree ("staff_id","proposed_at","id");
--> statement-breakpoint
CREATE INDEX "proposals_newest" ON "proposals" USING btree ("proposed_at","id");
--> statement-breakpoint
-- Made pending and decided once, by another person than made it, who holds the role that the kind wants.
CREATE FUNCTION proposals_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ timestamptz;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'pending' THEN
      PERFORM refuse('proposal_starts_pending', 'A proposal starts pending');
    END IF;
    NEW.proposed_at := clock_timestamp();
    NEW.lapses_at := least(NEW.lapses_at, NEW.proposed_at + interval '30 days');
    RETURN NEW;
  END IF;
  IF OLD.status <> 'pending' THEN
    PERFORM refuse('proposal_decided', 'It was decided before');
  END IF;
  IF to_jsonb(NEW) - ARRAY['status', 'decided_by', 'decided_at', 'comment', 'decided_entry_id']
    <> to_jsonb(OLD) - ARRAY['status', 'decided_by', 'decided_at', 'comment', 'decided_entry_id'] THEN
    PERFORM refuse('proposal_frozen', 'What was proposed cannot be changed');
  END IF;
  PERFORM 1 FROM staff WHERE id IN (NEW.decided_by, NEW.proposed_by) ORDER BY id FOR SHARE;
  now_ := clock_timestamp();
  IF NEW.status = 'lapsed' AND now_ < OLD.lapses_at THEN
    PERFORM refuse('proposal_not_due', 'It has not lapsed yet');
  END IF;
  IF NEW.status IN ('accepted', 'declined') THEN
    IF now_ >= OLD.lapses_at THEN
      PERFORM refuse('proposal_lapsed', 'It has lapsed');
    END IF;
    IF same_person(NEW.decided_by, NEW.proposed_by) THEN
      PERFORM refuse('proposal_own', 'A second person decides');
    END IF;
    IF NEW.staff_id IS NOT NULL AND same_person(NEW.decided_by, NEW.staff_id) THEN
      PERFORM refuse('proposal_about_oneself', 'Nobody decides on what is about them');
    END IF;
    IF NOT (CASE NEW.kind
        WHEN 'flag' THEN holds_role(NEW.decided_by, 'manager')
        WHEN 'policy' THEN holds_role(NEW.decided_by, 'admin') OR holds_role(NEW.decided_by, 'compliance')
        ELSE holds_role(NEW.decided_by, 'admin') END) THEN
      PERFORM refuse('proposal_without_role', 'Who decides must hold the role for it');
    END IF;
  ELSIF NEW.status = 'withdrawn' AND NEW.decided_by IS DISTINCT FROM OLD.proposed_by THEN
    PERFORM refuse('proposal_not_yours', 'Only who proposed it withdraws it');
  END IF;
  NEW.decided_at := now_;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE ALL ON proposals FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON proposals FOR EACH ROW EXECUTE FUNCTION proposals_guard();
--> statement-breakpoint
CREATE FUNCTION proposals_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM needs_entry(NEW.made_entry_id, ARRAY['proposal.made'], NULL, NULL, NEW.proposed_by, NEW.subject_id);
  ELSE
    PERFORM needs_entry(NEW.decided_entry_id, ARRAY['proposal.' || NEW.status], NULL, NULL, NEW.decided_by, NEW.subject_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON proposals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION proposals_entries();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON proposals FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON proposals FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
ALTER TABLE proposals ENABLE ALWAYS TRIGGER guard, ENABLE ALWAYS TRIGGER entries, ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
GRANT SELECT, INSERT ON proposals TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (status, decided_by, decided_at, comment, decided_entry_id) ON proposals TO :runtime:;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE proposal_numbers TO :runtime:;
--> statement-breakpoint
REVOKE ALL ON FUNCTION staff_person(), proposals_guard(), proposals_entries() FROM PUBLIC;
