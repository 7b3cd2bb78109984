"""Tables in which there is nothing to read."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.rules import Rules
from tests.building import docx, p, tbl


@pytest.mark.parametrize("xml", ["<w:tbl/>", "<w:tbl><w:tr/></w:tbl>", "<w:tbl><w:tr/><w:tr/></w:tbl>"])
def test_a_table_without_cells_hinders_no_other(xml: str, rules: Rules) -> None:
    rows = extract(docx(p("（2023年度）") + xml + tbl("学校 | 人数\n甲校 | 12")), "报告.docx", rules).rows
    assert [o.raw for o in rows["observations"]] == ["12"]
