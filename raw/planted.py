"""The contradictions on purpose: what is printed where, against the figures that everything else agrees on.

Each names the check of rules/checks.yaml that has to find it, and how grave that check takes it.
"""

from __future__ import annotations

from .prints import Planted

_PIDU = "{0}/成都市郫都区职业教育质量年度报告（{0}年度）.docx"
_YINZHOU = "{0}/{0}年宁波市鄞州区中等职业教育质量年报.docx"
_BEILUN = "{0}/宁波市北仑区职业教育质量报告({0}).docx"
_JIANGXIA = "{0}/武汉市江夏区{0}年度中等职业教育质量报告.docx"
_SCHOOL = "2023/成都市郫都区望丛工业职业学校教育质量年度报告（2022—2023学年）.docx"
_COLLEGE = "2024/浙江海曙湾职业技术学院高等职业教育质量年度报告.docx"

PLANTED: tuple[Planted, ...] = (
    Planted(_PIDU.format(2022), "total_not_sum", "fields/total/new/2022", "招生数", "2342", "error",
            "分专业大类表的合计与各大类之和不符，数字颠倒"),
    Planted(_PIDU.format(2023), "share_not_counts", "prose/dual%teachers", "双师型教师占比", "68.62", "error",
            "占比与同一句中的两个人数不符"),
    Planted(_PIDU.format(2024), "same_value", "prose/students", "在校生数", "7107", "error",
            "正文与学生规模表、落实政策表不符"),
    Planted(_YINZHOU.format(2022), "same_value", "form/graduates", "毕业生人数", "2482", "error",
            "计分卡与正文及正文各表不符"),
    Planted(_YINZHOU.format(2023), "total_not_sum", "conditions/equipment/合计", "教学仪器设备总值", "82754000.00", "error",
            "万元栏里填了元，相差一万倍，分校各行正确"),
    Planted(_YINZHOU.format(2024), "change_not_levels", "prose/students+%", "在校生增幅", "8.11", "warning",
            "增幅与两年人数算出的结果不符"),
    Planted(_BEILUN.format(2022), "whole_not_sum", "spending/spending/2022", "学校总支出", "8803.39", "error",
            "支出表总额与各分项之和不符"),
    Planted(_BEILUN.format(2023), "restated", "form/certificates/last", "职业技能等级证书获取人数", "1311", "warning",
            "上年栏与上年报告不一致，且未作说明"),
    Planted(_BEILUN.format(2024), "outlier_history", "form/salary", "月收入", "35110", "error",
            "多写一位，与正文相差约十倍"),
    Planted(_BEILUN.format(2024), "outlier_history", "form/mentor_hours", "行业导师年课时总量", "98604", "error",
            "远离往年，与正文也不符"),
    Planted(_JIANGXIA.format(2022), "share_over_100", "prose/matched%direct", "对口就业率", "182.44", "error",
            "占比超过百分之百"),
    Planted(_JIANGXIA.format(2023), "same_value", "prose/equipment/students", "生均教学仪器设备值", "6378.52", "warning",
            "生均值乘以在校生数与总值不符，与附表也不符"),
    Planted(_JIANGXIA.format(2024), "same_value", "series/computers/2024", "教学用计算机数", "20590", "error",
            "逐年表最后一年多写一位，与正文和条件表不符"),
    Planted(_JIANGXIA.format(2024), "restated", "series/students/2022", "在校生数", "6258", "warning",
            "逐年表中前年的数与前年报告不符"),
    Planted(_PIDU.format(2023), "school_not_district", "prose/size/望丛工业职校", "在校生数", "3293", "warning",
            "区报告所列一校人数与该校自己的报告不符，三校相加也不等于全区"),
    Planted(_SCHOOL, "same_value", "prose/graduates", "毕业生人数", "1015", "error",
            "学校报告正文与本校对比表及附表不符"),
    Planted(_COLLEGE, "part_over_whole", "form/bachelor", "升入本科人数", "3119", "error",
            "其中项大于总项：升入本科多于毕业生升学"),
)  # fmt: skip
