"""Official forms are recognised by their labels, not by caption or place."""

from __future__ import annotations

import pytest

from pipeline.rules import load
from pipeline.tables import observe
from tests.tables.drawing import CONTEXT, draw

TALENT = """
序号 | 指标 | 单位 | 2023年
1 | 毕业去向落实人数 | 人 | 900
^ | 其中：毕业生升学人数 | 人 | 600
2 | 自主创业率 | % | 0.5
3 | 月收入 | 元 | 3100
"""
INTERNATIONAL = """
指标 | 单位 | 数值
接收国外留学生人数 | 人 | 0
国外技能大赛获奖数量 | 项 | 1
在国外组织担任职务的专任教师数 | 人 | 0
专任教师赴国外指导和开展培训时间 | 人日 | 0
"""
OTHER = """
项目 | 2023年
食堂面积（平方米） | 1200
宿舍楼（栋） | 4
月收入（元） | 3100
"""


@pytest.mark.parametrize(
    ("drawing", "form"), [(TALENT, "form.talent"), (INTERNATIONAL, "form.international"), (OTHER, None)]
)
def test_a_form_is_recognised_by_its_labels(drawing: str, form: str | None) -> None:
    table, cells = draw(drawing)
    observe([table], cells, CONTEXT, load())
    assert table.template == form


def test_every_form_has_labels() -> None:
    rules = load()
    for form in rules.forms.forms:
        assert len(rules.codebook.labels_of(form.families)) >= 10, form.id
