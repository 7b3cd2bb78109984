-- A value in a table against the parts printed after it under 其中. Variable: among.
WITH flagged AS (
  SELECT *, list_contains(list_transform(labels, lambda l: regexp_full_match(l, getvariable('among'))), true) AS part_of
  FROM o
  WHERE status = 'reported' AND part = 0 AND decimal_of(std_value) IS NOT NULL AND qualifier = 'exact' AND additive(std_unit)
),
numbers AS (
  SELECT * FROM flagged SEMI JOIN (SELECT DISTINCT doc_id, table_no FROM flagged WHERE part_of) USING (doc_id, table_no)
),
runs AS (
  SELECT *, sum(if(part_of, 0, 1)) OVER (PARTITION BY doc_id, table_no, row, std_unit ORDER BY col) AS run FROM numbers
),
sums AS (
  SELECT *, sum(if(part_of, decimal_of(std_value), 0)) OVER r AS computed, count(if(part_of, 1, NULL)) OVER r AS n,
         sum(tolerance) OVER r AS t_line
  FROM runs
  WINDOW r AS (PARTITION BY doc_id, table_no, row, std_unit, run ORDER BY col ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
),
judged AS (
  SELECT *, abs(std_value - computed::DOUBLE) <= t_line + 1e-6 * abs(std_value) AS fits,
         count(if(abs(std_value - computed::DOUBLE) <= t_line + 1e-6 * abs(std_value), 1, NULL)) OVER (PARTITION BY doc_id, table_no, col) AS fitting
  FROM sums WHERE NOT part_of AND n >= 2
),
wrong AS (
  SELECT * FROM judged
  -- Parts that add up to the whole in no other row are some of them only, or hold parts of their own.
  WHERE NOT fits AND fitting > 0
),
beside AS (
  SELECT doc_id, table_no, row, std_unit, run, list(source ORDER BY col) AS others
  FROM runs SEMI JOIN wrong USING (doc_id, table_no, row, std_unit, run) GROUP BY ALL
)
SELECT doc_id, report_year, region_code, indicator_id, coalesce(indicator, labels[-1]) AS indicator, year, entity, std_value AS actual, computed::DOUBLE AS expected,
       std_unit AS unit, 0 AS doubt, NULL::VARCHAR AS reason, NULL::VARCHAR AS arithmetic,
       list_prepend(source, list_filter(others, lambda x: x <> source))[:40] AS sources
FROM wrong JOIN beside USING (doc_id, table_no, row, std_unit, run)
