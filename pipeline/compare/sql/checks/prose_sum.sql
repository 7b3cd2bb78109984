-- 共93项，其中A 7项、B 6项 …: a number and those printed after it in its sentence, which nearly add up to it.
-- Where the list ends is not said: the first two, three, four … of them are tried. Variables: near, among, no_part.
WITH counts AS (
  SELECT * FROM c WHERE relation = 'level' AND qualifier = 'exact' AND additive(std_unit) AND std_unit IS NOT NULL AND decimal_of(std_value) IS NOT NULL
),
listed AS (
  SELECT h.doc_id, h.claim_no, h.std_value AS total,
         -- 其中 stands between the total and the first of its parts.
         regexp_matches(h.sentence[strpos(h.sentence, h.quote):][:min(p.start) OVER all_parts - h.start], getvariable('among')) AS opened, p.source AS part, p.start AS at, p.std_value AS value,
         sum(decimal_of(p.std_value)) OVER so_far AS computed, count(*) OVER so_far AS n,
         max(p.std_value) OVER so_far AS largest,
         list(p.source) OVER so_far AS parts, list(p.value) OVER so_far AS terms
  FROM counts h JOIN counts p ON p.doc_id = h.doc_id AND p.block_no = h.block_no AND p.sentence = h.sentence AND p.start > h.start
   AND p.std_unit = h.std_unit AND p.unit = h.unit AND p.year IS NOT DISTINCT FROM h.year
   AND NOT regexp_matches(p.indicator_text, getvariable('no_part'))
  WINDOW all_parts AS (PARTITION BY h.doc_id, h.claim_no),
         so_far AS (PARTITION BY h.doc_id, h.claim_no ORDER BY p.start ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
nearest AS (
  SELECT * FROM listed WHERE opened
  QUALIFY NOT bool_or(n >= 2 AND computed = total) OVER (PARTITION BY doc_id, claim_no)
      AND row_number() OVER (PARTITION BY doc_id, claim_no ORDER BY n < 3, abs(computed - total), n) = 1
)
SELECT c.doc_id, c.report_year, c.region_code, c.indicator_id, coalesce(c.indicator, c.indicator_text) AS indicator, c.year, c.entity,
       c.std_value AS actual, l.computed::DOUBLE AS expected, c.std_unit AS unit, 0 AS doubt, NULL::VARCHAR AS reason,
       regexp_replace(array_to_string(l.terms, '+'), '\.0(\+|$)', '\1', 'g') AS arithmetic, list_prepend(c.source, l.parts) AS sources
FROM nearest l JOIN c USING (doc_id, claim_no)
WHERE l.n >= 3 AND l.largest < c.std_value AND abs(c.std_value - l.computed::DOUBLE) <= getvariable('near') * c.std_value
