"""Panel → a chart: lines over the years, and bars over the places in the last year, with the median."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import altair as alt
import vl_convert

from pipeline.compare.panel import Panel
from pipeline.publish.exports.texts import fitted

FONT: Final = "Nianbao Sans SC"
LINES: Final = 10  # places that can be told apart by colour
BARS: Final = 40  # places whose names can be read one under the other
_LONGEST: Final = 22
_HIGHLIGHT, _QUIET = "#b5413a", "#7a8b99"
Rows = list[dict[str, Any]]


@cache
def _fonts() -> None:
    """The font that comes with the program: charts show Chinese on a machine without a Chinese font."""
    vl_convert.register_font_directory(str(Path(__file__).parent / "fonts"))


def write_chart(panel: Panel, path: Path) -> None:
    """Write the chart as .png (twice the size on a screen) or .svg, as the name says."""
    _fonts()
    spec = chart(panel).to_dict()
    if path.suffix == ".svg":
        path.write_text(vl_convert.vegalite_to_svg(spec), encoding="utf-8")
    else:
        path.write_bytes(vl_convert.vegalite_to_png(spec, scale=2))


def chart(panel: Panel) -> alt.TopLevelMixin:
    """Lines where there are two years or more, bars or a spread where there are two places or more."""
    rows = [_drawn(row) for row in panel.rows.to_pylist()]
    last = [r for r in rows if r["year"] == panel.years[-1]]
    parts = []
    if len(panel.years) > 1:
        parts.append(_lines(panel, rows))
    if len(last) > 1 or not parts:
        parts.append(_bars(panel, last) if len(last) <= BARS else _spread(panel, last))
    joined = alt.hconcat(*parts, spacing=40).resolve_scale(color="independent")
    return _styled(joined.properties(title=_title(panel)))


def _drawing(rows: Rows) -> Any:
    return alt.Chart(alt.InlineData(values=rows))


def _drawn(row: dict[str, Any]) -> dict[str, Any]:
    """What the chart needs of a row, in names that need no escape."""
    name = fitted(row["name"] + (f"（{row['education']}）" if row["education"] else ""), _LONGEST)
    return {"place": name, "year": row["year"], "value": row["value"], "median": row["median"],
            "like": "可比" if row["comparable"] else "不可比", "series": row["series_id"]}  # fmt: skip


def _title(panel: Panel) -> alt.TitleParams:
    span = f"{panel.years[0]}–{panel.years[-1]}年" if len(panel.years) > 1 else f"{panel.years[0]}年"
    notes = [f"{year}年起：{why}" for year, why in panel.breaks]
    unit = f"（{panel.unit}）" if panel.unit else ""
    return alt.TitleParams(f"{panel.name}{unit}", subtitle=[f"{span}，按{panel.by}比较", *notes])


def _caption(text: str) -> alt.TitleParams:
    return alt.TitleParams(text, fontSize=13, color="#55606a")


def _lines(panel: Panel, rows: Rows) -> Any:
    """Each place a line, broken where the indicator got a new meaning; if too many, drawn quietly."""
    year = alt.X("year:O", title="年份", axis=alt.Axis(labelAngle=0))
    value = alt.Y("value:Q", title=None, scale=alt.Scale(zero=False))
    base = _drawing(rows).encode(x=year, y=value, detail="series:N")
    if len({r["place"] for r in rows}) <= LINES:
        colour = alt.Color("place:N", title=panel.by, legend=alt.Legend(orient="bottom", columns=2))
        drawn = base.mark_line(point=True).encode(color=colour)
    else:
        drawn = base.mark_line(color=_QUIET, opacity=0.35, strokeWidth=1).encode(
            detail=["place:N", "series:N"]
        )
    median = base.mark_line(color=_HIGHLIGHT, strokeDash=[5, 3]).encode(y="median(value):Q")
    ruled = [_drawing([{"year": y}]).mark_rule(color=_HIGHLIGHT).encode(x="year:O") for y, _ in panel.breaks]
    return alt.layer(drawn, median, *ruled).properties(
        width=360, height=300, title=_caption("历年，虚线为中位数")
    )


def _bars(panel: Panel, rows: Rows) -> Any:
    """The places of the last year in order, those that are not ranked in grey."""
    ordered = sorted(rows, key=lambda r: r["value"], reverse=panel.direction != "lower")
    colour = alt.Color(
        "like:N",
        scale=alt.Scale(domain=["可比", "不可比"], range=["#3b6ea5", "#c9cfd4"]),
        legend=alt.Legend(title=None, orient="bottom") if any(r["like"] == "不可比" for r in rows) else None,
    )
    base = _drawing(rows).encode(
        y=alt.Y("place:N", title=None, sort=[r["place"] for r in ordered]),
        x=alt.X("value:Q", title=panel.unit or None),
    )
    bars = base.mark_bar().encode(color=colour)
    texts = base.mark_text(align="left", dx=4).encode(text=alt.Text("value:Q", format=",~r"))
    rule = _drawing(rows).mark_rule(color=_HIGHLIGHT, strokeDash=[5, 3])
    medians = rule.encode(x="median(value):Q")
    return alt.layer(bars, texts, medians).properties(
        width=340, height=alt.Step(20), title=_caption(f"{rows[0]['year']}年（虚线为中位数）")
    )


def _spread(panel: Panel, rows: Rows) -> Any:
    """How many places have what value in the last year, and the median."""
    base = _drawing(rows)
    bars = base.mark_bar(color="#3b6ea5").encode(
        x=alt.X("value:Q", bin=alt.Bin(maxbins=30), title=panel.unit or None),
        y=alt.Y("count():Q", title=f"{panel.by}数"),
    )
    rule = base.mark_rule(color=_HIGHLIGHT, strokeDash=[5, 3]).encode(x="median(value):Q")
    return alt.layer(bars, rule).properties(
        width=340, height=300, title=_caption(f"{rows[0]['year']}年的分布（虚线为中位数）")
    )


def _styled(drawn: Any) -> alt.TopLevelMixin:
    styled: alt.TopLevelMixin = (
        drawn.configure(font=FONT, background="white", padding=16)
        .configure_title(
            font=FONT,
            fontSize=17,
            anchor="start",
            fontWeight="normal",
            subtitleFont=FONT,
            subtitleFontSize=13,
            subtitlePadding=6,
            subtitleColor="#55606a",
            offset=18,
        )
        .configure_axis(labelFont=FONT, titleFont=FONT, labelLimit=240, gridColor="#e6e9ec")
        .configure_legend(labelFont=FONT, titleFont=FONT, labelLimit=240)
        .configure_text(font=FONT)
        .configure_view(stroke=None)
    )
    return styled
