"""A counter and a number format → the numeral that Word prints (ECMA-376 part 1 §17.18.59)."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_CYCLES: Final = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}
_COUNTED: Final = {
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "japaneseCounting", "koreanCounting",
}  # fmt: skip
_SPELT: Final = {"ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital"}
_LEGALS: Final = {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}


def printed(n: int, form: str) -> str:
    """Return counter `n` in the number format `form`; an unknown format prints decimal, as Word does."""
    if form in _COUNTED:
        return counting(n)
    if form in _SPELT:
        return "".join(_DIGITS[int(d)] for d in str(n))
    if form in _LEGALS:
        return counting(n, _LEGAL, "拾佰仟", "一")
    if form in _CYCLES:
        return _CYCLES[form][n - 1] if 0 < n <= len(_CYCLES[form]) else str(n)
    if form in ("upperRoman", "lowerRoman"):
        return _case(_roman(n), form)
    if form in ("upperLetter", "lowerLetter"):
        return _case(_letters(n), form)
    if form in ("none", "bullet"):
        return ""
    return _decimal(n, form)


def counting(n: int, digits: str = _DIGITS, places: str = "十百千", one_before_ten: str = "") -> str:
    """`n` as Chinese counts it: 12 is 十二, 20 is 二十, 105 is 一百〇五. Decimal from 10 000 on."""
    if not 0 <= n < 10_000:
        return str(n)
    if n == 0:
        return digits[0]
    out, gap = "", False
    for place, digit in zip(range(len(str(n)) - 1, -1, -1), map(int, str(n)), strict=True):
        if digit == 0:
            gap = bool(out)
            continue
        out += (digits[0] if gap else "") + digits[digit] + (places[place - 1] if place else "")
        gap = False
    # 十二, not 一十二, where a number begins with its ten.
    return out[1:] if not one_before_ten and 10 <= n < 20 else out


def _decimal(n: int, form: str) -> str:
    if form == "decimalZero":
        return f"{n:02d}"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(n).translate({ord("0") + d: ord("０") + d for d in range(10)})
    return str(n)


def _roman(n: int) -> str:
    if not 0 < n < 4000:
        return str(n)
    out = ""
    for value, numeral in _ROMAN:
        out += numeral * (n // value)
        n %= value
    return out


def _letters(n: int) -> str:
    """A … Z, AA, BB …: Word repeats the letter (§17.18.59, upperLetter)."""
    return chr(ord("A") + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 26 * 50 else str(n)


def _case(text: str, form: str) -> str:
    return text.lower() if form.startswith("lower") else text
