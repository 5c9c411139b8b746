-- What a copy that is out is to show: one that shows less and has no job any more is found by an index, and sent again.
ALTER TABLE "notice_deliveries" ADD COLUMN "wanted" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
CREATE INDEX "notice_deliveries_stale" ON "notice_deliveries" USING btree ("next_at") WHERE "notice_deliveries"."status" = 'sent' and "notice_deliveries"."shown" < "notice_deliveries"."wanted";
--> statement-breakpoint
GRANT UPDATE (wanted) ON notice_deliveries TO :runtime:;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION notice_deliveries_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'waiting' THEN
      PERFORM refuse('delivery_starts_waiting', 'A copy is to be sent before it is anything else');
    END IF;
    NEW.created_at := clock_timestamp();
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - ARRAY['status', 'tries', 'shown', 'wanted', 'sent_to', 'ref', 'fault', 'next_at', 'sent_at', 'failed_entry_id']
    <> to_jsonb(OLD) - ARRAY['status', 'tries', 'shown', 'wanted', 'sent_to', 'ref', 'fault', 'next_at', 'sent_at', 'failed_entry_id']
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
-- What was lost before.
UPDATE notice_deliveries d SET wanted = n.changed FROM notices n WHERE n.id = d.notice_id AND d.status = 'sent' AND d.shown < n.changed;
