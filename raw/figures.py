"""A school, a district and a year → plausible figures: totals add up, shares match counts, stocks match flows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields

from .places import FIELDS, FIRST, Region, School


def wobble(key: str, low: int, high: int) -> int:
    """A number from low to high that always is the same for the same key."""
    drawn = int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big")
    return low + drawn % (high - low + 1)


def part(total: int, key: str, low: int, high: int) -> int:
    """A part of total: from low to high per mille of it."""
    return round(total * wobble(key, low, high) / 1000)


def split(total: int, weights: list[int]) -> list[int]:
    """Total over the weights in whole numbers that add up to it (largest remainders)."""
    whole = sum(weights)
    shares = [total * w // whole for w in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[: total - sum(shares)]:
        shares[i] += 1
    return shares


def pct(some: float, whole: float) -> float:
    """Some as a percentage of the whole, two decimals."""
    return round(100 * some / whole, 2)


@dataclass(slots=True)
class Figures:
    """The counts of a school or, added up, of a district in one year; money in yuan."""

    students: int
    new: int
    graduates: int
    placed: int
    further: int
    bachelor: int
    direct: int
    matched: int
    primary: int
    secondary: int
    tertiary: int
    local: int
    west: int
    large: int
    in_province: int
    self_employed: int
    staff: int
    quota: int
    teachers: int
    parttime: int
    dual: int
    dual_senior: int
    senior: int
    master: int
    ideology: int
    sports: int
    arts: int
    heads: int
    campus: int
    building: int
    equipment: int
    books: int
    rooms: int
    computers: int
    seats: int
    certificates: int
    tested: int
    passed: int
    trained: int
    training_hours: int
    public_hours: int
    training_income: int
    partners: int
    interns: int
    practice: int
    mentors: int
    mentor_hours: int
    mentor_pay: int
    special: int
    recurrent: int
    tuition: int
    donations: int
    other_income: int
    infrastructure: int
    purchases: int
    teaching: int
    development: int
    reform: int
    other_spending: int
    insurance: int
    internship: int
    courses: int
    hours: int
    integrated: int
    online: int
    joint_courses: int
    textbooks: int
    textbooks_joint: int
    libraries: int
    fine_courses: int
    bases: int
    patents: int
    projects: int
    service: int

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Figures)))

    @property
    def income(self) -> int:
        return self.special + self.recurrent + self.tuition + self.donations + self.other_income

    @property
    def spending(self) -> int:
        return (self.infrastructure + self.purchases + self.teaching + self.development
                + self.reform + self.other_spending)  # fmt: skip

    @property
    def per_student(self) -> float:
        """Appropriation a student in yuan: recurrent grants over students."""
        return round(self.recurrent / self.students, 2)


def students(school: School, year: int) -> int:
    """Pupils at school at the end of a year."""
    count = school.students
    for y in range(FIRST + 1, year + 1):
        count = round(count * (1000 + school.growth + wobble(f"{school.code}{y}s", -6, 6)) / 1000)
    return count


def by_major(school: School, year: int, total: int) -> dict[str, int]:
    """The total over the school's 专业, whose weights drift a little by the year."""
    weights = [w * 10 + wobble(f"{school.code}{name}{year}", -12, 12) for name, w in school.majors]
    return dict(zip((m for m, _ in school.majors), split(total, weights), strict=True))


def by_field(region: Region, year: int, what: str) -> dict[str, int]:
    """A count ("students", "new", "graduates") of the district by 专业大类."""
    totals: dict[str, int] = {}
    for school in region.schools:
        for major, count in by_major(school, year, getattr(of_school(school, year), what)).items():
            totals[FIELDS[major]] = totals.get(FIELDS[major], 0) + count
    return totals


def of_region(region: Region, year: int) -> Figures:
    """The district's figures: its schools' added up."""
    first, *others = (of_school(s, year) for s in region.schools)
    for other in others:
        first = first + other
    return first


def of_school(school: School, year: int) -> Figures:
    """Every figure of one school in one year."""
    key = f"{school.code}{year}"
    here, before = students(school, year), students(school, year - 1)
    new = round(here * 0.345) + wobble(key + "n", -12, 12)
    flow = {"students": here, "new": new, "graduates": before + new - here - part(here, key + "l", 4, 11)}
    return Figures(**flow, **_leavers(key, flow["graduates"]), **_people(school, year, here),
                   **_plant(school, year, here), **_service(school, key, here),
                   **_money(key, year, here), **_courses(school, year))  # fmt: skip


def _leavers(key: str, graduates: int) -> dict[str, int]:
    placed = graduates - part(graduates, key + "p", 9, 26)
    further = part(placed, key + "f", 742, 823)
    direct = placed - further
    primary, secondary, tertiary = split(direct, [wobble(key + "i", 1, 6), 38, 56])
    return {
        "placed": placed, "further": further, "bachelor": part(further, key + "b", 118, 197),
        "direct": direct, "matched": part(direct, key + "m", 812, 907), "primary": primary,
        "secondary": secondary, "tertiary": tertiary, "local": part(direct, key + "o", 720, 858),
        "west": part(direct, key + "w", 12, 38), "large": part(direct, key + "g", 160, 244),
        "in_province": part(placed, key + "v", 952, 984), "self_employed": part(placed, key + "e", 5, 14),
    }  # fmt: skip


def _people(school: School, year: int, here: int) -> dict[str, int]:
    key, code, grown = f"{school.code}{year}", school.code, year - FIRST
    teachers = round(here / (wobble(code + "t", 136, 151) / 10)) + wobble(key + "t", -1, 2)
    dual = part(teachers, code + "d", 566, 618) + teachers * grown * wobble(key + "d", 8, 14) // 1000
    return {
        "teachers": teachers, "staff": teachers + part(teachers, key + "a", 112, 158),
        "quota": teachers + part(teachers, code + "q", 40, 90),
        "parttime": part(teachers, key + "r", 148, 231), "dual": dual,
        "dual_senior": part(dual, key + "h", 205, 268), "senior": part(teachers, code + "z", 238, 286) + teachers * grown * wobble(key + "z", 3, 7) // 1000,
        "master": part(teachers, code + "x", 121, 160) + teachers * grown * wobble(key + "x", 4, 9) // 1000, "ideology": max(2, here // 420),
        "sports": max(3, here // 340), "arts": max(2, here // 470), "heads": here // 44,
    }  # fmt: skip


def _plant(school: School, year: int, here: int) -> dict[str, int]:
    code, grown = school.code, year - FIRST
    return {
        "campus": school.students * wobble(code + "c", 29, 37) + wobble(code + "cc", 0, 900),
        "building": school.students * wobble(code + "u", 17, 21) + grown * 640,
        "equipment": 1000 * (school.students * wobble(code + "v", 9, 12) + grown * wobble(code + "w", 260, 620)),
        "books": school.students * 34 + grown * 1150,
        "rooms": school.students // 34 + grown * 2,
        "computers": school.students * wobble(code + "k", 26, 33) // 100 + grown * 21,
        "seats": school.students * 6 // 10 + grown * 15,
    }  # fmt: skip


def _service(school: School, key: str, here: int) -> dict[str, int]:
    tested = here - part(here, key + "t1", 14, 41)
    hours = part(here * 5, key + "t2", 640, 1120)
    mentors = max(6, here // wobble(key + "t3", 88, 104))
    return {
        "certificates": part(here, key + "t4", 246, 297), "tested": tested,
        "passed": tested - part(tested, key + "t5", 22, 61), "trained": part(here, key + "t6", 780, 1240),
        "training_hours": hours, "public_hours": part(hours, key + "t7", 190, 330),
        "training_income": hours * wobble(key + "t8", 21, 34), "partners": here // 52 + wobble(key + "t9", 0, 4),
        "interns": part(here, key + "t10", 262, 309), "practice": here // 41, "mentors": mentors,
        "mentor_hours": mentors * wobble(key + "t11", 34, 52), "mentor_pay": mentors * 100 * wobble(key + "t12", 62, 91),
        "patents": wobble(key + "t13", 2, 9), "projects": here // 190 + wobble(key + "t14", 1, 5),
        "service": 100 * wobble(key + "t15", 900, 4200),
    }  # fmt: skip


def _money(key: str, year: int, here: int) -> dict[str, int]:
    per_head = 15200 + 430 * (year - FIRST) + wobble(key + "m1", -240, 240)
    return {
        "recurrent": round(here * per_head, -2), "special": 100 * part(here, key + "m2", 12000, 19000),
        "tuition": 100 * part(here, key + "m3", 1800, 2600), "donations": 100 * wobble(key + "m4", 0, 1600),
        "other_income": 100 * part(here, key + "m5", 2100, 4300),
        "infrastructure": 100 * part(here, key + "m6", 9000, 16000),
        "purchases": 100 * part(here, key + "m7", 8000, 14000),
        "teaching": 100 * part(here, key + "m8", 118000, 131000),
        "development": 100 * part(here, key + "m9", 2200, 4100), "reform": 100 * part(here, key + "m10", 1400, 2800),
        "other_spending": 100 * part(here, key + "m11", 5200, 9400),
        "insurance": 100 * part(here, key + "m12", 30, 60), "internship": 100 * part(here, key + "m13", 240, 420),
    }  # fmt: skip


def _courses(school: School, year: int) -> dict[str, int]:
    majors, grown = len(school.majors), year - FIRST
    courses = majors * wobble(school.code + "k1", 17, 22) + grown
    return {
        "courses": courses, "hours": courses * 34, "integrated": courses * 16 // 100 + grown,
        "online": courses * 11 // 100 + grown * 2, "joint_courses": majors * 2 + grown,
        "textbooks": majors * 2 + grown, "textbooks_joint": majors + grown // 2, "libraries": majors // 2 + grown // 2,
        "fine_courses": majors + grown, "bases": 1 + grown // 3,
    }  # fmt: skip
