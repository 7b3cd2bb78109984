"""The six official forms of the annex: their labels and layout, filled from the figures."""

from __future__ import annotations

from .facts import Facts
from .figures import pct
from .grids import Rows
from .prints import plain, wan

# number | label | unit | key; an empty number continues the one above.
_TALENT = """
1|毕业生人数*|人|graduates
2|毕业去向落实人数|人|placed
|其中：毕业生升学人数|人|further
|升入本科人数|人|bachelor
3|毕业生本省去向落实率|%|province
4|月收入|元|salary
5|毕业生面向三次产业就业人数|人|direct
|其中：面向第一产业|人|primary
|面向第二产业|人|secondary
|面向第三产业|人|tertiary
6|自主创业率|%|self_employed
7|毕业三年晋升比例|%|promotion"""
_SATISFACTION = """
1|在校生满意度|%|sat
|其中：课堂育人满意度|%|sat1
|课外育人满意度|%|sat2
|思想政治课教学满意度|%|sat3
|公共基础课（不含思想政治课）教学满意度|%|sat4
|专业课教学满意度|%|sat5
2|毕业生满意度|%|sat6
|其中：应届毕业生满意度|%|sat7
|毕业三年内毕业生满意度|%|sat8
3|教职工满意度|%|sat9
4|用人单位满意度|%|sat10
5|家长满意度|%|sat11"""
_RESOURCES = """
1|生师比*|:|ratio
2|“双师型”教师比例|%|dual
3|*其中：高级“双师型”教师比例|%|dual_senior
|高级专业技术职务专任教师比例|%|senior
4|专业群数量*|个|groups
|专业数量*|个|majors
5|教学计划内课程总数*|门|courses
|教学计划内课程总数*|学时|hours
|其中：课证融通课程数*|门|integrated
|其中：课证融通课程数*|学时|integrated_hours
|网络教学课程数|门|online
|网络教学课程数|学时|online_hours
|校企合作课程数|门|joint_courses
|校企合作课程数|学时|joint_hours
6|专业教学资源库数|个|libraries
|其中：国家级数量*|个|zero
|接入国家智慧教育平台数量*|个|zero
|省级数量|个|libraries_province
|接入国家智慧教育平台数量*|个|zero
|校级数量|个|libraries_school
|接入国家智慧教育平台数量*|个|zero
7|在线精品课程数*|门|fine_courses
|在线精品课程数*|学时|fine_hours
|在线精品课程课均学生数*|人|fine_students
|其中：国家级数量*|门|zero
|接入国家智慧教育平台数量*|门|zero
|省级数量|门|fine_province
|接入国家智慧教育平台数量*|门|zero
|校级数量|门|fine_school
|接入国家智慧教育平台数量*|门|zero
8|虚拟仿真实训基地数|个|bases
|其中：国家级数量*|个|zero
|接入国家智慧教育平台数量*|个|zero
|省级数量|个|bases_province
|接入国家智慧教育平台数量*|个|zero
|校级数量|个|bases_school
|接入国家智慧教育平台数量*|个|zero
9|编写教材数|本|textbooks
|其中：国家规划教材数量*|本|textbooks_national
|校企合作编写教材数量|本|textbooks_joint
|新形态教材数量|本|textbooks_new
|接入国家智慧教育平台数量*|本|zero
10|互联网出口带宽*|Mbps|bandwidth
11|校园网主干最大带宽*|Mbps|backbone
12|生均校内实践教学工位数*|个/生|seats
13|生均教学科研仪器设备值*|元/生|equipment"""
_SERVICE = """
1|毕业生初次就业人数*|人|direct
|其中：A类：留在当地就业*|人|local
|B类：到西部和东北地区就业*|人|west
|C类：到中小微企业等基层就业*|人|small
|D类：到大型企业就业*|人|large
2|横向技术服务到款额|万元|service
|横向技术服务产生的经济效益|万元|benefit
3|纵向科研经费到款额*|万元|zero
4|技术产权交易收入*|万元|zero
5|知识产权项目数*|项|patents
|其中：专利授权数量*|项|patents_granted
|发明专利授权数量*|项|inventions
|专利转让数量|项|zero
|专利成果转化到款额|万元|zero
6|非学历培训项目数*|项|projects
|非学历培训学时*|个|training_hours
|公益项目培训学时*|个|public_hours
7|非学历培训到账经费|万元|training_income"""
_INTERNATIONAL = """
1|开发并被国外采用的职业教育标准、资源、装备数量|个|exported
|其中：标准数量|个|standards
|专业标准数量|个|zero
|课程标准数量|个|standards
|资源数量|个|exported_resources
|装备数量|个|zero
2|接收国外留学生专业数|个|zero
3|接收国外留学生人数|人|zero
4|接收国外访学教师人数|人|guests
5|中外合作办学专业数|个|zero
|其中：在校生数|人|zero
6|专任教师赴国外指导和开展培训时间|人日|abroad
7|在国外组织担任职务的专任教师数|人|zero
8|国外技能大赛获奖数量|项|foreign_awards"""
_POLICY = """
1|全日制在校生人数*|人|students
2|年生均财政拨款水平|元|per_student
3|年财政专项拨款|万元|special
4|教职员工额定编制数|人|quota
|教职工总数|人|staff
|其中：专任教师总数|人|teachers
|思政课教师数*|人|ideology
|体育课专任教师数|人|sports
|美育课专任教师数|人|arts
|辅导员人数*|人|counsellors
|班主任人数|人|heads
5|参加国家学生体质健康标准测试人数|人|tested
|其中：学生体质测评合格率|%|passed
6|职业技能等级证书（含职业资格证书）获取人数|人|certificates
7|企业提供的校内实践教学设备值|万元|given
8|与企业共建开放型区域产教融合实践中心|个|centres
9|聘请行业导师人数*|人|mentors
|其中：聘请大国工匠、劳动模范人数|人|craftsmen
|行业导师年课时总量*|课时|mentor_hours
|年支付行业导师课酬|万元|mentor_pay
10|年实习专项经费|万元|internship
|其中：年实习责任保险经费|万元|insurance"""
FORMS = {"人才培养质量计分卡": _TALENT, "满意度调查表": _SATISFACTION, "教学资源表": _RESOURCES,
         "服务贡献表": _SERVICE, "国际影响表": _INTERNATIONAL, "落实政策表": _POLICY}  # fmt: skip


def values(facts: Facts, year: int) -> dict[str, str]:
    """Every value that the forms ask for, by key."""
    f = facts.of(year)
    counts = {name: str(getattr(f, name)) for name in f.__slots__}
    money = {
        name: wan(getattr(f, name))
        for name in ("special", "training_income", "mentor_pay", "internship", "insurance", "service")
    }
    return (
        counts
        | money
        | _rates(facts, year)
        | _resources(facts, year)
        | _others(facts, year)
        | _satisfaction(facts, year)
    )


def _rates(facts: Facts, year: int) -> dict[str, str]:
    f = facts.of(year)
    rates = {
        "province": pct(f.in_province, f.placed), "self_employed": pct(f.self_employed, f.placed),
        "promotion": facts.rate("promotion", 760, 1480, year), "ratio": facts.per_head("students", "teachers", year),
        "dual": pct(f.dual, f.teachers), "dual_senior": pct(f.dual_senior, f.teachers),
        "senior": pct(f.senior, f.teachers), "seats": facts.per_head("seats", "students", year),
        "equipment": facts.per_head("equipment", "students", year), "per_student": f.per_student,
        "passed": pct(f.passed, f.tested),
    }  # fmt: skip
    return {k: plain(v) for k, v in rates.items()}


def _resources(facts: Facts, year: int) -> dict[str, str]:
    f = facts.of(year)
    schools = facts.region.schools if facts.region else (facts.school,)
    majors = len({m for s in schools if s for m, _ in s.majors})
    libraries, fine, bases = f.libraries // 4, f.fine_courses // 5, min(1, f.bases // 3)
    counts = {
        "zero": 0, "groups": max(1, majors // 3), "majors": majors, "integrated_hours": f.integrated * 36,
        "online_hours": f.online * 32, "joint_hours": f.joint_courses * 40, "libraries_province": libraries,
        "libraries_school": f.libraries - libraries, "fine_hours": f.fine_courses * 36,
        "fine_students": facts.draw("fine", 96, 240, year), "fine_province": fine,
        "fine_school": f.fine_courses - fine, "bases_province": bases, "bases_school": f.bases - bases,
        "textbooks_national": f.textbooks // 6, "textbooks_new": f.textbooks // 5,
        "bandwidth": 1000 * len(schools) + 200 * (year - 2019), "backbone": 10000,
    }  # fmt: skip
    return {k: str(v) for k, v in counts.items()}


def _others(facts: Facts, year: int) -> dict[str, str]:
    f = facts.of(year)
    standards, resources = facts.draw("standards", 0, 1, year), facts.draw("exported", 0, 2, year)
    counts = {
        "salary": facts.salary(year), "small": f.direct - f.large, "inventions": f.patents // 6,
        "patents_granted": f.patents - f.patents // 5, "standards": standards, "exported_resources": resources,
        "exported": standards + resources, "guests": facts.draw("guests", 0, 4, year),
        "abroad": facts.draw("abroad", 0, 60, year), "foreign_awards": facts.draw("foreign", 0, 2, year),
        "counsellors": f.students // 190 if facts.is_college else "高职填报", "given": wan(f.partners * 21300),
        "centres": facts.draw("centres", 1, 4), "craftsmen": max(1, f.mentors // 14), "benefit": wan(f.service * 6),
    }  # fmt: skip
    return {k: str(v) for k, v in counts.items()}


def _satisfaction(facts: Facts, year: int) -> dict[str, str]:
    rates = {f"sat{n}": facts.rate(f"sat{n}", 9120, 9890, year) for n in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11)}
    rates["sat"] = round(sum(rates[f"sat{n}"] for n in range(1, 6)) / 5, 2)
    rates["sat6"] = round((rates["sat7"] + rates["sat8"]) / 2, 2)
    return {k: plain(v) for k, v in rates.items()}


def form(facts: Facts, name: str, years: list[int], spare: bool = False) -> Rows:
    """The rows of a form with a column a year (the last is the report's); `spare` leaves an empty column behind."""
    columns = [(values(facts, y), "" if y == facts.year else "/last") for y in years]
    surveyed = name == "满意度调查表"
    tail = ["调查人次", "调查方式"] if surveyed else [""] if spare else []
    rows = [["序号", "指标", "单位", *(f"{y}年" for y in years), *tail]]
    previous = ""
    for line in FORMS[name].strip().splitlines():
        number, label, unit, key = line.split("|")
        # A label printed twice running is one cell with two units (门 and 学时).
        again = label == previous
        previous = label
        printed = [facts.show(f"form/{key}{when}", column[key]) for column, when in columns]
        more = _survey(facts, key) if surveyed else [""] * len(tail)
        rows.append([number or "^", "^" if again else label, unit, *printed, *more])
    return rows


def _survey(facts: Facts, key: str) -> list[str]:
    f = facts.now
    asked = {"sat6": f.graduates // 2, "sat7": f.graduates // 3, "sat8": f.graduates // 2 - f.graduates // 3,
             "sat9": f.staff - f.staff // 9, "sat10": f.partners * 3, "sat11": f.students // 3}  # fmt: skip
    return [str(asked.get(key, f.students * 6 // 10)), "线上问卷" if key != "sat10" else "走访与问卷"]
