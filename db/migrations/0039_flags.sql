-- ---------- flags: tier, standing in, VIP ----------
-- What is in force stays where it was. Beside it: what the product said last (null: the same), how an account that a full
-- sync did not name stood before, and the entry by which a person set it (null: the product did).
ALTER TABLE "accounts" ADD COLUMN "pushed_tier" text;
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "pushed_stance" text;
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "gone_stance" text;
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "tier_entry_id" uuid;
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "stance_entry_id" uuid;
--> statement-breakpoint
ALTER TABLE "subjects" ADD COLUMN "pushed_vip" boolean;
--> statement-breakpoint
ALTER TABLE "subjects" ADD COLUMN "vip_entry_id" uuid;
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_pushed_tier" CHECK ("accounts"."pushed_tier" in ('standard', 'enterprise', 'regulated'));
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_pushed_stance" CHECK ("accounts"."pushed_stance" in ('allowed', 'opted_out', 'closed'));
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_gone_stance" CHECK ("accounts"."gone_stance" is null or ("accounts"."gone_stance" in ('allowed', 'opted_out') and "accounts"."stance" = 'closed'));
--> statement-breakpoint
ALTER TABLE accounts ADD CONSTRAINT accounts_tier_entry FOREIGN KEY (tier_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT accounts_stance_entry FOREIGN KEY (stance_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE subjects ADD CONSTRAINT subjects_vip_entry FOREIGN KEY (vip_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
GRANT UPDATE (pushed_tier, pushed_stance, gone_stance, tier_entry_id, stance_entry_id) ON accounts TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (pushed_vip, vip_entry_id) ON subjects TO :runtime:;
--> statement-breakpoint

-- The later of these is the stricter.
CREATE FUNCTION strictness(value text) RETURNS integer LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE value WHEN 'regulated' THEN 2 WHEN 'closed' THEN 2 WHEN 'enterprise' THEN 1 WHEN 'opted_out' THEN 1 ELSE 0 END
$$;
--> statement-breakpoint
-- Stricter: with an entry of this transaction, of the product's push or of a manager. Looser: only as a second person
-- accepted in this transaction, for this account, person and value.
CREATE FUNCTION flag_change(flag text, was jsonb, becomes jsonb, is_looser boolean, account uuid, subject uuid, entry uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE by_ uuid;
BEGIN
  IF entry IS NULL THEN
    IF NOT EXISTS (SELECT 1 FROM audit_entry WHERE event = 'directory.updated' AND account_id = account
        AND occurred_at >= transaction_timestamp() AND xact = pg_current_xact_id()::text) THEN
      PERFORM refuse('directory_change_without_entry', 'A flag changes with an entry of its account, directory.updated');
    END IF;
  ELSE
    SELECT e.actor_id INTO by_ FROM audit_entry e JOIN audit_payload p ON p.entry_id = e.id
      WHERE e.id = entry AND e.event = CASE WHEN is_looser THEN 'flag.loosened' ELSE 'flag.tightened' END
        AND e.account_id = account AND e.subject_id IS NOT DISTINCT FROM subject AND e.xact = pg_current_xact_id()::text
        AND p.body::jsonb @> jsonb_build_object('flag', flag, 'before', was, 'after', becomes);
    IF by_ IS NULL THEN
      PERFORM refuse('flag_change_without_entry', 'A flag is set with an entry about it, of the same transaction');
    END IF;
    PERFORM 1 FROM staff WHERE id = by_ FOR SHARE;
    IF NOT holds_role(by_, 'manager') THEN
      PERFORM refuse('flag_not_manager', 'Only an active manager sets a flag');
    END IF;
  END IF;
  IF is_looser AND NOT EXISTS (
    SELECT 1 FROM proposals p JOIN audit_entry e ON e.id = p.decided_entry_id
    WHERE p.account_id = account AND p.subject_id IS NOT DISTINCT FROM subject AND p.kind = 'flag' AND p.status = 'accepted'
      AND p.before = jsonb_build_object(flag, was) AND p.after = jsonb_build_object(flag, becomes)
      AND e.xact = pg_current_xact_id()::text) THEN
    PERFORM refuse('flag_loosened_alone', 'What is looser waits for a second person');
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION accounts_flags() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF by_owner(TG_RELID) THEN
    RETURN NULL;
  END IF;
  IF (NEW.tier, NEW.tier_entry_id) IS DISTINCT FROM (OLD.tier, OLD.tier_entry_id) THEN
    PERFORM flag_change('tier', to_jsonb(OLD.tier), to_jsonb(NEW.tier), strictness(NEW.tier) < strictness(OLD.tier), NEW.id, NULL,
      NEW.tier_entry_id);
  END IF;
  IF NEW.gone_stance IS DISTINCT FROM OLD.gone_stance AND NEW.gone_stance IS NOT NULL
    AND (OLD.gone_stance IS NOT NULL OR NEW.gone_stance <> OLD.stance) THEN
    PERFORM refuse('flag_gone_stance', 'Who is gone comes back as they were');
  END IF;
  -- Whoever is named again comes back as they were, by whomever that was set, and no looser.
  IF (NEW.stance, NEW.stance_entry_id, NEW.gone_stance) IS DISTINCT FROM (OLD.stance, OLD.stance_entry_id, OLD.gone_stance) THEN
    PERFORM flag_change('stance', to_jsonb(OLD.stance), to_jsonb(NEW.stance),
      strictness(NEW.stance) < strictness(coalesce(OLD.gone_stance, OLD.stance)), NEW.id, NULL,
      CASE WHEN NEW.gone_stance IS NOT NULL OR NEW.stance = OLD.gone_stance THEN NULLIF(NEW.stance_entry_id, OLD.stance_entry_id)
        ELSE NEW.stance_entry_id END);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION subjects_flags() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT by_owner(TG_RELID) THEN
    PERFORM flag_change('vip', to_jsonb(OLD.is_vip), to_jsonb(NEW.is_vip), OLD.is_vip AND NOT NEW.is_vip, NEW.account_id, NEW.id,
      NEW.vip_entry_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION strictness(text), flag_change(text, jsonb, jsonb, boolean, uuid, uuid, uuid), accounts_flags(), subjects_flags() FROM PUBLIC;
--> statement-breakpoint
-- The triggers are the caller's own, so that they know whether it is the owner.
GRANT EXECUTE ON FUNCTION strictness(text), flag_change(text, jsonb, jsonb, boolean, uuid, uuid, uuid) TO :runtime:;
--> statement-breakpoint
DROP TRIGGER entries ON accounts;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER flags AFTER UPDATE ON accounts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.tier, OLD.stance, OLD.gone_stance, OLD.tier_entry_id, OLD.stance_entry_id)
    IS DISTINCT FROM (NEW.tier, NEW.stance, NEW.gone_stance, NEW.tier_entry_id, NEW.stance_entry_id)) EXECUTE FUNCTION accounts_flags();
--> statement-breakpoint
DROP TRIGGER entries ON subjects;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER UPDATE ON subjects DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.account_id, OLD.email, OLD.is_owner, OLD.status, OLD.kind)
    IS DISTINCT FROM (NEW.account_id, NEW.email, NEW.is_owner, NEW.status, NEW.kind)) EXECUTE FUNCTION directory_entry();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER flags AFTER UPDATE ON subjects DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.is_vip, OLD.vip_entry_id) IS DISTINCT FROM (NEW.is_vip, NEW.vip_entry_id)) EXECUTE FUNCTION subjects_flags();
--> statement-breakpoint
ALTER TABLE accounts ENABLE ALWAYS TRIGGER flags;
--> statement-breakpoint
ALTER TABLE subjects ENABLE ALWAYS TRIGGER entries, ENABLE ALWAYS TRIGGER flags;
--> statement-breakpoint

-- ---------- what is proposed of a flag ----------
-- One at a time for each; a product's is taken back when it says something else.
CREATE UNIQUE INDEX proposals_flag_once ON proposals (account_id, subject_id, (after ? 'tier'), (after ? 'stance')) NULLS NOT DISTINCT
  WHERE kind = 'flag' AND status = 'pending';
--> statement-breakpoint
ALTER TABLE "proposals" DROP CONSTRAINT "proposals_decided";
--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_decided" CHECK (("proposals"."status" = 'pending') = ("proposals"."decided_at" is null) and ("proposals"."decided_at" is null) = ("proposals"."decided_entry_id" is null) and ("proposals"."status" in ('accepted', 'declined') or ("proposals"."status" = 'withdrawn' and "proposals"."product_id" is null)) = ("proposals"."decided_by" is not null));
--> statement-breakpoint
CREATE FUNCTION proposals_flag() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE flag text;
BEGIN
  SELECT k INTO flag FROM jsonb_object_keys(NEW.after) k;
  IF NEW.account_id IS NULL OR NEW.staff_id IS NOT NULL OR flag IS NULL OR (flag = 'vip') <> (NEW.subject_id IS NOT NULL)
    OR flag NOT IN ('tier', 'stance', 'vip') OR NEW.before - flag <> '{}' OR NEW.after - flag <> '{}' THEN
    PERFORM refuse('proposal_flag_unknown', 'A proposal is about one flag of one account or person');
  END IF;
  IF NEW.product_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM accounts WHERE id = NEW.account_id AND product_id = NEW.product_id) THEN
    PERFORM refuse('proposal_flag_by', 'A product proposes of its own accounts');
  END IF;
  IF NEW.proposed_by IS NOT NULL AND NOT holds_role(NEW.proposed_by, 'manager') THEN
    PERFORM refuse('proposal_flag_by', 'Only an active manager proposes to loosen a flag');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION proposals_flag() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER guard_flag BEFORE INSERT ON proposals FOR EACH ROW WHEN (NEW.kind = 'flag') EXECUTE FUNCTION proposals_flag();
--> statement-breakpoint
ALTER TABLE proposals ENABLE ALWAYS TRIGGER guard_flag;
--> statement-breakpoint

-- ---------- what becomes sensitive while somebody is in ----------
-- The session that became too little for its account: the request asks for it anew.
ALTER TABLE "requests" ADD COLUMN "carried_from" uuid;
--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_carried_from_sessions_id_fk" FOREIGN KEY ("carried_from") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "requests_carried_from" ON "requests" USING btree ("carried_from") WHERE "requests"."carried_from" is not null;
--> statement-breakpoint
-- Whether the approvals on record are too few for what makes the subject sensitive now. Asked only where that is more than
-- was asked for.
CREATE FUNCTION outgrown(r requests, because text[], accepted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NOT votes_meet(coalesce((SELECT s FROM requests s WHERE s.id = r.standing_of), r),
    approval_requirements(policy_body_now(), because, accepted, r.scope))
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION outgrown(requests, text[], text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION outgrown(requests, text[], text) TO :runtime:;
