-- A column of changes (较上年增减, 增幅) against the two years beside it in the row. Variables: growth, rate.
WITH numbers AS (
  SELECT *, list_aggregate(list_transform(labels, lambda l: regexp_matches(l, getvariable('growth'))), 'bool_or') AS change
  FROM o WHERE status = 'reported' AND part = 0 AND std_value IS NOT NULL AND qualifier = 'exact'
),
changes AS (SELECT * FROM numbers WHERE change),
levels AS (
  SELECT *, count(*) OVER (PARTITION BY doc_id, table_no, row, year, std_unit) AS same FROM numbers WHERE NOT change QUALIFY same = 1
),
tried AS (
  SELECT a.*, l.std_value AS now, p.std_value AS prev, l.source AS now_source, p.source AS prev_source,
         if(a.std_unit = '%' AND l.std_unit IS DISTINCT FROM '%', 100 * (l.std_value - p.std_value) / nullif(p.std_value, 0), l.std_value - p.std_value) AS should,
         if(a.std_unit = '%' AND l.std_unit IS DISTINCT FROM '%', 100 * (l.tolerance + p.tolerance) / nullif(abs(p.std_value), 0), l.tolerance + p.tolerance) AS rounding
  FROM changes a
  JOIN levels l ON l.doc_id = a.doc_id AND l.table_no = a.table_no AND l.row = a.row AND l.year = a.year
  JOIN levels p ON p.doc_id = a.doc_id AND p.table_no = a.table_no AND p.row = a.row AND p.year = a.year - 1 AND p.std_unit IS NOT DISTINCT FROM l.std_unit
  WHERE (a.std_unit = '%' OR a.std_unit IS NOT DISTINCT FROM l.std_unit)
    AND additive(l.std_unit)
),
judged AS (
  SELECT *, abs(std_value - should) <= tolerance + rounding * 1.01 + 1e-6 AS fits,
         count(if(abs(std_value - should) <= tolerance + rounding * 1.01 + 1e-6, 1, NULL)) OVER (PARTITION BY doc_id, table_no, col) AS fitting,
         count(*) OVER (PARTITION BY doc_id, table_no, col) AS n
  FROM tried
)
SELECT doc_id, report_year, region_code, indicator_id, coalesce(indicator, labels[1]) AS indicator, year, entity, std_value AS actual, should AS expected,
       std_unit AS unit, if(2 * fitting >= n, 0, 1) AS doubt, NULL::VARCHAR AS reason, format('{}，上年{}', now, prev) AS arithmetic,
       [source, now_source, prev_source] AS sources
FROM judged WHERE NOT fits AND fitting > 0
