-- What the checks of one slice read, of the rows that of_regions.sql or of_far.sql shows.
CREATE OR REPLACE TEMP TABLE o AS
  SELECT report_year, doc_id, region_code, obs_no, table_no, row, col, part, labels, indicator_id, indicator, entity, year,
         raw, value, unit, std_value, std_unit, qualifier, status,
         coalesce(nullif(abs(std_value), 0) / nullif(abs(value), 0), 1.0) AS scale,
         0.5 * coalesce(nullif(abs(std_value), 0) / nullif(abs(value), 0), 1.0)
           * pow(10, -length(regexp_extract(raw, '\d[.．]\s*(\d+)', 1))) AS tolerance,
         struct_pack(doc_id := doc_id, origin := 'table', origin_no := obs_no) AS source
  FROM observations_of_slice;
CREATE OR REPLACE TEMP TABLE f AS
  SELECT s.*, dims::VARCHAR AS class_key, strpos(coalesce(s.period, ''), '/') > 0 AS school_year, p.table_no,
         struct_pack(doc_id := s.doc_id, origin := s.origin, origin_no := origin_no) AS source
  FROM facts_of_slice s LEFT JOIN (SELECT doc_id, obs_no, table_no FROM o) p
    ON s.origin = 'table' AND p.doc_id = s.doc_id AND p.obs_no = s.origin_no;
CREATE OR REPLACE TEMP TABLE c AS
  SELECT report_year, doc_id, region_code, claim_no, block_no, start, "end", quote, sentence, indicator_text, indicator_id,
         indicator, entity, year, relation, base, value, unit, std_value, std_unit, qualifier, confidence, dims::VARCHAR AS class_key,
         coalesce(nullif(abs(std_value), 0) / nullif(abs(value), 0), 1.0) AS scale,
         0.5 * coalesce(nullif(abs(std_value), 0) / nullif(abs(value), 0), 1.0)
           * pow(10, -length(regexp_extract(quote, '\d[.．]\s*(\d+)', 1))) AS tolerance,
         struct_pack(doc_id := doc_id, origin := 'prose', origin_no := claim_no) AS source
  FROM claims_of_slice;
