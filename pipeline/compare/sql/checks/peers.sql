-- A value far from the median of its like: of_far.sql has found them.
SELECT f.doc_id, f.report_year, f.region_code, f.indicator_id, f.indicator, f.year, f.entity, f.value AS actual, d.median AS expected, f.unit,
       0 AS doubt, NULL::VARCHAR AS reason, d.n::VARCHAR AS arithmetic, [f.source] AS sources
FROM f JOIN far d USING (fact_id, report_year)
