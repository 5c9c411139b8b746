-- Search that knows: names in Latin letters beside their own script, initials, and among equal matches whom the reader's
-- work is about first. And faster where few are called so: a word of five letters or more is looked for in the vocabulary
-- of names, in the accounts, and in what nobody's name or account says of them, instead of in everything that a million
-- people have.
--
-- What is there already is folded again: of a million people some three minutes, of ten thousand two seconds. Nobody
-- searches or pushes meanwhile.

-- The same in Latin letters, folded: Greek and Cyrillic letter by letter, and the letters that people write as two (ü, ø,
-- å). Empty where that is what folding makes of it anyhow. `lib/directory/latin.ts` has the same table, for the marks.
CREATE FUNCTION latin(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v text;
  two text[];
BEGIN
  IF octet_length(value) = length(value) THEN RETURN ''; END IF;
  v := lower(normalize(value, NFC));
  IF v !~ '[äöüøå\u0370-\u03ff\u0400-\u04ff\u1f00-\u1fff]' THEN RETURN ''; END IF;
  v := replace(replace(replace(replace(replace(v, 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ø', 'oe'), 'å', 'aa');
  IF v ~ '[\u0370-\u03ff\u1f00-\u1fff]' THEN
    v := normalize(regexp_replace(normalize(v, NFD), '[\u0300-\u0307\u0309-\u036f]', '', 'g'), NFC);
    FOREACH two SLICE 1 IN ARRAY array[['ου', 'ou'], ['αυ', 'av'], ['ευ', 'ev'], ['θ', 'th'], ['χ', 'ch'], ['ψ', 'ps']] LOOP
      v := replace(v, two[1], two[2]);
    END LOOP;
    v := translate(v, 'αβγδεζηικλμνξοπρστυφωςϊϋ', 'avgdeziiklmnxoprstyfosiy');
  END IF;
  IF v ~ '[\u0400-\u04ff]' THEN
    v := replace(replace(replace(v, 'й', 'y'), 'ё', 'yo'), 'ї', 'yi');
    v := regexp_replace(normalize(v, NFD), '[\u0300-\u036f]', '', 'g');
    FOREACH two SLICE 1 IN ARRAY array[['ж', 'zh'], ['х', 'kh'], ['ц', 'ts'], ['ч', 'ch'], ['ш', 'sh'], ['щ', 'shch'], ['ю', 'yu'],
      ['я', 'ya'], ['є', 'ye'], ['љ', 'lj'], ['њ', 'nj'], ['џ', 'dz'], ['ђ', 'dj']] LOOP
      v := replace(v, two[1], two[2]);
    END LOOP;
    v := translate(v, 'абвгдезиклмнопрстуфыэіґјћьъ', 'abvgdeziklmnoprstufyeigjc');
  END IF;
  v := btrim(fold(v));
  RETURN CASE WHEN v = btrim(fold(value)) THEN '' ELSE v END;
END $$;
--> statement-breakpoint
-- Every five letters in a row: few words have them in common, of three many do.
CREATE FUNCTION fives(value text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array(SELECT DISTINCT substr(value, i, 5) FROM generate_series(1, length(value) - 4) i) $$;
--> statement-breakpoint
-- What an account is found by: its name, the same as the part of an address that it becomes ("northwind-foods",
-- "northwindfoods"), and its id.
CREATE FUNCTION account_search(name text, external_id text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f || ' ' || replace(f, ' ', '') || ' ' || replace(f, ' ', '-') || ' ' || lower(external_id) FROM fold(name) f $$;
--> statement-breakpoint
-- The runs of five letters or more, hyphens and the vowel signs of Indic scripts among them, in an e-mail and an id that neither the name nor the account holds: with the vocabulary
-- and the accounts all that a word of so many letters can be part of. Of a name of more than eight words, or of
-- endless ones, too: the vocabulary does not have those whole.
CREATE FUNCTION rest_of(name text, latin text, email text, external_id text, account text)
RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  is_long boolean := length(name) > 64 OR cardinality(string_to_array(name, ' ')) > 8 OR length(latin) > 64;
  theirs text := fold(account);
  known text := theirs || ' ' || replace(theirs, ' ', '') || ' ' || replace(theirs, ' ', '-') || CASE WHEN is_long THEN '' ELSE ' ' || name || ' ' || latin END;
  rest text := '';
  run text;
BEGIN
  FOREACH run IN ARRAY regexp_split_to_array(
    fold(email || ' ' || external_id) || CASE WHEN is_long THEN ' ' || name || ' ' || latin ELSE '' END, '[^[:alpha:]\u0900-\u0eff-]+') LOOP
    IF length(run) >= 5 AND strpos(known, run) = 0 AND strpos(rest, run) = 0 THEN rest := rest || ' ' || run; END IF;
  END LOOP;
  RETURN ltrim(rest);
END $$;
--> statement-breakpoint
ALTER TABLE "subjects" ADD COLUMN "search_latin" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "subjects" ADD COLUMN "search_rest" text DEFAULT '' NOT NULL;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION subjects_fold() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  theirs record;
BEGIN
  NEW.search_name := btrim(fold(NEW.name));
  NEW.search_latin := latin(NEW.name);
  SELECT a.name, a.external_id INTO theirs FROM accounts a WHERE a.id = NEW.account_id FOR SHARE;
  NEW.search := fold(concat_ws(' ', '', NEW.name, NEW.email, NEW.external_id, theirs.name, theirs.external_id,
    nullif(NEW.search_latin, ''), ''));
  NEW.search_rest := rest_of(NEW.search_name, NEW.search_latin, NEW.email, NEW.external_id, coalesce(theirs.name, ''));
  RETURN NEW;
END $$;
--> statement-breakpoint
DROP TRIGGER subjects_refold ON subjects;
--> statement-breakpoint
-- What is there already, by writing the table anew: row by row, with all its triggers and indexes, it would take ten times as
-- long. `search` ends with a space.
CREATE FUNCTION name_of_account(id uuid) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$ SELECT a.name FROM accounts a WHERE a.id = $1 $$;
--> statement-breakpoint
ALTER TABLE subjects
  ALTER COLUMN search_latin TYPE text USING latin(name),
  ALTER COLUMN search_rest TYPE text USING rest_of(search_name, latin(name), email, external_id, name_of_account(account_id)),
  ALTER COLUMN search TYPE text USING CASE WHEN latin(name) = '' THEN search ELSE search || latin(name) || ' ' END;
--> statement-breakpoint
DROP FUNCTION name_of_account(uuid);
--> statement-breakpoint
CREATE TRIGGER subjects_refold BEFORE UPDATE ON subjects FOR EACH ROW
  WHEN ((OLD.name, OLD.email, OLD.account_id, OLD.search, OLD.search_name, OLD.search_latin, OLD.search_rest)
    IS DISTINCT FROM (NEW.name, NEW.email, NEW.account_id, NEW.search, NEW.search_name, NEW.search_latin, NEW.search_rest))
  EXECUTE FUNCTION subjects_fold();
--> statement-breakpoint

-- ---------- the words of a name ----------
-- As before, and the pairs of ideographs that a name goes on with; kind 7: its initials, all of them and the outer two; kind 8: the first two ideographs.
CREATE OR REPLACE FUNCTION name_tokens_of(name text) RETURNS TABLE (kind smallint, token text) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE ROWS 8
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  w text[] := (string_to_array(left(name, 512), ' '))[:8];
  later text[] := w[2:];
  starts text[] := array(SELECT DISTINCT left(x, 2) FROM unnest(w[2:]) x);
  pair text;
  pairs text[] := array[left(name, 64)];
  outer_two text;
BEGIN
  IF name = '' THEN RETURN; END IF;
  kind := 1; token := left(name, 64); RETURN NEXT;
  kind := 2; token := left(w[1], 2); RETURN NEXT;
  kind := 3; token := left(w[1], 64); RETURN NEXT;
  kind := 4; FOREACH token IN ARRAY starts LOOP RETURN NEXT; END LOOP;
  kind := 5;
  FOR i IN 1..cardinality(later) LOOP
    token := left(later[i], 64);
    IF later[i] <> ALL (later[:i - 1]) THEN RETURN NEXT; END IF;
  END LOOP;
  kind := 6;
  FOR i IN 1..least(cardinality(w), 4) LOOP
    FOR j IN 1..least(cardinality(w), 4) LOOP
      -- Of ideographs, which are words by themselves, those that follow each other.
      CONTINUE WHEN i = j OR (length(w[i]) = 1 OR length(w[j]) = 1)
        AND NOT (i > 1 AND j = i + 1 AND length(w[i]) = 1 AND length(w[j]) = 1 AND octet_length(w[i] || w[j]) > 5);
      token := left(w[i] || ' ' || w[j], 64);
      CONTINUE WHEN token = ANY (pairs);
      pairs := pairs || token;
      RETURN NEXT;
    END LOOP;
  END LOOP;
  IF length(w[1]) = 1 AND length(w[2]) = 1 AND octet_length(w[1] || w[2]) > 5 THEN
    kind := 8; token := w[1] || ' ' || w[2]; RETURN NEXT;
  END IF;
  -- Ideographs are words by themselves: what they are typed as already.
  IF cardinality(w) > 1 AND length(name) >= 2 * cardinality(w) THEN
    kind := 7; token := '';
    FOR i IN 1..cardinality(w) LOOP token := token || left(w[i], 1); END LOOP;
    outer_two := left(token, 1) || right(token, 1);
    RETURN NEXT;
    IF token <> outer_two THEN token := outer_two; RETURN NEXT; END IF;
  END IF;
END $$;
--> statement-breakpoint
-- Of both spellings, each once.
CREATE FUNCTION name_tokens_of(name text, latin text) RETURNS TABLE (kind smallint, token text) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE ROWS 8
SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF latin = '' THEN RETURN QUERY SELECT t.kind, t.token FROM name_tokens_of(name) t;
  ELSE RETURN QUERY SELECT t.kind, t.token FROM name_tokens_of(name) t UNION SELECT t.kind, t.token FROM name_tokens_of(latin) t;
  END IF;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION keep_name_tokens() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed CONSTANT text := ' WHERE (o.search_name, o.search_latin, o.last_seen_at) IS DISTINCT FROM (n.search_name, n.search_latin, n.last_seen_at)';
  joined CONSTANT text := 'new_rows n JOIN old_rows o USING (id)';
BEGIN
  IF TG_OP <> 'INSERT' THEN
    EXECUTE 'SELECT drop_name_tokens(array_agg(o.id), array_agg(o.search_name), array_agg(o.search_latin), array_agg(o.last_seen_at)) FROM '
      || CASE TG_OP WHEN 'UPDATE' THEN joined || changed ELSE 'old_rows o' END;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    EXECUTE 'INSERT INTO name_tokens
      SELECT k.kind, k.token, coalesce(n.last_seen_at, ''-infinity''), n.id, hashtext(n.search_name) FROM '
      || CASE TG_OP WHEN 'UPDATE' THEN joined ELSE 'new_rows n' END || ', name_tokens_of(n.search_name, n.search_latin) k'
      || CASE TG_OP WHEN 'UPDATE' THEN changed ELSE '' END || ' ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION drop_name_tokens(ids uuid[], names text[], latins text[], seen_at timestamptz[]) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
  DELETE FROM name_tokens t USING (
    SELECT k.kind, k.token, coalesce(o.seen, '-infinity') AS seen, o.id, hashtext(o.name) AS name_key
    FROM unnest(ids, names, latins, seen_at) AS o(id, name, latin, seen), name_tokens_of(o.name, o.latin) k ORDER BY 1, 2, 3) gone
  WHERE (t.kind, t.token, t.seen, t.subject_id, t.name_key) = (gone.kind, gone.token, gone.seen, gone.id, gone.name_key)
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION drop_name_tokens(uuid[], text[], text[], timestamptz[]) FROM PUBLIC;
--> statement-breakpoint
DROP FUNCTION drop_name_tokens(uuid[], text[], timestamptz[]);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION keep_name_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  joined CONSTANT text := 'new_rows n JOIN old_rows o USING (id), ';
  of_words CONSTANT text := ' WHERE k.kind IN (3, 5)' || CASE TG_OP
    WHEN 'UPDATE' THEN ' AND (o.search_name, o.search_latin) <> (n.search_name, n.search_latin)' ELSE '' END;
BEGIN
  IF TG_OP <> 'DELETE' THEN
    EXECUTE 'INSERT INTO name_words SELECT DISTINCT k.token, n.product_id FROM '
      || CASE TG_OP WHEN 'UPDATE' THEN joined ELSE 'new_rows n, ' END || 'name_tokens_of(n.search_name, n.search_latin) k'
      || of_words || ' ORDER BY 1, 2 ON CONFLICT DO NOTHING';
  END IF;
  IF TG_OP <> 'INSERT' THEN
    EXECUTE 'SELECT drop_name_words(array_agg(word), array_agg(product_id)) FROM (SELECT DISTINCT k.token AS word, o.product_id FROM '
      || CASE TG_OP WHEN 'UPDATE' THEN joined ELSE 'old_rows o, ' END || 'name_tokens_of(o.search_name, o.search_latin) k' || of_words || ') gone';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint

-- The tokens that nobody has yet.
INSERT INTO name_tokens SELECT k.kind, k.token, coalesce(s.last_seen_at, '-infinity'), s.id, hashtext(s.search_name)
  FROM subjects s, name_tokens_of(s.search_name, s.search_latin) k
  WHERE k.kind IN (7, 8) OR s.search_latin <> '' OR s.search_name ~ '[\u2e80-\uffff]' ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING;
--> statement-breakpoint
INSERT INTO name_words SELECT DISTINCT k.token, s.product_id FROM subjects s, name_tokens_of(s.search_latin) k
  WHERE s.search_latin <> '' AND k.kind IN (3, 5) ORDER BY 1, 2 ON CONFLICT DO NOTHING;
--> statement-breakpoint
DO $$ BEGIN IF EXISTS (SELECT FROM subjects) THEN ANALYZE subjects; END IF; END $$;
--> statement-breakpoint
CREATE INDEX "subjects_rest" ON "subjects" USING gin (fives("search_rest")) WHERE "search_rest" <> '';
--> statement-breakpoint
CREATE INDEX "accounts_search" ON "accounts" USING gin (fives(account_search("name", "external_id")));
--> statement-breakpoint
CREATE INDEX "name_words_fives" ON "name_words" USING gin (fives("word"));
--> statement-breakpoint

-- ---------- whom the reader's work is about ----------
-- Answers alone who met an account last.
CREATE INDEX "sessions_met" ON "sessions" USING btree ("account_id", "started_at", "id", "actor_id");
--> statement-breakpoint
DROP INDEX "sessions_account";
--> statement-breakpoint
ALTER INDEX "sessions_met" RENAME TO "sessions_account";
--> statement-breakpoint
-- Of those who match equally well (`classes`; null: all of them), the first forty in a new order: whose account the agent
-- met lately, the last one first; then whose account one of the team did; then as they were. Lately is among the last
-- twenty sessions of the account, and within thirty days.
CREATE FUNCTION met_first(INOUT ids uuid[], INOUT keys int[], classes int[], agent uuid, team uuid[]) LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  since timestamptz := now() - interval '30 days';
  places int[];
BEGIN
  SELECT array_agg(x.place ORDER BY classes[x.place], m.is_own DESC NULLS LAST, m.at DESC NULLS LAST, x.place) INTO places
    FROM (SELECT u.id, u.place::int AS place FROM unnest(ids[:40]) WITH ORDINALITY AS u(id, place)) x
    JOIN subjects s ON s.id = x.id
    LEFT JOIN LATERAL (
      SELECT l.actor_id = agent AS is_own, l.started_at AS at FROM (
        SELECT t.actor_id, t.started_at FROM sessions t WHERE t.account_id = s.account_id AND t.started_at > since
        ORDER BY t.started_at DESC, t.id DESC LIMIT 20) l
      WHERE l.actor_id = agent OR l.actor_id = ANY (team) ORDER BY 1 DESC, 2 DESC LIMIT 1) m ON true
    HAVING count(m.at) > 0;
  IF places IS NOT NULL THEN
    ids := array(SELECT ids[o.p] FROM unnest(places) WITH ORDINALITY AS o(p, at) ORDER BY o.at) || ids[41:];
    keys := array(SELECT keys[o.p] FROM unnest(places) WITH ORDINALITY AS o(p, at) ORDER BY o.at) || keys[41:];
  END IF;
END $$;
--> statement-breakpoint
DROP FUNCTION search_people(text, int);
--> statement-breakpoint
-- People found by what was typed, the best first, as `lib/directory/search.ts` promises. Tier by tier, until as many are
-- found as are wanted; `more` when nobody looked further. Plans are made once: each tier has its index whatever is typed.
CREATE FUNCTION search_people(typed text, wanted int, agent uuid DEFAULT NULL, of_team text DEFAULT NULL)
RETURNS TABLE (subject_id uuid, place bigint, same_name bigint, total int, more boolean, corrected text)
LANGUAGE plpgsql STABLE ROWS 20
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  counted CONSTANT int := 200;
  top CONSTANT text := U&'\+10FFFF';
  as_typed CONSTANT text := btrim(fold(typed));
  spellings text[] := array[as_typed];
  whole text;
  typed_words text[] := (regexp_split_to_array(btrim(typed), '\s+'))[:8];
  terms text[];
  words text[];
  w text;
  ids uuid[] := '{}';
  keys int[] := '{}';
  phrases text[];
  ids_added uuid[];
  keys_added int[];
  classes int[];
  team uuid[];
  among int;
  somewhere text[];
  parts text[];
  whole_words text[];
  word_starts text[];
  step int;
  is_over boolean;
BEGIN
  IF as_typed = '' THEN RETURN; END IF;
  more := false;
  <<tiers>>
  BEGIN
    -- 0: the very e-mail or id, or an account's.
    IF cardinality(typed_words) = 1 THEN
      SELECT array_agg(x.id), array_agg(x.key) INTO ids_added, keys_added FROM (
        SELECT e.id, hashtext(e.search_name) AS key FROM (
          SELECT s.id, s.search_name, s.last_seen_at FROM subjects s WHERE lower(s.email) = lower(typed)
          UNION SELECT s.id, s.search_name, s.last_seen_at FROM subjects s WHERE lower(s.external_id) = lower(typed)
          UNION SELECT s.id, s.search_name, s.last_seen_at FROM accounts a JOIN subjects s ON s.account_id = a.id
            WHERE lower(a.external_id) = lower(typed)) e
        ORDER BY coalesce(e.last_seen_at, '-infinity') DESC, e.id DESC LIMIT counted + 1) x;
      ids := ids || ids_added; keys := keys || keys_added;
      -- Nobody is called so: who types it whole means this one.
      is_over := cardinality(ids) > 0 AND typed ~ '[@_0-9]';
      EXIT tiers WHEN is_over;
      is_over := NULL;
    END IF;

    team := CASE WHEN agent IS NOT NULL THEN array(SELECT p.id FROM staff p WHERE p.team = of_team) END;
    IF octet_length(typed) > length(typed) THEN spellings := spellings || nullif(latin(typed), ''); END IF;
    FOREACH whole IN ARRAY array_remove(spellings, NULL) LOOP
      words := string_to_array(whole, ' ');
      w := words[1];
      IF cardinality(words) = 1 THEN
        -- 1: the name begins with it, as a whole word and then as a part of one. 2: a later word does.
        FOREACH step IN ARRAY array[3, 5] LOOP
          SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
            SELECT t.subject_id, t.name_key FROM name_tokens t WHERE t.kind = step AND t.token = left(w, 64) AND t.subject_id <> ALL (ids)
            ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) x;
          classes := NULL;
          IF agent IS NOT NULL AND cardinality(ids_added) > 1 THEN
            SELECT m.ids, m.keys INTO ids_added, keys_added FROM met_first(ids_added, keys_added, classes, agent, team) m;
          END IF;
          ids := ids || ids_added; keys := keys || keys_added;
          EXIT tiers WHEN cardinality(ids) >= wanted;
          IF length(w) = 2 THEN
            SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
              SELECT t.subject_id, t.name_key FROM name_tokens t WHERE t.kind = step - 1 AND t.token = w AND t.subject_id <> ALL (ids)
              ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) x;
          ELSIF length(w) = 1 THEN
            WITH RECURSIVE starts AS (
              (SELECT t.token FROM name_tokens t WHERE t.kind = step - 1 AND t.token >= w AND t.token < w || top ORDER BY t.token LIMIT 1)
              UNION ALL
              SELECT (SELECT t.token FROM name_tokens t WHERE t.kind = step - 1 AND t.token > s.token AND t.token < w || top
                ORDER BY t.token LIMIT 1) FROM starts s WHERE s.token IS NOT NULL)
            SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
              SELECT l.subject_id, min(l.name_key) AS name_key FROM starts, LATERAL (
                SELECT t.subject_id, t.name_key, t.seen FROM name_tokens t
                WHERE t.kind = step - 1 AND t.token = starts.token AND t.subject_id <> ALL (ids)
                ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) l
              GROUP BY l.subject_id ORDER BY max(l.seen) DESC, l.subject_id DESC LIMIT counted + 1) x;
          ELSE
            -- Those who are called so are few, or the words are: of many both, each word's last seen.
            SELECT array_agg(x.subject_id), array_agg(x.name_key), max(x.among) INTO ids_added, keys_added, among FROM (
              SELECT r.subject_id, min(r.name_key) AS name_key, sum(count(*)) OVER () AS among FROM (
                SELECT t.subject_id, t.name_key, t.seen FROM name_tokens t
                WHERE t.kind = step AND t.token > left(w, 64) AND t.token < left(w, 64) || top AND t.subject_id <> ALL (ids) LIMIT 400) r
              GROUP BY r.subject_id ORDER BY max(r.seen) DESC, r.subject_id DESC LIMIT counted + 1) x;
            IF among = 400 THEN
              SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
                SELECT l.subject_id, min(l.name_key) AS name_key FROM (
                  SELECT DISTINCT v.word FROM name_words v WHERE v.word > w AND v.word < w || top LIMIT 2000) v, LATERAL (
                  SELECT t.subject_id, t.name_key, t.seen FROM name_tokens t
                  WHERE t.kind = step AND t.token = left(v.word, 64) AND t.subject_id <> ALL (ids)
                  ORDER BY t.seen DESC, t.subject_id DESC LIMIT wanted + 1) l
                GROUP BY l.subject_id ORDER BY max(l.seen) DESC, l.subject_id DESC LIMIT counted + 1) x;
            END IF;
          END IF;
          classes := NULL;
          IF agent IS NOT NULL AND cardinality(ids_added) > 1 THEN
            SELECT m.ids, m.keys INTO ids_added, keys_added FROM met_first(ids_added, keys_added, classes, agent, team) m;
          END IF;
          ids := ids || ids_added; keys := keys || keys_added;
          EXIT tiers WHEN cardinality(ids) >= wanted;
        END LOOP;
      ELSE
        -- The same of several words: the name begins with them, then two words of it do in any order.
        IF length(whole) = 3 AND cardinality(words) = 2 AND octet_length(whole) > 6 THEN
          -- Two ideographs: so many begin with them that their order lies ready.
          SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
            SELECT t.subject_id, t.name_key FROM name_tokens t WHERE t.kind = 8 AND t.token = whole AND t.subject_id <> ALL (ids)
            ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) x;
          classes := NULL;
          IF agent IS NOT NULL AND cardinality(ids_added) > 1 THEN
            SELECT m.ids, m.keys INTO ids_added, keys_added FROM met_first(ids_added, keys_added, classes, agent, team) m;
          END IF;
          ids := ids || ids_added; keys := keys || keys_added;
          EXIT tiers WHEN cardinality(ids) >= wanted;
        END IF;
        IF length(whole) <= 64 THEN
          SELECT array_agg(x.subject_id), array_agg(x.name_key), array_agg(x.class) INTO ids_added, keys_added, classes FROM (
            SELECT r.subject_id, min(r.name_key) AS name_key, min((r.token <> whole AND NOT r.token ^@ (whole || ' '))::int) AS class FROM (
              SELECT t.token, t.subject_id, t.name_key, t.seen FROM name_tokens t
              WHERE t.kind = 1 AND t.token >= whole AND t.token < whole || top AND t.subject_id <> ALL (ids) LIMIT 5000) r
            GROUP BY r.subject_id
            ORDER BY class, max(r.seen) DESC, r.subject_id DESC LIMIT counted + 1) x;
          IF agent IS NOT NULL AND cardinality(ids_added) > 1 THEN
            SELECT m.ids, m.keys INTO ids_added, keys_added FROM met_first(ids_added, keys_added, classes, agent, team) m;
          END IF;
          ids := ids || ids_added; keys := keys || keys_added;
          EXIT tiers WHEN cardinality(ids) >= wanted;
        END IF;
        IF length(whole) <= 64 AND cardinality(words) = 2 THEN
          SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
            SELECT t.subject_id, t.name_key FROM name_tokens t WHERE t.kind = 6 AND t.token = whole AND t.subject_id <> ALL (ids)
            ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) x;
          classes := NULL;
          IF agent IS NOT NULL AND cardinality(ids_added) > 1 THEN
            SELECT m.ids, m.keys INTO ids_added, keys_added FROM met_first(ids_added, keys_added, classes, agent, team) m;
          END IF;
          ids := ids || ids_added; keys := keys || keys_added;
          EXIT tiers WHEN cardinality(ids) >= wanted;
          SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
            SELECT r.subject_id, min(r.name_key) AS name_key FROM (
              SELECT t.subject_id, t.name_key, t.seen FROM name_tokens t
              WHERE t.kind = 6 AND t.token > whole AND t.token < whole || top AND t.subject_id <> ALL (ids) LIMIT 5000) r
            GROUP BY r.subject_id ORDER BY max(r.seen) DESC, r.subject_id DESC LIMIT counted + 1) x;
          classes := NULL;
          IF agent IS NOT NULL AND cardinality(ids_added) > 1 THEN
            SELECT m.ids, m.keys INTO ids_added, keys_added FROM met_first(ids_added, keys_added, classes, agent, team) m;
          END IF;
          ids := ids || ids_added; keys := keys || keys_added;
          EXIT tiers WHEN cardinality(ids) >= wanted;
        END IF;
        -- Initials: of one word beside the other, and of all.
        IF cardinality(words) = 2 AND length(words[1]) = 1 AND length(words[2]) > 1 THEN
          SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
            SELECT r.subject_id, min(r.name_key) AS name_key FROM unnest(array[1, 6]) AS k(kind), LATERAL (
              SELECT t.subject_id, t.name_key, t.seen FROM name_tokens t
              WHERE t.kind = k.kind AND t.token >= left(words[2] || ' ' || w, 64) AND t.token < left(words[2] || ' ' || w, 64) || top
                AND t.subject_id <> ALL (ids) LIMIT 5000) r
            GROUP BY r.subject_id ORDER BY max(r.seen) DESC, r.subject_id DESC LIMIT counted + 1) x;
          classes := NULL;
          IF agent IS NOT NULL AND cardinality(ids_added) > 1 THEN
            SELECT m.ids, m.keys INTO ids_added, keys_added FROM met_first(ids_added, keys_added, classes, agent, team) m;
          END IF;
          ids := ids || ids_added; keys := keys || keys_added;
          EXIT tiers WHEN cardinality(ids) >= wanted;
        ELSIF length(whole) = 2 * cardinality(words) - 1 THEN
          SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
            SELECT l.subject_id, min(l.name_key) AS name_key FROM (
              SELECT DISTINCT i FROM unnest(array[replace(whole, ' ', ''), reverse(replace(whole, ' ', ''))]) i) i, LATERAL (
              SELECT t.subject_id, t.name_key, t.seen FROM name_tokens t
              WHERE t.kind = 7 AND t.token = i.i AND t.subject_id <> ALL (ids)
              ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) l
            GROUP BY l.subject_id ORDER BY max(l.seen) DESC, l.subject_id DESC LIMIT counted + 1) x;
          classes := NULL;
          IF agent IS NOT NULL AND cardinality(ids_added) > 1 THEN
            SELECT m.ids, m.keys INTO ids_added, keys_added FROM met_first(ids_added, keys_added, classes, agent, team) m;
          END IF;
          ids := ids || ids_added; keys := keys || keys_added;
          -- Somebody's: letters anywhere would only blur it.
          is_over := coalesce(cardinality(ids_added) > 0, false);
          EXIT tiers WHEN is_over;
        END IF;
      END IF;
    END LOOP;
    whole := as_typed;
    words := string_to_array(whole, ' ');
    w := words[1];

    -- 3: an e-mail, an id or an account begins with it.
    IF cardinality(typed_words) = 1 THEN
      SELECT array_agg(x.id), array_agg(x.key) INTO ids_added, keys_added FROM (
        SELECT e.id, hashtext(e.search_name) AS key FROM (
          (SELECT s.id, s.search_name, s.last_seen_at FROM subjects s
            WHERE lower(s.email) >= lower(typed) AND lower(s.email) < lower(typed) || top LIMIT counted)
          UNION (SELECT s.id, s.search_name, s.last_seen_at FROM subjects s
            WHERE lower(s.external_id) >= lower(typed) AND lower(s.external_id) < lower(typed) || top LIMIT counted)
          UNION (SELECT s.id, s.search_name, s.last_seen_at FROM (
              (SELECT a.id FROM accounts a WHERE left(fold(a.name), 64) >= whole AND left(fold(a.name), 64) < whole || top LIMIT 50)
              UNION (SELECT a.id FROM accounts a
                WHERE lower(a.external_id) >= lower(typed) AND lower(a.external_id) < lower(typed) || top LIMIT 50)) a,
            LATERAL (SELECT s.id, s.search_name, s.last_seen_at FROM subjects s WHERE s.account_id = a.id LIMIT counted) s LIMIT counted)) e
        WHERE e.id <> ALL (ids)
        ORDER BY coalesce(e.last_seen_at, '-infinity') DESC, e.id DESC LIMIT counted + 1) x;
      classes := NULL;
      IF agent IS NOT NULL AND cardinality(ids_added) > 1 THEN
        SELECT m.ids, m.keys INTO ids_added, keys_added FROM met_first(ids_added, keys_added, classes, agent, team) m;
      END IF;
      ids := ids || ids_added; keys := keys || keys_added;
      EXIT tiers WHEN cardinality(ids) >= wanted;
      -- Or it is somebody's initials.
      IF w ~ '^[[:alpha:]]{2,3}$' THEN
        SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
          SELECT t.subject_id, t.name_key FROM name_tokens t WHERE t.kind = 7 AND t.token = w AND t.subject_id <> ALL (ids)
          ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) x;
        classes := NULL;
        IF agent IS NOT NULL AND cardinality(ids_added) > 1 THEN
          SELECT m.ids, m.keys INTO ids_added, keys_added FROM met_first(ids_added, keys_added, classes, agent, team) m;
        END IF;
        ids := ids || ids_added; keys := keys || keys_added;
        EXIT tiers WHEN cardinality(ids) >= wanted;
      END IF;
    END IF;

    -- 4: anywhere; of more than 500 the best of some 500.
    classes := NULL;
    IF cardinality(typed_words) = 1 AND w ~ '^[[:alpha:]\u0900-\u0eff-]{5,}$' AND w = whole THEN
      -- Letters and hyphens alone: part of a word of a name, of the account, or of what nobody's name or account says.
      SELECT array_agg(x.id), array_agg(x.key), array_agg(x.class), coalesce(max(x.n), 0) > 500
        INTO ids_added, keys_added, classes, more FROM (
        SELECT c.id, hashtext(c.search_name) AS key, count(*) OVER () AS n,
          CASE WHEN n.name LIKE '% ' || w || ' %' THEN 3 WHEN n.name LIKE '% ' || w || '%' THEN 4
            WHEN c.search LIKE '% ' || w || '%' THEN 5 ELSE 6 END AS class FROM (
          SELECT s.id, s.search, s.search_name, s.last_seen_at FROM (
            (SELECT t.subject_id FROM (
                SELECT DISTINCT v.word FROM name_words v WHERE fives(v.word) @> fives(w) AND v.word LIKE '%' || w || '%' LIMIT 2000) v,
              unnest(array[3, 5]) AS k(kind), LATERAL (
                SELECT t.subject_id FROM name_tokens t WHERE t.kind = k.kind AND t.token = v.word LIMIT 501 + wanted) t LIMIT 501 + wanted)
            UNION
            (SELECT s.id FROM (SELECT a.id FROM accounts a WHERE fives(account_search(a.name, a.external_id)) @> fives(w) LIMIT 2000) a,
              LATERAL (SELECT s.id FROM subjects s WHERE s.account_id = a.id AND s.search LIKE '%' || w || '%' LIMIT 501 + wanted) s
              LIMIT 501 + wanted)
            UNION
            (SELECT s.id FROM subjects s WHERE s.search_rest <> '' AND fives(s.search_rest) @> fives(w)
              AND s.search_rest LIKE '%' || w || '%' LIMIT 501 + wanted)) u(id) JOIN subjects s ON s.id = u.id
          WHERE s.search LIKE '%' || w || '%' AND s.id <> ALL (ids) LIMIT 501) c, LATERAL (SELECT ' ' || c.search_name || ' ' AS name) n
        ORDER BY class, coalesce(c.last_seen_at, '-infinity') DESC, c.id DESC) x;
      parts := NULL; terms := NULL;
    ELSE
      -- By trigrams. Three letters or figures in a row have them.
      terms := CASE WHEN octet_length(whole) = length(whole) THEN words[:8]
        ELSE array(SELECT f FROM unnest(typed_words) t, fold(t) f WHERE btrim(f) <> '') END;
      parts := rare_parts(terms);
      SELECT array_agg('%' || x || '%'), array_agg('% ' || btrim(x) || ' %'), array_agg('% ' || ltrim(x) || '%')
        INTO somewhere, whole_words, word_starts FROM unnest(terms) t, regexp_replace(t, '([\\%_])', '\\\1', 'g') x;
    END IF;
    IF terms IS NULL THEN NULL;
    ELSIF cardinality(parts) > 0 THEN
      EXECUTE format($query$
        SELECT array_agg(x.id), array_agg(x.key), array_agg(x.class), coalesce(max(x.n), 0) > 500 FROM (
          SELECT c.id, hashtext(c.search_name) AS key, count(*) OVER () AS n,
            CASE WHEN n.name LIKE $3 || ' %%' THEN 1 WHEN n.name LIKE $3 || '%%' THEN 2 WHEN n.name LIKE ALL ($4) THEN 3
              WHEN n.name LIKE ALL ($5) THEN 4 WHEN c.search LIKE ALL ($5) THEN 5 ELSE 6 END AS class FROM (
            SELECT s.id, s.search, s.search_name, s.last_seen_at FROM subjects s
            WHERE %s AND s.search LIKE ALL ($1) AND s.id <> ALL ($2) LIMIT 501) c, LATERAL (SELECT ' ' || c.search_name || ' ' AS name) n
          ORDER BY class, coalesce(c.last_seen_at, '-infinity') DESC, c.id DESC) x $query$,
          (SELECT string_agg(format('s.search LIKE %L', p), ' AND ') FROM unnest(parts) p))
        INTO ids_added, keys_added, classes, more
        USING somewhere, ids, ' ' || like_text(whole), whole_words, word_starts;
    ELSIF cardinality(terms) = 1 THEN
      -- Too short for trigrams, or signs: somewhere in the words of names, of which there are fewer than names.
      SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
        SELECT l.subject_id, min(l.name_key) AS name_key FROM (
          SELECT v.word FROM name_words v WHERE word_parts(v.word) @> array(SELECT p FROM unnest(word_parts(w)) p WHERE p !~ '^-.')
            AND v.word LIKE '%' || like_text(w) || '%' LIMIT 500) v,
          unnest(array[3, 5]) AS k(kind), LATERAL (
          SELECT t.subject_id, t.name_key, t.seen FROM name_tokens t
          WHERE t.kind = k.kind AND t.token = left(v.word, 64) AND t.subject_id <> ALL (ids)
          ORDER BY t.seen DESC, t.subject_id DESC LIMIT wanted + 1) l
        GROUP BY l.subject_id ORDER BY max(l.seen) DESC, l.subject_id DESC LIMIT counted + 1) x;
    ELSE
      -- Several such: of those of whom a word begins with the first one.
      SELECT array_agg(x.id), array_agg(x.key), array_agg(x.class) INTO ids_added, keys_added, classes FROM (
        SELECT s.id, hashtext(s.search_name) AS key, (NOT s.search LIKE ALL (word_starts))::int AS class FROM (
          SELECT DISTINCT t.subject_id FROM (
            (SELECT t.subject_id FROM name_tokens t WHERE t.kind = 2 AND t.token >= left(w, 2) AND t.token < left(w, 2) || top LIMIT 2000)
            UNION ALL
            (SELECT t.subject_id FROM name_tokens t WHERE t.kind = 4 AND t.token >= left(w, 2) AND t.token < left(w, 2) || top LIMIT 2000)) t) c
        JOIN subjects s ON s.id = c.subject_id
        WHERE s.search LIKE ALL (somewhere) AND s.id <> ALL (ids)
        ORDER BY class, coalesce(s.last_seen_at, '-infinity') DESC, s.id DESC LIMIT counted + 1) x;
    END IF;
    IF agent IS NOT NULL AND cardinality(ids_added) > 1 THEN
      SELECT m.ids, m.keys INTO ids_added, keys_added FROM met_first(ids_added, keys_added, classes, agent, team) m;
    END IF;
    ids := ids || ids_added; keys := keys || keys_added;
    is_over := true;
    EXIT tiers WHEN cardinality(ids) > 0 OR cardinality(words) > 4 OR whole ~ '[@_0-9]';

    -- One slip forgiven: those found by one correction take turns with those found by another.
    SELECT array_agg(x.subject_id), array_agg(x.name_key), array_agg(x.phrase) INTO ids, keys, phrases FROM (
      SELECT y.subject_id, y.name_key, y.phrase FROM (
        SELECT DISTINCT ON (l.subject_id) l.subject_id, l.name_key, m.phrase, l.seen,
          row_number() OVER (PARTITION BY m.phrase ORDER BY l.seen DESC, l.subject_id DESC) AS turn
        FROM (SELECT DISTINCT c AS phrase FROM meant(words) c) m,
          unnest(CASE WHEN m.phrase ~ ' ' THEN array[1, 6] ELSE array[3, 5] END) AS k(kind), LATERAL (
          SELECT t.subject_id, t.name_key, t.seen FROM name_tokens t WHERE t.kind = k.kind AND t.token = m.phrase
          ORDER BY t.seen DESC, t.subject_id DESC LIMIT wanted + 1) l) y
      ORDER BY y.turn, y.seen DESC, y.subject_id DESC LIMIT counted + 1) x;
    EXIT tiers WHEN cardinality(ids) > 0 OR cardinality(words) = 1;
    -- The same while the last word is being typed.
    SELECT array_agg(x.subject_id), array_agg(x.name_key), array_agg(x.phrase) INTO ids, keys, phrases FROM (
      SELECT DISTINCT ON (l.subject_id) l.subject_id, l.name_key, m.phrase
      FROM (SELECT DISTINCT c AS phrase FROM meant(words) c) m, unnest(array[1, 6]) AS k(kind), LATERAL (
        SELECT t.subject_id, t.name_key FROM name_tokens t
        WHERE t.kind = k.kind AND t.token > m.phrase AND t.token < m.phrase || top LIMIT 3) l LIMIT counted + 1) x;
  END tiers;

  RETURN QUERY
    SELECT f.id, f.place, cardinality(array_positions(keys, f.key))::bigint, least(cardinality(ids), counted),
      cardinality(ids) > counted OR more OR is_over IS NULL, phrases[f.place]
    FROM unnest(ids[:wanted], keys[:wanted]) WITH ORDINALITY AS f(id, key, place) ORDER BY f.place;
END $$;
