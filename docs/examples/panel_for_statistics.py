# %% [markdown]
# # A panel for regression
#
# One row a district and year, one column an indicator: what Stata, R or statsmodels wants. Only values that
# stand for the whole district, that are exact, and that the reports give as levels.

# %%
import sys

import pipeline

archive = pipeline.open(sys.argv[1] if len(sys.argv) > 1 else "output")
INDICATORS = ("fulltime_students", "fulltime_teachers", "graduates", "appropriation_per_student")

# %%
long = archive.sql(f"""
    SELECT entity, region_code, education, year, indicator_id, value
    FROM districts
    WHERE scope = 'region' AND level = 'district' AND cardinality(dims) = 0 AND comparable
      AND indicator_id IN {INDICATORS}
""").df()
panel = long.pivot_table(index=["entity", "education", "year"], columns="indicator_id", values="value")
print(panel.round(1).to_string())

# %% [markdown]
# How complete is it? A hole is a report that does not say, not a zero.

# %%
print(panel.notna().groupby("year").mean().round(2).to_string())

# %% [markdown]
# Students to a teacher, from the two counts, beside what the reports print themselves.

# %%
panel["computed"] = (panel.fulltime_students / panel.fulltime_teachers).round(2)
printed = archive.compare("生师比").frame.set_index(["name", "education", "year"]).value.rename("printed")
both = panel[["computed"]].join(printed.rename_axis(panel.index.names)).dropna()
both["difference"] = (both.computed - both.printed).round(2)
print(both.to_string())
