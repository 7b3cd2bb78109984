"""The figures of a district → the body tables, each in a layout of its own; a table is (caption, rows, header rows)."""

from __future__ import annotations

from .facts import Facts
from .figures import by_field, by_major, of_school, pct, split
from .grids import Rows
from .places import FIELDS, Region
from .prints import plain, thousands, wan

Drawn = tuple[str, Rows, int]
_FLOWS = (("招生数", "new"), ("在校生数", "students"), ("毕业生数", "graduates"))


def _region(facts: Facts) -> Region:
    if not facts.region:
        raise ValueError("a table of schools needs a district")
    return facts.region


def fields_over_years(facts: Facts) -> Drawn:
    """Two header rows: what is counted, then the years; 专业大类 as rows; unit in the caption."""
    region, years = _region(facts), [facts.year - 2, facts.year - 1, facts.year]
    columns = [(y, what) for _, what in _FLOWS for y in years]
    counts = {c: by_field(region, *c) for c in columns}
    rows = [
        ["专业大类", *(x for label, _ in _FLOWS for x in (label, "<", "<"))],
        ["^", *(str(y) for y, _ in columns)],
    ]
    names = list(dict.fromkeys(FIELDS[m] for s in region.schools for m, _ in s.majors))
    rows += [
        [name, *(facts.show(f"fields/{name}/{what}/{y}", counts[y, what][name]) for y, what in columns)]
        for name in names
    ]
    rows.append(
        [
            "合计",
            *(facts.show(f"fields/total/{what}/{y}", sum(counts[y, what].values())) for y, what in columns),
        ]
    )
    return f"{region.district}中等职业教育分专业大类学生规模（单位：人）", rows, 2


def staff_by_school(facts: Facts) -> Drawn:
    """Merged stubs: a school spans its two years; counts and shares side by side."""
    region = _region(facts)
    rows = [["学校", "年度", "教职工总数（人）", "专任教师", "<", "“双师型”教师", "<", "高级职称教师", "<"],
            ["^", "^", "^", *["数量", "比例%"] * 3]]  # fmt: skip
    whom = [(s.short, lambda y, s=s: of_school(s, y)) for s in region.schools] + [
        (f"{region.district}合计", facts.of)
    ]
    for name, of in whom:
        for y in (facts.year - 1, facts.year):
            f = of(y)
            pairs = (("teachers", f.staff), ("dual", f.teachers), ("senior", f.teachers))
            cells = [
                x
                for k, base in pairs
                for x in (str(getattr(f, k)), facts.show(f"staff/{name}/{y}/{k}%", pct(getattr(f, k), base)))
            ]
            rows.append([name if y < facts.year else "^", str(y), str(f.staff), *cells])
    return "职业学校师资队伍基本情况一览表", rows, 2


def conditions(facts: Facts) -> Drawn:
    """Schools as rows, units in the headers, thousands with commas, a total below."""
    region = _region(facts)
    head = ["序号", "学校名称", "校园\n占地面积\n（平方米）", "校舍\n建筑面积\n（平方米）", "教学仪器\n设备总值\n（万元）",
            "教学用\n计算机数\n（台）", "生均图书\n（册）", "多媒体\n教室数\n（个）"]  # fmt: skip
    whom = [(str(n), s.name, of_school(s, facts.year)) for n, s in enumerate(region.schools, 1)] + [
        ("合计", "<", facts.now)
    ]
    rows = [head]
    for number, name, f in whom:
        money = facts.show(f"conditions/equipment/{number}", wan(f.equipment))
        rows.append([number, name, thousands(f.campus), thousands(f.building), money, thousands(f.computers),
                     plain(round(f.books / f.students, 1)), str(f.rooms)])  # fmt: skip
    return f"{facts.year}年{region.district}各职业学校办学条件", rows, 1


def series(facts: Facts) -> Drawn:
    """Years as columns, indicators with their unit as rows."""
    years = range(facts.year - 3, facts.year + 1)
    lines = (("招生数（人）", "new"), ("在校生数（人）", "students"), ("毕业生数（人）", "graduates"),
             ("专任教师数（人）", "teachers"), ("教学用计算机数（台）", "computers"), ("合作企业数（家）", "partners"))  # fmt: skip
    rows = [["项目\\年份", *(f"{y}年" for y in years)]]
    rows += [
        [label, *(facts.show(f"series/{k}/{y}", getattr(facts.of(y), k)) for y in years)]
        for label, k in lines
    ]
    return "办学规模与条件逐年变化情况", rows, 1


def transposed(facts: Facts) -> Drawn:
    """Years as rows, indicators as columns."""
    years = range(facts.year - 2, facts.year + 1)
    names = ("new", "students", "graduates", "teachers", "certificates")
    rows = [
        ["年度", "招生数（人）", "在校生数（人）", "毕业生数（人）", "专任教师数（人）", "取证人数（人）"]
    ]
    rows += [[f"{y}年", *(str(getattr(facts.of(y), k)) for k in names)] for y in years]
    return "近三年办学规模", rows, 1


def schools_as_columns(facts: Facts) -> Drawn:
    """Indicators as rows, schools as columns, the district last."""
    region = _region(facts)
    whom = [of_school(s, facts.year) for s in region.schools] + [facts.now]
    lines = (("招生数（人）", "new"), ("在校生数（人）", "students"), ("毕业生数（人）", "graduates"), ("升学人数（人）", "further"),
             ("升入本科人数（人）", "bachelor"), ("直接就业人数（人）", "direct"), ("对口就业人数（人）", "matched"))  # fmt: skip
    rows = [["项目", *(s.short for s in region.schools), "合计"]]
    rows += [[label, *(str(getattr(f, k)) for f in whom)] for label, k in lines]
    rate = [plain(pct(f.matched, f.direct)) + "%" for f in whom]
    return f"{facts.year}届毕业生去向（分学校）", [*rows, ["对口就业率", *rate]], 1


def unit_column(facts: Facts) -> Drawn:
    """A unit column, two school years, and the change in words of numbers."""
    y = facts.year
    lines = (("企业接收学生实习", "人次", "interns"), ("教师企业实践", "人", "practice"), ("聘请行业导师", "人", "mentors"),
             ("横向技术服务到款额", "万元", "service"), ("非学历培训项目数", "项", "projects"))  # fmt: skip
    rows = [["指标", "单位", f"{y - 2}-{y - 1}\n学年", f"{y - 1}-{y}\n学年", "较上年增减"]]
    for label, unit, k in lines:
        last, now = getattr(facts.last, k), getattr(facts.now, k)
        shown = [str(facts.value(k, y - 1)), str(facts.value(k, y))]
        change = f"{(now - last) / 10000:+.2f}" if unit == "万元" else f"{now - last:+d}"
        rows.append([label, unit, *shown, change])
    return "校企合作与社会服务情况", rows, 1


def pairs(facts: Facts) -> Drawn:
    """Two indicators and their values beside each other in a row; units with the values."""
    f = facts.now
    items = [("毕业生数", f"{thousands(f.graduates)}人"), ("毕业去向落实人数", f"{thousands(f.placed)}人"),
             ("升学人数", f"{thousands(f.further)}人"), ("直接就业人数", f"{f.direct}人"), ("对口就业人数", f"{f.matched}人"),
             ("对口就业率", f"{pct(f.matched, f.direct):.2f}%"), ("本地就业人数", f"{f.local}人"), ("平均起薪", f"{facts.salary()}元")]  # fmt: skip
    rows = [["指标", "数值", "指标", "数值"]]
    rows += [[*items[n], *items[n + 1]] for n in range(0, len(items), 2)]
    return f"{facts.year}届毕业生就业质量", rows, 1


def ages(facts: Facts) -> Drawn:
    """The title and the unit are rows of the table itself."""
    f = facts.now
    groups, titles = (
        ("35岁及以下", "36—45岁", "46—55岁", "56岁及以上"),
        ("正高级", "副高级", "中级", "初级及以下"),
    )
    high = f.senior // 12
    middle = round((f.teachers - f.senior) * 0.55)
    per_title = (high, f.senior - high, middle, f.teachers - f.senior - middle)
    spread = [
        split(n, w)
        for n, w in zip(per_title, ([0, 1, 5, 2], [1, 9, 14, 3], [5, 9, 5, 1], [14, 3, 1, 0]), strict=True)
    ]
    name = _region(facts).district
    rows = [[f"{name}中等职业学校专任教师年龄与职称结构", "<", "<", "<", "<", "<"], ["单位：人", "<", "<", "<", "<", "<"],
            ["年龄", *titles, "合计"]]  # fmt: skip
    rows += [[g, *(str(t[i]) for t in spread), str(sum(t[i] for t in spread))] for i, g in enumerate(groups)]
    return "专任教师结构", [*rows, ["合计", *map(str, per_title), str(f.teachers)]], 3


def majors(facts: Facts) -> tuple[Drawn, Drawn]:
    """专业 by school, broken over a page: the second table is its 续表."""
    region = _region(facts)
    head = ["学校", "专业", "招生数（人）", "在校生数（人）", "毕业生数（人）"]
    parts: list[Rows] = []
    for school in region.schools:
        f = of_school(school, facts.year)
        columns = [by_major(school, facts.year, getattr(f, what)) for _, what in _FLOWS]
        rows = [["^", m, *(str(c[m]) for c in columns)] for m in columns[0]]
        rows[0][0] = school.name
        parts.append([*rows, ["小计", "<", str(f.new), str(f.students), str(f.graduates)]])
    f = facts.now
    total = ["合计", "<", str(f.new), str(f.students), str(f.graduates)]
    first, rest = (
        parts[0] + (parts[1] if len(parts) > 3 else []),
        [r for p in parts[2 if len(parts) > 3 else 1 :] for r in p],
    )
    caption = f"{facts.year}年各校专业设置与学生规模"
    return (caption, [head, *first], 1), (caption, [head, *rest, total], 1)


def money_changes(facts: Facts) -> Drawn:
    """Amounts of two years, the difference and the rate of change."""
    y = facts.year
    lines = (("学校总收入", "income"), ("财政专项投入", "special"), ("财政经常性补助", "recurrent"), ("学费收入", "tuition"),
             ("社会捐赠", "donations"), ("其他收入", "other_income"))  # fmt: skip
    rows = [["指标", "单位", f"{y - 1}年", f"{y}年", "较上年增减", "增幅（%）"]]
    for label, k in lines:
        last, now = getattr(facts.last, k), getattr(facts.now, k)
        rate = f"{100 * (now - last) / last:+.2f}" if last else "—"
        rows.append([label, "万元", facts.show(f"money/{k}/{y - 1}", wan(last)), facts.show(f"money/{k}/{y}", wan(now)),
                     f"{(now - last) / 10000:+.2f}", rate])  # fmt: skip
    return "办学经费收入情况", rows, 1


def spending(facts: Facts) -> Drawn:
    """Three header rows, one line a year; the unit is in the caption."""
    rows = [["时间", "学校\n总支出", "其中", "<", "<", "<", "<", "<"],
            ["^", "^", "基础设施建设", "设备采购", "日常教学", "教师与教改", "<", "其他支出"],
            ["^", "^", "^", "^", "^", "师资队伍建设", "教学改革及研究", "^"]]  # fmt: skip
    names = ("spending", "infrastructure", "purchases", "teaching", "development", "reform", "other_spending")
    for y in (facts.year - 1, facts.year):
        rows.append([str(y), *(facts.show(f"spending/{k}/{y}", facts.value(k, y)) for k in names)])
    return "各校支出构成（单位：万元）", rows, 3


def prizes(facts: Facts, year: int) -> dict[str, list[int]]:
    """First, second and third prizes of a year by level."""
    tops = {"国家级": 2, "省级": 6, "市级": 18}
    return {
        k: [facts.draw(f"award{k}{n}", 0, top + 3 * n, year) for n in range(3)] for k, top in tops.items()
    }


def awards(facts: Facts) -> Drawn:
    """Prizes over two years under two header rows; blank where there was none."""
    years = (facts.year - 1, facts.year)
    rows = [["级别", "一等奖", "<", "二等奖", "<", "三等奖", "<"], ["^", *map(str, years * 3)]]
    won = [prizes(facts, y) for y in years]
    rows += [[level, *(str(w[level][n] or "") for n in range(3) for w in won)] for level in won[0]]
    return "学生技能竞赛获奖情况（单位：项）", rows, 2


def training(facts: Facts) -> Drawn:
    """Compound values in a cell (22人10天)."""
    rows = [["年度", "国家级培训", "省级培训", "市级培训", "校本培训", "企业实践"]]
    for y in (facts.year - 1, facts.year):
        f = facts.of(y)
        shares = (f.teachers // 20, f.teachers // 9, f.teachers // 5, f.teachers, f.practice)
        rows.append(
            [
                str(y),
                *(
                    f"{n}人{facts.draw(f'days{i}', 3, 12, y) + (40 if i == 4 else 0)}天"
                    for i, n in enumerate(shares)
                ),
            ]
        )
    return "教师参加各级培训情况", rows, 1
