-- When somebody last proved who they are, moved forward in the sign-in that they have; and where a sign-in is, for its
-- own person to see.
ALTER TABLE "staff_sign_ins" ADD COLUMN "auth_said" boolean DEFAULT true NOT NULL;
--> statement-breakpoint
ALTER TABLE "staff_sign_ins" ADD COLUMN "renewed_entry_id" uuid;
--> statement-breakpoint
ALTER TABLE "staff_sign_ins" ADD COLUMN "ip" text;
--> statement-breakpoint
ALTER TABLE "staff_sign_ins" ADD COLUMN "user_agent" text;
--> statement-breakpoint
ALTER TABLE "staff_sign_ins" ADD CONSTRAINT "staff_sign_ins_said" CHECK (length("staff_sign_ins"."ip") <= 64 and length("staff_sign_ins"."user_agent") <= 300 and length("staff_sign_ins"."acr") <= 200);
--> statement-breakpoint
ALTER TABLE staff_sign_ins ADD CONSTRAINT staff_sign_ins_renewed_entry FOREIGN KEY (renewed_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX staff_sign_ins_own_renewal ON staff_sign_ins (renewed_entry_id);
--> statement-breakpoint
GRANT UPDATE (auth_time, auth_said, acr, sid, renewed_entry_id) ON staff_sign_ins TO :runtime:;
--> statement-breakpoint

-- As before; a sign-in that begins was renewed by nobody.
CREATE OR REPLACE FUNCTION staff_sign_ins_insert() RETURNS trigger
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
  NEW.renewed_entry_id := NULL;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- What was proved moves forward only, while the sign-in lasts, each time with an entry of its own; where it was is
-- forgotten when it ends. Whoever owns the table ages a sign-in as tests do.
CREATE OR REPLACE FUNCTION staff_sign_ins_update() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ timestamptz := clock_timestamp();
BEGIN
  IF NEW.id_token IS NOT NULL AND NEW.id_token IS DISTINCT FROM OLD.id_token THEN
    PERFORM refuse('sign_in_token_only_forgotten', 'The token of a sign-in is forgotten, never changed');
  END IF;
  IF (NEW.auth_time, NEW.auth_said, NEW.acr, NEW.sid, NEW.renewed_entry_id)
      IS DISTINCT FROM (OLD.auth_time, OLD.auth_said, OLD.acr, OLD.sid, OLD.renewed_entry_id)
    AND NOT by_owner(TG_RELID) THEN
    IF OLD.ended_at IS NOT NULL THEN
      PERFORM refuse('sign_in_renewed_ended', 'A sign-in that is over is not renewed');
    END IF;
    IF NEW.renewed_entry_id IS NULL OR NEW.renewed_entry_id IS NOT DISTINCT FROM OLD.renewed_entry_id THEN
      PERFORM refuse('sign_in_renewed_without_entry', 'A sign-in is renewed with an entry of its own');
    END IF;
    IF NEW.auth_time > now_ + interval '60 seconds' THEN
      PERFORM refuse('sign_in_renewed_ahead', 'Nobody proved who they are in the future');
    END IF;
    NEW.auth_time := least(NEW.auth_time, now_);
    IF NEW.auth_time <= OLD.auth_time OR NOT NEW.auth_said THEN
      PERFORM refuse('sign_in_renewed_back', 'What was proved moves forward only');
    END IF;
  END IF;
  NEW.last_active_at := least(NEW.last_active_at, now_);
  IF NEW.ended_at IS NOT NULL THEN
    NEW.id_token := NULL;
    NEW.ip := NULL;
    NEW.user_agent := NULL;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION staff_sign_ins_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.renewed_entry_id, ARRAY['sign_in.renewed'], NULL, NULL, NEW.staff_id, NULL);
  IF entry_says(NEW.renewed_entry_id, 'sign_in') IS DISTINCT FROM NEW.id::text THEN
    PERFORM refuse('sign_in_renewed_without_entry', 'The entry of a renewal names its sign-in');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION staff_sign_ins_entries() FROM PUBLIC;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER UPDATE ON staff_sign_ins DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.renewed_entry_id IS DISTINCT FROM NEW.renewed_entry_id) EXECUTE FUNCTION staff_sign_ins_entries();
--> statement-breakpoint
ALTER TABLE staff_sign_ins ENABLE ALWAYS TRIGGER entries;
--> statement-breakpoint

-- Why this sign-in is no proof of the last `minutes` that is as strong as `acr` (one of several, by spaces); null where
-- it is one, or where none is asked. No silent fall-back: what the issuer did not say is no proof.
CREATE OR REPLACE FUNCTION fresh_refusal(sign_in uuid, minutes integer, acr text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN $2 IS NULL THEN NULL
    WHEN i.id IS NULL OR i.ended_at IS NOT NULL THEN 'over'
    WHEN NOT i.auth_said THEN 'unsaid'
    WHEN i.auth_time < clock_timestamp() - make_interval(mins => $2) THEN 'old'
    WHEN $3 IS NOT NULL AND i.acr IS NULL THEN 'acr_unsaid'
    WHEN $3 IS NOT NULL AND NOT i.acr = ANY (string_to_array($3, ' ')) THEN 'acr' END
  FROM (SELECT) AS one LEFT JOIN staff_sign_ins i ON i.id = $1
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION fresh_refusal(uuid, integer, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION fresh_refusal(uuid, integer, text) TO :runtime:;
