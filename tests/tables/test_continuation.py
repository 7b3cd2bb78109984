"""Tables that go on after a page break."""

from __future__ import annotations

from tests.tables.drawing import line, read

FIRST = """
学校 | 专业 | 招生数（人） | 在校生数（人）
青岚职教中心 | 护理 | 120 | 350
^ | 电子商务 | 60 | 170
"""


def rows_of_second(drawing: str, caption: str | None) -> list[str]:
    return [
        line(o)
        for o in read((FIRST, "表4 2022年各专业情况"), (drawing, caption)).observations
        if o.table_no == 2
    ]


def test_a_continuation_without_header_takes_headers_and_period_of_its_beginning() -> None:
    assert rows_of_second("海棠工商学校 | 会计事务 | 40 | 120", "续表4") == [
        "0,2 40人 · 招生数 · 会计事务 · 2022",
        "0,3 120人 · 在校生数 · 会计事务 · 2022",
    ]


def test_a_continuation_that_repeats_the_header_keeps_its_own_row_numbers() -> None:
    drawing = "学校 | 专业 | 招生数（人） | 在校生数（人）\n海棠工商学校 | 会计事务 | 40 | 120"
    assert rows_of_second(drawing, "续表4") == [
        "1,2 40人 · 招生数 · 会计事务 · 2022",
        "1,3 120人 · 在校生数 · 会计事务 · 2022",
    ]


def test_a_blank_label_after_the_page_break_is_the_last_label_before_it() -> None:
    rows = read((FIRST, "表4"), (". | 会计事务 | 40 | 120\n海棠工商学校 | 护理 | 30 | 90", None)).observations
    assert [(o.entity, o.value) for o in rows if o.table_no == 2] == [
        ("青岚职教中心", 40),
        ("青岚职教中心", 120),
        ("海棠工商学校", 30),
        ("海棠工商学校", 90),
    ]


def test_a_table_of_another_width_is_no_continuation() -> None:
    assert rows_of_second("班级数 | 12\n教职工数 | 30", None) == [
        "0,1 12个 · 班级数 ·  · 2023",
        "1,1 30人 · 教职工数 ·  · 2023",
    ]
