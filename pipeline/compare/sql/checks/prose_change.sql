-- 7644名，较上年增加146名，增幅1.95%: level, change and rate of one phrase in one sentence. Variable: slack.
WITH levels AS (SELECT * FROM c WHERE relation = 'level' AND qualifier = 'exact' AND additive(std_unit)),
changes AS (SELECT * FROM c WHERE relation = 'change' AND qualifier = 'exact' AND std_unit IS DISTINCT FROM '百分点'),
linked AS (
  SELECT l.*, a.std_value AS change, a.source AS change_source, a.start AS change_start, a.std_unit AS change_unit, a.tolerance AS change_tolerance
  FROM changes a JOIN levels l ON l.doc_id = a.doc_id AND l.block_no = a.block_no AND l.sentence = a.sentence
   AND l.indicator_text = a.indicator_text AND l.start < a.start AND l.year IS NOT DISTINCT FROM a.year
  QUALIFY row_number() OVER (PARTITION BY a.source ORDER BY l.start DESC) = 1
),
before AS (
  -- The level of the year before: from the change in the same sentence, else from the report's own table.
  SELECT r.*, coalesce(r.std_value - d.change, p.value) AS prev, if(d.change IS NULL, p.tolerance, d.change_tolerance) AS prev_tolerance,
         coalesce(d.change_source, p.source) AS prev_source
  FROM linked r
  LEFT JOIN linked d ON d.doc_id = r.doc_id AND d.source = r.source AND d.change_unit IS NOT DISTINCT FROM r.std_unit AND r.change_unit = '%'
  LEFT JOIN f p ON r.indicator_id IS NOT NULL AND p.doc_id = r.doc_id AND p.entity IS NOT DISTINCT FROM r.entity AND p.is_preferred
   AND p.indicator_id = (SELECT canonical_id FROM indicators i WHERE i.indicator_id = r.indicator_id) AND p.class_key = r.class_key
   AND p.year = r.year - 1 AND p.unit IS NOT DISTINCT FROM r.std_unit AND p.relation = 'level' AND p.qualifier = 'exact'
),
computed AS (
  SELECT *, if(change_unit = '%', 100 * (std_value - prev) / nullif(prev, 0), std_value - prev) AS should,
         if(change_unit = '%', 100 * (tolerance + prev_tolerance) / nullif(abs(prev), 0), tolerance + prev_tolerance) AS rounding
  FROM before WHERE prev IS NOT NULL AND prev > 0
)
SELECT doc_id, report_year, region_code, indicator_id, coalesce(indicator, indicator_text) AS indicator, year, entity,
       change AS actual, should AS expected, change_unit AS unit, if(abs(change - should) > greatest(20, abs(should)) AND change_unit = '%', 1, 0) AS doubt,
       NULL::VARCHAR AS reason, format('{}，上年{}', std_value, prev) AS arithmetic, [change_source, source, prev_source] AS sources
FROM computed
WHERE abs(change - should) > change_tolerance + rounding * 1.01 + 1e-6
