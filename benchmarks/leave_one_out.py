"""How well tables are read whose labels no rule knows: each gold table is read with its own vocabulary hidden.

`python -m benchmarks.leave_one_out` prints, over all gold tables, the share of values whose value, unit,
period and dims are right: with all rules; with the indicators hidden that any label of the table names; and
with the words of classes (专业大类, 级别 …) that match its labels hidden as well.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from benchmarks.gold import gold_rows, grids, read, reports, score
from pipeline.normalize.indicators import match
from pipeline.rules import Rules, load
from pipeline.rules.tables import RoleRules
from pipeline.schema.rows import Cell

FIELDS = ("value", "unit", "period", "dims", "indicator")
TARGETS = {"value": 0.99, "period": 0.97, "dims": 0.9}
Hide = Callable[[Rules, Iterable[str]], Rules]


def everything(rules: Rules, texts: Iterable[str]) -> Rules:
    """Nothing hidden."""
    return rules


def without_indicators(rules: Rules, texts: Iterable[str]) -> Rules:
    """The rules without each indicator that a text of the table names, in whatever unit."""
    book = rules.codebook
    names = [book.clean(t) for t in texts]
    hidden = set()
    for name in names:
        key = book.fold(name)
        hidden |= {i.id for i in (*book.exact.get(key, ()), *book.leaves.get(key, ()))}
        for unit in (None, "%", "人", "万元", ":"):
            found = match([name], unit, book)
            if found:
                hidden.add(found.id)
    return replace(rules, codebook=book.without(hidden))


def without_words(rules: Rules, texts: Iterable[str]) -> Rules:
    """The rules without those indicators, and without each pattern of a class that matches a text of the table."""
    roles = rules.roles
    words = [rules.codebook.clean(t) for t in texts]
    hit = {name for name, p in roles.class_regexes if any(p.match(w) for w in words)}
    kept = {name: p for name, p in roles.classes.items() if name not in hit}
    bare = RoleRules.model_validate(roles.model_dump() | {"classes": kept})
    return replace(without_indicators(rules, texts), roles=bare)


def measure(hide: Hide, folders: Iterable[Path], misses: list[str]) -> dict[str, tuple[int, int]]:
    """Field → (right, wanted) over all gold tables, each read alone under its own rules."""
    totals = dict.fromkeys(FIELDS, (0, 0))
    for folder in folders:
        gold, cells = gold_rows(folder), grids(folder)[1]
        for table_no in sorted({int(g["table_no"]) for g in gold}):
            rows = [g for g in gold if int(g["table_no"]) == table_no]
            rules = hide(load(), texts_of(cells, table_no))
            figures = score(read(folder, rules, table_no).observations, rows, found := [])
            misses += [f"{folder.name}: {m}" for m in found]
            for f in FIELDS:
                n = int(figures[f]["n"])
                right, wanted = totals[f]
                totals[f] = (right + round(figures[f]["R"] * n), wanted + n)
    return totals


def texts_of(cells: Iterable[Cell], table_no: int) -> list[str]:
    """The short texts of one table, its labels among them."""
    return [c.text for c in cells if c.table_no == table_no and c.text and len(c.text) < 40]


def main() -> None:
    """Print the figures; `-v` prints the misses too."""
    folders = reports()
    if not folders:
        sys.exit("no gold beside the repository (../shared/gold): nothing to measure")
    for hide in (everything, without_indicators, without_words):
        misses: list[str] = []
        totals = measure(hide, folders, misses)
        shares = {f: right / wanted for f, (right, wanted) in totals.items() if wanted}
        shown = "  ".join(
            f"{f} {share:.4f}{' (target ' + str(TARGETS[f]) + ')' if f in TARGETS else ''}"
            for f, share in shares.items()
        )
        print(f"{hide.__name__:20} n={totals['value'][1]}  {shown}")
        if "-v" in sys.argv:
            print("\n".join(f"  - {m}" for m in misses if "missing" in m or "wrong" in m))


if __name__ == "__main__":
    main()
