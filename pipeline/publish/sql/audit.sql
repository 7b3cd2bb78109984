-- Findings, gravest first, with the documents, places and prints of their first two values.
WITH chosen AS (
  SELECT *, sources[1] AS a, sources[2] AS b,
         CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END AS gravity
  FROM findings
  ORDER BY gravity, report_year DESC NULLS LAST, region_code NULLS LAST, doc_id, check_id, finding_id
  LIMIT $limit
),
cited AS (SELECT unnest([a, b]) AS s FROM chosen),
-- Numbers are told from text here once: a struct with its place in words, and what is printed there.
sides AS (
  SELECT o.doc_id, 'table' AS origin, o.obs_no AS origin_no, o.raw AS print,
         concat(if(t.annex AND NOT contains(coalesce(t.number, ''), '附'), '附', ''), coalesce(t.caption, '第' || t.table_no || '个表'),
                '：', array_to_string(o.labels, ' / '), '（第', o.row + 1, '行第', o.col + 1, '列）') AS place,
         concat('t', o.table_no, 'r', o.row, 'c', o.col) AS anchor
  FROM observations o JOIN tables t USING (report_year, doc_id, table_no)
  SEMI JOIN cited ON s.doc_id = o.doc_id AND s.origin = 'table' AND s.origin_no = o.obs_no
  UNION ALL
  SELECT c.doc_id, 'prose', c.claim_no, c.quote, concat('正文：', b.section), concat('b', c.block_no, ':', c.start)
  FROM claims c JOIN blocks b USING (report_year, doc_id, block_no)
  SEMI JOIN cited ON s.doc_id = c.doc_id AND s.origin = 'prose' AND s.origin_no = c.claim_no
),
sentences_of AS (
  SELECT doc_id, claim_no, sentence FROM claims
  SEMI JOIN cited ON s.doc_id = claims.doc_id AND s.origin = 'prose' AND s.origin_no = claims.claim_no
)
SELECT f.finding_id, f.severity, f.check_id, d.source, f.report_year, f.region_code, f.doc_id, f.message, f.explanation, f.actual, f.expected,
       x.place AS here, coalesce(xs.sentence, x.print) AS here_text, x.anchor AS here_anchor,
       concat(if(y.doc_id <> f.doc_id, e.source || '，', ''), y.place) AS there, coalesce(ys.sentence, y.print) AS there_text, y.anchor AS there_anchor, y.doc_id AS there_doc
FROM chosen f
LEFT JOIN (SELECT DISTINCT ON (doc_id) doc_id, source FROM documents WHERE status = 'ok' ORDER BY doc_id, source) d ON d.doc_id = f.doc_id
LEFT JOIN sides x ON x.doc_id = f.a.doc_id AND x.origin = f.a.origin AND x.origin_no = f.a.origin_no
LEFT JOIN sides y ON y.doc_id = f.b.doc_id AND y.origin = f.b.origin AND y.origin_no = f.b.origin_no
LEFT JOIN sentences_of xs ON f.a.origin = 'prose' AND xs.doc_id = f.a.doc_id AND xs.claim_no = f.a.origin_no
LEFT JOIN sentences_of ys ON f.b.origin = 'prose' AND ys.doc_id = f.b.doc_id AND ys.claim_no = f.b.origin_no
LEFT JOIN (SELECT DISTINCT ON (doc_id) doc_id, source FROM documents WHERE status = 'ok' ORDER BY doc_id, source) e ON e.doc_id = y.doc_id
ORDER BY f.gravity, f.report_year DESC NULLS LAST, f.region_code NULLS LAST, f.doc_id, f.check_id, f.finding_id
