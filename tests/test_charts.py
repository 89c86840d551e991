"""Charts say what their values are, in both languages, for eyes and for screen readers, and fit their page."""

from __future__ import annotations

import dataclasses
import gzip
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from guide import chartview, chartwords, linechart, plotview, scales, scatter, timeline
from guide.charts import bars, lines, ranges
from guide.charts import scatter as scattered
from guide.charts import timeline as timelined
from guide.chartview import BarChart, BarRow, ChartSpec, LineChart, Link, Point, Series
from guide.issues import Issues
from guide.plotview import Event, Lane, Measure, Spot, Spread
from guide.templates import Templates
from guide.units import Units, parse_units

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests/cases/charts"
TEMPLATE = (ROOT / "overrides/macros/charts.html").read_text(encoding="utf-8")
STYLE = (ROOT / "overrides/assets/css/charts.css").read_text(encoding="utf-8")
TOKENS = (ROOT / "overrides/assets/css/guide.css").read_text(encoding="utf-8")
VIEWS = ("Table", "Frame", "Bar", "BarChart", "Gridline", "Tick", "Dot", "LabelLine", "Line", "LineChart")
PLOTS = ("Pin", "Tag", "Entry", "Naming", "Group", "ScatterChart", "Mark", "Strip", "Item", "DrawnLane", "Timeline")
RANGES = ("DrawnRange", "RangeChart")


def load(name: str) -> list[Any]:
    """The cases of a file, each under what it shows."""
    topic = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case.get("about") or f"{case['call']}-{i}") for i, case in enumerate(topic)]


@pytest.fixture(scope="module")
def units() -> Units:
    """The guide's own units."""
    return parse_units(yaml.safe_load((ROOT / "data/units.yml").read_text(encoding="utf-8")), Issues())


@pytest.fixture(scope="module")
def templates() -> Templates:
    """The guide's own templates."""
    return Templates(ROOT / "overrides", {})


def spec_of(case: dict[str, Any], units: Units) -> ChartSpec:
    """The frame of a case."""
    return ChartSpec(id="c", units=units, **case["spec"])


def bar_chart(case: dict[str, Any], units: Units) -> BarChart:
    """The chart of a case of bars."""
    return bars([BarRow(**row) for row in case["rows"]], spec_of(case, units))


def line_chart(case: dict[str, Any], units: Units) -> LineChart:
    """The chart of a case of lines; a third item of a point marks an estimate."""
    series = [
        Series(
            label=one["label"], points=tuple(Point(at=p[0], value=p[1], is_estimate=len(p) > 2) for p in one["points"])
        )
        for one in case["series"]
    ]
    return lines(series, spec_of(case, units))


@pytest.mark.parametrize("case", load("bars"))
def test_bars(case: dict[str, Any], units: Units) -> None:
    """Each bar has its value as the language says it and a length in proportion, from zero."""
    chart = bar_chart(case, units)
    assert [bar.text for bar in chart.bars] == case["texts"]
    assert [bar.length for bar in chart.bars] == case["lengths"]
    assert [bar.start for bar in chart.bars] == case.get("starts", [0] * len(chart.bars))
    assert [bar.is_missing for bar in chart.bars] == [row["value"] is None for row in case["rows"]]
    assert chart.zero == case.get("zero", 0)
    assert chart.frame.unit == case["unit"]
    assert list(chart.frame.table.columns) == case["columns"]
    assert chart.frame.description == case["description"]


@pytest.mark.parametrize("case", load("lines"))
def test_lines(case: dict[str, Any], units: Units) -> None:
    """Lines run through known values only, estimates are dashed, and each line ends in its name and last value."""
    chart = line_chart(case, units)
    assert [line.label for line in chart.gridlines] == case["grid"]
    assert [tick.label for tick in chart.ticks] == case["ticks"]
    assert [[text.text for text in line.label] for line in chart.lines] == case["ends"]
    assert [path for line in chart.lines for path in line.solid or [None]] == (case["solid"] or [None])
    assert [path for line in chart.lines for path in line.dashed] == case.get("dashed", [])
    assert chart.axis == case.get("axis", "")
    assert chart.frame.unit == case["unit"]
    assert chart.frame.description == case["description"]


@pytest.mark.parametrize("case", load("scales"))
def test_scales(case: dict[str, Any]) -> None:
    """Ticks are round and hold all values; labels fit, break where they may, and do not meet."""
    match case["call"]:
        case "linear":
            values = [Decimal(str(value)) for value in case["values"]]
            scale = scales.LinearScale.over(values, from_zero=case.get("from_zero", True))
            assert [format(tick.normalize(), "f") for tick in scale.ticks] == case["out"]
            assert all(0 <= scale.at(value) <= 1 for value in values)
        case "time":
            ticks = scales.TimeScale.over(case["dates"]).ticks("zh", case["width"])
            assert [label for _, label in ticks] == case["out"]
        case "wrapped":
            assert list(scales.wrapped(case["text"], case["limit"])) == case["out"]
        case "spread":
            assert list(scales.spread(case["targets"], case["heights"], 0, 100)) == case["out"]


def test_a_chart_of_nothing_is_refused(units: Units) -> None:
    """A chart without a row or a point is a mistake of its author."""
    spec = ChartSpec(id="c", lang="zh", title="一", units=units)
    with pytest.raises(ValueError, match="needs a row"):
        bars([], spec)
    with pytest.raises(ValueError, match="needs a point"):
        lines([Series(label="A", points=())], spec)
    with pytest.raises(ValueError, match="not at both"):
        lines([Series(label="A", points=(Point(at="2025", value=1), Point(at=7, value=1)))], spec)


def test_what_is_highlighted_stands_out(units: Units) -> None:
    """Where a row or a series is highlighted, the others are muted; else none is."""
    spec = ChartSpec(id="c", lang="zh", title="一", units=units)
    rows = [BarRow(label="A", value=1, is_highlight=True), BarRow(label="B", value=1)]
    assert [bar.is_muted for bar in bars(rows, spec).bars] == [False, True]
    points = (Point(at="2025", value=1),)
    series = [Series(label="A", points=points), Series(label="B", points=points, is_highlight=True)]
    assert [line.color for line in lines(series, spec).lines] == [0, 2]


def test_of_many_dots_only_the_last_and_the_lonely_show(units: Units) -> None:
    """A dense line is not dotted, and no value that no line reaches is lost."""
    values = [*range(20), None, 5, None, 7]
    points = tuple(Point(at=str(2000 + i), value=value) for i, value in enumerate(values))
    (line,) = lines([Series(label="A", points=points)], ChartSpec(id="c", lang="zh", title="一", units=units)).lines
    assert [dot.is_quiet for dot in line.dots] == [True] * 20 + [False, False]


def drawn(units: Units, templates: Templates, lang: Any = "zh") -> dict[str, str]:
    """A chart of each kind as HTML, with estimates, gaps, sources, links and text that looks like markup."""
    evil = '<b>A & "B"</b>'
    frame = {"lang": lang, "title": evil, "units": units, "unit": "GB", "subtitle": "s", "date": "d", "csv": "a.csv"}
    sources = (Link(text=evil, href="https://a.org/?a&b"), Link(text="S"))
    rows = [
        BarRow(label=evil, value=3, is_estimate=True, href="a/", as_of="2026", source=Link(text="S", href="b/")),
        BarRow(label="B", value=None),
        BarRow(label="C", value=-1),
    ]
    points = (Point(at="2024", value=1), Point(at="2025", value=2, is_estimate=True), Point(at="2026", value=None))
    charts: dict[str, BarChart | LineChart] = {
        "bars": bars(rows, ChartSpec(id="c1", sources=sources, **frame)),
        "lines": lines([Series(label=evil, points=points)], ChartSpec(id="c2", sources=sources, **frame)),
    }
    plots = {"scatter": _scatter(evil, frame, sources), "timeline": _timeline(evil, frame, sources)}
    spread = Spread(label=evil, values=(1, 3), is_estimate=True, href="a/", source=Link(text="S", href="b/"))
    plots["ranges"] = ranges([spread, Spread(label="B", values=())], ChartSpec(id="c5", sources=sources, **frame))
    return {name: templates.render("charts", "chart", chart, lang) for name, chart in (charts | plots).items()}


def _scatter(evil: str, frame: dict[str, Any], sources: tuple[Link, ...]) -> Any:
    """Points of which two share a place, with an estimate, a year and two groups."""
    spots = [
        Spot(label=evil, x="2024", y=1, group="G", is_estimate=True, note=evil, sources=(Link(text="S", href="b/"),)),
        *(Spot(label=evil * 3, x="2024-05-01", y=2, group=evil, href="a/") for _ in range(2)),
    ]
    spec = ChartSpec(id="c3", sources=sources, authors=("Epoch AI",), **frame)
    return scattered(spots, spec, x=Measure(label="x"), y=Measure(label=evil, unit="GB"))


def _timeline(evil: str, frame: dict[str, Any], sources: tuple[Link, ...]) -> Any:
    """Two lanes with every sign, years, and what lies ahead."""
    signs = tuple(Event(at=f"202{i}-01-01", text="", lead=f"sign {i}") for i in range(timeline.SIGNS))
    event = Event(at="2024", text=evil, amount="1", is_ahead=True, source=Link(text="7", href="#source-7"))
    lanes = [Lane(label=evil, href="a/", events=(event,)), Lane(label="B", events=signs)]
    return timelined(lanes, ChartSpec(id="c4", sources=sources, **frame))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_markup_is_sound(units: Units, templates: Templates, lang: str) -> None:
    """The HTML is well formed, every id is there once, and every reference to an id finds it."""
    body = "".join(drawn(units, templates, lang).values())
    page = f'<!doctype html><html lang="{lang}"><head><title>t</title></head><body>{body}</body></html>'
    html5lib.HTMLParser(strict=True).parse(page)
    tree = LexborHTMLParser(page)
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    named = " ".join(node.attributes["aria-labelledby"] or "" for node in tree.css("[aria-labelledby]")).split()
    filled = re.findall(r"url\(#([^)]+)\)", page)
    assert filled
    assert not {*named, *filled} - set(ids)


def test_values_are_no_markup(units: Units, templates: Templates) -> None:
    """What looks like HTML in a label, title or source is shown as text."""
    for html in drawn(units, templates).values():
        assert "<b>" not in html
        assert not LexborHTMLParser(html).css("b")


def test_a_drawing_has_a_name_and_a_description(units: Units, templates: Templates) -> None:
    """A screen reader hears what the lines show; bars are read as text, and what is drawn beside them is hidden."""
    html = drawn(units, templates)
    for name in ("lines", "scatter"):
        plot = LexborHTMLParser(html[name]).css_first("svg[role=img]")
        assert plot
        assert plot.css("title")
        assert "1 GB" in plot.css("desc")[0].text()
    for name in ("bars", "timeline", "ranges"):
        tree = LexborHTMLParser(html[name])
        assert not [svg for svg in tree.css("svg") if not _is_hidden(svg)]
        assert tree.css_first(".chart__description")
    tree = LexborHTMLParser(html["bars"])
    assert [node.text(strip=True) for node in tree.css("[role=listitem] .chart__value")] == [
        "3 GB（估计）",
        "未公布",
        "−1 GB",
    ]


def _is_hidden(node: Any) -> bool:
    """Whether a screen reader passes over a node or something around it."""
    return bool(node) and (node.attributes.get("aria-hidden") == "true" or _is_hidden(node.parent))


def test_the_data_stand_beneath(units: Units, templates: Templates) -> None:
    """Every chart has its values as a table with headings, dates and sources, and the file to download."""
    html = drawn(units, templates)
    table = LexborHTMLParser(html["bars"]).css("details table tr")
    assert [cell.text(strip=True) for cell in table[0].css("th")] == ["项目", "数值", "截至", "出处"]
    assert [cell.text(strip=True) for cell in table[1].css("th, td")][1:] == ["3 GB（估计）", "2026", "S"]
    assert [len(row.css("th, td")) for row in table] == [4] * 4
    table = LexborHTMLParser(html["lines"]).css("details table tr")
    assert [row.css_first("th").text(strip=True) for row in table[1:]] == ["2024 年", "2025 年", "2026 年"]  # type: ignore[union-attr]
    assert all('<a href="a.csv" download>' in chart for chart in html.values())


def test_estimates_are_drawn_and_named(units: Units, templates: Templates) -> None:
    """An estimate is hatched or dashed, and a key says what that means; without estimates there is no key."""
    html = drawn(units, templates)
    assert "url(#c1-hatch)" in html["bars"]
    assert "chart__line--estimate" in html["lines"]
    assert html["scatter"].count("chart__dot--estimate") == 2
    assert "估计值：Epoch AI" in html["scatter"]
    assert "chart__range--estimate" in html["ranges"]
    assert all("估计值" in chart for name, chart in html.items() if name != "timeline")
    plain = bars([BarRow(label="A", value=1)], ChartSpec(id="c", lang="zh", title="一", units=units))
    assert "chart__key" not in templates.render("charts", "chart", plain, "zh")


def test_the_template_shows_all_that_the_view_holds() -> None:
    """No field of the view model is made for nothing."""
    views = [getattr(chartview, name) for name in VIEWS] + [getattr(plotview, name) for name in (*PLOTS, *RANGES)]
    fields = {field.name for view in views for field in dataclasses.fields(view)}
    used = set(re.findall(r"\.(\w+)", "".join(re.findall(r"\{[{%].*?[}%]\}", TEMPLATE))))
    assert fields - {"kind"} <= used
    words = {field.name for field in dataclasses.fields(chartwords.Words)}
    made = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "hooks/guide").rglob("*.py"))
    assert words <= used | set(re.findall(r"(?:words|\])\.(\w+)", made))


def test_style_and_template_know_the_same_classes() -> None:
    """No class is styled for nothing, and none is forgotten."""
    styled = set(re.findall(r"\.(chart__[\w-]+)", STYLE))
    named = set(re.findall(r"chart__[\w-]+", re.sub(r"\{#.*?#\}", "", TEMPLATE, flags=re.S)))
    assert linechart.COLORS == scatter.COLORS
    series = {f"chart__series--{i}" for i in range(linechart.COLORS + 1)}
    widths = {f"chart__{name}{width}" for name in ("", "dates--") for width in ("narrow", "wide")}
    made = (named - {"chart__", "chart__series--", "chart__dates--"}) | series | widths
    assert styled - made == set()
    plain = {"chart__series", "chart__dates", "chart__canvas", "chart__scroll"}
    assert made - styled <= plain | {"chart__lanes", "chart__lane--scale", "chart__mark"}


def test_the_style_is_small_and_takes_its_colors_from_the_tokens() -> None:
    """The style sheet has at most 4 kB gzip, and names no color of its own."""
    assert len(gzip.compress(STYLE.encode(), 9)) <= 4096
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\brgb|\bhsl", STYLE)
    asked = set(re.findall(r"var\((--[\w-]+)", STYLE)) - {"--chart-muted", "--label", "--value", "--zero"}
    assert asked <= set(re.findall(r"^\s*(--[\w-]+):", TOKENS, re.M))


def luminance(color: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_names_of_series_can_be_read_on_the_page(scheme: int) -> None:
    """Each series' color has a contrast of 4.5 to the page, since its name is set in it."""
    paper = luminance(re.findall(r"--paper: (#\w{6})", TOKENS)[scheme])
    for i in range(1, linechart.COLORS + 1):
        color = luminance(re.findall(rf"--chart-{i}: (#\w{{6}})", TOKENS)[scheme])
        assert (max(paper, color) + 0.05) / (min(paper, color) + 0.05) >= 4.5, f"--chart-{i}"
