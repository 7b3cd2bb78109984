-- A part that is larger than its whole. Variables: pairs (list of [part, whole]); children of the codebook are parts too.
WITH pairs AS (
  SELECT p[1] AS part_id, p[2] AS whole_id FROM (SELECT unnest(getvariable('pairs')) AS p)
  UNION
  SELECT i.canonical_id, w.canonical_id FROM indicators i JOIN indicators w
    ON w.canonical_name = regexp_replace(i.canonical_name, '/[^/]+$', '') AND i.unit = w.unit
  WHERE contains(i.canonical_name, '/') AND additive(i.unit)
),
preferred AS (SELECT * FROM f WHERE is_preferred AND relation = 'level' AND qualifier = 'exact' AND additive(unit))
SELECT a.doc_id, a.report_year, a.region_code, a.indicator_id, a.indicator, a.year, a.entity, a.value AS actual, w.value AS expected,
       a.unit, if(a.place = 'prose' OR w.place = 'prose', 1, 0) AS doubt, NULL::VARCHAR AS reason, w.indicator AS arithmetic, [a.source, w.source] AS sources
FROM preferred a JOIN pairs ON pairs.part_id = a.indicator_id
JOIN preferred w ON w.indicator_id = pairs.whole_id AND w.doc_id = a.doc_id AND w.entity IS NOT DISTINCT FROM a.entity
 AND w.scope = a.scope AND w.class_key = a.class_key AND w.year = a.year AND w.unit IS NOT DISTINCT FROM a.unit
WHERE a.value > w.value + a.tolerance + w.tolerance
