-- What is stated of some years and indicators in all regions (`stated`) → the rows of districts in their order: which
-- row of `stated`, and its rank. What ranks do not stand on is not read here: ranks.py puts it beside them.
WITH
-- A group is compared within itself; its number is in the order of the rows.
groups AS (
  SELECT *, row_number() OVER (ORDER BY indicator_id, year, scope, level, education, class_key) AS group_no
  FROM (SELECT year, indicator_id, class_key, scope, level, education, mode(unit ORDER BY unit) AS usual_unit,
               mode(calendar ORDER BY calendar) AS usual_calendar
        FROM stated GROUP BY ALL)
),
filed AS (
  SELECT report_year, level, education, count(*) AS reports FROM documents WHERE status = 'ok' GROUP BY ALL
),
judged AS (
  SELECT s.row_no, s.value, g.group_no, i.direction = 'lower' AS lower, f.reports,
         CASE WHEN s.unit IS DISTINCT FROM g.usual_unit
                THEN '单位（' || coalesce(s.unit, '无') || '）与多数地区（' || coalesce(g.usual_unit, '无') || '）不同'
              WHEN s.qualifier <> 'exact' THEN '是约数或界限，不参加排名'
              WHEN s.calendar <> g.usual_calendar THEN '统计时段（学年、年度）与多数地区不同'
         END AS note
  FROM stated s
  JOIN groups g ON s.year = g.year AND s.indicator_id = g.indicator_id AND s.class_key = g.class_key
   AND s.scope = g.scope AND s.level IS NOT DISTINCT FROM g.level AND s.education IS NOT DISTINCT FROM g.education
  JOIN indicators i ON i.indicator_id = s.indicator_id
  LEFT JOIN filed f
    ON f.report_year = s.year AND f.level IS NOT DISTINCT FROM s.level AND f.education IS NOT DISTINCT FROM s.education
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
         CASE WHEN note IS NULL THEN if(lower, from_below, m.among - not_above) END AS rank
  FROM ranked r LEFT JOIN middles m USING (group_no)
)
SELECT row_no, rank, n, 100.0 * n / reports AS valid_share,
       if(note IS NULL AND n > 1, 100.0 * not_above / (n - 1), NULL) AS percentile,
       median, if(note IS NULL, round(value - median, 9), NULL) AS distance,
       note IS NULL AS comparable, note
FROM whole
ORDER BY group_no, rank NULLS LAST, row_no
