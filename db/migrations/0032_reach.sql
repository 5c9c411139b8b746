-- ---------- which staff may stand in for whom ----------
-- The rules of the policy in force, one a row. A key that is absent says nothing about it.
CREATE VIEW reach_rules AS
  SELECT r.value ->> 'team' AS team, r.value -> 'regions' AS regions, r.value -> 'tiers' AS tiers,
    r.value -> 'products' AS products, r.value -> 'subjectRoles' AS subject_roles
  FROM policy_versions p CROSS JOIN LATERAL jsonb_array_elements(coalesce(p.body -> 'reach', '[]')) r
  WHERE p.version = (SELECT max(version) FROM policy_versions);
--> statement-breakpoint
REVOKE ALL ON reach_rules FROM PUBLIC;
--> statement-breakpoint
-- A team without a rule stands in for everybody; one with rules for whom any of them fits. What an account does not say
-- fits no rule that asks for it. `lib/policy/reach.ts` says the same.
CREATE VIEW subject_reach AS
  SELECT p.id AS actor_id, s.id AS subject_id, p.team,
    EXISTS (SELECT 1 FROM reach_rules r WHERE r.team = p.team)
    AND NOT EXISTS (SELECT 1 FROM reach_rules r WHERE r.team = p.team
      AND (r.regions IS NULL OR r.regions ? a.region)
      AND (r.tiers IS NULL OR r.tiers ? a.tier)
      AND (r.products IS NULL OR r.products ? d.client_id)
      AND (r.subject_roles IS NULL OR r.subject_roles ? s.role)) AS is_out
  FROM staff p CROSS JOIN subjects s
  JOIN accounts a ON a.id = s.account_id
  JOIN products d ON d.id = s.product_id;
--> statement-breakpoint
REVOKE ALL ON subject_reach FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT ON reach_rules, subject_reach TO :runtime:;
--> statement-breakpoint
-- Why this actor may not stand in for this subject, or null.
CREATE OR REPLACE FUNCTION reach_refusal(actor uuid, subject uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'the customer is out of the reach of ' || team FROM subject_reach
  WHERE actor_id = actor AND subject_id = subject AND is_out
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION reach_refusal(uuid, uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION reach_refusal(uuid, uuid) TO :runtime:;
