-- A closing that settles more than one request can: asked for and signed by compliance, carried on by the worker, and by it
-- alone. Until it is through nobody decides; what it took is tried, and then the review is closed as it was asked for.
CREATE TABLE "review_closings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"closer_id" uuid NOT NULL,
	"statement" text NOT NULL,
	"owner_id" uuid,
	"expires_on" date,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"entry_id" uuid NOT NULL,
	"stopped_at" timestamp with time zone,
	"stopped_why" text,
	"stopped_entry_id" uuid,
	CONSTRAINT "review_closings_statement" CHECK (char_length(trim("review_closings"."statement")) >= 20),
	CONSTRAINT "review_closings_excepts" CHECK (("review_closings"."owner_id" is null) = ("review_closings"."expires_on" is null)),
	CONSTRAINT "review_closings_stopped" CHECK (("review_closings"."stopped_at" is null) = ("review_closings"."stopped_why" is null) and ("review_closings"."stopped_at" is null) = ("review_closings"."stopped_entry_id" is null))
);
--> statement-breakpoint
ALTER TABLE "review_closings" ADD CONSTRAINT "review_closings_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "review_closings" ADD CONSTRAINT "review_closings_closer_id_staff_id_fk" FOREIGN KEY ("closer_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "review_closings" ADD CONSTRAINT "review_closings_owner_id_staff_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "review_closings_of" ON "review_closings" USING btree ("campaign_id","at");
--> statement-breakpoint
CREATE UNIQUE INDEX "review_closings_one" ON "review_closings" USING btree ("campaign_id") WHERE "review_closings"."stopped_at" is null;
--> statement-breakpoint
ALTER TABLE review_closings ADD CONSTRAINT review_closings_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT review_closings_stopped_entry FOREIGN KEY (stopped_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX review_closings_own_entry ON review_closings (entry_id);
--> statement-breakpoint
CREATE UNIQUE INDEX review_closings_own_stop ON review_closings (stopped_entry_id);
--> statement-breakpoint
ALTER TABLE "audit_entry" DROP CONSTRAINT "audit_entry_event_known";
--> statement-breakpoint
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_event_known" CHECK ("audit_entry"."event" in ('sign_in.started', 'sign_in.ended', 'sign_in.refused', 'page.refused', 'subject.opened', 'account.opened', 'directory.updated', 'directory.refused', 'request.asked', 'request.approved', 'request.granted', 'request.denied', 'request.cancelled', 'request.lapsed', 'request.refused', 'vote.refused', 'session.started', 'session.refused', 'session.ended', 'session.end_refused', 'code.issued', 'code.refused', 'token.issued', 'token.refused', 'action.viewed', 'action.write', 'action.done', 'action.refused', 'staff.withdrawn', 'staff.restored', 'stop.started', 'stop.lifted', 'client.refused', 'staff.added', 'staff.changed', 'role.granted', 'role.revoked', 'settings.refused', 'directory.sync_begun', 'directory.sync_finished', 'directory.sync_abandoned', 'product.added', 'product.changed', 'sign_in.end_refused', 'identity.bound', 'identity.released', 'limit.refused', 'breadth.warned', 'breadth.lifted', 'breadth.lift_refused', 'review.opened', 'review.compared', 'review.assigned', 'review.handed_on', 'review.looked', 'review.sample_opened', 'review.decided', 'review.rushed', 'review.access_tried', 'review.remediated', 'review.task_set', 'review.task_checked', 'review.excepted', 'review.reminded', 'review.closing', 'review.closed', 'review.corrected', 'review.refused', 'figures.read', 'finding.raised', 'finding.grown', 'finding.asked', 'finding.answered', 'finding.disposed', 'finding.refused', 'export.started', 'export.finished', 'export.stopped', 'export.refused', 'pack.made', 'report.made', 'report.names_released', 'exposure.read', 'population.read', 'sample.drawn', 'guest.invited', 'guest.entered', 'guest.read', 'guest.revoked', 'guest.refused'));
--> statement-breakpoint
-- Whoever may close it now, of an open review; from then on only that it stopped is added.
CREATE FUNCTION review_closings_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE part text;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  -- Whoever decides holds it to share: they are before this or after it.
  PERFORM 1 FROM campaigns WHERE id = NEW.campaign_id AND status = 'open' FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse('campaign_closed', 'A closed review stays as it is');
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.stopped_at IS NOT NULL OR NEW.stopped_at IS NULL
      OR to_jsonb(NEW) - ARRAY['stopped_at', 'stopped_why', 'stopped_entry_id'] <> to_jsonb(OLD) - ARRAY['stopped_at', 'stopped_why', 'stopped_entry_id'] THEN
      PERFORM refuse('review_closing_frozen', 'A closing that was asked for stays as it is, or stops on record');
    END IF;
    NEW.stopped_at := clock_timestamp();
    RETURN NEW;
  END IF;
  PERFORM 1 FROM staff WHERE id = NEW.closer_id FOR SHARE;
  NEW.at := clock_timestamp();
  IF NEW.stopped_at IS NOT NULL THEN
    PERFORM refuse('review_closing_frozen', 'What is asked for has not stopped');
  END IF;
  IF NOT holds_role(NEW.closer_id, 'compliance') THEN
    PERFORM refuse('campaign_closed_by', 'Only compliance closes a review');
  END IF;
  part := review_part(NEW.campaign_id, NEW.closer_id);
  IF part IS NOT NULL THEN
    PERFORM refuse('campaign_closer_' || part, 'Who decided, excepted, or saw to what follows does not close the review');
  END IF;
  IF NEW.at < (SELECT due_at FROM campaigns WHERE id = NEW.campaign_id) THEN
    PERFORM refuse('review_not_due', 'The policy settles what nobody decided once the review is late, and not before');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_closings_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM needs_campaign_entry(NEW.entry_id, 'review.closing', NEW.closer_id, NEW.campaign_id);
    IF entry_says(NEW.entry_id, 'statement') IS DISTINCT FROM NEW.statement OR entry_says(NEW.entry_id, 'owner') IS DISTINCT FROM NEW.owner_id::text
      OR entry_says(NEW.entry_id, 'expires') IS DISTINCT FROM to_char(NEW.expires_on, 'YYYY-MM-DD') THEN
      PERFORM refuse('review_entry_says_else', 'The entry of a closing says what was signed, and who answers for what is excepted');
    END IF;
    RETURN NULL;
  END IF;
  PERFORM needs_campaign_entry(NEW.stopped_entry_id, 'review.refused', NULL, NEW.campaign_id);
  IF entry_says(NEW.stopped_entry_id, 'closing') IS DISTINCT FROM NEW.id::text THEN
    PERFORM refuse('review_entry_says_else', 'The entry of a stop names the closing');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- The closing that is under way in a review, if any.
CREATE FUNCTION review_closing(campaign uuid) RETURNS review_closings
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT k FROM review_closings k JOIN campaigns c ON c.id = k.campaign_id WHERE k.campaign_id = campaign AND k.stopped_at IS NULL AND c.status = 'open'
$$;
--> statement-breakpoint
-- Fires before guard_insert by name: nobody decides, nor excepts instead of deciding, while a closing is under way.
CREATE FUNCTION nobody_decides_at_closing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE item review_items := open_item(NEW.item_id);
BEGIN
  IF (review_closing(item.campaign_id)).id IS NOT NULL THEN
    PERFORM refuse('review_closing', 'The review is being closed: nobody decides in it any more');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- It is closed by whoever asked for it, with what they signed.
CREATE FUNCTION campaigns_as_asked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE asked review_closings := review_closing(NEW.id);
BEGIN
  IF asked.id IS NOT NULL AND (asked.closer_id, asked.statement) IS DISTINCT FROM (NEW.closed_by, NEW.statement) THEN
    PERFORM refuse('review_closing', 'The review is being closed by somebody else');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON review_closings FOR EACH ROW EXECUTE FUNCTION review_closings_guard();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON review_closings DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION review_closings_entries();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON review_closings FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON review_closings FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER guard_closing BEFORE INSERT ON review_decisions FOR EACH ROW WHEN (NEW.decided_by IS NOT NULL) EXECUTE FUNCTION nobody_decides_at_closing();
--> statement-breakpoint
CREATE TRIGGER guard_closing BEFORE INSERT ON review_exceptions FOR EACH ROW WHEN (NEW.kind = 'undecided') EXECUTE FUNCTION nobody_decides_at_closing();
--> statement-breakpoint
CREATE TRIGGER guard_as_asked BEFORE UPDATE ON campaigns FOR EACH ROW WHEN (NEW.status = 'closed' AND OLD.status = 'open') EXECUTE FUNCTION campaigns_as_asked();
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['guard', 'entries', 'never_deleted', 'never_truncated'] LOOP
    EXECUTE format('ALTER TABLE review_closings ENABLE ALWAYS TRIGGER %I', t);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE review_decisions ENABLE ALWAYS TRIGGER guard_closing;
--> statement-breakpoint
ALTER TABLE review_exceptions ENABLE ALWAYS TRIGGER guard_closing;
--> statement-breakpoint
ALTER TABLE campaigns ENABLE ALWAYS TRIGGER guard_as_asked;
--> statement-breakpoint
REVOKE ALL ON FUNCTION review_closings_guard(), review_closings_entries(), review_closing(uuid), nobody_decides_at_closing(), campaigns_as_asked() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION review_closing(uuid) TO :runtime:;
--> statement-breakpoint
REVOKE ALL ON review_closings FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (stopped_at, stopped_why, stopped_entry_id) ON review_closings TO :runtime:;
