-- 专任教师490人，占教职工557人的87.97%: a share in prose against the counts printed in its paragraph.
WITH counts AS (SELECT * FROM c WHERE relation = 'level' AND qualifier = 'exact' AND additive(std_unit)),
shares AS (SELECT *, regexp_replace(indicator_text, '占.*$', '') AS what FROM c WHERE relation = 'share' AND qualifier = 'exact' AND std_unit = '%'),
tried AS (
  SELECT s.*, p.std_value AS part_value, w.std_value AS whole_value, p.source AS part_source, w.source AS whole_source,
         100 * p.std_value / w.std_value AS computed, 100 * p.std_value / w.std_value * (p.tolerance / p.std_value + w.tolerance / w.std_value) AS rounding
  FROM shares s
  JOIN counts p ON p.doc_id = s.doc_id AND p.block_no = s.block_no AND p.sentence = s.sentence AND p.start < s.start
   AND p.indicator_text = s.what AND p.entity IS NOT DISTINCT FROM s.entity
  JOIN counts w ON w.doc_id = s.doc_id AND w.block_no BETWEEN s.block_no - 2 AND s.block_no AND w.source <> p.source
   AND w.indicator_text = s.base AND w.entity IS NOT DISTINCT FROM s.entity AND w.std_unit IS NOT DISTINCT FROM p.std_unit
  WHERE p.std_value > 0 AND w.std_value > 0 AND s.year IS NOT DISTINCT FROM p.year AND s.year IS NOT DISTINCT FROM w.year
)
SELECT doc_id, report_year, region_code, indicator_id, coalesce(indicator, indicator_text) AS indicator, year, entity, std_value AS actual,
       computed AS expected, std_unit AS unit, 0 AS doubt, NULL::VARCHAR AS reason,
       format('{}÷{}×100', part_value, whole_value) AS arithmetic, [source, part_source, whole_source] AS sources
FROM tried
QUALIFY bool_and(abs(std_value - computed) > tolerance + rounding * 1.01) OVER (PARTITION BY source)
    AND row_number() OVER (PARTITION BY source ORDER BY abs(std_value - computed), whole_source.origin_no) = 1
