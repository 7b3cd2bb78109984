-- What the checks of a slice find, before it is put into words (cited.sql). check_no is their place among those asked.
CREATE OR REPLACE TEMP TABLE found (
  check_no INTEGER, doc_id VARCHAR, report_year SMALLINT, region_code VARCHAR, indicator_id VARCHAR, indicator VARCHAR,
  year SMALLINT, entity VARCHAR, actual DOUBLE, expected DOUBLE, unit VARCHAR, doubt INTEGER, reason VARCHAR,
  arithmetic VARCHAR, sources STRUCT(doc_id VARCHAR, origin VARCHAR, origin_no INTEGER)[]
)
