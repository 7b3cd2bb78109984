"""A data sheet that names a school is about that school."""

from __future__ import annotations

from tests.tables.drawing import read

SHEET = """
学校名称 | 海棠职业中学 | 建校时间 | 1985年
在校生 | 2345人 | 教职工 | 210人
占地面积 | 120亩 | 生师比 | 15.6:1
"""


def test_the_answer_beside_the_name_of_the_school_is_the_entity() -> None:
    assert {o.entity for o in read((SHEET, "表4 学校基本情况")).observations} == {"海棠职业中学"}
