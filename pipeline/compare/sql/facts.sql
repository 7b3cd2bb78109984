-- observations + claims of known indicators → facts. One slice: a year's reports of some regions.
-- Parameters are set as variables: report_year, first_region, last_region (see slices.py).
WITH documents_ok AS (
  SELECT doc_id, province, city, district, level, education, org,
         CASE level WHEN 'national' THEN '全国' WHEN 'province' THEN province WHEN 'city' THEN city
                    WHEN 'district' THEN district ELSE org END AS own
  FROM documents WHERE status = 'ok'
),
read_values AS (
  SELECT o.doc_id, 'table' AS origin, table_no, o.obs_no AS origin_no, if(t.annex, 'annex', 'body') AS place,
         o.region_code, o.indicator_id, o.dims, o.entity, o.year, o.period, o.raw AS print, o.value,
         o.std_value, o.value_high, o.std_unit, o.qualifier,
         if(o.year > o.report_year, 'target', 'level') AS relation, o.confidence, o.report_year
  FROM observations o JOIN tables t USING (report_year, doc_id, table_no)
  WHERE o.status = 'reported'
  UNION ALL BY NAME
  SELECT doc_id, 'prose' AS origin, claim_no AS origin_no, 'prose' AS place,
         region_code, indicator_id, dims, entity, year, period, quote AS print, value,
         std_value, value_high, std_unit, qualifier,
         -- What is to come is aimed at, whatever the words for it.
         if(year > report_year AND relation = 'level', 'target', relation) AS relation, confidence, report_year
  FROM claims
),
known AS (
  SELECT r.* REPLACE (
           -- 生均6378.52元 says 元 of what is 元/生: the indicator says what it is per.
           if(starts_with(i.standard_unit, r.std_unit || '/'), i.standard_unit, r.std_unit) AS std_unit
         ), i.canonical_id, i.canonical_name, i.series_id,
         coalesce(nullif(abs(std_value), 0) / nullif(abs(value), 0), 1.0) AS scale,
         length(regexp_extract(print, '\d[.．]\s*(\d+)', 1)) AS decimals
  FROM read_values r JOIN indicators i USING (indicator_id)
  WHERE std_value IS NOT NULL AND isfinite(std_value)
    AND r.report_year IS NOT DISTINCT FROM getvariable('report_year')
    AND coalesce(r.region_code, '') BETWEEN getvariable('first_region') AND getvariable('last_region')
),
placed AS (
  SELECT k.*, d.* EXCLUDE (doc_id),
         -- All the vocational schools of a division are the division, in a report on them.
         -- (A pattern that is the same for all rows is compiled once.)
         if(starts_with(k.entity, d.own) AND regexp_full_match(substr(k.entity, length(d.own) + 1), getvariable('all_schools')),
            d.own, coalesce(k.entity, d.own)) AS whom,
         CASE
           WHEN whom IN (d.own, concat(d.city, d.own), concat(d.province, d.own),
                                              concat(d.province, d.city, d.own))
             THEN if(d.org IS NULL, 'region', 'school')
           WHEN regexp_full_match(regexp_replace(k.entity, '^.*[省市区县]', ''), getvariable('group_name')) THEN 'other'
           WHEN regexp_full_match(k.entity, '.+' || getvariable('school_name')) THEN 'school'
           ELSE 'other'
         END AS scope,
         -- A total is no class of its own: {专业大类: 合计} is the whole. The total of a part (小计) is the whole of
         -- the school that the row is about, and a part of the region.
         map_from_entries(list_filter(map_entries(k.dims),
                                      lambda e: NOT (is_whole(e.value) OR (scope = 'school' AND is_total(e.value))))) AS kept_dims
  FROM known k JOIN documents_ok d USING (doc_id)
),
seen AS (
  -- Several values of one table under one name: what tells them apart was not read, so none of them stands for all.
  SELECT *, table_no IS NOT NULL AND min(std_value) OVER same <> max(std_value) OVER same AS unclear
  FROM placed
  WINDOW same AS (PARTITION BY doc_id, table_no, whom, scope, canonical_id, kept_dims::VARCHAR, year, period, std_unit, relation)
),
ranked AS (
  SELECT *, row_number() OVER (
    PARTITION BY doc_id, whom, scope, canonical_id, kept_dims::VARCHAR, year, std_unit, relation
    -- The order of trust: annex table, body table, prose; exact before about; the value printed as such before
    -- the total of a breakdown; then what the reader was surer of, then reading order.
    ORDER BY unclear, CASE place WHEN 'annex' THEN 0 WHEN 'body' THEN 1 ELSE 2 END,
             qualifier <> 'exact', cardinality(dims) <> cardinality(kept_dims), confidence DESC, origin_no
  ) AS trust
  FROM seen
)
SELECT doc_id || if(origin = 'table', 't', 'p') || origin_no AS fact_id,
       doc_id, report_year, origin, origin_no, place, region_code, province, city, district, level, education,
       if(scope IN ('region', 'school') AND whom IN (concat(city, own), concat(province, own), concat(province, city, own)), own, whom) AS entity,
       scope, canonical_id AS indicator_id, canonical_name AS indicator, series_id, kept_dims AS dims, year, period,
       std_value AS value, value_high * scale AS value_high, std_unit AS unit,
       0.5 * scale * pow(10, -decimals) AS tolerance,
       qualifier, relation, trust = 1 AND NOT unclear AS is_preferred, confidence
FROM ranked
ORDER BY region_code NULLS FIRST, entity NULLS FIRST, indicator_id, year NULLS FIRST, fact_id
