"""House A: the figures of a district → the body of its report, in chapters 1., 1.1, 1.1.1."""

from __future__ import annotations

from . import tables
from .facts import Facts
from .figures import of_school, pct
from .highlights import highlights
from .inline import deleted, hidden, inserted, paragraph, pieces, run, text_box
from .places import SCHOOL, Region
from .writer import BULLETS, LIST, Writer


def body(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    """The whole body from the preface to the outlook."""
    w.title_line(1, "前言")
    w.para(f"本报告由{region.publisher}组织编写，反映{region.district}{f.year}年中等职业教育的办学条件、育人过程和服务成效，"
           "数据取自各校填报并经逐项核对。")  # fmt: skip
    _basics(w, f, region)
    _teachers(w, f, region, extras)
    _conditions(w, f, region, extras)
    _students(w, f, region, extras)
    _cooperation(w, f, region)
    _funds(w, f, region)
    highlights(w, f, region)
    _outlook(w, f, region)


def _basics(w: Writer, f: Facts, region: Region) -> None:
    w.heading(1, "基本情况")
    w.heading(2, "学校与学生")
    public = sum(s.kind == "公办" for s in region.schools)
    w.para(
        f"{region.district}共有中等职业学校{len(region.schools)}所，其中公办{public}所、民办{len(region.schools) - public}所。"
    )
    w.para(pieces(f"{f.year}年，全区中职在校生{f.n('students')}人，{f.more('students', '人')}，{f.grown('students')}；"
                  f"招收新生{f.n('new')}人，毕业{f.n('graduates')}人。"))  # fmt: skip
    w.heading(3, "分校规模")
    sizes = [f.show(f"prose/size/{s.short}", of_school(s, f.year).students) for s in region.schools]
    names = "、".join(s.name for s in region.schools)
    most = max(of_school(s, f.year).students for s in region.schools)
    w.para(
        f"{names}在校生分别为{'人、'.join(sizes)}人，最大一校占全区在校生的{pct(most, f.now.students):.2f}%。"
    )
    caption, rows, head = tables.fields_over_years(f)
    w.table(caption, rows, head)


def _teachers(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    w.heading(1, "师资队伍")
    w.heading(2, "数量与结构")
    w.para(f"各校现有教职工{f.n('staff')}人，其中专任教师{f.n('teachers')}人，占教职工的{f.share('teachers', 'staff')}%，"
           f"生师比为{f.per('students', 'teachers')}:1。“双师型”教师{f.n('dual')}人，占专任教师的{f.share('dual', 'teachers')}%，"
           f"{f.points('dual', 'teachers')}。")  # fmt: skip
    w.para(f"具有高级职称的{f.n('senior')}人（占{f.share('senior', 'teachers')}%），具有硕士及以上学位的{f.n('master')}人"
           f"（占{f.share('master', 'teachers')}%），另聘兼职教师{f.n('parttime')}人。")  # fmt: skip
    caption, rows, head = tables.staff_by_school(f)
    if "revisions" in extras:
        rows[2][2] = paragraph(run(rows[2][2][:-1]), inserted(rows[2][2][-1]), deleted("0"))
    w.table(caption, rows, head)
    w.heading(2, "培养培训")
    practice = f.n("practice")
    if "revisions" in extras:
        w.para("全年选派教师", inserted(f"{practice}人"), deleted("若干人"), "到企业实践，每人不少于30天；", hidden("此处待人事科复核156人。"),
               f"校级以上教学能力比赛获奖{f.draw('contest', 21, 38)}项。")  # fmt: skip
    else:
        w.para(
            f"全年选派{practice}名教师到企业实践，每人不少于30天；校级以上教学能力比赛获奖{f.draw('contest', 21, 38)}项。"
        )
    caption, rows, head = tables.training(f)
    if "shifted" in extras:
        rows.append(
            [
                "~",
                f"{f.draw('lead', 2, 6)}人5天",
                f"{f.draw('lead2', 7, 12)}人3天",
                "其中：专业带头人",
                "<",
                "~",
            ]
        )
    w.table(caption, rows, head)


def _conditions(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    w.heading(1, "办学条件")
    w.heading(2, "设施设备")
    w.para(f"学校占地{f.now.campus / 10000:.2f}万平方米，校舍建筑面积{f.now.building / 10000:.2f}万平方米；教学仪器设备总值"
           f"{f.n('equipment')}万元，生均{f.per('equipment')}元，高于4000元的设置标准。")  # fmt: skip
    w.para(f"现有教学用计算机{f.n('computers')}台、多媒体教室{f.n('rooms')}间，图书近{-(-f.now.books // 10000)}万册，"
           f"互联网出口带宽{1000 * len(region.schools) + 200 * (f.year - 2019)}Mbps。")  # fmt: skip
    caption, rows, head = tables.conditions(f)
    (w.controlled_table if "control" in extras else w.table)(caption, rows, head)
    if "box" in extras:
        w.add(paragraph(text_box(f"数据速览：{f.year}年全区投入实训室改造{f.draw('rebuild', 18, 44)}间。")))


def _students(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    w.heading(1, "学生发展")
    w.heading(2, "在校体验")
    w.para(f"参加国家学生体质健康标准测试的学生{f.n('tested')}人，合格率{f.share('passed', 'tested')}%；"
           f"{f.n('certificates')}名学生取得职业技能等级证书。坚持“三全育人”，第{region_games(f.year)}届技能节吸引师生3000余人次参加。")  # fmt: skip
    w.items(BULLETS, [f"思政课程开足开齐，专职思政课教师{f.n('ideology')}人；", f"美育、体育课教师{f.now.arts + f.now.sports}人，社团{f.draw('clubs', 60, 95)}个；",
                      "心理辅导室实现各校全覆盖。"])  # fmt: skip
    w.heading(2, "毕业去向")
    w.para(f"本届毕业生中，升学{f.n('further')}人，其中升入本科{f.n('bachelor')}人；直接就业{f.n('direct')}人，"
           f"占毕业生总数的{f.share('direct', 'graduates')}%，对口就业率{f.share('matched', 'direct')}%，"
           f"平均起薪由上年的{f.salary(f.year - 1)}元增至{f.salary()}元。")  # fmt: skip
    caption, rows, head = tables.pairs(f)
    w.table(caption, rows, head)
    w.title_line(2, "案例1：蜀绣走进实训楼")
    w.para("学校把非遗工坊搬进实训楼，由一位省级传承人领衔、三位专职老师跟岗，两门选修课程向全区学生开放。")
    w.para(
        f"工坊全年接待体验者超{f.draw('guests', 11, 19) * 100}人次，学生作品售出{f.draw('sold', 60, 140)}件，收入约{f.draw('sales', 2, 6)}.5万元。"
    )
    w.figure(f.draw("picture", 1, 99), f"图1 {SCHOOL.short}学生在工坊实训")


def region_games(year: int) -> str:
    """The ordinal of the yearly games."""
    return "十" + "一二三四五六"[year - 2020]


def _cooperation(w: Writer, f: Facts, region: Region) -> None:
    w.heading(1, "产教融合与服务贡献")
    w.heading(2, "校企合作")
    w.para(f"与{f.n('partners')}家企业签订合作协议，其中规模以上企业超三成；企业接收学生实习{f.n('interns')}人次，"
           f"聘请行业导师{f.n('mentors')}人，年授课{f.n('mentor_hours')}课时。")  # fmt: skip
    caption, rows, head = tables.unit_column(f)
    w.table(caption, rows, head)
    w.heading(2, "社会培训")
    w.para(f"开展非学历培训{f.n('projects')}项、{f.n('training_hours')}学时，其中公益项目{f.n('public_hours')}学时，占"
           f"{f.share('public_hours', 'training_hours')}%；到账经费{f.n('training_income')}万元。")  # fmt: skip
    w.para("更多数据可查阅", w.link("区教育公开栏目", "https://www.example.org/pidu/zhijiao"), "。")


def _funds(w: Writer, f: Facts, region: Region) -> None:
    w.heading(1, "经费保障")
    w.heading(2, "收入与支出")
    w.para(f"{f.year}年学校总收入{f.n('income')}万元，{f.more('income', '万元')}，其中财政经常性补助{f.n('recurrent')}万元、"
           f"财政专项投入{f.n('special')}万元；生均财政拨款{f.now.per_student:.2f}元。")  # fmt: skip
    caption, rows, head = tables.spending(f)
    w.table(caption, rows, head)


def _outlook(w: Writer, f: Facts, region: Region) -> None:
    w.heading(1, "问题与展望")
    w.para("对照国家和省的要求，还有以下不足：")
    w.items(LIST, [f"高级职称教师占比为{f.now.senior / f.now.teachers * 100:.1f}%，距30%的目标仍有差距；",
                   "1+X证书试点覆盖的专业不足一半；", "校际之间的资源共享机制还不健全。"])  # fmt: skip
    w.para(f"下一步，落实教职成〔2019〕5号等文件要求，到{f.year + 2}年，力争“双师型”教师占比达到70%以上，新增合作企业20家左右，"
           f"培育3—5个特色专业，生师比控制在15:1以内。")  # fmt: skip
