-- districts + yoy → the values of one indicator, its editions included, with what they changed to and where they are.
-- Parameters: ids, codes (NULL is everywhere), level (NULL is schools), first_year, last_year, class.
WITH changes AS (
  SELECT * FROM yoy
  WHERE list_contains($ids, indicator_id)
  -- Of two ways to the year before: like with like, and then between what stands in the two years' own reports.
  QUALIFY row_number() OVER (
    PARTITION BY fact_id ORDER BY comparable DESC, basis = 'consecutive_reports' DESC, prev_fact_id
  ) = 1
),
chosen AS (
  SELECT * FROM districts
  WHERE list_contains($ids, indicator_id) AND ($codes IS NULL OR list_contains($codes, region_code))
    AND if($level IS NULL, scope = 'school', scope = 'region' AND level = $level)
    AND ($first_year IS NULL OR year BETWEEN $first_year AND $last_year)
    AND class_of(dims) = $class
),
named AS (
  SELECT *,
         -- 朝阳区 is in Beijing and in Changchun: the cities tell them apart, where there are two.
         if(max(region_code) OVER same <> min(region_code) OVER same,
            concat(province, nullif(city, entity), entity), entity) AS name
  FROM chosen WINDOW same AS (PARTITION BY entity)
)
SELECT n.name, n.region_code, n.education, n.indicator_id, n.indicator, f.series_id, n.unit, n.year, n.value,
       n.rank, n.n, n.valid_share, n.percentile, n.median, n.distance, n.comparable, n.note,
       c.prev_value, c.change, c.change_pct, c.basis, c.restated, c.comparable AS change_comparable,
       c.note AS change_note, d.source,
       CASE f.origin WHEN 'table' THEN concat('t', o.table_no, 'r', o.row, 'c', o.col, if(o.part > 0, '.' || o.part, ''))
            ELSE concat('b', p.block_no, ':', p.start) END AS place,
       n.fact_id
FROM named n
LEFT JOIN changes c USING (fact_id)
JOIN facts f USING (fact_id)
JOIN documents d ON d.doc_id = f.doc_id AND d.status = 'ok'
LEFT JOIN observations o ON f.origin = 'table' AND o.doc_id = f.doc_id AND o.obs_no = f.origin_no
LEFT JOIN claims p ON f.origin = 'prose' AND p.doc_id = f.doc_id AND p.claim_no = f.origin_no
ORDER BY n.education NULLS FIRST, n.name, n.indicator_id, n.year
