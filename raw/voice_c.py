"""House C: the figures of a district → the body of its report, 第一章, 1.1, captions below the tables."""

from __future__ import annotations

from . import tables
from .facts import Facts
from .figures import of_school, pct
from .highlights import highlights
from .inline import paragraph, text_box
from .places import Region
from .prints import plain
from .writer import LIST, Writer


def body(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    """The whole body."""
    _overview(w, f, region, extras)
    _resources(w, f, region, extras)
    _growth(w, f, region)
    _port(w, f, region)
    highlights(w, f, region)
    _guarantee(w, f, region, extras)


def _overview(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    w.heading(1, "区域职业教育概览")
    w.heading(2, "发展背景")
    note = w.footnote(f"各项数据的统计时点为{f.year}年12月31日。")
    w.para(f"{region.district}临港产业集聚，职业学校围绕港航物流与高端装备设置专业", note, f"。{f.year - 1}—{f.year}学年，{len(region.schools)}所中职学校"
           f"注册学生{f.n('students')}人，较上一学年净增{f.now.students - f.last.students}人，增长率为{f.show('prose/students+%', pct(f.now.students - f.last.students, f.last.students))}%。")  # fmt: skip
    w.heading(2, "规模与结构")
    w.heading(3, "招生情况")
    w.para(f"{f.year}年招生{f.n('new')}人，{f.grown('new')}；毕业生{f.n('graduates')}人，与上年的{f.old('graduates')}人相比"
           f"{'有所增加' if f.now.graduates > f.last.graduates else '有所减少' if f.now.graduates < f.last.graduates else '持平'}。")  # fmt: skip
    w.table(*tables.transposed(f), note="单位：人")
    w.heading(3, "专业结构")
    sizes = "；".join(
        f"{s.short}{of_school(s, f.year).students}人，占{pct(of_school(s, f.year).students, f.now.students):.2f}%"
        for s in region.schools
    )
    w.para(f"三校在校生规模依次为：{sizes}。")
    w.table(*tables.fields_over_years(f))
    if "box" in extras:
        w.add(
            paragraph(text_box(f"{region.places}实训中心{f.year}年接待参访{f.draw('visits', 21, 48)}批次。"))
        )


def _resources(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    w.heading(1, "教学资源")
    w.heading(2, "教师")
    w.para(f"教职员工{f.n('staff')}人，专任教师{f.n('teachers')}人；“双师型”教师比例{f.share('dual', 'teachers')}%，"
           f"高级职称教师比例{f.share('senior', 'teachers')}%，硕士以上学位教师{f.n('master')}人，占专任教师{f.share('master', 'teachers')}%。"
           f"生师比{f.per('students', 'teachers')}∶1，优于20∶1的基本要求。")  # fmt: skip
    w.table(*tables.training(f))
    w.heading(2, "设备与信息化")
    w.para(f"仪器设备总值{f.n('equipment')}万元，生均{f.per('equipment')}元；生均校园面积{f.per('campus')}平方米；纸质图书{f.now.books / 10000:.2f}万册，"
           f"生均{f.per('books')}册；教学用计算机{f.n('computers')}台，约三分之二配置在实训机房。")  # fmt: skip
    (w.controlled_table if "control" in extras else w.table)(*tables.conditions(f))
    w.heading(2, "课程与教材")
    w.para(f"开设课程{f.n('courses')}门，其中课证融通课程{f.n('integrated')}门、校企合作课程{f.n('joint_courses')}门；"
           f"在线精品课程{f.n('fine_courses')}门；编写教材{f.n('textbooks')}本，校企合作编写的占{f.share('textbooks_joint', 'textbooks')}%。")  # fmt: skip


def _growth(w: Writer, f: Facts, region: Region) -> None:
    w.heading(1, "学生成长")
    w.heading(2, "素养与技能")
    w.para(f"体质测试覆盖{f.n('tested')}人，合格{f.n('passed')}人，合格率为{f.share('passed', 'tested')}%；"
           f"职业技能等级证书获取{f.n('certificates')}人，占在校生的{f.share('certificates', 'students')}%。")  # fmt: skip
    w.heading(2, "去向与收入")
    w.para(f"毕业去向落实{f.n('placed')}人，落实率{f.share('placed', 'graduates')}%，其中升学{f.n('further')}人（含升入本科{f.n('bachelor')}人），"
           f"就业{f.n('direct')}人。就业学生中，进入第二产业{f.n('secondary')}人、第三产业{f.n('tertiary')}人，"
           f"比例约为{f.now.secondary / f.now.tertiary:.2f}:1；到大型企业的占{f.share('large', 'direct')}%。")  # fmt: skip
    w.para(f"月收入均值{f.salary()}元，是上年的{f.salary() / f.salary(f.year - 1):.2f}倍。")
    w.table(*tables.schools_as_columns(f))


def _port(w: Writer, f: Facts, region: Region) -> None:
    w.heading(1, "产教融合与服务")
    w.heading(2, "港校联动")
    w.para(f"签约企业{f.n('partners')}家，{f.more('partners', '家')}；企业提供设备总值{f.now.partners * 21300 / 10000:.2f}万元；"
           f"行业导师授课{f.n('mentor_hours')}课时，人均{f.per('mentor_hours', 'mentors')}课时。")  # fmt: skip
    w.table(*tables.unit_column(f))
    w.title_line(2, "案例1：码头上的移动课堂")
    w.para(
        f"梅山港校与两家码头公司共建移动课堂，{'一辆' if f.year < 2024 else '三辆'}教学车开进堆场，十余名技师轮流授课，全年开课{f.draw('lessons', 60, 120)}次。"
    )
    w.figure(f.draw("picture", 1, 99), "图 1 移动课堂")
    w.para("课堂负责人说，“学生一学期上手，企业半年少一次事故”。")
    w.heading(2, "社会培训")
    w.items(LIST, [f"培训企业员工和社区居民{f.n('trained')}人次，完成{f.n('training_hours')}学时；", f"培训收入{f.n('training_income')}万元；",
                   "承接“330”技能提升行动，8个街道全部设点。"])  # fmt: skip


def _guarantee(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    w.heading(1, "政策与经费")
    w.heading(2, "经费收支")
    w.para(f"学校总收入{f.now.income / 100000000:.2f}亿元，其中财政拨款{f.n('recurrent')}万元，占{f.share('recurrent', 'income')}%；学费收入{f.n('tuition')}万元；"
           f"生均拨款{f.now.per_student:.2f}元，{'高' if f.now.per_student > f.last.per_student else '低'}于上年{abs(f.now.per_student - f.last.per_student):.2f}元。")  # fmt: skip
    caption, rows, head = tables.spending(f)
    if "shifted" in extras:
        rows.append(["~", "单位：万元", "数据来源：财务年报", "<", "<", "<", "~", "~"])
    w.table(caption, rows, head)
    w.table(*tables.money_changes(f))
    w.heading(2, "短板与对策")
    rate = plain(pct(f.now.senior, f.now.teachers))
    w.para(f"高级职称教师仅占{rate}%，三个专业在校生不足300人。今后三年，计划每年引进高层次人才10名左右，"
           f"到{f.year + 3}年在校生稳定在{round(f.now.students, -2) + 200}人以上，实训设备更新投入累计不少于2000万元。")  # fmt: skip
    w.para(
        "详细数据见", w.link("公开网页", "https://www.example.org/beilun/zy"), "。联系电话：0574-00000000。"
    )
