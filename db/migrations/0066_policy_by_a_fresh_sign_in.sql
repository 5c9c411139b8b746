-- With which sign-in a policy was changed: where the policy in force wants a fresh one for that, the schema asks too.
ALTER TABLE "policy_versions" ADD COLUMN "sign_in_id" uuid;
--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_own_sign_in" FOREIGN KEY ("sign_in_id","changed_by") REFERENCES "public"."staff_sign_ins"("id","staff_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
DO $$
DECLARE told text; after_ CONSTANT text := '  loose := policy_loosens(now_.body, NEW.body);';
BEGIN
  SELECT pg_get_functiondef('policy_versions_insert()'::regprocedure) INTO told;
  IF (length(told) - length(replace(told, after_, ''))) <> length(after_) THEN
    RAISE EXCEPTION 'The guard of the policy is written otherwise';
  END IF;
  EXECUTE replace(told, after_, after_ || '
  IF fresh_refusal(NEW.sign_in_id, (now_.body #>> ''{freshSignIn,policyChange}'')::integer, now_.body #>> ''{freshSignIn,acr}'') IS NOT NULL THEN
    PERFORM refuse(''policy_sign_in'', ''To change the policy one signs in anew'');
  END IF;');
END $$;
