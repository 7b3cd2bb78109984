"""What an explanation is made of: plain steps, and the words for them in English and Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from pipeline.schema.rows import Claim, Note, Observation

Key = Literal[
    "cell", "sentence", "number", "layout", "label", "phrase", "relation",
    "base", "unit", "indicator", "dims", "entity", "period", "standard", "doubt", "note", "row", "confidence",
]  # fmt: skip


# The files of rules that decide a step as a whole, where no single rule of theirs can be named.
ENTITIES: Final = "rules/entities.yaml"
IDENTITY: Final = "rules/identity.yaml"
PERIODS: Final = "rules/periods.yaml"
PHRASES: Final = "rules/phrases.yaml"
RELATIONS: Final = "rules/relations.yaml"
ROLES: Final = "rules/roles.yaml"
UNITS: Final = "rules/units.yaml"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `found` is what it gave, `how` the code of how (see HOWS), `seen` what it was seen in."""

    key: Key
    found: str
    how: str = ""
    seen: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one place of a report was read, step by step, and the row or note that came of it."""

    source: str
    doc_id: str
    place: str
    steps: tuple[Step, ...]
    row: Observation | Claim | None = None
    note: Note | None = None


# key → (English, Chinese)
KEYS: Final[dict[Key, tuple[str, str]]] = {
    "cell": ("cell", "单元格"),
    "sentence": ("sentence", "句子"),
    "number": ("number", "数字"),
    "layout": ("layout", "表格结构"),
    "label": ("label", "标签"),
    "phrase": ("phrase", "被计量的词语"),
    "relation": ("statement", "陈述类型"),
    "base": ("against", "基数"),
    "unit": ("unit", "单位"),
    "indicator": ("indicator", "指标"),
    "dims": ("classes", "分类"),
    "entity": ("whose", "主体"),
    "period": ("when", "时期"),
    "standard": ("standard value", "标准值"),
    "doubt": ("doubt", "存疑"),
    "note": ("note", "附注"),
    "row": ("row", "结果"),
    "confidence": ("confidence", "置信度"),
}

# how → (English, Chinese)
HOWS: Final[dict[str, tuple[str, str]]] = {
    # where a unit stands
    "in_cell": ("printed with the number", "与数字印在一起"),
    "in_header": ("in the column's header", "列标题中"),
    "in_row": ("in the row's label or unit column", "行标签或单位列中"),
    "in_outer": ("in an outer header, band or caption", "上级标题、栏目或表题中"),
    "of_codebook": ("the indicator's own unit", "指标本身的单位"),
    "of_words": ("implied by the words", "由词语推知"),
    # how a name was found in the codebook
    "name": ("its official name", "指标正式名称"),
    "synonym": ("a synonym", "指标别名"),
    "stem": ("the name without its generic tail, in a unit of its kind", "去掉通用词尾且单位类别相符"),
    "leaf": ("the last part of its name, which only one indicator has", "唯一的下级名称"),
    "in_form": ("its row in a form, after the row it is a part of", "表单中所属上级之下的行"),
    "in_caption": ("named by the caption", "由表题指明"),
    "in_several": ("several labels together", "由多个标签共同指明"),
    "full_name": ("the full name of the one school meant", "所指学校的全称"),
    "by_person": ("a person's correction", "人工更正"),
    "unknown": ("no rule knows it", "尚无规则"),
    "on_purpose": ("a change or difference has none on purpose", "增减、差值不设指标"),
    # what a table is made of
    "header_rows": ("header rows", "标题行"),
    "label_columns": ("columns of row labels", "行标签列"),
    "carried": ("the header of the table before, which goes on here", "续上表，沿用其标题行"),
    "headless": ("no header", "没有标题行"),
    # where whom and when are said
    "column": ("the column's label", "列标签"),
    "row": ("the row's label", "行标签"),
    "caption": ("the caption, a title or a band", "表题或栏目"),
    "latest": ("a change belongs to the latest column", "增减归入最近一期"),
    "clause": ("the subject of the clause", "分句主语"),
    "section": ("the section's heading", "所在章节标题"),
    "paragraph": ("the paragraph", "段落"),
    "near": ("said before the number", "数字之前说明"),
    "report": ("the report as a whole", "整份报告"),
    # how a phrase was found
    "before": ("the words before the number", "数字之前的词语"),
    "after": ("the words after the number", "数字之后的词语"),
    "distributed": ("分别 hands the numbers out in order", "由“分别”依次对应"),
    "modifier": ("a modifier with the noun before it", "修饰语与前面的名词"),
    "relative": ("the part named before the share's words", "占比之前的部分"),
    "bracket": ("what the bracket follows", "括号之前的词语"),
    "inherited": ("taken over from the number before it", "承接前一个数字"),
    "base": ("the whole of a share", "占比的整体"),
    "generic": ("a word that says too little, with what it belongs to", "泛指词及其所属"),
    "far": ("the clause as a whole", "整个分句"),
    # what speaks against a reading
    "no_indicator": ("no indicator", "没有指标"),
    "no_header": ("the table has no header", "表格没有标题行"),
    "no_unit": ("no unit is printed", "没有印出单位"),
    "no_labels": ("nothing labels the value", "没有标签"),
    "composite": ("several values in one cell", "一格多值"),
    "open_label": ("a label that says nothing of its role", "标签作用不明"),
    "exact": ("as printed", "按原文"),
}
