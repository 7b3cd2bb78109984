-- value = factor × part / whole, where the codebook says so. Variables: value_ids, part_ids, whole_ids, factor, slack.
WITH preferred AS (
  SELECT * FROM f WHERE is_preferred AND relation IN ('level', 'share') AND qualifier = 'exact' AND class_key = '{}'
),
tried AS (
  SELECT v.*, p.value AS part_value, w.value AS whole_value, p.source AS part_source, w.source AS whole_source,
         getvariable('factor') * p.value / nullif(w.value, 0) AS computed,
         getvariable('factor') * p.value / nullif(w.value, 0) * (p.tolerance / nullif(p.value, 0) + w.tolerance / nullif(w.value, 0)) AS rounding
  FROM preferred v
  JOIN preferred p ON p.doc_id = v.doc_id AND p.entity IS NOT DISTINCT FROM v.entity AND p.scope = v.scope AND p.year = v.year
                  AND list_contains(getvariable('part_ids'), p.indicator_id) AND additive(p.unit)
  JOIN preferred w ON w.doc_id = v.doc_id AND w.entity IS NOT DISTINCT FROM v.entity AND w.scope = v.scope AND w.year = v.year
                  AND list_contains(getvariable('whole_ids'), w.indicator_id) AND additive(w.unit)
  WHERE list_contains(getvariable('value_ids'), v.indicator_id) AND w.value > 0
)
SELECT doc_id, report_year, region_code, indicator_id, indicator, year, entity, value AS actual, computed AS expected, unit,
       if(abs(value - computed) > 0.5 * greatest(abs(value), abs(computed)), 1, 0) AS doubt, NULL::VARCHAR AS reason,
       if(getvariable('factor') = 100, format('{}÷{}×100', part_value, whole_value), format('{}÷{}', part_value, whole_value)) AS arithmetic,
       [source, part_source, whole_source] AS sources
FROM tried
-- Another whole that fits (教职工 for 专任教师) settles it.
QUALIFY bool_and(abs(value - computed) > tolerance + coalesce(rounding, 0) + getvariable('slack') * abs(computed)) OVER (PARTITION BY source)
    AND row_number() OVER (PARTITION BY source ORDER BY abs(value - computed), part_source.origin_no, whole_source.origin_no) = 1
