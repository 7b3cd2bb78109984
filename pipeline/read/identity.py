"""Cover, title, file name and text → what the report says of itself: year, region, publisher, level.

Each is taken from the first source that names it, in order of trust: title and cover, file name, the
document's own properties, text. Where a later source says otherwise, that is noted, not guessed away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from pipeline.read.regions import inside, region_most_named, region_of
from pipeline.rules import Rules
from pipeline.rules.identity import IdentityRules, Organisation, YearPattern
from pipeline.schema import Block, Note
from pipeline.schema.rows import Level

_DIGIT_WORDS: Final = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | dict.fromkeys(
    "〇○OＯoｏ0Ο", "0"
)
_DIGIT_WORDS_2: Final = _DIGIT_WORDS | {"两": "2"}
_PUBLISHING_DATE: Final = re.compile(
    r"\s*[\d二〇○OＯ零一三四五六七八九]{4}\s*年\s*[\d元一二三四五六七八九十]{1,2}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*[日号])?\s*"
)
_OPENING_CHARS: Final = 6000
_LEVEL_OF_DIVISION: Final[dict[str, Level]] = {"province": "province", "city": "city", "district": "district"}


@dataclass(slots=True)
class Identity:
    """What a report says of itself; null where nothing says it. `notes` holds conflicts and gaps."""

    title: str | None = None
    report_year: int | None = None
    publisher: str | None = None
    level: Level | None = None
    region_code: str | None = None
    province: str | None = None
    city: str | None = None
    district: str | None = None
    org: str | None = None
    education: str | None = None
    notes: list[Note] = field(default_factory=list)


def identify(blocks: list[Block], name: str, rules: Rules, core_title: str | None = None) -> Identity:
    """Return the identity of a report from its blocks, its file name and its core title."""
    words = rules.identity
    who = Identity()
    cover = _cover(blocks, words)
    stem = PurePosixPath(name).stem
    titles = [t for t in (core_title, stem) if t and words.title_regex.search(t)]
    who.title = _title(cover, words) or next(iter(titles), None)
    who.publisher = _publisher(cover, words)
    _year(who, cover, stem, core_title, blocks, words)
    _organisation(who, stem, words)
    _region(who, cover, stem, blocks, rules)
    _level(who, words)
    _gaps(who)
    return who


def _cover(blocks: list[Block], words: IdentityRules) -> list[str]:
    """The short lines before the contents, the first heading or the first long paragraph."""
    lines = []
    for block in blocks[: words.cover_blocks]:
        if block.kind == "toc" or (block.kind == "heading" and not words.title_regex.search(block.text)):
            break
        if len(block.text) > words.cover_line_chars:
            break
        lines += [line.strip() for line in block.text.splitlines() if line.strip()]
    return lines


def _title(cover: list[str], words: IdentityRules) -> str | None:
    """The line with a title's words, with the lines before it that it continues."""
    spaced = ["".join(line.split()) for line in cover]
    for k, line in enumerate(spaced):
        joined = line
        for back in range(k, max(k - 4, -1), -1):
            if back < k:
                if _year_only(spaced[back], words) or (
                    words.publisher_regex.search(spaced[back]) and back == 0 and k > 2
                ):
                    break
                joined = spaced[back] + joined
            if words.title_regex.search(joined):
                return _with_lines_above(spaced, back, joined, words)
    return None


def _with_lines_above(lines: list[str], first: int, title: str, words: IdentityRules) -> str:
    """A title that does not say whose it is takes the line above: the name stands on a line of its own."""
    while first and _year_only(lines[first - 1], words):
        first -= 1
    above = lines[first - 1] if first else ""
    opens = words.title_opening_regex.match(title)
    if above and opens and not words.title_regex.search(above) and len(above) <= 30:
        return above + title
    return title


def _year_only(line: str, words: IdentityRules) -> bool:
    """Whether a line holds a year and nothing else: （2023年度）, 2023年12月."""
    if _PUBLISHING_DATE.fullmatch(line):
        return True
    rest = line
    for year in words.years:
        rest = year.regex.sub("", rest)
    return rest != line and not rest.strip("（）()［］[]【】年度版 \t")


def _publisher(cover: list[str], words: IdentityRules) -> str | None:
    """The last line of the cover that ends like the name of an office or a school."""
    for line in reversed(cover):
        plain = re.sub(
            r"^\s*(?:编制|发布|填报|报送)?(?:单位|机构|学校)?\s*[：:]\s*|[（(]\s*(?:盖章|公章)\s*[）)]\s*$",
            "",
            line,
        )
        plain = "".join(plain.split())
        if words.publisher_regex.search(plain) and not words.title_regex.search(plain) and len(plain) <= 40:
            return plain
    return None


def read_year(text: str, words: IdentityRules) -> int | None:
    """The year that a title or file name gives, by the first pattern that fits; a school year's second."""
    for pattern in words.years:
        match = pattern.regex.search(text)
        if match is not None:
            return _year_of(match, pattern)
    return None


def _year_of(match: re.Match[str], pattern: YearPattern) -> int:
    groups = match.groupdict()
    if groups.get("words"):
        return int("".join(_DIGIT_WORDS_2[c] for c in groups["words"] if not c.isspace()))
    if groups.get("year"):
        return int(groups["year"])
    return int(groups["second"]) if groups.get("second") else int(groups["first"]) + 1


def _year(
    who: Identity,
    cover: list[str],
    stem: str,
    core_title: str | None,
    blocks: list[Block],
    words: IdentityRules,
) -> None:
    lines = [
        who.title or "",
        *(x for x in cover if _year_only(x, words) and not _PUBLISHING_DATE.fullmatch(x)),
    ]
    sources = [("cover", read_year("\n".join(lines), words)), ("file name", read_year(stem, words))]
    sources.append(("properties", read_year(core_title or "", words)))
    in_text = [
        int(m["year"])
        for b in blocks
        if b.kind == "paragraph"
        for m in words.year_in_text_regex.finditer(b.text)
    ]
    sources.append(("text", max(set(in_text), key=lambda y: (in_text.count(y), -y)) if in_text else None))
    named = [(source, year) for source, year in sources if year is not None]
    if not named:
        return
    who.report_year = named[0][1]
    others = [f"{source}: {year}" for source, year in named[1:3] if year != named[0][1]]
    if others:
        message = f"{named[0][0]} says {named[0][1]}, but {', '.join(others)}; taken: {named[0][1]}"
        who.notes.append(Note("year_conflict", str(named[0][1]), message))


def _organisation(who: Identity, stem: str, words: IdentityRules) -> None:
    """The school, college or enterprise that the title (else the file name) names, and its education."""
    for text in (who.title, stem if who.title is None else None):
        head = words.title_regex.split(text)[0] if text else ""
        for organisation in words.organisations:
            match = organisation.regex.search(re.sub(r"^[（(]?\d{4}\s*年?度?[）)]?", "", head))
            if match is not None and match[0]:
                who.org, who.level, who.education = match[0], organisation.level, organisation.education
                if organisation.level == "enterprise" and _named_below(who.publisher, organisation):
                    who.org = who.publisher
                if who.publisher is None and organisation.level != "enterprise":
                    who.publisher = who.org
                return


def _named_below(publisher: str | None, organisation: Organisation) -> bool:
    """The cover's last line is a firm's name, where the title speaks of 企业 alone."""
    found = organisation.regex.search(publisher) if publisher else None
    return found is not None and found.end() == len(publisher or "")


def _region(who: Identity, cover: list[str], stem: str, blocks: list[Block], rules: Rules) -> None:
    """The division: from title and publisher, then the file name, then the text; conflicts are noted."""
    near = "\n".join(filter(None, (who.title, who.publisher, *cover)))
    opening = "\n".join(b.text for b in blocks if b.kind in ("paragraph", "list"))[:_OPENING_CHARS]
    context, regions, year = [near, stem, opening], rules.regions, who.report_year
    named = [
        (source, region)
        for source, text in (("cover", near), ("file name", stem))
        if (region := region_of(text, context, regions, year)) is not None
    ]
    region = named[0][1] if named else None
    # A school seldom says on its cover where it stands; its text does.
    if who.org is not None and (region is None or region.level != "district"):
        in_text = region_most_named(opening, context, regions, year)
        if in_text is not None and (region is None or inside(in_text, region)):
            region = in_text
    if region is None:
        return
    who.region_code = region.code
    who.province, who.city, who.district = regions.chain(region.code, year)
    if len(named) == 2 and not (inside(named[1][1], named[0][1]) or inside(named[0][1], named[1][1])):
        taken, other = named[0][1].name, named[1][1].name
        message = f"the cover says {taken}, but the file name {other}; taken: {taken}"
        who.notes.append(Note("region_conflict", taken, message))


def _level(who: Identity, words: IdentityRules) -> None:
    title = "".join((who.title or "").split())
    named = next((e.name for e in words.education if re.search(e.pattern, title)), None)
    if who.org is not None:
        if who.education and named in ("中职", "高职") and named != who.education and who.education != "技工":
            who.notes.append(
                Note(
                    "level_conflict", title, f"the title says {named}, the name of the school {who.education}"
                )
            )
        who.education = who.education or named
        return
    who.education = named
    if any(word in title for word in words.national):
        who.level = "national"
    elif who.region_code is not None:
        narrowest = "district" if who.district else "city" if who.city else "province"
        who.level = _LEVEL_OF_DIVISION[narrowest]


def _gaps(who: Identity) -> None:
    for code, value in (
        ("title_missing", who.title),
        ("year_missing", who.report_year),
        ("region_missing", who.region_code),
    ):
        if value is None and not (code == "region_missing" and who.level == "national"):
            who.notes.append(Note(code, "", "no place of the report names it"))
