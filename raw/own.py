"""The figures of one school or college → the body of its own report."""

from __future__ import annotations

from .facts import Facts
from .figures import by_major, pct
from .places import COLLEGE, SCHOOL
from .writer import BULLETS, Writer


def school_body(w: Writer, f: Facts) -> None:
    """The body of a school's report on a school year."""
    last, year = f.year - 1, f.year
    w.title_line(1, "前言")
    w.para(f"{SCHOOL.name}（学校代码{SCHOOL.code}）坐落于成都市郫都区，前身是1984年创办的一所农机学校。")
    w.heading(1, "学校概况")
    w.heading(2, "规模")
    w.para(f"{last}—{year}学年，学校有在校生{f.n('students')}人，毕业生{f.n('graduates')}人，招生{f.n('new')}人；"
           f"教职工{f.n('staff')}人，专任教师{f.n('teachers')}人，占教职工的{f.share('teachers', 'staff')}%。")  # fmt: skip
    totals = by_major(SCHOOL, year, f.now.students)
    rows = [["专业", "招生数（人）", "在校生数（人）", "占比（%）"]]
    new = by_major(SCHOOL, year, f.now.new)
    rows += [[m, str(new[m]), str(n), f"{pct(n, f.now.students):.2f}"] for m, n in totals.items()]
    w.table("各专业学生规模", [*rows, ["合计", str(f.now.new), str(f.now.students), "100.00"]])
    w.heading(2, "条件")
    w.para(
        f"学校占地{f.n('campus')}平方米，教学仪器设备总值{f.n('equipment')}万元，生均{f.per('equipment')}元；计算机{f.n('computers')}台。"
    )
    w.heading(1, "育人成效")
    w.heading(2, "毕业去向")
    w.para(f"{year}届毕业生中{f.n('further')}人升学，{f.n('direct')}人直接就业，对口就业率{f.share('matched', 'direct')}%，"
           f"学生对学校的满意度为{f.rate('school', 9300, 9800):.2f}%。")  # fmt: skip
    rows = [["项目", f"{last - 1}-{last}学年", f"{last}-{year}学年"]]
    rows += [[label, str(getattr(f.last, k)), str(getattr(f.now, k))] for label, k in
             (("毕业生数（人）", "graduates"), ("升学人数（人）", "further"), ("直接就业人数（人）", "direct"))]  # fmt: skip
    w.table("两学年毕业去向对比", rows)
    w.items(
        BULLETS,
        [
            "晨读、晚练、周评三项制度坚持九年；",
            f"社团{f.draw('clubs', 21, 34)}个，参加学生占八成以上；",
            "校园欺凌零发生。",
        ],
    )
    w.title_line(2, "案例1：一台旧车床的新生")
    w.para("两位教师带着六名学生，用四个月把一台1992年出厂的旧车床改造成数控教学设备，节约经费11万余元。")
    w.figure(f.draw("picture", 1, 99), "图1 改造后的车床")


def college_body(w: Writer, f: Facts) -> None:
    """The body of a college's report."""
    w.heading(1, "学院概况")
    w.heading(2, "基本情况")
    w.para(f"{COLLEGE.name}位于浙江省宁波市海曙区，是一所公办高等职业院校，设{len(COLLEGE.majors)}个二级学院，全日制在校生{f.n('students')}人，"
           f"其中{f.year}级新生{f.n('new')}人，应届毕业生{f.n('graduates')}人。")  # fmt: skip
    units = by_major(COLLEGE, f.year, f.now.students)
    w.para(f"{'、'.join(units)}在校生分别为{'人、'.join(map(str, units.values()))}人。")
    rows = [["二级学院", *units, "合计"], ["在校生数（人）", *map(str, units.values()), str(f.now.students)]]
    w.table("各二级学院学生规模", rows)
    w.heading(2, "师资")
    w.para(f"教职工{f.n('staff')}人，专任教师{f.n('teachers')}人，生师比{f.per('students', 'teachers')}:1，"
           f"高级职称教师占专任教师的{f.share('senior', 'teachers')}%，“双师型”教师占{f.share('dual', 'teachers')}%。")  # fmt: skip
    w.heading(1, "培养质量")
    w.heading(2, "就业")
    w.para(f"毕业去向落实率{f.share('placed', 'graduates')}%，专升本录取{f.n('bachelor')}人；毕业生月收入{f.salary()}元，"
           f"比上年提高{f.salary() - f.salary(f.year - 1)}元。")  # fmt: skip
    years = (f.year - 2, f.year - 1, f.year)
    lines = (
        ("毕业生数", "人", "graduates"),
        ("毕业去向落实人数", "人", "placed"),
        ("直接就业人数", "人", "direct"),
    )
    rows = [["指标", "单位", *(f"{y}届" for y in years)]]
    w.table(
        "近三届毕业生去向",
        rows + [[label, unit, *(str(getattr(f.of(y), k)) for y in years)] for label, unit, k in lines],
    )
    w.heading(1, "服务贡献")
    w.heading(2, "技术服务")
    w.para(
        f"横向技术服务到款{f.n('service')}万元，{f.more('service', '万元')}；授权专利{f.n('patents')}项；完成培训{f.n('training_hours')}学时。"
    )
    w.title_line(2, "案例1：把实验室搬上货轮")
    w.para("学院与一家航运企业合作，派出四名教师随船调试节能装置，往返三个航次，单船年节油近40吨。")
    w.figure(f.draw("picture", 1, 99), "图1 随船调试")
