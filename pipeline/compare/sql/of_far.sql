-- Of the ranked values those far from the median of their like, and where they stand, for slice.sql: few rows of many.
-- Variables: times, least_n.
CREATE OR REPLACE TEMP TABLE far AS
  SELECT fact_id, report_year, median, n FROM districts
  WHERE comparable AND n >= getvariable('least_n') AND value > 0 AND median > 0
    AND greatest(value / median, median / value) >= getvariable('times');
-- A fact's id begins with its report's: there are few of these, and their column is read fast.
CREATE OR REPLACE TEMP TABLE facts_of_slice AS SELECT * FROM facts SEMI JOIN far USING (fact_id, report_year)
  WHERE doc_id IN (SELECT fact_id[:16] FROM far);
CREATE OR REPLACE TEMP VIEW observations_of_slice AS SELECT * FROM observations
  WHERE doc_id IN (SELECT doc_id FROM facts_of_slice WHERE origin = 'table')
    AND (doc_id, obs_no) IN (SELECT (doc_id, origin_no) FROM facts_of_slice WHERE origin = 'table');
CREATE OR REPLACE TEMP VIEW claims_of_slice AS SELECT * FROM claims
  WHERE doc_id IN (SELECT doc_id FROM facts_of_slice WHERE origin = 'prose')
    AND (doc_id, claim_no) IN (SELECT (doc_id, origin_no) FROM facts_of_slice WHERE origin = 'prose');
