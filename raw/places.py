"""Who reports: four districts with invented schools, one invented school and one invented college."""

from __future__ import annotations

from dataclasses import dataclass

YEARS = (2022, 2023, 2024)
# The first year of the long series in the reports.
FIRST = 2019

# 专业 → 专业大类; the names are those of the national catalogue.
FIELDS = {
    "机电技术应用": "装备制造大类",
    "数控技术应用": "装备制造大类",
    "工业机器人技术应用": "装备制造大类",
    "模具制造技术": "装备制造大类",
    "计算机应用": "电子与信息大类",
    "物联网技术应用": "电子与信息大类",
    "软件与信息服务": "电子与信息大类",
    "会计事务": "财经商贸大类",
    "电子商务": "财经商贸大类",
    "物流服务与管理": "财经商贸大类",
    "旅游服务与管理": "旅游大类",
    "中餐烹饪": "旅游大类",
    "幼儿保育": "教育与体育大类",
    "汽车运用与维修": "交通运输大类",
    "园林技术": "农林牧渔大类",
    "服装设计与工艺": "轻工纺织大类",
    "护理": "医药卫生大类",
}


@dataclass(frozen=True, slots=True)
class School:
    """A school: students in the first year, growth a year in per mille, and 专业 with their weights."""

    name: str
    short: str
    code: str
    kind: str
    students: int
    growth: int
    majors: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A district and how its office writes: house style A, B or C."""

    province: str
    city: str
    district: str
    code: str
    publisher: str
    style: str
    places: str
    schools: tuple[School, ...]

    @property
    def full(self) -> str:
        return f"{self.city}{self.district}"


PIDU = Region(
    "四川省", "成都市", "郫都区", "510117", "成都市郫都区教育局", "A", "红光街道", (
        School("成都市郫都区望丛工业职业学校", "望丛工业职校", "3651000811", "公办", 2960, 22,
               (("机电技术应用", 30), ("数控技术应用", 22), ("计算机应用", 28), ("汽车运用与维修", 20))),
        School("成都市郫都区鹃城职业高级中学", "鹃城职高", "3651000812", "公办", 2140, 31,
               (("幼儿保育", 26), ("旅游服务与管理", 18), ("中餐烹饪", 24), ("会计事务", 32))),
        School("成都西川信息职业学校", "西川信息职校", "3651000813", "民办", 1280, -14,
               (("软件与信息服务", 45), ("物联网技术应用", 25), ("电子商务", 30))),
    ))  # fmt: skip
YINZHOU = Region(
    "浙江省", "宁波市", "鄞州区", "330212", "宁波市鄞州区教育局", "B", "下应街道", (
        School("宁波市鄞州区东钱职业高级中学", "东钱职高", "3633000721", "公办", 2480, 16,
               (("机电技术应用", 34), ("模具制造技术", 26), ("计算机应用", 40))),
        School("宁波市鄞州区四明职业技术学校", "四明职校", "3633000722", "公办", 2210, 9,
               (("会计事务", 38), ("电子商务", 34), ("物流服务与管理", 28))),
        School("宁波市鄞州区咸祥中等专业学校", "咸祥中专", "3633000723", "公办", 1560, 27,
               (("旅游服务与管理", 30), ("中餐烹饪", 32), ("服装设计与工艺", 38))),
        School("宁波甬江护理职业学校", "甬江护校", "3633000724", "民办", 930, 41,
               (("护理", 72), ("幼儿保育", 28))),
    ))  # fmt: skip
BEILUN = Region(
    "浙江省", "宁波市", "北仑区", "330206", "宁波市北仑区教育局", "C", "新碶街道", (
        School("宁波市北仑区九峰职业高级中学", "九峰职高", "3633000731", "公办", 2350, 19,
               (("模具制造技术", 33), ("工业机器人技术应用", 27), ("数控技术应用", 40))),
        School("宁波市北仑区梅山港口职业学校", "梅山港校", "3633000732", "公办", 1890, 34,
               (("物流服务与管理", 44), ("电子商务", 26), ("汽车运用与维修", 30))),
        School("宁波市北仑区柴桥园艺职业学校", "柴桥园艺", "3633000733", "公办", 760, -21,
               (("园林技术", 58), ("中餐烹饪", 42))),
    ))  # fmt: skip
JIANGXIA = Region(
    "湖北省", "武汉市", "江夏区", "420115", "武汉市江夏区教育局", "B", "纸坊街道", (
        School("武汉市江夏区梁子湖职业技术学校", "梁子湖职校", "3642000641", "公办", 3320, 12,
               (("汽车运用与维修", 36), ("机电技术应用", 30), ("计算机应用", 34))),
        School("武汉市江夏区龙泉职业高级中学", "龙泉职高", "3642000642", "公办", 1670, 25,
               (("幼儿保育", 40), ("园林技术", 22), ("旅游服务与管理", 38))),
        School("武汉光谷南技工学校", "光谷南技校", "3642000643", "民办", 1120, -9,
               (("工业机器人技术应用", 52), ("软件与信息服务", 48))),
    ))  # fmt: skip
REGIONS = (PIDU, YINZHOU, BEILUN, JIANGXIA)

# The school that reports for itself is one of its district, so both reports must tell the same figures.
SCHOOL_REGION, SCHOOL = PIDU, PIDU.schools[0]
COLLEGE = School("浙江海曙湾职业技术学院", "学院", "4133014999", "公办", 8640, 18,
                 (("智能制造学院", 30), ("数字商贸学院", 28), ("现代港航学院", 24), ("健康护理学院", 18)))  # fmt: skip
