-- What was written meanwhile asks for the policy in force too: one that was withdrawn before its day is none.
DO $$
DECLARE f record; told text;
BEGIN
  FOR f IN SELECT p.oid, pg_get_functiondef(p.oid) AS def FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole AND p.prokind = 'f'
      AND p.prosrc ~* 'policy_versions' AND p.proname NOT IN ('policy_versions_insert') LOOP
    told := regexp_replace(f.def, 'FROM policy_versions((?: \w+)?)(?:\s+WHERE (?:\w+\.)?in_force_from <= clock_timestamp\(\))?\s+ORDER BY (?:\w+\.)?version DESC LIMIT 1',
      'FROM policy_now\1', 'gi');
    told := regexp_replace(told, '\(SELECT max\(version\) FROM policy_versions\)', 'policy_version_in_force()', 'gi');
    IF told <> f.def THEN
      EXECUTE told;
    END IF;
  END LOOP;
END $$;
