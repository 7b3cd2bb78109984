-- One indicator, one entity, one year, one report: every mention against the value that most mentions give.
WITH grouped AS (
  SELECT *, count(*) OVER g AS mentions, first_value(value) OVER (
              PARTITION BY doc_id, entity, scope, indicator_id, class_key, year, unit ORDER BY is_preferred DESC, origin, origin_no) AS preferred
  FROM (
    -- Several values in one table under one name are no mentions of one value: what tells them apart was not read.
    SELECT * FROM f WHERE relation IN ('level', 'share') AND confidence >= 0.6
    WINDOW one_table AS (PARTITION BY doc_id, table_no, entity, scope, indicator_id, class_key, year, period, unit)
    QUALIFY table_no IS NULL OR min(value) OVER one_table = max(value) OVER one_table
  )
  WINDOW g AS (PARTITION BY doc_id, entity, scope, indicator_id, class_key, year, unit)
  QUALIFY mentions > 1
),
votes AS (
  SELECT doc_id, entity, scope, indicator_id, class_key, year, unit, value, count(*) AS n,
         arg_min(source, (place <> 'annex', place <> 'body', origin_no)) AS source, bool_or(is_preferred) AS has_preferred,
         bool_or(place <> 'prose') AS printed_in_table, min(place) AS place, any_value(tolerance) AS tolerance,
         any_value(qualifier) AS qualifier, any_value(value_high) AS high, bool_or(school_year) AS school_year
  FROM grouped GROUP BY ALL
),
usual AS (
  SELECT * FROM votes
  QUALIFY row_number() OVER (PARTITION BY doc_id, entity, scope, indicator_id, class_key, year, unit
                             ORDER BY n DESC, has_preferred DESC, printed_in_table DESC, value) = 1
)
SELECT a.doc_id, a.report_year, a.region_code, a.indicator_id, a.indicator, a.year, a.entity,
       a.value AS actual, u.value AS expected, a.unit,
       CASE WHEN a.school_year <> u.school_year THEN 2
            -- Two rates in prose: of two majors, of two schools, more often than of one.
            WHEN a.place = 'prose' AND NOT u.printed_in_table AND a.unit IN ('%', ':') THEN 2
            -- Prose far off speaks of something else: a part, an addition, a case.
            WHEN (a.place = 'prose' OR NOT u.printed_in_table) AND abs(a.value - u.value) > 0.5 * greatest(abs(a.value), abs(u.value)) THEN 2
            WHEN a.confidence < 0.8 THEN 2
            -- Prose may speak of a part without saying so: near in size it is the same thing, else it is doubtful.
            WHEN a.place = 'prose' OR NOT u.printed_in_table
              THEN if(a.unit IN ('%', ':') OR greatest(abs(a.value), abs(u.value)) < 100
                      OR abs(a.value - u.value) > 0.1 * greatest(abs(a.value), abs(u.value)), 1, 0)
            WHEN abs(a.value - u.value) > 0.5 * greatest(abs(a.value), abs(u.value)) THEN 1
            ELSE 0 END AS doubt,
       if(a.school_year <> u.school_year, 'period', NULL) AS reason,
       NULL::VARCHAR AS arithmetic, [a.source, u.source] AS sources
FROM grouped a JOIN usual u
  ON a.doc_id = u.doc_id AND a.entity IS NOT DISTINCT FROM u.entity AND a.scope = u.scope AND a.indicator_id = u.indicator_id
 AND a.class_key = u.class_key AND a.year IS NOT DISTINCT FROM u.year AND a.unit IS NOT DISTINCT FROM u.unit
WHERE NOT agree(a.value, a.tolerance, a.qualifier, a.value_high, u.value, u.tolerance, u.qualifier, u.high)
