-- Values that cannot be: a share of more than all, a count below nothing.
SELECT doc_id, report_year, region_code, indicator_id, indicator, year, entity, std_value AS actual,
       if(std_value < 0, 0.0, 100.0) AS expected, std_unit AS unit, doubt, NULL::VARCHAR AS reason, NULL::VARCHAR AS arithmetic, [source] AS sources
FROM (
  SELECT o.*, if(o.indicator_id IS NULL, 1, 0) AS doubt, coalesce(i.high, 1e300) AS high,
         list_aggregate(list_transform(labels, lambda l: regexp_matches(l, getvariable('growth'))), 'bool_or') AS growth
  FROM o LEFT JOIN indicators i USING (indicator_id)
  WHERE status = 'reported'
) WHERE NOT coalesce(growth, false) AND ((std_unit = '%' AND std_value > 100 AND high <= 100) OR (indicator_id IS NOT NULL AND std_value < 0 AND additive(std_unit)))
UNION ALL
SELECT c.doc_id, c.report_year, c.region_code, c.indicator_id, coalesce(c.indicator, c.indicator_text), c.year, c.entity, c.std_value,
       100.0, c.std_unit, 0, NULL, NULL, [c.source]
FROM c LEFT JOIN indicators i USING (indicator_id)
WHERE c.std_unit = '%' AND c.std_value > 100
  AND ((c.relation = 'share') OR (c.relation = 'level' AND (coalesce(i.high, 1e300) <= 100 OR (regexp_matches(coalesce(c.indicator, c.indicator_text), getvariable('rates'))
                                 AND NOT regexp_matches(c.indicator_text, getvariable('growth'))))))
