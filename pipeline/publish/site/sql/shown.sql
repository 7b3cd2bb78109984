-- The values of all indicators among their like, each with the place it was read from; joined once, shown by indicator.
CREATE OR REPLACE TEMP TABLE shown AS
SELECT d.indicator_id, d.year, coalesce(d.province, '') AS province, coalesce(d.city, '') AS city, coalesce(d.entity, '') AS entity, coalesce(d.level, '') AS level,
       coalesce(d.education, '') AS education, d.scope, class_of(d.dims) AS class, d.value, d.unit, d.rank, d.n, d.median, d.note,
       f.doc_id, CASE f.origin WHEN 'table' THEN concat('t', o.table_no, 'r', o.row, 'c', o.col)
                               ELSE concat('b', c.block_no, '-', c.start) END AS anchor
FROM districts d JOIN facts f USING (fact_id)
LEFT JOIN observations o ON f.origin = 'table' AND o.doc_id = f.doc_id AND o.obs_no = f.origin_no
LEFT JOIN claims c ON f.origin = 'prose' AND c.doc_id = f.doc_id AND c.claim_no = f.origin_no
ORDER BY d.indicator_id, class, d.year DESC, d.scope, d.level, d.education, d.rank NULLS LAST, d.region_code, d.fact_id
