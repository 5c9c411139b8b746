-- Search for a million: what a typed query is compared with lies ready, in order, so that each tier of the search reads
-- about as many rows as it shows. All of it is kept up by the writes of the directory themselves, in their transaction.

-- Without letters outside ASCII there are no accents, points or ideographs: most names, all ids, in a tenth of the time.
CREATE OR REPLACE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN octet_length(value) = length(value) THEN lower(regexp_replace(value, '\s+', ' ', 'g'))
  ELSE translate(lower(regexp_replace(regexp_replace(regexp_replace(
    normalize(unaccent('unaccent', value), NFKD), '[\u0300-\u036f\u064b-\u065f\u0591-\u05c7]', '', 'g'),
    '([\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff])', ' \1 ', 'g'), '\s+', ' ', 'g')), 'ς', 'σ') END
$$;
--> statement-breakpoint
ALTER TABLE "subjects" ADD COLUMN "search_name" text DEFAULT '' NOT NULL;
--> statement-breakpoint
-- A new name of the account waits for who is being written into it, or is waited for: none keeps the old one.
CREATE OR REPLACE FUNCTION subjects_fold() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.search_name := btrim(fold(NEW.name));
  NEW.search := (
    SELECT fold(concat_ws(' ', '', NEW.name, NEW.email, NEW.external_id, a.name, a.external_id, ''))
    FROM accounts a WHERE a.id = NEW.account_id FOR SHARE);
  RETURN NEW;
END $$;
--> statement-breakpoint
DROP TRIGGER subjects_refold ON subjects;
--> statement-breakpoint
CREATE TRIGGER subjects_refold BEFORE UPDATE ON subjects FOR EACH ROW
  WHEN ((OLD.name, OLD.email, OLD.account_id, OLD.search, OLD.search_name)
    IS DISTINCT FROM (NEW.name, NEW.email, NEW.account_id, NEW.search, NEW.search_name))
  EXECUTE FUNCTION subjects_fold();
--> statement-breakpoint
DROP TRIGGER accounts_fold ON accounts;
--> statement-breakpoint
-- Here and below EXECUTE plans anew: a plan made for one row would be kept for ten thousand.
CREATE OR REPLACE FUNCTION accounts_fold() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off AS $$
DECLARE renamed uuid[];
BEGIN
  EXECUTE 'SELECT array_agg(n.id) FROM new_rows n JOIN old_rows o USING (id) WHERE o.name <> n.name' INTO renamed;
  IF renamed IS NOT NULL THEN UPDATE subjects SET search = '' WHERE account_id = ANY (renamed); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER accounts_fold AFTER UPDATE ON accounts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION accounts_fold();
--> statement-breakpoint

-- ---------- the words of a name ----------
-- Who is called so, last seen first. Kinds: 1 the whole name, 2 its first two letters, 3 its first word, 4 the first two
-- letters of a later word, 5 a later word, 6 two words of it in any order (but those that are the whole name).
CREATE TABLE "name_tokens" (
	"kind" smallint NOT NULL,
	"token" text NOT NULL,
	"seen" timestamp with time zone NOT NULL,
	"subject_id" uuid NOT NULL,
	"name_key" integer NOT NULL,
	CONSTRAINT "name_tokens_pkey" PRIMARY KEY("kind","token","seen","subject_id","name_key")
);
--> statement-breakpoint
CREATE TABLE "name_words" (
	"word" text NOT NULL,
	"product_id" uuid NOT NULL,
	CONSTRAINT "name_words_pkey" PRIMARY KEY("word","product_id")
);
--> statement-breakpoint
-- What a word is found by in the vocabulary: its letters and pairs of letters as they are, and after a hyphen the word
-- and the word without one letter: of two words that are one slip apart some such remains are the same. Composed, so
-- that a syllable of Hangul is one letter.
CREATE FUNCTION word_parts(word text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE w text := normalize(word, NFC); size int := length(w); parts text[] := array['-' || w];
BEGIN
  FOR i IN 1..size LOOP
    parts := parts || substr(w, i, 1) || substr(w, i, 2);
    IF size BETWEEN 3 AND 24 THEN parts := parts || ('-' || left(w, i - 1) || substr(w, i + 1)); END IF;
  END LOOP;
  RETURN parts;
END $$;
--> statement-breakpoint
CREATE INDEX "name_words_parts" ON "name_words" USING gin (word_parts("word"));
--> statement-breakpoint
CREATE INDEX "subjects_external_id" ON "subjects" USING btree (lower("external_id"));
--> statement-breakpoint
CREATE INDEX "accounts_external_id" ON "accounts" USING btree (lower("external_id"));
--> statement-breakpoint
CREATE INDEX "accounts_name" ON "accounts" USING btree (left(fold("name"), 64));
--> statement-breakpoint

-- Tokens are cut at 64 letters, names at eight words and their pairs at four: what is beyond is found by trigrams.
CREATE FUNCTION name_tokens_of(name text) RETURNS TABLE (kind smallint, token text) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE ROWS 7
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  w text[] := (string_to_array(left(name, 512), ' '))[:8];
  later text[] := w[2:];
  starts text[] := array(SELECT DISTINCT left(x, 2) FROM unnest(w[2:]) x);
  pair text;
  pairs text[] := array[left(name, 64)];
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
      CONTINUE WHEN i = j OR length(w[i]) = 1 OR length(w[j]) = 1;
      token := left(w[i] || ' ' || w[j], 64);
      CONTINUE WHEN token = ANY (pairs);
      pairs := pairs || token;
      RETURN NEXT;
    END LOOP;
  END LOOP;
END $$;
--> statement-breakpoint
-- By statement, so that a push of ten thousand lines is two sets of rows. In the order of the index: neighbours are
-- written together, and two writers take their rows in the same order.
CREATE FUNCTION keep_name_tokens() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed CONSTANT text := ' WHERE (o.search_name, o.last_seen_at) IS DISTINCT FROM (n.search_name, n.last_seen_at)';
  joined CONSTANT text := 'new_rows n JOIN old_rows o USING (id)';
BEGIN
  IF TG_OP <> 'INSERT' THEN
    EXECUTE 'SELECT drop_name_tokens(array_agg(o.id), array_agg(o.search_name), array_agg(o.last_seen_at)) FROM '
      || CASE TG_OP WHEN 'UPDATE' THEN joined || changed ELSE 'old_rows o' END;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    EXECUTE 'INSERT INTO name_tokens
      SELECT k.kind, k.token, coalesce(n.last_seen_at, ''-infinity''), n.id, hashtext(n.search_name) FROM '
      || CASE TG_OP WHEN 'UPDATE' THEN joined ELSE 'new_rows n' END || ', name_tokens_of(n.search_name) k'
      || CASE TG_OP WHEN 'UPDATE' THEN changed ELSE '' END || ' ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- One by one through the key, however many there are in all.
CREATE FUNCTION drop_name_tokens(ids uuid[], names text[], seen_at timestamptz[]) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
  DELETE FROM name_tokens t USING (
    SELECT k.kind, k.token, coalesce(o.seen, '-infinity') AS seen, o.id, hashtext(o.name) AS name_key
    FROM unnest(ids, names, seen_at) AS o(id, name, seen), name_tokens_of(o.name) k ORDER BY 1, 2, 3) gone
  WHERE (t.kind, t.token, t.seen, t.subject_id, t.name_key) = (gone.kind, gone.token, gone.seen, gone.id, gone.name_key)
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION drop_name_tokens FROM PUBLIC;
--> statement-breakpoint
-- The words of each product's people: whoever pushes for another product waits for none of these rows. A word that none
-- of them has any more goes; this trigger fires after the one above ("tokens" before "words").
CREATE FUNCTION keep_name_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  joined CONSTANT text := 'new_rows n JOIN old_rows o USING (id), ';
  of_words CONSTANT text := ' WHERE k.kind IN (3, 5)' || CASE TG_OP WHEN 'UPDATE' THEN ' AND o.search_name <> n.search_name' ELSE '' END;
BEGIN
  IF TG_OP <> 'DELETE' THEN
    EXECUTE 'INSERT INTO name_words SELECT DISTINCT k.token, n.product_id FROM '
      || CASE TG_OP WHEN 'UPDATE' THEN joined ELSE 'new_rows n, ' END || 'name_tokens_of(n.search_name) k'
      || of_words || ' ORDER BY 1, 2 ON CONFLICT DO NOTHING';
  END IF;
  IF TG_OP <> 'INSERT' THEN
    EXECUTE 'SELECT drop_name_words(array_agg(word), array_agg(product_id)) FROM (SELECT DISTINCT k.token AS word, o.product_id FROM '
      || CASE TG_OP WHEN 'UPDATE' THEN joined ELSE 'old_rows o, ' END || 'name_tokens_of(o.search_name) k' || of_words || ') gone';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION drop_name_words(words text[], product_ids uuid[]) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
  DELETE FROM name_words v USING unnest(words, product_ids) AS gone(word, product_id)
  WHERE (v.word, v.product_id) = (gone.word, gone.product_id) AND (SELECT count(*) FROM (
    SELECT FROM name_tokens t JOIN subjects s ON s.id = t.subject_id
    WHERE t.kind IN (3, 5) AND t.token = gone.word AND s.product_id = gone.product_id LIMIT 1) one) = 0
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION drop_name_words FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER name_tokens_insert AFTER INSERT ON subjects REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_name_tokens();
--> statement-breakpoint
ALTER TABLE subjects ENABLE ALWAYS TRIGGER name_tokens_insert;
--> statement-breakpoint
CREATE TRIGGER name_tokens_update AFTER UPDATE ON subjects REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_name_tokens();
--> statement-breakpoint
ALTER TABLE subjects ENABLE ALWAYS TRIGGER name_tokens_update;
--> statement-breakpoint
CREATE TRIGGER name_tokens_delete AFTER DELETE ON subjects REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_name_tokens();
--> statement-breakpoint
ALTER TABLE subjects ENABLE ALWAYS TRIGGER name_tokens_delete;
--> statement-breakpoint
CREATE TRIGGER name_words_insert AFTER INSERT ON subjects REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_name_words();
--> statement-breakpoint
ALTER TABLE subjects ENABLE ALWAYS TRIGGER name_words_insert;
--> statement-breakpoint
CREATE TRIGGER name_words_update AFTER UPDATE ON subjects REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_name_words();
--> statement-breakpoint
ALTER TABLE subjects ENABLE ALWAYS TRIGGER name_words_update;
--> statement-breakpoint
CREATE TRIGGER name_words_delete AFTER DELETE ON subjects REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_name_words();
--> statement-breakpoint
ALTER TABLE subjects ENABLE ALWAYS TRIGGER name_words_delete;
--> statement-breakpoint
-- ---------- the search ----------
CREATE FUNCTION like_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$ SELECT regexp_replace(value, '([\\%_])', '\\\1', 'g') $$;
--> statement-breakpoint
-- Whether one slip makes one word of the other: a letter too many, too few, another one, or two that changed places.
CREATE FUNCTION is_one_slip(one text, other text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE a text := normalize(one, NFC); b text := normalize(other, NFC); i int := 1;
BEGIN
  IF a = b OR abs(length(a) - length(b)) > 1 THEN RETURN false; END IF;
  WHILE substr(a, i, 1) = substr(b, i, 1) LOOP i := i + 1; END LOOP;
  RETURN substr(a, i + 1) = substr(b, i + 1) OR substr(a, i + 1) = substr(b, i) OR substr(a, i) = substr(b, i + 1)
    OR (substr(a, i, 2) = reverse(substr(b, i, 2)) AND substr(a, i + 2) = substr(b, i + 2));
END $$;
--> statement-breakpoint
-- What may have been meant: the query with one slip in one of its words or at the space between two of them undone.
-- Words come from the vocabulary.
CREATE FUNCTION meant(words text[]) RETURNS SETOF text LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
  (SELECT DISTINCT array_to_string(words[:i - 1] || v.word || words[i + 1:], ' ')
    FROM generate_series(1, cardinality(words)) i, LATERAL (
      SELECT array_agg(p) AS parts FROM unnest(word_parts(words[i])) p WHERE p ^@ '-') slips, name_words v
    WHERE length(normalize(words[i], NFC)) BETWEEN 3 AND 24 AND word_parts(v.word) && slips.parts AND is_one_slip(v.word, words[i])
    LIMIT 500)
  UNION ALL
  SELECT array_to_string(words[:i - 1] || array[left(words[i], at), substr(words[i], at + 1 + skip)] || words[i + 1:], ' ')
    FROM generate_series(1, cardinality(words)) i, generate_series(1, 24) at, generate_series(0, 1) skip
    WHERE at + skip < length(words[i])
  UNION ALL
  SELECT array_to_string(words[:i - 1] || pair || words[i + 2:], ' ')
    FROM generate_series(1, cardinality(words) - 1) i, unnest(array[
      words[i] || words[i + 1],
      left(words[i], -1) || ' ' || right(words[i], 1) || words[i + 1],
      words[i] || left(words[i + 1], 1) || ' ' || substr(words[i + 1], 2)]) pair
$$;
--> statement-breakpoint
-- People found by what was typed, the best first, as `lib/directory/search.ts` promises. Tier by tier, until as many are
-- found as are wanted; `more` when nobody looked further. Plans are made once: each tier has its index whatever is typed.
CREATE FUNCTION search_people(typed text, wanted int)
RETURNS TABLE (subject_id uuid, place bigint, same_name bigint, total int, more boolean, corrected text)
LANGUAGE plpgsql STABLE ROWS 20
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  counted CONSTANT int := 200;
  top CONSTANT text := U&'\+10FFFF';
  whole text := btrim(fold(typed));
  typed_words text[] := (regexp_split_to_array(btrim(typed), '\s+'))[:8];
  terms text[];
  words text[];
  w text;
  ids uuid[] := '{}';
  keys int[] := '{}';
  phrases text[];
  ids_added uuid[];
  keys_added int[];
  step int;
  conditions text[];
  is_over boolean;
BEGIN
  IF whole = '' THEN RETURN; END IF;
  more := false;
  words := string_to_array(whole, ' ');
  terms := CASE WHEN octet_length(whole) = length(whole) THEN words[:8]
    ELSE array(SELECT fold(t) FROM unnest(typed_words) t WHERE btrim(fold(t)) <> '') END;
  w := words[1];
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

    IF cardinality(words) = 1 THEN
      -- 1: the name begins with it, as a whole word and then as a part of one. 2: a later word does.
      FOREACH step IN ARRAY array[3, 5] LOOP
        SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
          SELECT t.subject_id, t.name_key FROM name_tokens t WHERE t.kind = step AND t.token = left(w, 64) AND t.subject_id <> ALL (ids)
          ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) x;
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
            SELECT l.subject_id, l.name_key FROM starts, LATERAL (
              SELECT t.subject_id, t.name_key, t.seen FROM name_tokens t
              WHERE t.kind = step - 1 AND t.token = starts.token AND t.subject_id <> ALL (ids)
              ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) l
            ORDER BY l.seen DESC, l.subject_id DESC LIMIT counted + 1) x;
        ELSE
          SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
            SELECT l.subject_id, l.name_key FROM (
              SELECT DISTINCT v.word FROM name_words v WHERE v.word > w AND v.word < w || top LIMIT 2000) v, LATERAL (
              SELECT t.subject_id, t.name_key, t.seen FROM name_tokens t
              WHERE t.kind = step AND t.token = left(v.word, 64) AND t.subject_id <> ALL (ids)
              ORDER BY t.seen DESC, t.subject_id DESC LIMIT wanted + 1) l
            ORDER BY l.seen DESC, l.subject_id DESC LIMIT counted + 1) x;
        END IF;
        ids := ids || ids_added; keys := keys || keys_added;
        EXIT tiers WHEN cardinality(ids) >= wanted;
      END LOOP;
    ELSE
      -- The same of several words: the name begins with them, then two words of it do in any order.
      FOREACH step IN ARRAY array[1, 6] LOOP
        EXIT WHEN length(whole) > 64 OR step = 6 AND cardinality(words) > 2;
        SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
          SELECT r.subject_id, min(r.name_key) AS name_key FROM (
            SELECT t.token, t.subject_id, t.name_key, t.seen FROM name_tokens t
            WHERE t.kind = step AND t.token >= whole AND t.token < whole || top AND t.subject_id <> ALL (ids) LIMIT 5000) r
          GROUP BY r.subject_id
          ORDER BY bool_or(substr(r.token, length(whole) + 1, 1) IN ('', ' ')) DESC, max(r.seen) DESC, r.subject_id DESC LIMIT counted + 1) x;
        ids := ids || ids_added; keys := keys || keys_added;
        EXIT tiers WHEN cardinality(ids) >= wanted;
      END LOOP;
    END IF;

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
      ids := ids || ids_added; keys := keys || keys_added;
      EXIT tiers WHEN cardinality(ids) >= wanted;
    END IF;

    -- 4: anywhere, by trigrams; of more than 500 the best of some 500. Three letters or figures in a row have trigrams.
    conditions := array(SELECT format('s.search LIKE %L', '%' || like_text(t) || '%') FROM unnest(terms) t WHERE t ~ '[[:alnum:]]{3}| ');
    IF cardinality(conditions) > 0 THEN
      EXECUTE format($query$
        SELECT array_agg(x.id), array_agg(x.key), coalesce(max(x.n), 0) > 500 FROM (
          SELECT c.id, hashtext(c.search_name) AS key, count(*) OVER () AS n FROM (
            SELECT s.id, s.search, s.search_name, s.last_seen_at FROM subjects s
            WHERE %s AND s.search LIKE ALL ($1) AND s.id <> ALL ($2) LIMIT 501) c, LATERAL (SELECT ' ' || c.search_name || ' ' AS name) n
          ORDER BY CASE WHEN n.name LIKE $3 || ' %%' THEN 1 WHEN n.name LIKE $3 || '%%' THEN 2 WHEN n.name LIKE ALL ($4) THEN 3
            WHEN n.name LIKE ALL ($5) THEN 4 WHEN c.search LIKE ALL ($5) THEN 5 ELSE 6 END,
            coalesce(c.last_seen_at, '-infinity') DESC, c.id DESC) x $query$, array_to_string(conditions, ' AND '))
        INTO ids_added, keys_added, more
        USING array(SELECT '%' || like_text(t) || '%' FROM unnest(terms) t), ids, ' ' || like_text(whole),
          array(SELECT '% ' || like_text(btrim(t)) || ' %' FROM unnest(terms) t),
          array(SELECT '% ' || like_text(ltrim(t)) || '%' FROM unnest(terms) t);
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
      SELECT array_agg(x.id), array_agg(x.key) INTO ids_added, keys_added FROM (
        SELECT s.id, hashtext(s.search_name) AS key FROM (
          SELECT DISTINCT t.subject_id FROM (
            (SELECT t.subject_id FROM name_tokens t WHERE t.kind = 2 AND t.token >= left(w, 2) AND t.token < left(w, 2) || top LIMIT 2000)
            UNION ALL
            (SELECT t.subject_id FROM name_tokens t WHERE t.kind = 4 AND t.token >= left(w, 2) AND t.token < left(w, 2) || top LIMIT 2000)) t) c
        JOIN subjects s ON s.id = c.subject_id
        WHERE s.search LIKE ALL (array(SELECT '%' || like_text(t) || '%' FROM unnest(terms) t)) AND s.id <> ALL (ids)
        ORDER BY s.search LIKE ALL (array(SELECT '% ' || like_text(ltrim(t)) || '%' FROM unnest(terms) t)) DESC,
          coalesce(s.last_seen_at, '-infinity') DESC, s.id DESC LIMIT counted + 1) x;
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
    SELECT f.id, f.place, f.same_name, least(cardinality(ids), counted), cardinality(ids) > counted OR more OR is_over IS NULL, phrases[f.place]
    FROM (SELECT u.id, u.place, count(*) OVER (PARTITION BY u.key) AS same_name FROM unnest(ids, keys) WITH ORDINALITY AS u(id, key, place)) f
    WHERE f.place <= wanted ORDER BY f.place;
END $$;
--> statement-breakpoint

-- What is there already.
UPDATE subjects SET search = '';
--> statement-breakpoint
--> statement-breakpoint
GRANT SELECT ON name_tokens, name_words TO :runtime:;
