-- Every input file, the newest first. Findings are counted where they would be mended.
SELECT d.doc_id, d.source, d.status, d.error, d.report_year, d.province, d.city, d.district, d.level, d.org, d.education,
       d.n_observations, d.n_claims, coalesce(f.n, 0) AS n_findings
FROM documents d LEFT JOIN (SELECT doc_id, count(*) AS n FROM findings GROUP BY doc_id) f
  ON d.status = 'ok' AND f.doc_id = d.doc_id
ORDER BY d.report_year DESC NULLS LAST, d.region_code NULLS LAST, d.source
