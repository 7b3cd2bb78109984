"""The styles part → what a paragraph in each style is: heading (with level), contents, caption or list.

A style counts by its own name, by the outline level it carries, and by the styles it is based on
(ECMA-376 part 1 §17.7).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from pipeline.read.package import W, first_child, natural
from pipeline.rules.reading import ReadingRules

_VAL = f"{W}val"


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says. `kind` is heading, toc, caption, list or '' (body text).

    `size` is in half points, `num_id`/`ilvl` the numbering that the style brings, null where it says nothing.
    """

    kind: str = ""
    level: int = 0
    bold: bool | None = None
    size: int | None = None
    centered: bool | None = None
    hidden: bool = False
    num_id: str | None = None
    ilvl: int = 0


@dataclass(frozen=True, slots=True)
class Styles:
    """All paragraph styles by id, what holds where no style is named, and the hidden character styles."""

    by_id: dict[str, Style]
    default: Style
    hidden_runs: frozenset[str]

    def of(self, style_id: str | None) -> Style:
        """The style of a paragraph; the default where it names none or an unknown one."""
        return self.by_id.get(style_id, self.default) if style_id else self.default


def read_styles(root: etree._Element | None, rules: ReadingRules) -> Styles:
    """Return the styles of a document; `root` is the styles part, None when there is none."""
    if root is None:
        return Styles({}, Style(), frozenset())
    elements = {s.get(f"{W}styleId", ""): s for s in root.iterchildren(f"{W}style")}
    resolved: dict[str, Style] = {}
    default = Style()
    hidden = set()
    for style_id, element in elements.items():
        if element.get(f"{W}type") == "paragraph":
            style = _resolve(style_id, elements, resolved, rules, 0)
            if element.get(f"{W}default") in ("1", "true", "on"):
                default = style
        elif element.get(f"{W}type") == "character" and is_on(element.find(f"{W}rPr/{W}vanish")):
            hidden.add(style_id)
    return Styles(resolved, default, frozenset(hidden))


def is_on(toggle: etree._Element | None) -> bool:
    """Whether a toggle property (w:b, w:vanish …) is present and not switched off (§17.17.4)."""
    return toggle is not None and toggle.get(_VAL, "1") not in ("0", "false", "off", "none")


def _resolve(
    style_id: str,
    elements: dict[str, etree._Element],
    done: dict[str, Style],
    rules: ReadingRules,
    depth: int,
) -> Style:
    if style_id in done:
        return done[style_id]
    element = elements.get(style_id)
    if element is None or depth > 20:  # a cycle of basedOn is a fault of the file, not ours
        return Style()
    based_on = first_child(element, f"{W}basedOn")
    parent = (
        Style() if based_on is None else _resolve(based_on.get(_VAL, ""), elements, done, rules, depth + 1)
    )
    done[style_id] = _own(element, parent, rules)
    return done[style_id]


def _own(element: etree._Element, parent: Style, rules: ReadingRules) -> Style:
    """`parent` with what the style itself says laid over it."""
    found = first_child(element, f"{W}name")
    name = " ".join((found.get(_VAL, "") if found is not None else "").lower().split())
    changes: dict[str, object] = {}
    if name in rules.style_kinds:
        changes["kind"], changes["level"] = rules.style_kinds[name]
    ppr, rpr = first_child(element, f"{W}pPr"), first_child(element, f"{W}rPr")
    if ppr is not None:
        changes |= _paragraph_properties(ppr, "kind" in changes)
    if rpr is not None:
        if (bold := first_child(rpr, f"{W}b")) is not None:
            changes["bold"] = is_on(bold)
        if (size := first_child(rpr, f"{W}sz")) is not None and (points := natural(size.get(_VAL))):
            changes["size"] = points
        if (vanish := first_child(rpr, f"{W}vanish")) is not None:
            changes["hidden"] = is_on(vanish)
    return replace(parent, **changes)  # type: ignore[arg-type]


def _paragraph_properties(ppr: etree._Element, named: bool) -> dict[str, object]:
    changes: dict[str, object] = {}
    outline = outline_level(ppr)
    if outline is not None and not named:
        changes["kind"], changes["level"] = ("heading", outline) if outline <= 9 else ("", 0)
    if (jc := first_child(ppr, f"{W}jc")) is not None:
        changes["centered"] = jc.get(_VAL) == "center"
    if (num := first_child(ppr, f"{W}numPr")) is not None:
        num_id, ilvl = numbering_of(num)
        if num_id is not None:
            changes["num_id"] = num_id
        changes["ilvl"] = ilvl
    return changes


def outline_level(ppr: etree._Element) -> int | None:
    """The outline level of w:pPr from 1; 10 is body text; None where it says nothing (§17.3.1.20)."""
    element = first_child(ppr, f"{W}outlineLvl")
    value = natural(element.get(_VAL)) if element is not None else None
    return min(value + 1, 10) if value is not None else None


def numbering_of(num: etree._Element) -> tuple[str | None, int]:
    """(numId, ilvl) of w:numPr; numId None where only a level is given (§17.3.1.19)."""
    num_id, ilvl = first_child(num, f"{W}numId"), first_child(num, f"{W}ilvl")
    level = natural(ilvl.get(_VAL)) if ilvl is not None else 0
    return (num_id.get(_VAL) if num_id is not None else None), level or 0
