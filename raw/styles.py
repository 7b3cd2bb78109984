"""The three house styles: what their styles.xml and numbering.xml say, and how their headings are numbered."""

from __future__ import annotations

from dataclasses import dataclass

from .ooxml import part

_DIGITS = "零一二三四五六七八九十"
# numbering.xml: 1 = chapters of style C, 2 = a list with （1）, 3 = bullets, 4 = a list with ①.
HEADINGS, LIST, BULLETS, CIRCLES = 1, 2, 3, 4


def chinese(n: int) -> str:
    """1–19 in Chinese numerals."""
    return _DIGITS[n] if n <= 10 else "十" + _DIGITS[n - 10]


@dataclass(frozen=True, slots=True)
class House:
    """How one office sets its reports: heading style ids by level, none where headings are only bold."""

    name: str
    headings: tuple[str | None, ...]
    typed: str
    captions_below: bool = False
    sequence: bool = False
    caption_style: str | None = "cap"

    def number(self, counts: list[int]) -> str:
        """The number that stands in front of a heading: typed by hand or computed by Word."""
        level = len(counts)
        if self.typed == "chinese":
            return (f"{chinese(counts[-1])}、", f"（{chinese(counts[-1])}）", f"{counts[-1]}.")[level - 1]
        if self.typed == "chapters":
            return f"第{chinese(counts[0])}章 " if level == 1 else ".".join(map(str, counts)) + " "
        return f"{counts[0]}." if level == 1 else ".".join(map(str, counts))

    @property
    def automatic(self) -> bool:
        """Whether Word computes the numbers, so that they are not in the text."""
        return self.name.startswith("C-auto")


# A: styled headings with typed dotted numbers; the second level is a custom style, the third a localized name.
A = House("A", ("1", "mine", "3"), "dotted", sequence=True)
# B: no styles at all, bold lines with 一、（一）1.
B = House("B", (None, None, None), "chinese", caption_style=None)
# C: numbers computed by Word (第一章, 1.1), captions below; one year the numbers are typed instead.
C_AUTO = House("C-auto", ("1", "2", "4"), "chapters", captions_below=True)
C_TYPED = House("C-typed", ("outline1", "outline2", "outline3"), "dotted", captions_below=True, sequence=True)


def _style(ident: str, name: str, based: str = "a", ppr: str = "", rpr: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>'
        f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def styles() -> str:
    """styles.xml; all houses share it, each uses its own part of it."""
    bold = '<w:b/><w:sz w:val="{}"/>'
    tables = (
        '<w:style w:type="table" w:default="1" w:styleId="plain"><w:name w:val="Normal Table"/><w:tblPr/></w:style>'
        '<w:style w:type="table" w:styleId="grid"><w:name w:val="Table Grid"/><w:basedOn w:val="plain"/><w:tblPr>'
        "<w:tblBorders>"
        + "".join(
            f'<w:{s} w:val="single" w:sz="4" w:color="auto"/>'
            for s in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + "</w:tblBorders></w:tblPr></w:style>"
    )
    return part("styles", "".join((
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="仿宋"/>'
        '<w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="character" w:styleId="ghost"><w:name w:val="隐藏批语"/><w:rPr><w:vanish/></w:rPr></w:style>',
        _style("title", "Title", ppr='<w:jc w:val="center"/>', rpr=bold.format(44)),
        _style("1", "heading 1", ppr='<w:outlineLvl w:val="0"/>', rpr=bold.format(32)),
        _style("2", "heading 2", ppr='<w:outlineLvl w:val="1"/>', rpr=bold.format(30)),
        _style("3", "标题 3", ppr='<w:outlineLvl w:val="2"/>', rpr=bold.format(28)),
        _style("4", "heading 3", ppr='<w:outlineLvl w:val="2"/>', rpr=bold.format(28)),
        _style("mine", "区级二级标题", based="2"),
        *(_style(f"outline{n}", f"正文大纲{n}", ppr=f'<w:outlineLvl w:val="{n - 1}"/>', rpr=bold.format(32 - 2 * n))
          for n in (1, 2, 3)),
        _style("cap", "caption", ppr='<w:jc w:val="center"/>', rpr='<w:sz w:val="24"/>'),
        _style("toc1", "toc 1"), _style("toc2", "toc 2", ppr='<w:ind w:left="420"/>'), tables,
    )))  # fmt: skip


def _level(n: int, form: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def numbering() -> str:
    """numbering.xml: the chapters of style C and three kinds of lists."""
    legal = "<w:isLgl/>"
    kinds = {
        HEADINGS: _level(0, "chineseCountingThousand", "第%1章")
        + _level(1, "decimal", "%1.%2", legal)
        + _level(2, "decimal", "%1.%2.%3", legal),
        LIST: _level(0, "decimal", "（%1）"),
        BULLETS: _level(0, "bullet", "●"),
        CIRCLES: _level(0, "decimalEnclosedCircle", "%1"),
    }
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        for n, levels in kinds.items()
    )
    return part("numbering", abstract + "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in kinds
    ))  # fmt: skip
