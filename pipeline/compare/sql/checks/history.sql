-- A value far from the same entity's other years. Variables: times, least.
WITH series AS (
  SELECT *, year = report_year AS own_year FROM f
  WHERE is_preferred AND relation IN ('level', 'share') AND qualifier = 'exact' AND value > 0 AND scope IN ('region', 'school') AND year IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY region_code, entity, scope, series_id, class_key, unit, year, school_year ORDER BY year <> report_year, report_year, fact_id) = 1
),
others AS (
  SELECT a.source, median(b.value) AS usual, count(*) AS n, max(b.value) / min(b.value) AS spread, arg_min(b.source, (abs(a.year - b.year), b.year)) AS nearest
  FROM series a JOIN series b ON a.region_code IS NOT DISTINCT FROM b.region_code AND a.entity IS NOT DISTINCT FROM b.entity AND a.scope = b.scope
   AND a.series_id = b.series_id AND a.class_key = b.class_key AND a.unit IS NOT DISTINCT FROM b.unit AND a.school_year = b.school_year AND a.year <> b.year
  GROUP BY a.source HAVING count(*) >= 2
)
SELECT s.doc_id, s.report_year, s.region_code, s.indicator_id, s.indicator, s.year, s.entity, s.value AS actual, o2.usual AS expected, s.unit,
       if(s.place = 'prose', 1, 0) AS doubt, NULL::VARCHAR AS reason, NULL::VARCHAR AS arithmetic, [s.source, o2.nearest] AS sources
FROM series s JOIN others o2 USING (source)
WHERE o2.spread < getvariable('times') / 2
  AND greatest(s.value, o2.usual) >= getvariable('least')
  AND greatest(s.value / o2.usual, o2.usual / s.value) >= getvariable('times')
