-- All rows of some regions, for slice.sql. Variables: first_region, last_region.
CREATE OR REPLACE TEMP VIEW observations_of_slice AS SELECT * FROM observations
  WHERE coalesce(region_code, '') BETWEEN getvariable('first_region') AND getvariable('last_region');
CREATE OR REPLACE TEMP VIEW facts_of_slice AS SELECT * FROM facts
  WHERE coalesce(region_code, '') BETWEEN getvariable('first_region') AND getvariable('last_region');
CREATE OR REPLACE TEMP VIEW claims_of_slice AS SELECT * FROM claims
  WHERE coalesce(region_code, '') BETWEEN getvariable('first_region') AND getvariable('last_region');
