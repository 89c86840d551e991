"""Scatters, timelines, ranges and logarithmic axes say what they show and let no text lie on another."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from guide.charts import lines, ranges, scatter, timeline
from guide.chartview import ChartSpec, Point, Series
from guide.logscale import LogScale, tick_labels
from guide.plotview import Event, Lane, Measure, Spot, Spread, Tag
from guide.scales import text_width
from guide.units import Units
from test_charts import load, spec_of, units

__all__ = ["units"]


@pytest.mark.parametrize("case", load("log"))
def test_log_ticks(case: dict[str, Any], units: Units) -> None:
    """Ticks are 1-2-5 or powers of ten that hold all values, said as each language says them."""
    values = [Decimal(str(value)) for value in case["values"]]
    if "fault" in case:
        with pytest.raises(ValueError, match=case["fault"]):
            LogScale.over(values)
        return
    scale = LogScale.over(values)
    assert {lang: list(tick_labels(scale.ticks, lang, units=units)) for lang in ("zh", "en")} == {
        lang: case[lang] for lang in ("zh", "en")
    }
    assert all(0 <= scale.at(value) <= 1 for value in values)
    assert [scale.at(scale.ticks[0]), scale.at(scale.ticks[-1])] == [0, 1]


@pytest.mark.parametrize("case", load("scatter"))
def test_scatter(case: dict[str, Any], units: Units) -> None:
    """Points are named beside them or by a number of the key, axes say their unit, the description both values."""
    spots = [Spot(**spot) for spot in case["spots"]]
    chart = scatter(spots, spec_of(case, units), x=Measure(**case["x"]), y=Measure(**case["y"]))
    namings = {naming.width: naming for naming in chart.namings}
    assert [chart.axis, chart.rise] == case["axes"]
    assert [tick.label for tick in chart.ticks] == case["ticks"]
    assert [line.label for line in chart.gridlines] == case["grid"]
    assert {width: [tag.text for tag in naming.tags] for width, naming in namings.items()} == {
        width: case[width] for width in ("narrow", "wide")
    }
    key = [[entry.number, *(name.text for name in entry.names)] for entry in namings["narrow"].key]
    assert key == case.get("key", [])
    assert [round(pin.length, 2) for pin in chart.pins] == case.get("spans", [0] * len(spots))
    assert [group.label for group in chart.groups] == case.get("groups", [])
    assert list(chart.frame.table.columns) == case["columns"]
    assert chart.frame.description == case["description"]


@pytest.mark.parametrize("case", load("timeline"))
def test_timeline(case: dict[str, Any], units: Units) -> None:
    """Events stand in order, spans are as long as their month or year, and marks that would meet are stacked."""
    lanes = [Lane(**{**lane, "events": tuple(Event(**event) for event in lane["events"])}) for lane in case["lanes"]]
    chart = timeline(lanes, spec_of(case, units))
    wide = [next(strip for strip in lane.strips if strip.width == "wide") for lane in chart.lanes]
    assert [[item.number for item in lane.items] for lane in chart.lanes] == case["numbers"]
    assert [[item.date for item in lane.items] for lane in chart.lanes] == case["dates"]
    assert [[round((strip.floor - mark.y) // 19) for mark in strip.marks] for strip in wide] == case["levels"]
    assert [[mark.length > 0.5 for mark in strip.marks] for strip in wide] == case["is_long"]
    assert [tick.label for tick in chart.ticks] == case["ticks"]
    assert list(chart.signs) == case["signs"]
    assert chart.has_ahead == case.get("has_ahead", False)
    assert list(chart.frame.table.columns) == case["columns"]
    assert chart.frame.description == case["description"]


@pytest.mark.parametrize("case", load("ranges"))
def test_ranges(case: dict[str, Any], units: Units) -> None:
    """A bar runs from the lowest to the highest value with a dot at each; nobody's value has neither."""
    rows = [Spread(**{**row, "values": tuple(row["values"])}) for row in case["rows"]]
    chart = ranges(rows, spec_of(case, units), is_log=case.get("is_log", False))
    assert [row.text for row in chart.rows] == case["texts"]
    assert [row.start for row in chart.rows] == case["starts"]
    assert [row.length for row in chart.rows] == case["lengths"]
    assert [list(row.dots) for row in chart.rows] == case["dots"]
    assert [tick.label for tick in chart.ticks] == case["ticks"]
    assert chart.frame.unit == case["unit"]
    assert chart.frame.description == case["description"]


def test_what_cannot_be_drawn_is_refused(units: Units) -> None:
    """Nothing, zero on a logarithmic axis, dates beside numbers: each is a mistake of its author."""
    spec = ChartSpec(id="c", lang="zh", title="一", units=units)
    plain, log = Measure(label="m"), Measure(label="m", is_log=True)
    point = Spot(label="A", x=0, y=1)
    with pytest.raises(ValueError, match="needs a point"):
        scatter([], spec, x=plain, y=plain)
    with pytest.raises(ValueError, match="no place for zero"):
        scatter([point], spec, x=log, y=plain)
    with pytest.raises(ValueError, match="not at both"):
        scatter([point, Spot(label="B", x="2024", y=1)], spec, x=plain, y=plain)
    with pytest.raises(ValueError, match="not logarithmic"):
        scatter([Spot(label="B", x="2024", y=1)], spec, x=log, y=plain)
    with pytest.raises(ValueError, match="needs an event"):
        timeline([Lane(events=())], spec)
    with pytest.raises(ValueError, match="at most 4"):
        timeline([Lane(events=tuple(Event(at="2024", text="", lead=lead) for lead in "ABCDE"))], spec)
    with pytest.raises(ValueError, match="needs a row"):
        ranges([], spec)
    with pytest.raises(ValueError, match="no place for zero"):
        lines([Series(label="A", points=(Point(at="2024", value=0),))], spec, log=("y",))
    with pytest.raises(ValueError, match="not logarithmic"):
        lines([Series(label="A", points=(Point(at="2024", value=1),))], spec, log=("x",))


def test_lines_on_logarithmic_axes(units: Units) -> None:
    """What grows by the same factor everywhere is a straight line where both axes are logarithmic."""
    points = tuple(Point(at=10**i, value=100**i) for i in range(4))
    chart = lines(
        [Series(label="A", points=points)], ChartSpec(id="c", lang="zh", title="一", units=units), log=("x", "y")
    )
    places = [pair.split(",") for pair in chart.lines[0].solid[0].split()]
    assert [round(float(x)) for x, _ in places] == [0, 333, 667, 1000]
    steps = [float(a[1]) - float(b[1]) for a, b in pairwise(places)]
    assert max(steps) - min(steps) < 0.2
    assert [tick.label for tick in chart.ticks] == ["1", "10", "100", "1,000"]


def test_a_sum_goes_in_steps_and_is_dashed_from_where_it_is_only_reported(units: Units) -> None:
    """A total stays until the next amount and to the right end; what rests on a reported amount is dashed."""
    points = (Point(at="2020", value=1), Point(at="2021", value=2, is_estimate=True), Point(at="2022", value=3))
    other = Series(label="B", points=(Point(at="2024", value=4),))
    spec = ChartSpec(id="c", lang="en", title="One", units=units, marked="reported")
    chart = lines([Series(label="A", points=points), other], spec, is_stepped=True)
    solid, dashed = chart.lines[0].solid, chart.lines[0].dashed
    assert [[pair.split(",")[1] for pair in path.split()] for path in solid] == [["153", "153"], ["59", "59"]]
    assert [[pair.split(",")[1] for pair in path.split()] for path in dashed] == [["153", "106", "106", "59"]]
    assert solid[1].endswith("1000.0,59")
    assert chart.frame.estimate == "Reported"
    assert "2 (reported)" in chart.lines[0].dots[1].text


def crowd(n: int) -> list[Spot]:
    """Points in rows and in heaps, with long and short names."""
    return [
        Spot(label=("Point " * (i % 4 + 1)) + str(i), x=Decimal(i % 7 + i % 3), y=Decimal(i * i % 50 + 1))
        for i in range(n)
    ]


@pytest.mark.parametrize(("width", "pixels"), [("narrow", 320), ("narrow", 560), ("wide", 600), ("wide", 690)])
def test_names_do_not_lie_on_one_another(width: str, pixels: int, units: Units) -> None:
    """Names placed for the least width stay apart at every greater one, and leave no drawing."""
    spec = ChartSpec(id="c", lang="en", title="One", units=units)
    chart = scatter(crowd(30), spec, x=Measure(label="x"), y=Measure(label="y"))
    room = pixels - chart.left - chart.right
    naming = next(naming for naming in chart.namings if naming.width == width)
    assert any(tag.is_number for tag in naming.tags)
    assert not all(tag.is_number for tag in naming.tags)
    boxes = [box(tag, room) for tag in naming.tags]
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert left >= -1 and right <= room + chart.right + 1, naming.tags[i]  # noqa: PT018
        assert top >= 0 and bottom <= chart.floor, naming.tags[i]  # noqa: PT018
        for left2, top2, right2, bottom2 in boxes[:i]:
            assert min(right, right2) <= max(left, left2) or min(bottom, bottom2) <= max(top, top2), naming.tags[i]


def box(tag: Tag, room: float) -> tuple[float, float, float, float]:
    """Where the text of a tag is."""
    wide = text_width(tag.text) * (11 if tag.is_number else 12)
    begin = tag.x * room / 100 + tag.dx - {"start": 0, "middle": wide / 2, "end": wide}[tag.anchor]
    return begin, tag.y + tag.dy - 9, begin + wide, tag.y + tag.dy + 2


def test_more_groups_than_colors_share_the_last(units: Units) -> None:
    """The largest groups have a color each; the others are one, and said so."""
    names = [name for i, name in enumerate("ABCDEFGH") for _ in range(9 - i)]
    spots = [Spot(label=f"{name}{i}", x=i, y=i, group=name) for i, name in enumerate(names)]
    spec = ChartSpec(id="c", lang="zh", title="一", units=units)
    chart = scatter(spots, spec, x=Measure(label="x"), y=Measure(label="y"))
    assert [(group.label, group.color) for group in chart.groups][-2:] == [("E", 5), ("其他", 0)]
    assert {pin.color for pin in chart.pins} == {0, 1, 2, 3, 4, 5}
