-- What one report says of a year or a school, against what that year's or that school's own report says.
WITH own AS (
  SELECT * FROM f WHERE is_preferred AND relation IN ('level', 'share') AND year = report_year
   AND if(scope = 'school', level IN ('school', 'college', 'enterprise'), scope = 'region')
),
own_district AS (
  SELECT * FROM f WHERE is_preferred AND relation IN ('level', 'share') AND year = report_year
   AND scope = 'school' AND level NOT IN ('school', 'college', 'enterprise')
),
told AS (SELECT * FROM f WHERE is_preferred AND relation IN ('level', 'share')),
pairs AS (
  SELECT t AS t, w AS w, 'later' AS between_ FROM told t JOIN own w
    ON w.doc_id <> t.doc_id AND w.year = t.year AND t.report_year > w.report_year AND t.level IS NOT DISTINCT FROM w.level
   AND w.region_code IS NOT DISTINCT FROM t.region_code AND w.entity IS NOT DISTINCT FROM t.entity AND w.scope = t.scope
   AND w.indicator_id = t.indicator_id AND w.class_key = t.class_key AND w.unit IS NOT DISTINCT FROM t.unit AND w.school_year = t.school_year
  UNION ALL
  SELECT t, w, 'level' FROM told t JOIN own w
    ON w.doc_id <> t.doc_id AND w.year = t.year AND t.level IS DISTINCT FROM w.level AND w.scope = 'school' AND t.scope = 'school'
   -- Schools of one name in two prefectures are two schools.
   AND t.region_code[:4] IS NOT DISTINCT FROM w.region_code[:4]
   AND w.entity = t.entity AND w.indicator_id = t.indicator_id AND w.class_key = t.class_key AND w.unit IS NOT DISTINCT FROM t.unit
)
SELECT t.doc_id AS doc_id, t.report_year AS report_year, t.region_code AS region_code, t.indicator_id AS indicator_id, t.indicator AS indicator,
       t.year AS year, t.entity AS entity, t.value AS actual, w.value AS expected, t.unit AS unit,
       if(abs(t.value - w.value) > 0.5 * greatest(abs(t.value), abs(w.value)), 1, 0) + if(t.place = 'prose' OR w.place = 'prose', 1, 0) AS doubt,
       NULL::VARCHAR AS reason, w.report_year::VARCHAR AS arithmetic, [t.source, w.source] AS sources
FROM pairs
WHERE between_ = getvariable('between_reports')
  AND NOT agree(t.value, t.tolerance, t.qualifier, t.value_high, w.value, w.tolerance, w.qualifier, w.value_high)
