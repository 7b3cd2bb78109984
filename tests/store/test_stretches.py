"""Stretches hold every region once, whole prefectures together, and few change with one more report."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.parts import Member, parts_of
from pipeline.store.stretches import Stretch, stretches_of

regions = st.one_of(
    st.none(), st.sampled_from(["510107", "510112", "510300", "510322", "330212", "110105", "510000"])
)
years = st.one_of(st.none(), st.integers(2020, 2022))
archives = st.lists(st.tuples(years, regions), max_size=120)


def members_of(rows: list[tuple[int | None, str | None]]) -> list[Member]:
    return [
        Member(f"{n}.docx", hashlib.sha256(str(n).encode()).hexdigest(), "", year, region)
        for n, (year, region) in enumerate(rows)
    ]


def stretches(members: list[Member], limit: int) -> list[Stretch]:
    return stretches_of(parts_of(members, limit=5), limit)


@given(archives, st.integers(1, 150))
def test_every_region_is_in_one_stretch_with_its_prefecture_and_all_its_reports(
    rows: list[tuple[int | None, str | None]], limit: int
) -> None:
    members = members_of(rows)
    made = stretches(members, limit)
    if made and made[0].regions is None:
        assert len(made) == 1 and len(members) <= limit
        return
    home = {region: s for s in made for region in s.regions or ()}
    assert sum(len(s.regions or ()) for s in made) == len(home) == len({m.region_code for m in members})
    prefectures = {(region[:4], s.name) for region, s in home.items()}
    assert len(prefectures) == len({prefecture for prefecture, _ in prefectures})
    for part in parts_of(members, limit=5):
        assert all(part.key in home[m.region_code or ""].parts for m in part.members)


@given(archives, st.tuples(years, regions))
def test_a_stretch_changes_only_with_a_report_of_its_own(
    rows: list[tuple[int | None, str | None]], more: tuple[int | None, str | None]
) -> None:
    # The archive is large enough for stretches by share, whose number one more report does not change.
    members = members_of([*rows, *((2022, "510107") for _ in range(80))])
    added = Member("more.docx", "e" * 64, "", *more)
    before = {s.name: s.digest for s in stretches(members, 2)}
    after = {s.name: s for s in stretches([*members, added], 2)}
    changed = [name for name, s in after.items() if before.get(name) != s.digest]
    same_province = [name for name in after if name.startswith(added.region[:2])]
    assert set(changed) <= set(same_province)
    if more[1] == "510107":
        assert changed == [name for name, s in after.items() if "510107" in (s.regions or ())]


def test_names_say_the_province_and_the_share_of_its_prefectures() -> None:
    rows = [(2022, f"51{n:02}01") for n in range(1, 9)] + [(2022, "110105")]
    assert [s.name for s in stretches(members_of(rows), 9)] == ["0"]
    assert [s.name for s in stretches(members_of(rows), 4)] == ["11", "51-2-00", "51-2-01"]
