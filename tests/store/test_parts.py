"""Parts are a function of the set of reports: bounded, sorted, and mostly untouched by one more report."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.parts import Member, parts_of

regions = st.one_of(st.none(), st.sampled_from(["510107", "510112", "510300", "330212", "110105", "510000"]))
years = st.one_of(st.none(), st.integers(2020, 2022))


def member(n: int, year: int | None, region: str | None) -> Member:
    return Member(f"{n}.docx", hashlib.sha256(str(n).encode()).hexdigest(), "", year, region)


@given(st.lists(st.tuples(years, regions), max_size=120), st.randoms())
def test_every_report_is_in_one_part_whatever_the_order(rows: list, rnd) -> None:
    members = [member(n, *row) for n, row in enumerate(rows)]
    parts = parts_of(members, limit=5)
    shuffled = list(members)
    rnd.shuffle(shuffled)
    assert parts_of(shuffled, limit=5) == parts
    assert sorted(m.source for p in parts for m in p.members) == sorted(m.source for m in members)
    assert len({p.key for p in parts}) == len(parts)
    assert all(len(p.members) <= 5 for p in parts)


def test_a_year_with_few_reports_is_one_file_and_one_with_many_is_parted_by_region() -> None:
    few = [member(n, 2022, "510107") for n in range(3)]
    many = [member(n, 2023, code) for n, code in enumerate(["510107"] * 4 + ["510300"] * 3 + ["110105"] * 3)]
    assert [(p.key, len(p.members)) for p in parts_of(few + many, limit=4)] == [
        ("2022-0", 3), ("2023-11", 3), ("2023-5101", 4), ("2023-5103", 3),
    ]  # fmt: skip


def test_one_more_report_changes_one_part() -> None:
    members = [member(n, 2023, f"{11 + n % 5}0105") for n in range(40)]
    before = {p.key: p.digest for p in parts_of(members, limit=12)}
    after = {p.key: p.digest for p in parts_of([*members, member(99, 2023, "130105")], limit=12)}
    assert [k for k in after if before.get(k) != after[k]] == ["2023-13"]


def test_reports_without_region_come_last_and_are_parted_by_their_names() -> None:
    members = [member(n, 2023, None) for n in range(30)] + [member(50, 2023, "510107")]
    parts = parts_of(members, limit=10)
    assert parts[0].name == "51"
    assert all(p.name.startswith("99-") for p in parts[1:])
