# %% [markdown]
# # One indicator over years and districts
#
# Which districts have more “double-qualified” teachers, and where do they gain? Run `make run` first;
# then open this file as a notebook (VS Code, Spyder, Jupyter with jupytext), or run it with
# `.venv/bin/python docs/examples/one_indicator.py`.

# %%
import sys

import pipeline

archive = pipeline.open(sys.argv[1] if len(sys.argv) > 1 else "output")

# %% [markdown]
# A name in the codebook, or a synonym of it, is enough. The rows are those that `make compare` prints.

# %%
panel = archive.compare("双师型教师占比")
print(panel.name, panel.unit, panel.years)
table = panel.frame.pivot_table(index=["education", "name"], columns="year", values="value")
print(table.round(2))

# %% [markdown]
# Where a district stands among its like: rank 1 is best, `distance` is in percentage points here.

# %%
last = panel.frame[panel.frame.year == panel.years[-1]]
print(last[["name", "education", "value", "rank", "n", "median", "distance"]].to_string(index=False))

# %% [markdown]
# What it changed by. A change whose two values do not measure the same thing is not `change_comparable`, and
# `change_note` says why.

# %%
changes = panel.frame.dropna(subset=["change"])
print(changes[["name", "year", "prev_value", "value", "change", "basis"]].to_string(index=False))

# %% [markdown]
# Every number leads back to its report: file, and table, row and column (from 0), or paragraph and character.

# %%
first = panel.frame.iloc[0]
print(f"{first['name']} {first['year']}: {first['value']} is in {first['source']} at {first['place']}")
