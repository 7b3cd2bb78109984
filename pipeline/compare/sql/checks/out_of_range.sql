-- Values outside what the codebook expects of the indicator.
SELECT f.doc_id, f.report_year, f.region_code, f.indicator_id, f.indicator, f.year, f.entity, f.value AS actual,
       if(f.value < i.low, i.low, i.high) AS expected, f.unit, if(f.place = 'prose', 1, 0) AS doubt, NULL::VARCHAR AS reason,
       format('{}～{}', coalesce(i.low::VARCHAR, ''), coalesce(i.high::VARCHAR, '')) AS arithmetic, [f.source] AS sources
FROM f JOIN indicators i USING (indicator_id)
WHERE f.is_preferred AND f.relation IN ('level', 'share') AND f.scope IN ('region', 'school')
  AND (f.value < i.low - f.tolerance OR f.value > i.high + f.tolerance) AND NOT (f.unit = '%' AND f.value > 100)
  AND i.standard_unit IS NOT DISTINCT FROM f.unit
