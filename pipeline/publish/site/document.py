"""A report → HTML as it reads: headings, paragraphs, tables with their merges, every number marked.

Anchors are places: `b120` a block, `b120-45` a number in it, `t8` a table, `t8r3c2` a cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from markupsafe import Markup

from pipeline.publish.site.reports import Report, Row

_DOUBTFUL: Final = 0.8
_GRAVITY: Final = ("error", "warning", "info")


def values_of(report: Report) -> list[dict[str, Any]]:
    """What the page says of each number, by the numbers that its marks carry."""
    return [_told(v, report) for v in report.values]


def notes_of(report: Report) -> list[list[str]]:
    """(why it was not taken, its code) of each note."""
    return [[n["message"], n["code"]] for n in report.notes]


def body(report: Report) -> Markup:
    """The whole report as HTML. Nothing of it is markup of its own: every text goes through `_plain`."""
    # Plain strings until here: Markup.format would take ten times as long over a report's thousand cells.
    return Markup("\n".join(_Page(report).blocks()))


def _told(value: Row, report: Report) -> dict[str, Any]:
    """One number, without what is empty: pages of thousands of numbers load faster."""
    told = {
        "p": value["print"], "l": value["labels"], "i": value["name"], "id": value["indicator_id"],
        "v": value["value"], "h": value["value_high"], "u": value["unit"],
        "s": value["std_value"], "su": value["std_unit"],
        "q": value["qualifier"], "r": value["relation"], "y": value["period"] or value["year"],
        "e": value["entity"], "c": value["class"], "w": value["rule"],
        "k": round(float(value["confidence"]), 3), "x": value["status"], "pref": value["is_preferred"],
        "f": [[f["finding_id"], f["severity"], f["message"]] for f in _findings(value, report)],
    }  # fmt: skip
    return {k: v for k, v in told.items() if v not in (None, "", [])}


def _findings(value: Row, report: Report) -> list[Row]:
    return report.findings.get((value["origin"], value["origin_no"]), [])


class _Page:
    """One report while it is drawn: its marks by place."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.in_cell: dict[str, list[int]] = defaultdict(list)
        self.in_block: dict[int, list[tuple[int, int, str, int]]] = defaultdict(list)
        self.cell_notes: dict[str, list[int]] = defaultdict(list)
        self.tables: dict[int, list[Row]] = defaultdict(list)
        for n, v in enumerate(report.values):
            if v["origin"] == "table":
                self.in_cell[v["anchor"]].append(n)
            else:
                self.in_block[v["block_no"]].append((v["start"], v["end"], "v", n))
        for n, note in enumerate(report.notes):
            if note["table_no"] is not None and note["row"] is not None:
                self.cell_notes[f"t{note['table_no']}r{note['row']}c{note['col']}"].append(n)
            elif note["block_no"] is not None and note["start"] is not None:
                self.in_block[note["block_no"]].append((note["start"], note["end"], "n", n))
        for table in report.tables:
            self.tables[table["block_no"]].append(table)

    def blocks(self) -> Iterator[str]:
        """The blocks in order; the tables where they stand."""
        for block in self.report.blocks:
            if block["kind"] != "table":
                yield self._text(block)
            yield from (self._table(t) for t in self.tables.get(block["block_no"], ()))

    def _text(self, block: Row) -> str:
        number, kind = block["block_no"], block["kind"]
        inside = self._marked(number, block["text"])
        if kind == "heading":
            level = min(6, 1 + (block["level"] or 1))
            return f'<h{level} id="b{number}">{inside}</h{level}>'
        if kind == "image":
            return f'<p id="b{number}" class="image">［图］{inside}</p>'
        return f'<p id="b{number}" class="{kind}">{inside}</p>'

    def _marked(self, number: int, text: str) -> str:
        parts, at = [], 0
        for start, end, kind, n in sorted(self.in_block.get(number, ())):
            if start < at:
                continue
            values, notes = ([n], []) if kind == "v" else ([], [n])
            inside = self._mark(f"b{number}-{start}", values, notes, text[start:end])
            parts += [_plain(text[at:start]), inside]
            at = end
        return "".join([*parts, _plain(text[at:])])

    def _mark(self, anchor: str, values: list[int], notes: list[int], text: str) -> str:
        """A number and what is known of it: the values read there, and the notes why something was not."""
        tag, kind = ("mark", self._classes(values)) if values else ("span", "n")
        told = _numbers("data-v", values) + _numbers("data-n", notes)
        return f'<{tag} id="{anchor}" class="{kind}" tabindex="-1"{told}>{_plain(text)}</{tag}>'

    def _classes(self, numbers: list[int]) -> str:
        values = [self.report.values[n] for n in numbers]
        found = [f["severity"] for v in values for f in _findings(v, self.report)]
        classes = ["v"]
        classes += [f"f-{s}" for s in _GRAVITY if s in found][:1]
        if any(v["confidence"] < _DOUBTFUL for v in values):
            classes.append("low")
        if not any(v["indicator_id"] for v in values):
            classes.append("unknown")
        return " ".join(classes)

    def _table(self, table: Row) -> str:
        number = table["table_no"]
        caption = _plain(table["caption"] or f"第{number}个表").replace("<br>", " ")
        rows: dict[int, list[str]] = defaultdict(list)
        for cell in self.report.cells.get(number, ()):
            rows[cell["row"]].append(self._cell(number, cell))
        drawn = "\n".join(f"<tr>{''.join(rows.get(r, ()))}</tr>" for r in range(table["n_rows"]))
        head = f'<div class="table" id="t{number}" role="region" tabindex="0" aria-label="{caption}">'
        return f"{head}<table>{drawn}</table></div>"

    def _cell(self, number: int, cell: Row) -> str:
        anchor = f"t{number}r{cell['row']}c{cell['col']}"
        values, notes = self.in_cell.get(anchor, []), self.cell_notes.get(anchor, [])
        inside = self._mark(anchor, values, notes, cell["text"]) if values or notes else _plain(cell["text"])
        tag = "th" if cell["role"] in ("header", "stub") else "td"
        spans = _span("rowspan", cell["rowspan"]) + _span("colspan", cell["colspan"])
        return f"<{tag}{spans}>{inside}</{tag}>"


def _span(name: str, n: int) -> str:
    return f' {name}="{n}"' if n > 1 else ""


def _numbers(name: str, numbers: list[int]) -> str:
    return f' {name}="{" ".join(map(str, numbers))}"' if numbers else ""


def _plain(text: str) -> str:
    return escape(text).replace("\n", "<br>")
