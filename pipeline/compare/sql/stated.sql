-- facts of some regions → what districts compares: of all that their reports state of a year, one value for a
-- region, entity, indicator, class and unit.
SELECT fact_id, report_year, year, indicator_id, indicator, dims, dims::VARCHAR AS class_key, unit, scope, level, education,
       region_code, province, city, district, entity, value, qualifier,
       if(strpos(coalesce(period, ''), '/') > 0, 'school', 'calendar') AS calendar
FROM facts
WHERE is_preferred AND relation IN ('level', 'share') AND report_year IS NOT NULL AND year IS NOT NULL
  AND (scope = 'region' OR (scope = 'school' AND level IN ('school', 'college', 'enterprise')))
-- Of the reports that give a year: that year's own first, then the next after it.
QUALIFY row_number() OVER (
  PARTITION BY region_code, entity, level, education, indicator_id, class_key, unit, year
  ORDER BY report_year < year, report_year, place <> 'annex', qualifier <> 'exact', fact_id
) = 1
ORDER BY year, indicator_id, fact_id
