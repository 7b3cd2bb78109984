# %% [markdown]
# # What reports say against themselves and each other
#
# Two reports in a row both give the year between them. Where they differ, one of them was corrected, or one of
# them is wrong, or the reader is.

# %%
import sys

import pipeline

archive = pipeline.open(sys.argv[1] if len(sys.argv) > 1 else "output")

# %% [markdown]
# How often they differ is a measure of reports and reader together.

# %%
overlap = archive.sql("""
    SELECT count(*) AS pairs, count(*) FILTER (restated) AS differ
    FROM yoy WHERE basis = 'same_report'
""").df()
print(overlap.to_string(index=False))

# %%
restated = archive.sql("""
    SELECT year - 1 AS year, entity, indicator, prev_value, unit FROM yoy
    WHERE restated AND basis = 'same_report' ORDER BY entity, indicator
""").df()
print(restated.to_string(index=False))

# %% [markdown]
# All contradictions, the gravest first. `message` is the sentence of the audit page, with the arithmetic in it.

# %%
print(archive.findings.groupby(["severity", "check_id"]).size().to_string())

# %%
errors = archive.findings[archive.findings.severity == "error"]
for message, explanation in errors[["message", "explanation"]].head(5).fillna("").itertuples(index=False):
    print("·", message, f"（{explanation}）" if explanation else "")
