-- ---------- who a product moves to a laxer account, or no longer calls an owner ----------
-- The facts are the product's and hold at once: whose account it is says whose data is shown. What made somebody stricter and
-- does no longer is kept beside them (`held_because`), and they are treated by it until a second person accepts.
ALTER TABLE "subjects" ADD COLUMN "held_because" text[] DEFAULT '{}' NOT NULL;
--> statement-breakpoint
ALTER TABLE "subjects" ADD COLUMN "held_entry_id" uuid;
--> statement-breakpoint
ALTER TABLE "subjects" ADD CONSTRAINT "subjects_held_because" CHECK ("subjects"."held_because" <@ '{enterprise,regulated,opted_out,closed,owner}'::text[]);
--> statement-breakpoint
GRANT UPDATE (held_because, held_entry_id) ON subjects TO :runtime:;
--> statement-breakpoint
CREATE TRIGGER guard_held_new BEFORE INSERT ON subjects FOR EACH ROW
  WHEN (NEW.held_because <> '{}' OR NEW.held_entry_id IS NOT NULL) EXECUTE FUNCTION flags_start_pushed();
--> statement-breakpoint
ALTER TABLE subjects ENABLE ALWAYS TRIGGER guard_held_new;
--> statement-breakpoint
-- What of before is stricter than what is so now: a tier, a stance, being an owner.
CREATE FUNCTION stricter_before(was_tier text, was_stance text, was_owner boolean, held text[], tier text, stance text, owner boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_remove(ARRAY[
    (SELECT t FROM unnest(held || was_tier) t WHERE t IN ('enterprise', 'regulated') AND strictness(t) > strictness(tier) ORDER BY strictness(t) DESC LIMIT 1),
    (SELECT t FROM unnest(held || was_stance) t WHERE t IN ('opted_out', 'closed') AND strictness(t) > strictness(stance) ORDER BY strictness(t) DESC LIMIT 1),
    CASE WHEN (was_owner OR 'owner' = ANY (held)) AND NOT owner THEN 'owner' END], NULL)
$$;
--> statement-breakpoint
-- Whatever is written, this is what is held; it is let go only by the entry of who accepted (`subjects_held`).
CREATE FUNCTION subjects_hold() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE was accounts; is_ accounts;
BEGIN
  IF by_owner(TG_RELID) THEN
    RETURN NEW;
  END IF;
  IF NEW.held_entry_id IS DISTINCT FROM OLD.held_entry_id THEN
    IF (NEW.account_id, NEW.is_owner) IS DISTINCT FROM (OLD.account_id, OLD.is_owner) OR NEW.held_because <> '{}' OR OLD.held_because = '{}' THEN
      PERFORM refuse('subject_held', 'What is held is let go as a whole, and by itself');
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO was FROM accounts WHERE id = OLD.account_id;
  SELECT * INTO is_ FROM accounts WHERE id = NEW.account_id;
  -- Closed only because a whole sync left the account out says nothing of a person who is named elsewhere.
  NEW.held_because := stricter_before(was.tier, coalesce(was.gone_stance, was.stance), OLD.is_owner, OLD.held_because,
    is_.tier, coalesce(is_.gone_stance, is_.stance), NEW.is_owner);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_held BEFORE UPDATE ON subjects FOR EACH ROW
  WHEN ((OLD.account_id, OLD.is_owner, OLD.held_because, OLD.held_entry_id) IS DISTINCT FROM (NEW.account_id, NEW.is_owner, NEW.held_because, NEW.held_entry_id))
  EXECUTE FUNCTION subjects_hold();
--> statement-breakpoint
CREATE FUNCTION subjects_held() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT by_owner(TG_RELID) THEN
    PERFORM flag_change('held', to_jsonb(OLD.held_because), to_jsonb(NEW.held_because), true, NEW.account_id, NEW.id, NEW.held_entry_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER held AFTER UPDATE ON subjects DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.held_entry_id IS DISTINCT FROM NEW.held_entry_id) EXECUTE FUNCTION subjects_held();
--> statement-breakpoint
ALTER TABLE subjects ENABLE ALWAYS TRIGGER guard_held, ENABLE ALWAYS TRIGGER held;
--> statement-breakpoint
REVOKE ALL ON FUNCTION stricter_before(text, text, boolean, text[], text, text, boolean), subjects_hold(), subjects_held() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION stricter_before(text, text, boolean, text[], text, text, boolean) TO :runtime:;
--> statement-breakpoint
-- Both the account that a person is in and what is held of them say how they are treated.
CREATE OR REPLACE VIEW subject_standing AS
  SELECT s.id,
    CASE
      WHEN EXISTS (SELECT 1 FROM staff p WHERE p.id = s.id OR p.id::text = s.external_id OR lower(p.email) = lower(s.email)) THEN 'staff'
      WHEN s.status <> 'active' THEN 'deactivated'
      WHEN s.kind = 'service' THEN 'service'
      WHEN a.stance = 'closed' OR 'closed' = ANY (s.held_because) THEN 'closed'
    END AS refusal,
    array_remove(ARRAY[
      CASE WHEN a.tier = 'regulated' OR 'regulated' = ANY (s.held_because) THEN 'regulated'
        WHEN a.tier = 'enterprise' OR 'enterprise' = ANY (s.held_because) THEN 'enterprise' END,
      CASE WHEN a.stance = 'opted_out' OR 'opted_out' = ANY (s.held_because) THEN 'opted_out' END,
      CASE WHEN s.is_vip THEN 'vip' END,
      CASE WHEN s.is_owner OR 'owner' = ANY (s.held_because) THEN 'owner' END], NULL) AS sensitive_because,
    a.terms_version
  FROM subjects s JOIN accounts a ON a.id = s.account_id;
--> statement-breakpoint
-- What is proposed of a flag: of a person whether they are a VIP, and that they are treated as they are now.
DROP INDEX proposals_flag_once;
--> statement-breakpoint
CREATE UNIQUE INDEX proposals_flag_once ON proposals (account_id, subject_id, (after ? 'tier'), (after ? 'stance'), (after ? 'held')) NULLS NOT DISTINCT
  WHERE kind = 'flag' AND status = 'pending';
--> statement-breakpoint
CREATE OR REPLACE FUNCTION proposals_flag() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE flag text;
BEGIN
  SELECT k INTO flag FROM jsonb_object_keys(NEW.after) k;
  IF NEW.account_id IS NULL OR NEW.staff_id IS NOT NULL OR flag IS NULL OR (flag IN ('vip', 'held')) <> (NEW.subject_id IS NOT NULL)
    OR flag NOT IN ('tier', 'stance', 'vip', 'held') OR NEW.before - flag <> '{}' OR NEW.after - flag <> '{}' THEN
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
