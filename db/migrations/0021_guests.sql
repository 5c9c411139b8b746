-- Auditors from outside: one period each, until a time that never moves out. What they have opened is in the log.
CREATE TABLE guests (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL,
  firm text NOT NULL,
  reason text NOT NULL,
  first_day date NOT NULL,
  last_day date NOT NULL,
  zone text NOT NULL,
  starts_at timestamptz NOT NULL DEFAULT now(),
  ends_at timestamptz NOT NULL DEFAULT now(),
  invited_by uuid NOT NULL,
  invited_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  invited_entry_id uuid NOT NULL,
  revoked_at timestamptz,
  revoked_by uuid,
  revoked_entry_id uuid,
  CONSTRAINT guests_invited_by FOREIGN KEY (invited_by) REFERENCES staff (id),
  CONSTRAINT guests_revoked_by FOREIGN KEY (revoked_by) REFERENCES staff (id),
  CONSTRAINT guests_invited_entry FOREIGN KEY (invited_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT guests_revoked_entry FOREIGN KEY (revoked_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT guests_own_entry UNIQUE (invited_entry_id),
  CONSTRAINT guests_days CHECK (first_day <= last_day),
  CONSTRAINT guests_thirty_days CHECK (expires_at > invited_at AND expires_at <= invited_at + interval '30 days'),
  CONSTRAINT guests_named CHECK (char_length(trim(name)) BETWEEN 1 AND 200 AND char_length(trim(firm)) BETWEEN 1 AND 200
    AND char_length(email) BETWEEN 3 AND 320),
  CONSTRAINT guests_reason_length CHECK (char_length(trim(reason)) BETWEEN 10 AND 500),
  CONSTRAINT guests_revoked CHECK ((revoked_at IS NULL) = (revoked_by IS NULL) AND (revoked_at IS NULL) = (revoked_entry_id IS NULL))
);
--> statement-breakpoint
CREATE INDEX guests_newest ON guests (invited_at, id);
--> statement-breakpoint
CREATE TABLE guest_links (
  id uuid PRIMARY KEY,
  guest_id uuid NOT NULL,
  secret_hash bytea NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  good_until timestamptz NOT NULL DEFAULT now(),
  entry_id uuid NOT NULL,
  used_at timestamptz,
  session_hash bytea,
  used_entry_id uuid,
  last_active_at timestamptz,
  left_at timestamptz,
  left_entry_id uuid,
  CONSTRAINT guest_links_guest FOREIGN KEY (guest_id) REFERENCES guests (id),
  CONSTRAINT guest_links_made_by FOREIGN KEY (made_by) REFERENCES staff (id),
  CONSTRAINT guest_links_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT guest_links_used_entry FOREIGN KEY (used_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT guest_links_left_entry FOREIGN KEY (left_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT guest_links_secret UNIQUE (secret_hash),
  CONSTRAINT guest_links_session UNIQUE (session_hash),
  CONSTRAINT guest_links_own_entry UNIQUE (entry_id),
  CONSTRAINT guest_links_hashes CHECK (octet_length(secret_hash) = 32),
  CONSTRAINT guest_links_used CHECK ((used_at IS NULL) = (session_hash IS NULL) AND (used_at IS NULL) = (used_entry_id IS NULL)
    AND (used_at IS NULL) = (last_active_at IS NULL)),
  CONSTRAINT guest_links_left CHECK ((left_at IS NULL) = (left_entry_id IS NULL) AND (left_at IS NULL OR used_at IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX guest_links_of ON guest_links (guest_id, made_at);
--> statement-breakpoint
-- An entry of this transaction, by this actor, that names this guest.
CREATE FUNCTION guest_entry(entry uuid, names text[], guest uuid, actor uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(entry, names, NULL, NULL, actor, NULL);
  IF NOT EXISTS (SELECT 1 FROM audit_payload WHERE entry_id = entry AND body::jsonb ->> 'guest' = guest::text) THEN
    PERFORM refuse('change_without_entry', 'The entry of a guest''s access names the guest');
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION guests_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM staff WHERE id = NEW.invited_by FOR SHARE;
  IF NOT holds_role(NEW.invited_by, 'compliance') THEN
    PERFORM refuse('guest_not_compliance', 'Only active compliance invites a guest');
  END IF;
  IF NEW.revoked_at IS NOT NULL THEN
    PERFORM refuse('guest_frozen', 'A guest''s access begins before it ends');
  END IF;
  NEW.invited_at := clock_timestamp();
  NEW.starts_at := NEW.first_day::timestamp AT TIME ZONE NEW.zone;
  NEW.ends_at := (NEW.last_day + 1)::timestamp AT TIME ZONE NEW.zone;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION guests_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.revoked_at IS NOT NULL
    OR to_jsonb(NEW) - ARRAY['revoked_at', 'revoked_by', 'revoked_entry_id'] <> to_jsonb(OLD) - ARRAY['revoked_at', 'revoked_by', 'revoked_entry_id'] THEN
    PERFORM refuse('guest_frozen', 'A guest''s access is ended once and never changed');
  END IF;
  PERFORM 1 FROM staff WHERE id = NEW.revoked_by FOR SHARE;
  IF NOT holds_role(NEW.revoked_by, 'compliance') THEN
    PERFORM refuse('guest_not_compliance', 'Only active compliance ends a guest''s access');
  END IF;
  NEW.revoked_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION guests_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM guest_entry(NEW.invited_entry_id, ARRAY['guest.invited'], NEW.id, NEW.invited_by);
  ELSE
    PERFORM guest_entry(NEW.revoked_entry_id, ARRAY['guest.revoked'], NEW.id, NEW.revoked_by);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Whether anything of a guest may begin now. Takes the guest's row, so that an end of the access is before it or after.
CREATE FUNCTION hold_guest(guest uuid) RETURNS guests
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE g guests;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  SELECT * INTO g FROM guests WHERE id = guest FOR NO KEY UPDATE;
  IF g.revoked_at IS NOT NULL OR g.expires_at <= clock_timestamp() THEN
    PERFORM refuse('guest_over', 'The access of this guest is over');
  END IF;
  RETURN g;
END $$;
--> statement-breakpoint
CREATE FUNCTION guest_links_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE g guests := hold_guest(NEW.guest_id);
BEGIN
  PERFORM 1 FROM staff WHERE id = NEW.made_by FOR SHARE;
  IF NOT holds_role(NEW.made_by, 'compliance') THEN
    PERFORM refuse('guest_not_compliance', 'Only active compliance makes a link');
  END IF;
  IF NEW.used_at IS NOT NULL OR NEW.left_at IS NOT NULL THEN
    PERFORM refuse('guest_link_frozen', 'A link is made before it is used');
  END IF;
  NEW.made_at := clock_timestamp();
  NEW.good_until := least(g.expires_at, NEW.made_at + interval '7 days');
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Used once, while it is the newest; then only use and the leaving are noted.
CREATE FUNCTION guest_links_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE moving text[] := ARRAY['used_at', 'session_hash', 'used_entry_id', 'last_active_at', 'left_at', 'left_entry_id'];
BEGIN
  IF to_jsonb(NEW) - moving <> to_jsonb(OLD) - moving THEN
    PERFORM refuse('guest_link_frozen', 'A link is never changed');
  END IF;
  IF OLD.used_at IS NULL THEN
    PERFORM hold_guest(OLD.guest_id);
    IF NEW.used_at IS NULL OR NEW.left_at IS NOT NULL OR octet_length(NEW.session_hash) <> 32 THEN
      PERFORM refuse('guest_link_frozen', 'A link is used before anything else');
    END IF;
    IF OLD.good_until <= clock_timestamp() THEN
      PERFORM refuse('guest_link_late', 'The link is too old');
    END IF;
    IF EXISTS (SELECT 1 FROM guest_links WHERE guest_id = OLD.guest_id AND made_at > OLD.made_at) THEN
      PERFORM refuse('guest_link_replaced', 'A newer link took its place');
    END IF;
    NEW.used_at := clock_timestamp();
    NEW.last_active_at := NEW.used_at;
    RETURN NEW;
  END IF;
  IF (NEW.used_at, NEW.session_hash, NEW.used_entry_id) IS DISTINCT FROM (OLD.used_at, OLD.session_hash, OLD.used_entry_id) THEN
    PERFORM refuse('guest_link_used', 'A link is used once');
  END IF;
  IF OLD.left_at IS NOT NULL THEN
    PERFORM refuse('guest_link_frozen', 'Who has left does not come back by the same link');
  END IF;
  IF NEW.left_at IS NOT NULL THEN
    NEW.left_at := clock_timestamp();
    NEW.last_active_at := OLD.last_active_at;
  ELSIF NEW.last_active_at IS DISTINCT FROM OLD.last_active_at THEN
    NEW.last_active_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION guest_links_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM guest_entry(NEW.entry_id, ARRAY['guest.invited'], NEW.guest_id, NEW.made_by);
    RETURN NULL;
  END IF;
  IF NEW.used_entry_id IS DISTINCT FROM OLD.used_entry_id THEN
    PERFORM guest_entry(NEW.used_entry_id, ARRAY['guest.entered'], NEW.guest_id, NEW.guest_id);
  END IF;
  IF NEW.left_entry_id IS DISTINCT FROM OLD.left_entry_id THEN
    PERFORM guest_entry(NEW.left_entry_id, ARRAY['sign_in.ended'], NEW.guest_id, NEW.guest_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON guests FOR EACH ROW EXECUTE FUNCTION guests_insert();
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON guests FOR EACH ROW EXECUTE FUNCTION guests_update();
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON guest_links FOR EACH ROW EXECUTE FUNCTION guest_links_insert();
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON guest_links FOR EACH ROW EXECUTE FUNCTION guest_links_update();
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['guests', 'guest_links'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON %I DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION %I()', t, t || '_entries');
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION append_only()', t);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER guard_insert, ENABLE ALWAYS TRIGGER guard_update, ENABLE ALWAYS TRIGGER entries, ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated', t);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION guests_insert(), guests_update(), guests_entries(), guest_links_insert(), guest_links_update(),
  guest_links_entries(), guest_entry(uuid, text[], uuid, uuid), hold_guest(uuid) FROM PUBLIC;
--> statement-breakpoint
-- Asked for by the entries' triggers, which run as who writes.
GRANT EXECUTE ON FUNCTION guest_entry(uuid, text[], uuid, uuid) TO :runtime:;
--> statement-breakpoint
REVOKE ALL ON guests, guest_links FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT ON guests, guest_links TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (revoked_at, revoked_by, revoked_entry_id) ON guests TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (used_at, session_hash, used_entry_id, last_active_at, left_at, left_entry_id) ON guest_links TO :runtime:;
--> statement-breakpoint

-- ---------- the populations behind the controls ----------
-- Each is read by the time at which its lines came about.
CREATE INDEX staff_roles_revoked ON staff_roles (revoked_at, id) WHERE revoked_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX staff_deactivated ON staff (deactivated_at, id) WHERE deactivated_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX findings_raised ON findings (raised_at, id);
--> statement-breakpoint
CREATE INDEX findings_disposed ON findings (disposed_at, id) WHERE disposed_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX review_decisions_when ON review_decisions (decided_at, id);
--> statement-breakpoint

-- ---------- the signature of a pack ----------
-- Made once for each version of the pack's form, for a closed review, in the transaction of its entry.
ALTER TABLE review_packs ADD COLUMN version integer NOT NULL, DROP CONSTRAINT review_packs_pkey,
  ADD CONSTRAINT review_packs_pkey PRIMARY KEY (campaign_id, version);
--> statement-breakpoint
CREATE FUNCTION review_packs_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM campaigns WHERE id = NEW.campaign_id AND status = 'closed') THEN
    PERFORM refuse('review_pack_open', 'The pack of a review is signed once the review is closed');
  END IF;
  NEW.made_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION review_packs_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY['pack.made'], NULL, NULL, NULL, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
ALTER TABLE review_packs ADD CONSTRAINT review_packs_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON review_packs FOR EACH ROW EXECUTE FUNCTION review_packs_insert();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT ON review_packs DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION review_packs_entries();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON review_packs FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON review_packs FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
ALTER TABLE review_packs ENABLE ALWAYS TRIGGER guard_insert, ENABLE ALWAYS TRIGGER entries, ENABLE ALWAYS TRIGGER append_only,
  ENABLE ALWAYS TRIGGER append_only_all;
--> statement-breakpoint
REVOKE ALL ON FUNCTION review_packs_insert(), review_packs_entries() FROM PUBLIC;
--> statement-breakpoint
REVOKE ALL ON review_packs FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT ON review_packs TO :runtime:;
