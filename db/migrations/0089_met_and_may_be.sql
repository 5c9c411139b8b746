-- Whom nobody may stand in for (deactivated, a service, of a closed account, staff) is not who is meant again: they stay where
-- they would be without having been met. Looked at for those who were met alone, since most were not.
CREATE OR REPLACE FUNCTION met_first(INOUT ids uuid[], INOUT keys int[], classes int[], agent uuid, team uuid[]) LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  since timestamptz := now() - interval '30 days';
  places int[];
BEGIN
  SELECT array_agg(x.place ORDER BY classes[x.place], m.is_own DESC NULLS LAST, m.at DESC NULLS LAST, x.place) INTO places
    FROM (SELECT u.id, u.place::int AS place FROM unnest(ids) WITH ORDINALITY AS u(id, place)) x
    JOIN subjects s ON s.id = x.id
    LEFT JOIN LATERAL (
      SELECT l.actor_id = agent AS is_own, l.started_at AS at FROM (
        SELECT t.actor_id, t.started_at FROM sessions t WHERE t.account_id = s.account_id AND t.started_at > since
        ORDER BY t.started_at DESC, t.id DESC LIMIT 20) l
      WHERE l.actor_id = agent OR l.actor_id = ANY (team) ORDER BY 1 DESC, 2 DESC LIMIT 1) m
      ON (SELECT st.refusal FROM subject_standing st WHERE st.id = s.id) IS NULL
    HAVING count(m.at) > 0;
  IF places IS NOT NULL THEN
    ids := array(SELECT ids[o.p] FROM unnest(places) WITH ORDINALITY AS o(p, at) ORDER BY o.at);
    keys := array(SELECT keys[o.p] FROM unnest(places) WITH ORDINALITY AS o(p, at) ORDER BY o.at);
  END IF;
END $$;
