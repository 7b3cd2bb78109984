-- stated.sql → districts. One slice: some years and indicators, all regions. Variables: first_indicator, last_indicator;
-- stated_of_slice holds at least theirs. Ranks are made of what they stand on alone; a fact's other columns come back
-- at the end, which is much cheaper than to carry them through.
WITH chosen AS (
  SELECT * FROM stated_of_slice
  WHERE indicator_id BETWEEN getvariable('first_indicator') AND getvariable('last_indicator')
),
-- A group is compared within itself; its number is in the order of the rows.
groups AS (
  SELECT *, row_number() OVER (ORDER BY indicator_id, year, scope, level, education, class_key) AS group_no
  FROM (SELECT year, indicator_id, class_key, scope, level, education, mode(unit ORDER BY unit) AS usual_unit,
               mode(calendar ORDER BY calendar) AS usual_calendar
        FROM chosen GROUP BY ALL)
),
judged AS (
  SELECT c.fact_id, c.value, g.group_no, i.direction,
         CASE WHEN c.unit IS DISTINCT FROM g.usual_unit
                THEN '单位（' || coalesce(c.unit, '无') || '）与多数地区（' || coalesce(g.usual_unit, '无') || '）不同'
              WHEN c.qualifier <> 'exact' THEN '是约数或界限，不参加排名'
              WHEN c.calendar <> g.usual_calendar THEN '统计时段（学年、年度）与多数地区不同'
         END AS note
  FROM chosen c
  JOIN groups g ON c.year = g.year AND c.indicator_id = g.indicator_id AND c.class_key = g.class_key
   AND c.scope = g.scope AND c.level IS NOT DISTINCT FROM g.level AND c.education IS NOT DISTINCT FROM g.education
  JOIN indicators i ON i.indicator_id = c.indicator_id
),
filed AS (
  SELECT report_year, level, education, count(*) AS reports FROM documents WHERE status = 'ok' GROUP BY ALL
),
-- Those that are not ranked still stand beside the median and the number of those that are.
middles AS (
  SELECT group_no, count(*) AS among, median(value) AS median FROM judged WHERE note IS NULL GROUP BY group_no
),
ranked AS (
  SELECT *, rank() OVER upward AS from_below, count(*) OVER upward - 1 AS not_above
  FROM judged
  WINDOW upward AS (PARTITION BY group_no, note IS NULL ORDER BY value)
),
whole AS (
  SELECT r.*, coalesce(m.among, 0) AS n, m.median,
         CASE WHEN note IS NULL THEN if(direction = 'lower', from_below, m.among - not_above) END AS rank
  FROM ranked r LEFT JOIN middles m USING (group_no)
)
SELECT c.report_year, c.year, indicator_id, indicator, dims, unit, scope, c.level, c.education, region_code, province,
       city, district, entity, c.value, rank, n,
       100.0 * n / f.reports AS valid_share,
       if(note IS NULL AND n > 1, 100.0 * not_above / (n - 1), NULL) AS percentile,
       median, if(note IS NULL, round(c.value - median, 9), NULL) AS distance,
       note IS NULL AS comparable, note, fact_id
FROM whole w JOIN chosen c USING (fact_id)
LEFT JOIN filed f
  ON f.report_year = c.year AND f.level IS NOT DISTINCT FROM c.level AND f.education IS NOT DISTINCT FROM c.education
ORDER BY group_no, rank NULLS LAST, region_code NULLS FIRST, fact_id
