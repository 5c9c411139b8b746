-- Links that lead an approver to one request. The secret is in the message only; here is its hash. A link decides nothing:
-- it names request and approver, and the vote stands under every guarantee that votes have.
CREATE TABLE "approval_links" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"approver_id" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approval_links_hash" CHECK (octet_length("approval_links"."token_hash") = 32)
);
--> statement-breakpoint
ALTER TABLE "approval_links" ADD CONSTRAINT "approval_links_request" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "approval_links" ADD CONSTRAINT "approval_links_approver" FOREIGN KEY ("approver_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "approval_links_due" ON "approval_links" USING btree ("expires_at");
--> statement-breakpoint
-- Bound once, to somebody who is not who asks, and for no longer than the request is open.
CREATE FUNCTION approval_links_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r requests;
BEGIN
  SELECT * INTO r FROM requests WHERE id = NEW.request_id;
  IF same_person(NEW.approver_id, r.actor_id) THEN
    PERFORM refuse('approval_link_own_request', 'Nobody is led to decide on their own request');
  END IF;
  NEW.made_at := clock_timestamp();
  NEW.expires_at := r.lapses_at;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Kept for a while after, so that who comes late is told how it ended.
CREATE FUNCTION approval_links_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.expires_at >= clock_timestamp() - interval '30 days' THEN
    PERFORM refuse('approval_link_kept', 'A link is kept for 30 days after its request');
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON approval_links FOR EACH ROW EXECUTE FUNCTION approval_links_insert();
--> statement-breakpoint
CREATE TRIGGER guard_delete BEFORE DELETE ON approval_links FOR EACH ROW EXECUTE FUNCTION approval_links_delete();
--> statement-breakpoint
CREATE TRIGGER never_changed BEFORE UPDATE ON approval_links FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON approval_links FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
ALTER TABLE approval_links ENABLE ALWAYS TRIGGER guard_insert, ENABLE ALWAYS TRIGGER guard_delete,
  ENABLE ALWAYS TRIGGER never_changed, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
REVOKE ALL ON FUNCTION approval_links_insert(), approval_links_delete() FROM PUBLIC;
--> statement-breakpoint
REVOKE ALL ON approval_links FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON approval_links TO :runtime:;
