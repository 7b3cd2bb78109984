-- A total in a table against the parts beside it, down the columns and along the rows.
-- What the parts of a total are, the table shows itself: the way of adding up that fits its other totals.
-- A table printed in pieces (续表) is one table. Variable: continued.
-- What is added up is carried alone; the other columns of what is wrong come back at the end.
WITH pieces AS (
  SELECT doc_id, table_no, max(if(regexp_matches(coalesce(number, caption, ''), getvariable('continued')), NULL, table_no))
           OVER (PARTITION BY doc_id ORDER BY table_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS first_no
  FROM tables WHERE doc_id IN (SELECT DISTINCT doc_id FROM o)
),
flagged AS (
  SELECT doc_id, coalesce(p.first_no, table_no) AS table_no, table_no * 100000 + row AS row, col, source, labels, std_unit, std_value, tolerance,
         list_contains(list_transform(labels, lambda l: is_total(l)), true) AS total_label
  FROM o JOIN pieces p USING (doc_id, table_no)
  WHERE status = 'reported' AND part = 0 AND std_value IS NOT NULL AND qualifier = 'exact' AND additive(std_unit)
    AND NOT list_contains(list_transform(labels, lambda l: regexp_matches(l, getvariable('average_label'))), true)
),
numbers AS (
  SELECT * EXCLUDE (labels), total_label AND list_contains(list_transform(labels, lambda l: is_total(l) AND NOT is_whole(l)), true) AS subtotal,
         bool_and(total_label) OVER (PARTITION BY doc_id, table_no, row) AS total_row,
         bool_and(total_label) OVER (PARTITION BY doc_id, table_no, col) AS total_col
  FROM flagged
  WHERE (doc_id, table_no) IN (SELECT (doc_id, table_no) FROM flagged WHERE total_label)
),
lines AS (
  SELECT *, 'down' AS way, col AS line, row AS pos, total_row AS total FROM numbers WHERE NOT total_col OR total_row
  UNION ALL
  SELECT *, 'across' AS way, row AS line, col AS pos, total_col AS total FROM numbers WHERE NOT total_row OR total_col
),
counted AS (
  SELECT *, sum(total::INT) OVER (PARTITION BY doc_id, table_no, way, line, std_unit ORDER BY pos ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS block_above,
         sum(total::INT) OVER (PARTITION BY doc_id, table_no, way, line, std_unit ORDER BY pos) AS block_below,
         decimal_of(std_value) AS exact
  FROM lines
),
sums AS (
  SELECT *,
    sum(if(total, 0, exact)) OVER before AS s_before, count(if(total, NULL, 1)) OVER before AS n_before,
    sum(if(total, 0, exact)) OVER after AS s_after, count(if(total, NULL, 1)) OVER after AS n_after,
    sum(if(total, exact, 0)) OVER before AS s_totals, count(if(total, 1, NULL)) OVER before AS n_totals,
    sum(if(total, 0, exact)) OVER own_block AS s_block, count(if(total, NULL, 1)) OVER own_block AS n_block,
    sum(if(total, 0, exact)) OVER next_block AS s_next, count(if(total, NULL, 1)) OVER next_block AS n_next,
    sum(tolerance) OVER (PARTITION BY doc_id, table_no, way, line, std_unit) AS t_line
  FROM counted
  WINDOW before AS (PARTITION BY doc_id, table_no, way, line, std_unit ORDER BY pos ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
         after AS (PARTITION BY doc_id, table_no, way, line, std_unit ORDER BY pos ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING),
         own_block AS (PARTITION BY doc_id, table_no, way, line, std_unit, coalesce(block_above, 0)),
         next_block AS (PARTITION BY doc_id, table_no, way, line, std_unit, block_below)
),
ways AS (
  SELECT s.*, unnest([struct_pack(how := 'before', total_of := s_before::DOUBLE, n := n_before),
                      struct_pack(how := 'block', total_of := s_block::DOUBLE, n := n_block),
                      struct_pack(how := 'totals', total_of := s_totals::DOUBLE, n := n_totals),
                      struct_pack(how := 'next', total_of := s_next::DOUBLE, n := n_next),
                      struct_pack(how := 'after', total_of := s_after::DOUBLE, n := n_after)]) AS w
  FROM sums s WHERE total
),
tried AS (
  SELECT *, w.how AS how, w.total_of AS computed,
         abs(std_value - w.total_of) <= t_line + 1e-6 * abs(std_value) AS fits
  FROM ways
  -- A total of a part is of the rows next to it.
  WHERE (w.n >= 1 OR std_value = 0) AND (w.how IN ('block', 'next') OR NOT subtotal)
),
judged AS (
  SELECT *, bool_or(fits) OVER (PARTITION BY doc_id, table_no, way, line, pos, std_unit) AS settled,
         -- Of this way of adding up: how often it fits elsewhere in the table.
         count(if(fits, 1, NULL)) OVER (PARTITION BY doc_id, table_no, way, how) AS fitting,
         count(if(NOT fits, 1, NULL)) OVER (PARTITION BY doc_id, table_no, way, how) AS failing
  FROM tried
),
wrong AS (
  SELECT * FROM judged
  -- One part is no sum; and a blank part is none.
  WHERE NOT settled AND w.n >= 2 AND computed <> 0 AND (fitting > 0 OR abs(std_value - computed) <= 0.1 * abs(std_value))
  QUALIFY row_number() OVER (PARTITION BY source, way ORDER BY fitting DESC, abs(std_value - computed), how) = 1
),
beside AS (
  SELECT doc_id, table_no, way, line, std_unit, list(source ORDER BY pos) AS others
  FROM lines SEMI JOIN wrong USING (doc_id, table_no, way, line, std_unit)
  GROUP BY ALL
)
SELECT o.doc_id, o.report_year, o.region_code, o.indicator_id, coalesce(o.indicator, array_to_string(o.labels, '/')) AS indicator, o.year, o.entity,
       w.std_value AS actual, computed AS expected, w.std_unit AS unit,
       CASE WHEN fitting >= failing AND fitting > 0 THEN 0 WHEN fitting > 0 THEN 1 ELSE 2 END AS doubt,
       NULL::VARCHAR AS reason, NULL::VARCHAR AS arithmetic, list_prepend(w.source, list_filter(others, lambda x: x <> w.source))[:40] AS sources
FROM wrong w JOIN beside USING (doc_id, table_no, way, line, std_unit) JOIN o ON o.source = w.source
