"""The chart of matching time against number of rules, drawn by altair without a browser."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import vl_convert

from bench.contenders import OURS

# Ours stands out; the rest can be told apart, also by those who see red and green alike.
COLOURS = {
    OURS: "#c2185b",
    "ifs by kind": "#1a1a1a",
    "plain ifs": "#8a8a8a",
    "remedykit, reference": "#d46a97",
    "zen-engine, expressions": "#0b62a4",
    "zen-engine, decision table": "#4f97cf",
    "common-expression-language": "#00796b",
    "cel-expr-python": "#3aa596",
    "rule-engine": "#b26a00",
    "business-rules": "#a88400",
    "durable-rules": "#6a3fa0",
}
WIDTH, HEIGHT = 330, 380
APART = 0.17  # of a power of ten, between two names

Point = dict[str, Any]


def draw(results: Mapping[str, Any]) -> str:
    """Return the chart as SVG: on the left matches are held constant, on the right they grow."""
    families = ((False, "Matches held constant"), (True, "Matches growing along"))
    panels = [_panel(_points(results, growing=growing), title) for growing, title in families]
    chart = alt.hconcat(*panels, spacing=10).configure_view(strokeWidth=0)
    return str(vl_convert.vegalite_to_svg(chart.to_dict(), vl_version="6.1"))


def _points(results: Mapping[str, Any], *, growing: bool) -> list[Point]:
    return [
        {"engine": name, "rules": each["rules"], "us": each["engines"][name]["microseconds"]}
        for each in results["matching"]
        if each["growing"] is growing and each["known"]
        for name in COLOURS
        if name in each["engines"]
    ]


def _panel(points: Sequence[Point], title: str) -> alt.LayerChart:
    sizes = sorted({point["rules"] for point in points})
    x = alt.X("rules:Q").scale(type="log", domain=[sizes[0], sizes[-1]], nice=False)
    x = x.axis(values=sizes, format=",", grid=False).title("rules")
    y = alt.Y("us:Q").scale(type="log").title("microseconds to match one incident")
    y = y.axis(values=[10**power for power in range(7)], format=",", gridColor="#e6e6e6")
    colour = alt.Color("engine:N", legend=None)
    colour = colour.scale(domain=list(COLOURS), range=list(COLOURS.values()))
    width = alt.condition(alt.datum.engine == OURS, alt.value(3.5), alt.value(1.6))
    base = alt.Chart(alt.Data(values=list(points)))
    lines = base.mark_line(point=alt.OverlayMarkDef(size=22)).encode(
        x, y, colour, strokeWidth=width
    )
    names = _named(points)
    labels = (
        alt.Chart(alt.Data(values=names))
        .mark_text(align="left", dx=8, fontSize=11)
        .encode(x, alt.Y("us:Q").scale(type="log"), colour, text="engine:N")
    )
    return alt.layer(lines, labels).properties(width=WIDTH, height=HEIGHT, title=title)


def _named(points: Sequence[Point]) -> list[Point]:
    """Return a point a line behind which its name stands, moved apart where names would touch."""
    last = max(point["rules"] for point in points)
    ends = sorted((point for point in points if point["rules"] == last), key=lambda p: p["us"])
    heights = [math.log10(point["us"]) for point in ends]
    for _ in range(200):
        for low, high in pairwise(range(len(heights))):
            overlap = APART - (heights[high] - heights[low])
            if overlap > 0:
                heights[low] -= overlap / 2
                heights[high] += overlap / 2
    return [{**point, "us": 10**height} for point, height in zip(ends, heights, strict=True)]
