"""Rows of a form → their full names."""

from __future__ import annotations

from pipeline.rules import load
from pipeline.tables.nesting import FormRow, name_rows

BOOK = load().codebook


def names(*rows: tuple[str, str, int | None, int]) -> list[str]:
    return [n.name for n in name_rows([FormRow(*r) for r in rows], BOOK)]


def test_a_marked_row_and_those_after_it_are_parts_of_the_row_above_with_their_unit() -> None:
    assert names(
        ("毕业去向落实人数", "人", None, 2),
        ("其中：毕业生升学人数", "人", 1, 2),
        ("升入本科人数", "人", None, 2),
    ) == ["毕业去向落实人数", "毕业去向落实人数/毕业生升学人数", "毕业去向落实人数/升入本科人数"]


def test_a_row_with_a_unit_of_its_own_stands_alone() -> None:
    assert names(
        ("知识产权项目数*", "项", None, 5),
        ("其中：专利授权数量*", "项", 1, 5),
        ("专利成果转化到款额", "万元", None, 5),
    ) == ["知识产权项目数", "知识产权项目数/专利授权数量", "专利成果转化到款额"]


def test_a_part_in_another_unit_belongs_to_the_row_above_in_its_group() -> None:
    assert names(
        ("接收国外访学教师人数", "人", None, 4),
        ("中外合作办学专业数", "个", None, 5),
        ("其中：在校生数", "人", 1, 5),
    ) == ["接收国外访学教师人数", "中外合作办学专业数", "中外合作办学专业数/在校生数"]


def test_a_merged_label_with_two_units_is_two_indicators() -> None:
    rows = [
        ("教学计划内课程总数*", "门", None, 5),
        ("教学计划内课程总数*", "学时", None, 5),
        ("其中：课证融通课程数*", "门", 1, 5),
        ("其中：课证融通课程数*", "学时", 1, 5),
        ("网络教学课程数", "门", None, 5),
        ("网络教学课程数", "学时", None, 5),
    ]
    found = name_rows([FormRow(*r) for r in rows], BOOK)
    assert [n.indicator and n.indicator.id for n in found] == [
        "courses",
        "courses.hours",
        "courses.certificate_integrated",
        "courses.certificate_integrated.hours",
        "courses.online",
        "courses.online.hours",
    ]


def test_the_platform_row_nests_under_the_level_above_it() -> None:
    assert names(
        ("专业教学资源库数", "个", None, 6),
        ("其中：国家级数量*", "个", 1, 6),
        ("接入国家智慧教育平台数量*", "个", None, 6),
        ("省级数量", "个", None, 6),
        ("接入国家智慧教育平台数量*", "个", None, 6),
    )[2:] == [
        "专业教学资源库数/国家级数量/接入国家智慧教育平台数量",
        "专业教学资源库数/省级数量",
        "专业教学资源库数/省级数量/接入国家智慧教育平台数量",
    ]


def test_an_official_name_in_the_same_group_keeps_standing_alone() -> None:
    assert names(
        ("“双师型”教师比例", "%", None, 2),
        ("*其中：高级“双师型”教师比例", "%", 1, 3),
        ("高级专业技术职务专任教师比例", "%", None, 3),
    )[1:] == ["“双师型”教师比例/高级“双师型”教师比例", "高级专业技术职务专任教师比例"]


def test_an_unknown_part_is_named_after_its_parent_and_has_no_indicator() -> None:
    found = name_rows([FormRow("在校生数", "人", None, 0), FormRow("其中：走读生", "人", 1, 0)], BOOK)
    assert found[1].name == "在校生数/走读生"
    assert found[1].indicator is None
