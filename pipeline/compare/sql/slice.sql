-- What all checks of one slice of regions read: a table for many checks, a view for a few of all regions.
-- Variables: first_region, last_region.
CREATE OR REPLACE TEMP /* kept */ o AS
  SELECT report_year, doc_id, region_code, obs_no, table_no, row, col, part, labels, indicator_id, indicator, entity, year,
         raw, value, unit, std_value, std_unit, qualifier, status,
         coalesce(nullif(abs(std_value), 0) / nullif(abs(value), 0), 1.0) AS scale,
         0.5 * coalesce(nullif(abs(std_value), 0) / nullif(abs(value), 0), 1.0)
           * pow(10, -length(regexp_extract(raw, '\d[.．]\s*(\d+)', 1))) AS tolerance,
         struct_pack(doc_id := doc_id, origin := 'table', origin_no := obs_no) AS source
  FROM observations
  WHERE coalesce(region_code, '') BETWEEN getvariable('first_region') AND getvariable('last_region');
CREATE OR REPLACE TEMP /* kept */ f AS
  SELECT facts.*, dims::VARCHAR AS class_key, strpos(coalesce(facts.period, ''), '/') > 0 AS school_year, p.table_no,
         struct_pack(doc_id := facts.doc_id, origin := facts.origin, origin_no := origin_no) AS source
  FROM facts LEFT JOIN (SELECT doc_id, obs_no, table_no FROM o) p
    ON facts.origin = 'table' AND p.doc_id = facts.doc_id AND p.obs_no = facts.origin_no
  WHERE coalesce(facts.region_code, '') BETWEEN getvariable('first_region') AND getvariable('last_region');
CREATE OR REPLACE TEMP /* kept */ c AS
  SELECT report_year, doc_id, region_code, claim_no, block_no, start, "end", quote, sentence, indicator_text, indicator_id,
         indicator, entity, year, relation, base, value, unit, std_value, std_unit, qualifier, confidence, dims::VARCHAR AS class_key,
         coalesce(nullif(abs(std_value), 0) / nullif(abs(value), 0), 1.0) AS scale,
         0.5 * coalesce(nullif(abs(std_value), 0) / nullif(abs(value), 0), 1.0)
           * pow(10, -length(regexp_extract(quote, '\d[.．]\s*(\d+)', 1))) AS tolerance,
         struct_pack(doc_id := doc_id, origin := 'prose', origin_no := claim_no) AS source
  FROM claims
  WHERE coalesce(region_code, '') BETWEEN getvariable('first_region') AND getvariable('last_region');
