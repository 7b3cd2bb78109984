"""House B: the figures of a district → the body of its report, bold lines with 一、（一）1."""

from __future__ import annotations

from . import tables
from .facts import Facts
from .figures import by_field, of_school
from .grids import table
from .highlights import highlights
from .inline import Xml, deleted, inserted, paragraph, pieces, run, text_box
from .places import Region
from .writer import CIRCLES, Writer


def body(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    """The whole body."""
    _scale(w, f, region, extras)
    _teachers(w, f, region, extras)
    _students(w, f, region, extras)
    _conditions(w, f, region, extras)
    _service(w, f, region)
    _funds(w, f)
    highlights(w, f, region)
    _outlook(w, f, region)


def _scale(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    w.heading(1, "学校概况与办学规模")
    w.heading(2, "学校布局")
    note = w.footnote("不含附设中职班和非全日制学员。") if "note" in extras else ""
    w.para(f"截至{f.year}年底，{region.full}有中等职业学校{'零一两三四五'[len(region.schools)]}所", note,
           f"，全日制在校学生共{f.n('students')}名，{f.more('students', '名')}，增幅为{f.grown('students')[2:]}。")  # fmt: skip
    w.heading(3, "招生与毕业")
    totals = by_field(region, f.year, "students")
    big = sorted(totals, key=lambda k: (-totals[k], k))[:3]
    w.para(f"秋季共录取新生{f.n('new')}名（上年为{f.old('new')}名），夏季毕业{f.n('graduates')}名。在校生数居前三位的专业大类为{'、'.join(big)}，"
           f"分别为{'名、'.join(f.show(f'prose/field/{b}', totals[b]) for b in big)}名，"
           f"依次占在校生总数的{'、'.join(f.show(f'prose/field%/{b}', round(100 * totals[b] / f.now.students, 2)) + '%' for b in big)}。")  # fmt: skip
    (caption, rows, head), (more, rest, _) = tables.majors(f)
    w.table(caption, rows, head)
    w.continued(more, rest, head)
    caption, rows, head = tables.fields_over_years(f)
    w.table(caption, rows, head)


def _teachers(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    w.heading(1, "教师队伍建设")
    w.heading(2, "师资规模与结构")
    w.para(f"全区职业学校教职工总数为{f.n('staff')}名，专任教师{f.n('teachers')}名（占比{f.share('teachers', 'staff')}%），"
           f"兼职教师{f.n('parttime')}名；每名专任教师平均对应{f.per('students', 'teachers')}名学生。")  # fmt: skip
    share = f.share("dual", "teachers")
    if "revisions" in extras:
        w.para(
            "“双师型”教师",
            inserted(f"达到{f.n('dual')}名"),
            deleted("超过999名"),
            f"，占专任教师总数的{share}%。",
        )
    else:
        w.para(f"“双师型”教师达到{f.n('dual')}名，占专任教师总数的{share}%，{f.points('dual', 'teachers')}；"
               f"高级职称教师{f.n('senior')}名，占{f.share('senior', 'teachers')}%。")  # fmt: skip
    caption, rows, head = tables.ages(f)
    (w.controlled_table if "control" in extras else w.table)(caption, rows, head)


def _students(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    w.heading(1, "人才培养质量")
    w.heading(2, "升学与就业")
    w.para(f"{f.year}届毕业生毕业去向落实率{f.share('placed', 'graduates')}%，其中升学{f.n('further')}名、直接就业{f.n('direct')}名，"
           f"升学占去向落实人数的近{-(-100 * f.now.further // f.now.placed)}%。直接就业的毕业生对口就业率为{f.share('matched', 'direct')}%，"
           f"留在本地的{f.n('local')}名，占直接就业人数的{f.share('local', 'direct')}%。")  # fmt: skip
    w.para(f"毕业生初次就业平均月收入{f.salary()}元，用人单位满意度{f.rate('sat10', 9120, 9890):.2f}%。")
    caption, rows, head = tables.schools_as_columns(f)
    w.table(caption, rows, head)
    w.heading(2, "技能竞赛与证书")
    w.para(f"学生在市级以上技能竞赛中获奖{sum(map(sum, tables.prizes(f, f.year).values()))}项；{f.n('certificates')}名学生取得职业技能等级证书，"
           f"1+X证书试点专业达到{f.draw('pilots', 4, 8)}个。")  # fmt: skip
    caption, rows, head = tables.awards(f)
    if "nested" in extras:
        inner = [["赛项", "人数"], ["数控车", "3"], ["电子商务", "4"]]
        rows[-1][0] = Xml(paragraph("市级") + table(inner) + paragraph())
    w.table(caption, rows, head)
    w.heading(2, "典型案例")
    w.title_line(3, f"案例1：{region.schools[0].short}的“车间课堂”")
    w.para(
        "学校每周安排两天把课堂搬到合作企业的车间，企业派出五位技师带班，学校派三名教师跟岗，首批一个班受益。"
    )
    w.para(
        f"一年来，车间课堂完成订单{f.draw('orders', 12, 40)}批，产值约{f.draw('value', 30, 90)}万元，废品率由{f.draw('waste', 52, 68) / 10}%降至3.1%。"
    )
    w.figure(f.draw("picture", 1, 99), "图1 车间课堂现场")


def _conditions(w: Writer, f: Facts, region: Region, extras: frozenset[str]) -> None:
    w.heading(1, "办学基础条件")
    w.heading(2, "校园与设备")
    w.para(
        f"各校占地合计{f.n('campus')}平方米，建筑面积{f.n('building')}平方米，生均校舍建筑面积{f.per('building')}平方米。"
    )
    w.para(f"教学仪器设备总值为{f.n('equipment')}万元，生均{f.per('equipment')}元；计算机{f.n('computers')}台，"
           f"平均每百名学生{100 * f.now.computers / f.now.students:.1f}台；校内实践教学工位{f.n('seats')}个。")  # fmt: skip
    w.table(*tables.conditions(f))
    w.table(*tables.series(f))
    if "box" in extras:
        w.add(
            paragraph(
                text_box(f"链接：{region.places}新校区一期工程投入1.28亿元，预计{f.year + 1}年9月启用。")
            )
        )


def _service(w: Writer, f: Facts, region: Region) -> None:
    w.heading(1, "产教融合与社会服务")
    w.heading(2, "校企协同")
    w.para(pieces(f"合作企业{f.n('partners')}家，{f.more('partners', '家')}；接收实习学生{f.n('interns')}人次；企业工程师"
                  f"到校任教{f.n('mentors')}人，支付课酬{f.n('mentor_pay')}万元。"))  # fmt: skip
    w.heading(2, "服务地方")
    w.para("各校面向社区和企业开展培训，主要做法有：")
    w.items(CIRCLES, [f"面向企业职工开设{f.n('projects')}个培训项目，累计{f.n('training_hours')}学时；",
                      f"面向老年人开设公益课程{f.n('public_hours')}学时；",
                      f"组织志愿者上门维修家电{f.draw('repairs', 3, 9)}00余件。"])  # fmt: skip
    w.para(f"非学历培训到账{f.n('training_income')}万元，横向技术服务到款{f.n('service')}万元。")


def _funds(w: Writer, f: Facts) -> None:
    w.heading(1, "经费投入")
    w.heading(2, "经费收支")
    w.para(f"全年各校总收入{f.n('income')}万元，总支出{f.n('spending')}万元，结余{(f.now.income - f.now.spending) / 10000:.2f}万元；"
           f"生均财政拨款水平{f.now.per_student:.2f}元，比上年提高{100 * (f.now.per_student / f.last.per_student - 1):.2f}%。")  # fmt: skip
    w.table(*tables.money_changes(f))


def _outlook(w: Writer, f: Facts, region: Region) -> None:
    w.heading(1, "存在问题与改进措施")
    smallest = min((of_school(s, f.year) for s in region.schools), key=lambda s: s.students)
    w.para(f"规模最小的学校在校生仅{smallest.students}名，不足1200名的设置标准。" if smallest.students < 1200 else
           f"规模最小的学校在校生{smallest.students}名，专业布点偏少。")  # fmt: skip
    w.para(run("下一年度计划：新增混合所有制实训基地2个；对口就业率稳定在85%以上；到2025年，建成在线精品课程不少于30门；"
               "中高职“3+2”贯通培养专业扩大到6个；教师企业实践参与率不低于90%。"))  # fmt: skip
