"""A place in a text → the number printed there: Arabic or Chinese, with the scale word and hedge inside it.

The grammar is written out in docs/NUMBERS.md. Text is folded first (`UnitRules.fold_table`), one character
for one, so offsets are those of the original.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal, NamedTuple

_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES: Final = {"十": 10, "百": 100, "千": 1000}
_SCALES: Final = {"万": 10**4, "亿": 10**8}

# No number is longer (characters of a Chinese one, digits before the point); it also bounds the recursion.
_LONGEST: Final = 24

_ARABIC: Final = re.compile(
    r"""
    (?P<number> (?<!分别为) [0-9]{1,2} (?: ，[0-9]{3} )+ (?![0-9，、和]) (?: \.[0-9]+ )?      # 3，456
              | [0-9]{1,3} (?: ,[0-9]{3} | ，0[0-9]{2} ){1,6} (?![0-9]) (?: \.[0-9]+ )?  # 1,234.50, 12，000
              | [0-9]{1,3} (?: [ \u00a0][0-9]{3} ){1,6} (?![0-9]) (?: \.[0-9]+ )?  # 1 234
              | [0-9]+ (?: \s?\.\s?[0-9]+ (?=\s?%) | \.[0-9]+ )?           # 1234.5, 12. 5%
    )
    """,
    re.VERBOSE,
)
# 余, 多 and 几 stand before or after the scale: 7000余万, 3万余, 30几万.
_SCALE: Final = re.compile(
    r"\s?(?P<h1>[余多几])?\s?(?P<place>[十百千]?)(?P<scale>个亿|万亿|万|亿)(?!一|元一)(?P<h2>[余几]|多(?!媒|元化|样))?"
    r"|\s?(?P<thousand>[千百])(?![米克瓦卡分兆帕伏])"
)
_TAIL: Final = re.compile(
    r"(?P<number>[0-9]{1,4}(?:\.[0-9]+)?)(?P<scale>[千百万])(?![米克瓦分])|(?P<zeros>[0-9]{4})(?![0-9.])"
)
_HAN: Final = re.compile(
    r"(?P<lead>(?:(?<![人总次个门分件函参系])数|几)(?=[十百千万亿])|(?<![以之线网马])上(?=[百千万亿]))?(?P<core>[零〇一二三四五六七八九十百千万亿两]+(?:点[零〇一二三四五六七八九]+[万亿]*)?)"
    r"(?P<hedge>[余几来](?=[^自源临])|多(?![元样媒功维彩措数]))?(?P<scale>(?<=[余几来多])[万亿]+)?"
)
_GROUPING: Final = re.compile(r"[,，\s]")
_SCALED: Final = re.compile("[万亿]")
_PAIR: Final = re.compile(r"([一两二三四五六七八])([二三四五六七八九])([十百千万亿]?)")

Script = Literal["arabic", "han"]


class Numeral(NamedTuple):
    """text[start:end] is a number; `scale` is its 万 or 亿, part of the unit; `hedged` tells of 余, 几, 上.

    `bare` is a lone 百, 千 or 万, which counts only beside a hedge.
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    scale: str
    hedged: bool
    script: Script
    bare: bool = False


def numeral_at(text: str, i: int) -> Numeral | None:
    """The number that begins at text[i], None where the characters make none (一二三四五, a lone 几)."""
    return _arabic(text, i) if text[i] in "0123456789" else _han(text, i)


def _arabic(text: str, i: int) -> Numeral | None:
    m = _ARABIC.match(text, i)
    if not m:
        return None
    number = _GROUPING.sub("", m["number"])
    if len(number.partition(".")[0]) > _LONGEST:
        return None
    value = Decimal(number)
    s = _SCALE.match(text, m.end())
    if not s:
        return Numeral(i, m.end(), value, None, "", False, "arabic")
    if s["thousand"]:
        return Numeral(i, s.end(), value * _PLACES[s["thousand"]], None, "", False, "arabic")
    value *= _PLACES.get(s["place"], 1)
    hedged = bool(s["h1"] or s["h2"])
    tail = None if hedged else _TAIL.match(text, s.end())
    if tail:
        return Numeral(i, tail.end(), value * _scale(s["scale"]) + _rest(tail), None, "", False, "arabic")
    return Numeral(i, s.end(), value, None, s["scale"], hedged, "arabic")


def _rest(tail: re.Match[str]) -> Decimal:
    if tail["zeros"]:
        return Decimal(tail["zeros"])
    return Decimal(tail["number"]) * (_PLACES | _SCALES)[tail["scale"]]


def _scale(word: str) -> int:
    product = 1
    for char in word:
        product *= _SCALES.get(char, 1)  # 个亿
    return product


def _han(text: str, i: int) -> Numeral | None:
    m = _HAN.match(text, i)
    if not m or len(m["core"]) > _LONGEST:
        return None
    core, scale = _split_scale(m["core"])
    scale += m["scale"] or ""
    read = chinese(core) if core else (Decimal(1), None)
    if read is None:
        return None
    bare = not m["lead"] and not m["hedge"] and core in ("", "百", "千", "万")
    hedged = bool(m["lead"] or m["hedge"])
    return Numeral(i, m.end(), read[0], read[1], scale, hedged, "han", bare)


def _split_scale(core: str) -> tuple[str, str]:
    """A scale at the end belongs to the unit (三万 → 三, 万); one inside belongs to the number (一万二千)."""
    head = core.rstrip("万亿")
    return (head, core[len(head) :]) if not _SCALED.search(head) else (core, "")


def chinese(numeral: str) -> tuple[Decimal, Decimal | None] | None:
    """(value, upper end of 两三, 七八十) of a Chinese numeral, None where its characters make no number."""
    whole, _, fraction = numeral.partition("点")
    pair = _PAIR.fullmatch(whole)
    if pair and not fraction and _DIGITS[pair[2]] - _DIGITS[pair[1]] in (1, 2):
        times = (_PLACES | _SCALES).get(pair[3], 1)
        return Decimal(_DIGITS[pair[1]] * times), Decimal(_DIGITS[pair[2]] * times)
    value = _positional(whole)
    if value is None:
        return None
    decimals = "".join(str(_DIGITS[c]) for c in fraction)
    return Decimal(f"{value}.{decimals}" if decimals else value), None


def _positional(numeral: str) -> int | None:
    """The value of a numeral with places (一千二百, 十五, 一百〇五), None if the places do not descend."""
    for scale in ("亿", "万"):
        head, mark, tail = numeral.rpartition(scale)
        if mark:
            high, low = _positional(head or "一"), _positional(tail) if tail else 0
            return None if high is None or low is None else high * _SCALES[scale] + low
    return _below_ten_thousand(numeral)


def _below_ten_thousand(numeral: str) -> int | None:
    total, digit, place, gap = 0, None, 10_000, False
    for char in numeral:
        if char in _PLACES:
            if _PLACES[char] >= place or digit == 0:
                return None
            place = _PLACES[char]
            total += place * (1 if digit is None else digit)
            digit, gap = None, False
        elif digit is None or (digit == 0 and _DIGITS[char]):
            gap, digit = gap or digit == 0 or char in "零〇", _DIGITS[char]
        else:
            return None
    if digit is None:
        return total
    # 两千三 is 2300, 两千零三 is 2003.
    short = place > 10 and not gap and total
    return total + digit * (place // 10 if short else 1)
