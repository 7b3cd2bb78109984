-- A value far from the median of its like. Variables: times, least_n.
SELECT f.doc_id, f.report_year, f.region_code, f.indicator_id, f.indicator, f.year, f.entity, f.value AS actual, d.median AS expected, f.unit,
       0 AS doubt, NULL::VARCHAR AS reason, d.n::VARCHAR AS arithmetic, [f.source] AS sources
FROM f JOIN districts d USING (fact_id, report_year)
WHERE d.comparable AND d.n >= getvariable('least_n') AND f.value > 0 AND d.median > 0
  AND greatest(f.value / d.median, d.median / f.value) >= getvariable('times')
