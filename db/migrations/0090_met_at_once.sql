-- The search with less about it. Whom somebody met is looked up once for all who were found, instead of tier by tier in a
-- function of its own. What a tier is made of is sought piece by piece, so that where nothing is found nothing is put
-- together. Of a word sought anywhere an index is asked for as many fives as hold all its letters, and names whose words begin
-- with it, which are found already, are not read again. The people of an account are read by the account: by the trigrams too, of forty
-- accounts each, a substring took 140 ms.
-- People found by what was typed, the best first, as `lib/directory/search.ts` promises. Tier by tier, until as many are
-- found as are wanted; `more` when nobody looked further. Plans are made once: each tier has its index whatever is typed.
CREATE OR REPLACE FUNCTION search_people(typed text, wanted int, agent uuid DEFAULT NULL, of_team text DEFAULT NULL)
RETURNS TABLE (subject_id uuid, place bigint, same_name bigint, total int, more boolean, corrected text)
LANGUAGE plpgsql STABLE ROWS 20
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  counted CONSTANT int := 200;
  -- Of more people than these nobody looks up whom somebody met: who types on gets fewer.
  weighed CONSTANT int := 100;
  -- And of no more than these, in order: of who matches equally well those who were last seen.
  looked_up CONSTANT int := 40;
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
  -- Up to where those reach who match equally well, tier by tier.
  ends int[] := '{}';
  -- As many as hold every letter of the word: to ask an index for all of them costs more than to read what has these.
  fives_of_w text[];
  account_ids uuid[];
  some_ids uuid[];
  -- After the first so many, and up to so many, it matters whom somebody met.
  met_from int := 0;
  met_to int := 0;
  since timestamptz;
  places int[];
  own bool[];
  times timestamptz[];
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
      some_ids := array(SELECT s.id FROM subjects s WHERE lower(s.external_id) = lower(typed))
        || array(SELECT s.id FROM accounts a JOIN subjects s ON s.account_id = a.id WHERE lower(a.external_id) = lower(typed));
      IF typed LIKE '%@%' THEN some_ids := some_ids || array(SELECT s.id FROM subjects s WHERE lower(s.email) = lower(typed)); END IF;
      IF some_ids <> '{}' THEN
        SELECT array_agg(x.id), array_agg(x.key) INTO ids, keys FROM (
          SELECT s.id, hashtext(s.search_name) AS key FROM subjects s WHERE s.id = ANY (some_ids)
          ORDER BY coalesce(s.last_seen_at, '-infinity') DESC, s.id DESC LIMIT counted + 1) x;
        ends := ends || cardinality(ids);
      END IF;
      met_from := cardinality(ids);
      -- Nobody is called so: who types it whole means this one.
      is_over := cardinality(ids) > 0 AND typed ~ '[@_0-9]';
      EXIT tiers WHEN is_over;
      is_over := NULL;
    END IF;

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
          ids := ids || ids_added; keys := keys || keys_added; ends := ends || cardinality(ids);
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
          ids := ids || ids_added; keys := keys || keys_added; ends := ends || cardinality(ids);
          EXIT tiers WHEN cardinality(ids) >= wanted;
        END LOOP;
      ELSE
        -- The same of several words: the name begins with them, then two words of it do in any order.
        IF length(whole) = 3 AND cardinality(words) = 2 AND octet_length(whole) > 6 THEN
          -- Two ideographs: so many begin with them that their order lies ready.
          SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
            SELECT t.subject_id, t.name_key FROM name_tokens t WHERE t.kind = 8 AND t.token = whole AND t.subject_id <> ALL (ids)
            ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) x;
          ids := ids || ids_added; keys := keys || keys_added; ends := ends || cardinality(ids);
          EXIT tiers WHEN cardinality(ids) >= wanted;
        END IF;
        IF length(whole) <= 64 THEN
          SELECT array_agg(x.subject_id), array_agg(x.name_key), array_agg(x.class) INTO ids_added, keys_added, classes FROM (
            SELECT r.subject_id, min(r.name_key) AS name_key, min((r.token <> whole AND NOT r.token ^@ (whole || ' '))::int) AS class FROM (
              SELECT t.token, t.subject_id, t.name_key, t.seen FROM name_tokens t
              WHERE t.kind = 1 AND t.token >= whole AND t.token < whole || top AND t.subject_id <> ALL (ids) LIMIT 5000) r
            GROUP BY r.subject_id
            ORDER BY class, max(r.seen) DESC, r.subject_id DESC LIMIT counted + 1) x;
          ids := ids || ids_added; keys := keys || keys_added;
          ends := ends || array(SELECT cardinality(ids) - cardinality(classes) + max(c.at)::int
            FROM unnest(classes) WITH ORDINALITY AS c(class, at) GROUP BY c.class ORDER BY 1);
          EXIT tiers WHEN cardinality(ids) >= wanted;
        END IF;
        IF length(whole) <= 64 AND cardinality(words) = 2 THEN
          SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
            SELECT t.subject_id, t.name_key FROM name_tokens t WHERE t.kind = 6 AND t.token = whole AND t.subject_id <> ALL (ids)
            ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) x;
          ids := ids || ids_added; keys := keys || keys_added; ends := ends || cardinality(ids);
          EXIT tiers WHEN cardinality(ids) >= wanted;
          SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
            SELECT r.subject_id, min(r.name_key) AS name_key FROM (
              SELECT t.subject_id, t.name_key, t.seen FROM name_tokens t
              WHERE t.kind = 6 AND t.token > whole AND t.token < whole || top AND t.subject_id <> ALL (ids) LIMIT 5000) r
            GROUP BY r.subject_id ORDER BY max(r.seen) DESC, r.subject_id DESC LIMIT counted + 1) x;
          ids := ids || ids_added; keys := keys || keys_added; ends := ends || cardinality(ids);
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
          ids := ids || ids_added; keys := keys || keys_added; ends := ends || cardinality(ids);
          EXIT tiers WHEN cardinality(ids) >= wanted;
        ELSIF length(whole) = 2 * cardinality(words) - 1 THEN
          SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
            SELECT l.subject_id, min(l.name_key) AS name_key FROM (
              SELECT DISTINCT i FROM unnest(array[replace(whole, ' ', ''), reverse(replace(whole, ' ', ''))]) i) i, LATERAL (
              SELECT t.subject_id, t.name_key, t.seen FROM name_tokens t
              WHERE t.kind = 7 AND t.token = i.i AND t.subject_id <> ALL (ids)
              ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) l
            GROUP BY l.subject_id ORDER BY max(l.seen) DESC, l.subject_id DESC LIMIT counted + 1) x;
          ids := ids || ids_added; keys := keys || keys_added; ends := ends || cardinality(ids);
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
      some_ids := array(SELECT s.id FROM subjects s WHERE lower(s.email) >= lower(typed) AND lower(s.email) < lower(typed) || top LIMIT counted)
        || array(SELECT s.id FROM subjects s
          WHERE lower(s.external_id) >= lower(typed) AND lower(s.external_id) < lower(typed) || top LIMIT counted);
      account_ids := array(SELECT a.id FROM accounts a WHERE left(fold(a.name), 64) >= whole AND left(fold(a.name), 64) < whole || top LIMIT 50)
        || array(SELECT a.id FROM accounts a
          WHERE lower(a.external_id) >= lower(typed) AND lower(a.external_id) < lower(typed) || top LIMIT 50);
      IF account_ids <> '{}' THEN
        some_ids := some_ids || array(SELECT s.id FROM (SELECT DISTINCT x.id FROM unnest(account_ids) AS x(id)) a,
          LATERAL (SELECT s.id FROM subjects s WHERE s.account_id = a.id LIMIT counted) s LIMIT counted);
      END IF;
      IF some_ids <> '{}' THEN
        SELECT array_agg(x.id), array_agg(x.key) INTO ids_added, keys_added FROM (
          SELECT s.id, hashtext(s.search_name) AS key FROM subjects s WHERE s.id = ANY (some_ids) AND s.id <> ALL (ids)
          ORDER BY coalesce(s.last_seen_at, '-infinity') DESC, s.id DESC LIMIT counted + 1) x;
        ids := ids || ids_added; keys := keys || keys_added; ends := ends || cardinality(ids);
        EXIT tiers WHEN cardinality(ids) >= wanted;
      END IF;
      -- Or it is somebody's initials.
      IF w ~ '^[[:alpha:]]{2,3}$' THEN
        SELECT array_agg(x.subject_id), array_agg(x.name_key) INTO ids_added, keys_added FROM (
          SELECT t.subject_id, t.name_key FROM name_tokens t WHERE t.kind = 7 AND t.token = w AND t.subject_id <> ALL (ids)
          ORDER BY t.seen DESC, t.subject_id DESC LIMIT counted + 1) x;
        ids := ids || ids_added; keys := keys || keys_added; ends := ends || cardinality(ids);
        EXIT tiers WHEN cardinality(ids) >= wanted;
      END IF;
    END IF;

    -- 4: anywhere; of more than 500 the best of some 500.
    classes := NULL; ids_added := NULL; keys_added := NULL; account_ids := NULL;
    IF cardinality(typed_words) = 1 AND w ~ '^[[:alpha:]\u0900-\u0eff-]{5,}$' AND w = whole THEN
      fives_of_w := array(SELECT substr(w, least(i, length(w) - 4), 5) FROM generate_series(1, length(w), 5) i);
      account_ids := array(SELECT a.id FROM accounts a WHERE fives(account_search(a.name, a.external_id)) @> fives_of_w LIMIT 41);
    END IF;
    IF cardinality(account_ids) <= 40 THEN
      -- Letters and hyphens alone: part of a word of a name, of the account, or of what nobody's name or account says. A part
      -- of many accounts has many people, whom the trigrams find sooner. Whose words begin with it are found already.
      parts := array(SELECT v.word FROM name_words v WHERE fives(v.word) @> fives_of_w AND v.word LIKE '_%' || w || '%' LIMIT 2000);
      some_ids := array(SELECT s.id FROM subjects s WHERE s.search_rest <> '' AND fives(s.search_rest) @> fives_of_w
        AND s.search_rest LIKE '%' || w || '%' AND s.id <> ALL (ids) LIMIT 501);
      IF parts <> '{}' OR account_ids <> '{}' OR some_ids <> '{}' THEN
        -- OFFSET 0: or the trigrams of everybody are asked once more for each account.
        SELECT array_agg(x.id), array_agg(x.key), array_agg(x.class), coalesce(max(x.n), 0) > 500
          INTO ids_added, keys_added, classes, more FROM (
          SELECT c.id, hashtext(c.search_name) AS key, count(*) OVER () AS n,
            CASE WHEN n.name LIKE '% ' || w || ' %' THEN 3 WHEN n.name LIKE '% ' || w || '%' THEN 4
              WHEN c.search LIKE '% ' || w || '%' THEN 5 ELSE 6 END AS class FROM (
            SELECT s.id, s.search, s.search_name, s.last_seen_at FROM (
              (SELECT t.subject_id FROM (SELECT DISTINCT p.word FROM unnest(parts) AS p(word)) v, unnest(array[3, 5]) AS k(kind), LATERAL (
                  SELECT t.subject_id FROM name_tokens t
                  WHERE t.kind = k.kind AND t.token = v.word AND t.subject_id <> ALL (ids) LIMIT 501) t LIMIT 501)
              UNION
              (SELECT s.id FROM unnest(account_ids) AS a(id),
                LATERAL (SELECT s.id FROM (SELECT s.id, s.search FROM subjects s WHERE s.account_id = a.id OFFSET 0) s
                  WHERE s.search LIKE '%' || w || '%' AND s.id <> ALL (ids) LIMIT 501) s LIMIT 501)
              UNION SELECT unnest(some_ids)) u(id) JOIN subjects s ON s.id = u.id
            WHERE s.search LIKE '%' || w || '%' LIMIT 501) c, LATERAL (SELECT ' ' || c.search_name || ' ' AS name) n
          ORDER BY class, coalesce(c.last_seen_at, '-infinity') DESC, c.id DESC) x;
      END IF;
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
    ids := ids || ids_added; keys := keys || keys_added;
    ends := ends || array(SELECT cardinality(ids) - cardinality(classes) + max(c.at)::int
      FROM unnest(classes) WITH ORDINALITY AS c(class, at) GROUP BY c.class ORDER BY 1);
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

  -- The last tier alone can have more than are weighed: those before it did not make `wanted` full.
  IF agent IS NOT NULL AND phrases IS NULL THEN
    met_to := least(met_from + looked_up, cardinality(ids) - CASE WHEN cardinality(ids_added) > weighed THEN cardinality(ids_added) ELSE 0 END,
      (SELECT min(e) FROM unnest(ends) e WHERE e >= wanted));
  END IF;
  IF met_to > met_from + 1 THEN
    -- Of those who match equally well first whose account the agent met, the last one first; then whose account one of the
    -- team did: by a session within thirty days and the account's last twenty.
    since := now() - interval '30 days';
    team := array(SELECT p.id FROM staff p WHERE p.team = of_team);
    SELECT array_agg(met_from + f.at), array_agg(m.is_own), array_agg(m.at) INTO places, own, times
      FROM unnest(ids[met_from + 1:met_to]) WITH ORDINALITY AS f(id, at) JOIN subjects s ON s.id = f.id, LATERAL (
        SELECT l.actor_id = agent AS is_own, l.started_at AS at FROM (
          SELECT t.actor_id, t.started_at FROM sessions t WHERE t.account_id = s.account_id AND t.started_at > since
          ORDER BY t.started_at DESC, t.id DESC LIMIT 20) l
        WHERE l.actor_id = agent OR l.actor_id = ANY (team) ORDER BY 1 DESC, 2 DESC LIMIT 1) m;
  END IF;
  IF places IS NOT NULL THEN
    -- Whom nobody may stand in for stays where they are.
    SELECT array_agg(f.id ORDER BY f.tier, m.is_own DESC NULLS LAST, m.at DESC NULLS LAST, f.at),
        array_agg(f.key ORDER BY f.tier, m.is_own DESC NULLS LAST, m.at DESC NULLS LAST, f.at) INTO ids_added, keys_added
      FROM (SELECT u.id, u.key, u.at, width_bucket(u.at::int - 1, ends) AS tier
        FROM unnest(ids[:met_to], keys[:met_to]) WITH ORDINALITY AS u(id, key, at)) f
      LEFT JOIN unnest(places, own, times) AS m(place, is_own, at) ON m.place = f.at
        AND (SELECT st.refusal FROM subject_standing st WHERE st.id = f.id) IS NULL;
    ids := ids_added || ids[met_to + 1:]; keys := keys_added || keys[met_to + 1:];
  END IF;
  RETURN QUERY
    SELECT f.id, f.place, cardinality(array_positions(keys, f.key))::bigint, least(cardinality(ids), counted),
      cardinality(ids) > counted OR more OR is_over IS NULL, phrases[f.place]
    FROM unnest(ids[:wanted], keys[:wanted]) WITH ORDINALITY AS f(id, key, place) ORDER BY f.place;
END $$;
--> statement-breakpoint
DROP FUNCTION met_first(uuid[], int[], int[], uuid, uuid[]);
