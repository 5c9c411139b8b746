-- What every line of a push pays for the search, in half the time: most text has single spaces, and most names have one
-- spelling and two words. What is given is the same.
CREATE OR REPLACE FUNCTION fold(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF octet_length(value) = length(value) THEN
    IF strpos(value, '  ') > 0 OR value ~ '[\t\n\v\f\r]' THEN value := regexp_replace(value, '\s+', ' ', 'g'); END IF;
    RETURN lower(value);
  END IF;
  RETURN translate(lower(regexp_replace(regexp_replace(regexp_replace(
    normalize(unaccent('unaccent', value), NFKD), '[\u0300-\u036f\u064b-\u065f\u0591-\u05c7]', '', 'g'),
    '([\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff])', ' \1 ', 'g'), '\s+', ' ', 'g')), 'ς', 'σ');
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION name_tokens_of(name text, latin text) RETURNS TABLE (kind smallint, token text) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE ROWS 8
SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  w text[] := (string_to_array(left(name, 512), ' '))[:8];
  n int := coalesce(cardinality(w), 0);
  seen text[];
  outer_two text;
BEGIN
  IF name = '' THEN RETURN; END IF;
  IF latin <> '' THEN
    -- Of both spellings, each once.
    RETURN QUERY SELECT t.kind, t.token FROM name_tokens_of(name, '') t UNION SELECT t.kind, t.token FROM name_tokens_of(latin, '') t;
    RETURN;
  END IF;
  kind := 1; token := left(name, 64); RETURN NEXT;
  kind := 2; token := left(w[1], 2); RETURN NEXT;
  kind := 3; token := left(w[1], 64); RETURN NEXT;
  seen := NULL;
  FOR i IN 2..n LOOP
    kind := 4; token := left(w[i], 2);
    CONTINUE WHEN token = ANY (seen);
    IF n > 2 THEN seen := seen || token; END IF;
    RETURN NEXT;
  END LOOP;
  FOR i IN 2..n LOOP
    kind := 5; token := left(w[i], 64);
    IF i = 2 OR w[i] <> ALL (w[2:i - 1]) THEN RETURN NEXT; END IF;
  END LOOP;
  kind := 6; seen := array[left(name, 64)];
  FOR i IN 1..least(n, 4) LOOP
    FOR j IN 1..least(n, 4) LOOP
      -- Of ideographs, which are words by themselves, those that follow each other.
      CONTINUE WHEN i = j OR (length(w[i]) = 1 OR length(w[j]) = 1)
        AND NOT (i > 1 AND j = i + 1 AND length(w[i]) = 1 AND length(w[j]) = 1 AND octet_length(w[i] || w[j]) > 5);
      token := left(w[i] || ' ' || w[j], 64);
      CONTINUE WHEN token = ANY (seen);
      seen := seen || token;
      RETURN NEXT;
    END LOOP;
  END LOOP;
  IF length(w[1]) = 1 AND length(w[2]) = 1 AND octet_length(w[1] || w[2]) > 5 THEN
    kind := 8; token := w[1] || ' ' || w[2]; RETURN NEXT;
  END IF;
  -- Ideographs are words by themselves: what they are typed as already.
  IF n > 1 AND length(name) >= 2 * n THEN
    kind := 7; token := '';
    FOR i IN 1..n LOOP token := token || left(w[i], 1); END LOOP;
    outer_two := left(token, 1) || right(token, 1);
    RETURN NEXT;
    IF token <> outer_two THEN token := outer_two; RETURN NEXT; END IF;
  END IF;
END $$;
--> statement-breakpoint
DROP FUNCTION name_tokens_of(text);
