"""Every cell has a role; what is no value has a note."""

from __future__ import annotations

from pipeline.rules import load
from pipeline.tables import observe
from tests.tables.drawing import CONTEXT, draw, read

TABLE = """
2023年情况 | < | < | <
序号 | 学校 | 在校生数（人） | 备注
1 | 青岚职教中心 | 900 | 新校区
2 | 海棠工商学校 | — | .
注：含五年制 | < | < | <
"""


def test_the_role_of_every_cell() -> None:
    table, cells = draw(TABLE)
    observe([table], cells, CONTEXT, load())
    roles = [[c.role for c in cells if c.row == r] for r in range(5)]
    assert roles == [
        ["header"],
        ["header"] * 4,
        ["stub", "stub", "value", "stub"],
        ["stub", "stub", "value", "blank"],
        ["note"],
    ]


def test_serial_numbers_and_remarks_are_notes() -> None:
    notes = [(n.row, n.col, n.code) for n in read((TABLE, None)).notes]
    assert notes == [(2, 0, "serial_number"), (3, 0, "serial_number"), (2, 3, "text_cell")]


def test_the_unit_note_of_a_table_is_kept() -> None:
    table, cells = draw("项目 | 2022 | 2023\n学费收入 | 10 | 12", "收入（单位：万元）")
    observe([table], cells, CONTEXT, load())
    assert table.unit_note == "万元"
