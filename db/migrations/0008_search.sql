-- The search among a million, faster where few are called so. Of what is sought anywhere, the index is asked for the
-- rarest trigrams only: all those of a long word together cost it ten times as much as four or five that few people have.
CREATE STATISTICS subjects_trigrams ON (show_trgm(search)) FROM subjects;
--> statement-breakpoint
-- Until the next ANALYZE nothing would be known of them.
DO $$ BEGIN IF EXISTS (SELECT FROM subjects) THEN ANALYZE subjects; END IF; END $$;
--> statement-breakpoint
-- Patterns that whoever has all these words has too; none where the index could not tell. How many have a trigram is what ANALYZE counted, of the
-- thousand most frequent ones; those of letters outside ASCII stand there as hashes, and are taken for rare. Only the
-- owner of the table may read it.
CREATE FUNCTION rare_parts(terms text[]) RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  frequent text[];
  shares float4[];
  parts text[];
  chance float8;
  few CONSTANT float8 := ln(1e-5);
BEGIN
  -- It costs a fifth of a millisecond, and of short words and other scripts it says nothing.
  IF array_to_string(terms, ' ') ~ '[a-z0-9]{3}' AND length(array_to_string(terms, '')) > 5 THEN
    SELECT most_common_elems::text::text[], most_common_elem_freqs INTO frequent, shares
      FROM pg_stats_ext_exprs WHERE statistics_schemaname = 'public' AND statistics_name = 'subjects_trigrams';
  END IF;
  -- The rarest first, and those apart before those that overlap, which tell little more: as many as by chance one in a
  -- hundred thousand has, and of those that cost little as many as one in a thousand million has, since letters do not
  -- meet by chance.
  SELECT array_agg('%' || g.part || '%' ORDER BY g.place), sum(ln(g.share)) INTO parts, chance FROM (
    SELECT s.part, s.share, row_number() OVER rarest AS place,
      sum(ln(s.share)) OVER (rarest ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM (
      SELECT substr(t, i, 3) AS part, min(i) AS i, coalesce(shares[array_position(frequent, substr(t, i, 3))], 0.005)::float8 AS share
      FROM unnest(terms) t, generate_series(1, length(t) - 2) i WHERE t !~ ' ' AND substr(t, i, 3) ~ '^[[:alnum:]]{3}$' GROUP BY 1, 3) s
    WINDOW rarest AS (ORDER BY greatest(s.share, 0.015) * CASE (s.i - 1) % 3 WHEN 0 THEN 1 ELSE 3 END, (s.i - 1) / 3 * 5 % 8, s.part)) g
  WHERE coalesce(g.before, 0) > CASE WHEN g.share < 0.03 THEN ln(1e-9) ELSE few END AND g.place <= 8;
  -- Too short, too common, or an ideograph, which is a word by itself: all that the index knows of it.
  IF parts IS NULL OR chance > few THEN
    parts := array(SELECT '%' || regexp_replace(t, '([\\%_])', '\\\1', 'g') || '%' FROM unnest(terms) t WHERE t ~ '[[:alnum:]]{3}| ');
  END IF;
  RETURN parts;
END $$;
--> statement-breakpoint
-- People found by what was typed, the best first, as `lib/directory/search.ts` promises. Tier by tier, until as many are
-- found as are wanted; `more` when nobody looked further. Plans are made once: each tier has its index whatever is typed.
CREATE OR REPLACE FUNCTION search_people(typed text, wanted int)
RETURNS TABLE (subject_id uuid, place bigint, same_name bigint, total int, more boolean, corrected text)
LANGUAGE plpgsql STABLE ROWS 20
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  counted CONSTANT int := 200;
  top CONSTANT text := U&'\+10FFFF';
  whole text := btrim(fold(typed));
  whole_word text := whole || ' ';
  typed_words text[] := (regexp_split_to_array(btrim(typed), '\s+'))[:8];
  terms text[];
  words text[];
  w text;
  ids uuid[] := '{}';
  keys int[] := '{}';
  phrases text[];
  ids_added uuid[];
  keys_added int[];
  among int;
  somewhere text[];
  parts text[];
  whole_words text[];
  word_starts text[];
  step int;
  is_over boolean;
BEGIN
  IF whole = '' THEN RETURN; END IF;
  more := false;
  words := string_to_array(whole, ' ');
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
        ids := ids || ids_added; keys := keys || keys_added;
        EXIT tiers WHEN cardinality(ids) >= wanted;
      END LOOP;
    ELSE
      -- The same of several words: the name begins with them, then two words of it do in any order.
      IF length(whole) <= 64 THEN
        SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids, keys FROM (
          SELECT r.subject_id, r.name_key FROM (
            SELECT t.token, t.subject_id, t.name_key, t.seen FROM name_tokens t
            WHERE t.kind = 1 AND t.token >= whole AND t.token < whole || top LIMIT 5000) r
          ORDER BY (r.token = whole OR r.token ^@ whole_word) DESC, r.seen DESC, r.subject_id DESC LIMIT counted + 1) x;
        ids := coalesce(ids, '{}'); keys := coalesce(keys, '{}');
        EXIT tiers WHEN cardinality(ids) >= wanted;
      END IF;
      IF length(whole) <= 64 AND cardinality(words) = 2 THEN
        SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
          SELECT r.subject_id, min(r.name_key) AS name_key FROM (
            SELECT t.token, t.subject_id, t.name_key, t.seen FROM name_tokens t
            WHERE t.kind = 6 AND t.token >= whole AND t.token < whole || top AND t.subject_id <> ALL (ids) LIMIT 5000) r
          GROUP BY r.subject_id
          ORDER BY bool_or(r.token = whole OR r.token ^@ whole_word) DESC, max(r.seen) DESC, r.subject_id DESC LIMIT counted + 1) x;
        ids := ids || ids_added; keys := keys || keys_added;
        EXIT tiers WHEN cardinality(ids) >= wanted;
      END IF;
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
    terms := CASE WHEN octet_length(whole) = length(whole) THEN words[:8]
      ELSE array(SELECT f FROM unnest(typed_words) t, fold(t) f WHERE btrim(f) <> '') END;
    parts := rare_parts(terms);
    SELECT array_agg('%' || x || '%'), array_agg('% ' || btrim(x) || ' %'), array_agg('% ' || ltrim(x) || '%')
      INTO somewhere, whole_words, word_starts FROM unnest(terms) t, regexp_replace(t, '([\\%_])', '\\\1', 'g') x;
    IF cardinality(parts) > 0 THEN
      EXECUTE format($query$
        SELECT array_agg(x.id), array_agg(x.key), coalesce(max(x.n), 0) > 500 FROM (
          SELECT c.id, hashtext(c.search_name) AS key, count(*) OVER () AS n FROM (
            SELECT s.id, s.search, s.search_name, s.last_seen_at FROM subjects s
            WHERE %s AND s.search LIKE ALL ($1) AND s.id <> ALL ($2) LIMIT 501) c, LATERAL (SELECT ' ' || c.search_name || ' ' AS name) n
          ORDER BY CASE WHEN n.name LIKE $3 || ' %%' THEN 1 WHEN n.name LIKE $3 || '%%' THEN 2 WHEN n.name LIKE ALL ($4) THEN 3
            WHEN n.name LIKE ALL ($5) THEN 4 WHEN c.search LIKE ALL ($5) THEN 5 ELSE 6 END,
            coalesce(c.last_seen_at, '-infinity') DESC, c.id DESC) x $query$,
          (SELECT string_agg(format('s.search LIKE %L', p), ' AND ') FROM unnest(parts) p))
        INTO ids_added, keys_added, more
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
      SELECT array_agg(x.id), array_agg(x.key) INTO ids_added, keys_added FROM (
        SELECT s.id, hashtext(s.search_name) AS key FROM (
          SELECT DISTINCT t.subject_id FROM (
            (SELECT t.subject_id FROM name_tokens t WHERE t.kind = 2 AND t.token >= left(w, 2) AND t.token < left(w, 2) || top LIMIT 2000)
            UNION ALL
            (SELECT t.subject_id FROM name_tokens t WHERE t.kind = 4 AND t.token >= left(w, 2) AND t.token < left(w, 2) || top LIMIT 2000)) t) c
        JOIN subjects s ON s.id = c.subject_id
        WHERE s.search LIKE ALL (somewhere) AND s.id <> ALL (ids)
        ORDER BY s.search LIKE ALL (word_starts) DESC,
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
    SELECT f.id, f.place, cardinality(array_positions(keys, f.key))::bigint, least(cardinality(ids), counted),
      cardinality(ids) > counted OR more OR is_over IS NULL, phrases[f.place]
    FROM unnest(ids[:wanted], keys[:wanted]) WITH ORDINALITY AS f(id, key, place) ORDER BY f.place;
END $$;
