-- The facts that stand in districts, where no other report's stands for the same. Variables: first_year, last_year.
CREATE OR REPLACE TEMP VIEW candidates AS
  SELECT * FROM facts
  WHERE is_preferred AND relation IN ('level', 'share') AND report_year IS NOT NULL
    AND year BETWEEN getvariable('first_year') AND getvariable('last_year')
    AND (scope = 'region' OR (scope = 'school' AND level IN ('school', 'college', 'enterprise')));
