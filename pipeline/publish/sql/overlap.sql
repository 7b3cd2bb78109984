-- Pairs of consecutive reports' values of one earlier year: how many there are, how many differ beyond rounding.
SELECT count(*) AS pairs, coalesce(sum(restated::INT), 0)::BIGINT AS different
FROM yoy y
WHERE basis = 'same_report' AND report_year = year
  AND EXISTS (SELECT 1 FROM facts o WHERE o.region_code IS NOT DISTINCT FROM y.region_code AND o.entity IS NOT DISTINCT FROM y.entity
              AND o.indicator_id = y.indicator_id AND o.dims = y.dims AND o.report_year = y.year - 1 AND o.year = y.year - 1 AND o.is_preferred)
