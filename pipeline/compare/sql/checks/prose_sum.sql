-- 共93项，其中A 7项、B 6项 …: a number and those printed after it in its sentence, which nearly add up to it.
-- Variables: near, among.
WITH counts AS (
  SELECT * FROM c WHERE relation = 'level' AND qualifier = 'exact' AND additive(std_unit) AND std_unit IS NOT NULL
),
heads AS (
  SELECT h.doc_id, h.claim_no, h.block_no, list(p.source ORDER BY p.start) AS parts, sum(p.std_value::DECIMAL(30, 6))::DOUBLE AS computed,
         count(*) AS n, string_agg(CAST(p.value AS VARCHAR), '+' ORDER BY p.start) AS arithmetic, max(p.std_value) AS largest
  FROM counts h JOIN counts p ON p.doc_id = h.doc_id AND p.block_no = h.block_no AND p.sentence = h.sentence AND p.start > h.start
   AND p.std_unit = h.std_unit AND p.unit = h.unit AND NOT regexp_matches(p.indicator_text, getvariable('no_part')) AND p.year IS NOT DISTINCT FROM h.year
  WHERE regexp_matches(h.sentence[strpos(h.sentence, h.quote):], getvariable('among'))
  GROUP BY ALL
)
SELECT c.doc_id, c.report_year, c.region_code, c.indicator_id, coalesce(c.indicator, c.indicator_text) AS indicator, c.year, c.entity,
       c.std_value AS actual, h.computed AS expected, c.std_unit AS unit, 0 AS doubt, NULL::VARCHAR AS reason,
       regexp_replace(h.arithmetic, '\.0\b', '', 'g') AS arithmetic, list_prepend(c.source, h.parts) AS sources
FROM heads h JOIN c USING (doc_id, claim_no)
WHERE h.n >= 3 AND h.largest < c.std_value AND c.std_value <> h.computed
  AND abs(c.std_value - h.computed) <= getvariable('near') * c.std_value
