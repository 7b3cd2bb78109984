-- A printed value stands for an interval: its rounding, and what its qualifier leaves open.
CREATE OR REPLACE MACRO lowest(v, tolerance, q) AS
  CASE q WHEN 'about' THEN v - tolerance - 0.05 * abs(v) WHEN 'under' THEN v - 0.3 * abs(v)
         WHEN 'at_most' THEN -1e300 ELSE v - tolerance END;
CREATE OR REPLACE MACRO highest(v, tolerance, q, high) AS
  CASE q WHEN 'about' THEN v + tolerance + 0.05 * abs(v) WHEN 'over' THEN v + 0.5 * abs(v)
         WHEN 'at_least' THEN 1e300 WHEN 'range' THEN coalesce(high, v) + tolerance ELSE v + tolerance END;
CREATE OR REPLACE MACRO agree(v, vt, vq, vh, w, wt, wq, wh) AS
  lowest(v, vt, vq) <= highest(w, wt, wq, wh) + 1e-9 * abs(w) AND lowest(w, wt, wq) <= highest(v, vt, vq, vh) + 1e-9 * abs(v);
-- Units that can be added up.
CREATE OR REPLACE MACRO additive(u) AS u IS NULL OR NOT (u IN ('%', ':', '倍', '百分点', '番', '分', '岁', 'Mbps') OR contains(u, '/'));
-- A value as a decimal, so that a sum does not depend on its order. Nothing beyond 10^18: no figure is as large.
CREATE OR REPLACE MACRO decimal_of(v) AS TRY_CAST(v AS DECIMAL(24, 6));
CREATE OR REPLACE MACRO is_total(l) AS
  regexp_full_match(l, getvariable('total_label')) AND NOT regexp_matches(l, getvariable('average_label'));
-- The total of everything, not of a part (小计).
CREATE OR REPLACE MACRO is_whole(l) AS
  regexp_full_match(l, getvariable('total_label')) AND NOT regexp_matches(l, getvariable('subtotal_label'));
-- What classifies a value, as it is printed: 专业大类=轻工纺织大类; 年级=一年级. Nothing for a whole.
CREATE OR REPLACE MACRO class_of(dims) AS
  array_to_string(list_transform(map_entries(dims), lambda e: e.key || '=' || e.value), '; ');
