-- All numbers read from some reports, with what became of them in facts. Parameters: docs, and years, theirs.
WITH of_these AS (SELECT * FROM facts WHERE list_contains($years, coalesce(report_year, 0)) AND list_contains($docs, doc_id))
SELECT o.doc_id, 'table' AS origin, o.obs_no AS origin_no, concat('t', o.table_no, 'r', o.row, 'c', o.col) AS anchor,
       NULL AS block_no, NULL AS start, NULL AS "end", o.raw AS print, array_to_string(o.labels, ' / ') AS labels,
       coalesce(o.indicator, array_to_string(o.labels, ' / ')) AS name, o.value, o.value_high, o.unit, o.std_value, o.std_unit,
       o.qualifier, coalesce(f.relation, 'level') AS relation, o.year, o.period, o.entity, class_of(o.dims) AS class, o.rule,
       o.confidence, o.status, f.indicator_id, f.is_preferred
FROM observations o LEFT JOIN of_these f ON f.origin = 'table' AND f.doc_id = o.doc_id AND f.origin_no = o.obs_no
WHERE list_contains($years, coalesce(o.report_year, 0)) AND list_contains($docs, o.doc_id)
UNION ALL
SELECT c.doc_id, 'prose', c.claim_no, concat('b', c.block_no, '-', c.start), c.block_no, c.start, c."end", c.quote, c.indicator_text,
       coalesce(c.indicator, c.indicator_text), c.value, c.value_high, c.unit, c.std_value, c.std_unit,
       c.qualifier, c.relation, c.year, c.period, c.entity, class_of(c.dims), c.rule,
       c.confidence, 'reported', f.indicator_id, f.is_preferred
FROM claims c LEFT JOIN of_these f ON f.origin = 'prose' AND f.doc_id = c.doc_id AND f.origin_no = c.claim_no
WHERE list_contains($years, coalesce(c.report_year, 0)) AND list_contains($docs, c.doc_id)
ORDER BY doc_id, origin DESC, origin_no
