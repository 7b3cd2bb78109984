-- facts → yoy. One slice: some regions, all years. Variables: first_region, last_region.
-- Pairs carry what they are made by; what is only shown comes back at the end.
WITH of_slice AS (
  SELECT * FROM facts
  WHERE relation IN ('level', 'share') AND year IS NOT NULL AND report_year IS NOT NULL
    AND coalesce(region_code, '') BETWEEN getvariable('first_region') AND getvariable('last_region')
),
used AS (
  SELECT fact_id, doc_id, report_year, region_code, level, entity, scope, f.indicator_id, f.series_id, chain_id,
         dims::VARCHAR AS class_key, f.unit, year, value, tolerance, qualifier, is_preferred,
         CASE place WHEN 'annex' THEN 0 WHEN 'body' THEN 1 ELSE 2 END AS place_no,
         strpos(coalesce(period, ''), '/') > 0 AS school_year,
         -- A report's own subject before what another report says of it.
         (level IN ('school', 'college', 'enterprise')) = (scope = 'school') AS own
  FROM of_slice f JOIN indicators i USING (indicator_id)
  -- One value for a calendar year and one for a school year: like is paired with like where there is both.
  QUALIFY row_number() OVER (
    PARTITION BY doc_id, entity, scope, f.indicator_id, class_key, f.unit, year, school_year
    ORDER BY is_preferred DESC, place_no, qualifier <> 'exact', origin_no
  ) = 1
),
-- Of each entity, what the reports of one year say of one year: one value.
stated AS (
  SELECT * FROM used
  QUALIFY row_number() OVER (
    PARTITION BY region_code, entity, scope, chain_id, class_key, unit, report_year, year, school_year
    ORDER BY own DESC, is_preferred DESC, place_no, qualifier <> 'exact', fact_id
  ) = 1
),
all_pairs AS (
  SELECT 'same_report' AS basis, a AS a, b AS b
  FROM used a JOIN used b
    ON a.doc_id = b.doc_id AND a.entity IS NOT DISTINCT FROM b.entity AND a.scope = b.scope
   AND a.chain_id = b.chain_id AND a.class_key = b.class_key AND a.unit IS NOT DISTINCT FROM b.unit
   AND a.year = b.year + 1
  UNION ALL
  SELECT 'consecutive_reports' AS basis, a AS a, b AS b
  FROM stated a JOIN stated b
    ON a.region_code IS NOT DISTINCT FROM b.region_code AND a.entity IS NOT DISTINCT FROM b.entity
   AND a.scope = b.scope AND a.chain_id = b.chain_id AND a.class_key = b.class_key
   AND a.unit IS NOT DISTINCT FROM b.unit AND a.level IS NOT DISTINCT FROM b.level
   AND a.year = a.report_year AND b.year = b.report_year AND a.year = b.year + 1
),
pairs AS (
  SELECT * FROM all_pairs
  QUALIFY row_number() OVER (
    PARTITION BY basis, a.doc_id, a.entity, a.scope, a.chain_id, a.class_key, a.unit, a.year
    ORDER BY a.school_year <> b.school_year, NOT a.is_preferred, NOT b.is_preferred, a.fact_id, b.fact_id
  ) = 1
),
-- What the report of the earlier year, and the later report, say of the earlier year.
earlier AS (
  SELECT p.*,
         CASE WHEN basis = 'same_report' THEN o.value - b.value ELSE s.value - b.value END AS gap,
         coalesce(o.tolerance, s.tolerance) + b.tolerance AS allowed
  FROM pairs p
  LEFT JOIN stated o ON basis = 'same_report' AND a.report_year = b.year + 1
   AND o.region_code IS NOT DISTINCT FROM a.region_code AND o.entity IS NOT DISTINCT FROM a.entity
   AND o.scope = a.scope AND o.chain_id = a.chain_id AND o.class_key = a.class_key
   AND o.unit IS NOT DISTINCT FROM a.unit AND o.report_year = b.year AND o.year = b.year
   AND o.school_year = b.school_year
  LEFT JOIN stated s ON basis = 'consecutive_reports'
   AND s.region_code IS NOT DISTINCT FROM a.region_code AND s.entity IS NOT DISTINCT FROM a.entity
   AND s.scope = a.scope AND s.chain_id = a.chain_id AND s.class_key = a.class_key
   AND s.unit IS NOT DISTINCT FROM a.unit AND s.report_year = a.report_year AND s.year = b.year
   AND s.school_year = b.school_year
),
judged AS (
  SELECT *,
         coalesce(abs(gap) > allowed * 1.000001, false) AS restated,
         CASE
           WHEN a.series_id <> b.series_id THEN coalesce(ie.why, '两年的指标口径不同，不宜直接比较')
           WHEN a.qualifier <> 'exact' OR b.qualifier <> 'exact' THEN '有一年是约数，差额不精确'
           WHEN a.school_year <> b.school_year THEN '一年按学年统计，一年按年度统计'
         END AS against,
         CASE WHEN a.indicator_id <> b.indicator_id AND a.series_id = b.series_id
              THEN '指标由“' || ib.canonical_name || '”改称“' || ie.canonical_name || '”' END AS renamed
  FROM earlier
  JOIN indicators ie ON ie.indicator_id = a.indicator_id
  JOIN indicators ib ON ib.indicator_id = b.indicator_id
)
SELECT a.report_year AS report_year, a.region_code AS region_code, s.province, s.city, s.district, a.level AS level,
       a.entity AS entity, a.scope AS scope, a.indicator_id AS indicator_id, s.indicator, s.dims, a.unit AS unit,
       a.year AS year, a.value AS value, b.value AS prev_value,
       round(a.value - b.value, 9) AS change,
       CASE WHEN a.unit IN ('%', ':', '‰') OR b.value = 0 THEN NULL
            ELSE round(100 * (a.value - b.value) / abs(b.value), 9) END AS change_pct,
       basis, restated, against IS NULL AS comparable, coalesce(against, renamed) AS note,
       a.fact_id AS fact_id, b.fact_id AS prev_fact_id
FROM judged JOIN of_slice s ON s.fact_id = a.fact_id
