"""Charts can be read on a phone and at a desk: nothing is cut, nothing is small, no label lies on another."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from guide.charts import bars, lines, ranges, scatter, timeline
from guide.chartview import BarRow, ChartSpec, Link, Point, Series
from guide.issues import Issues
from guide.plotview import Event, Lane, Measure, Spot, Spread
from guide.templates import Templates
from guide.units import parse_units

ROOT = Path(__file__).resolve().parents[2]
CASES = yaml.safe_load((ROOT / "tests/cases/charts/layout.yml").read_text(encoding="utf-8"))
STYLES = [(ROOT / f"overrides/assets/css/{name}.css").as_uri() for name in ("guide", "charts")]
TEXTS = """() => [...document.querySelectorAll('.chart *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim()))
  .filter(e => !e.closest('title, desc, .chart__description, .chart__table') && e.getClientRects().length)
  .map(e => {
    const box = e.getBoundingClientRect(), chart = e.closest('.chart').getBoundingClientRect();
    return {text: e.textContent, kind: e.getAttribute('class') || '', chart: e.closest('.chart').id,
            size: parseFloat(getComputedStyle(e).fontSize), left: box.left - chart.left, right: box.right - chart.right,
            box: [box.left, box.top, box.right, box.bottom]};
  })"""


def charts(lang: Any) -> str:
    """The charts of the cases, as HTML."""
    units = parse_units(yaml.safe_load((ROOT / "data/units.yml").read_text(encoding="utf-8")), Issues())
    case, templates = CASES[lang], Templates(ROOT / "overrides", {})
    spec = {"lang": lang, "units": units, "title": "T " * 40, "sources": (Link(text="S", href="#"),), "date": "D"}
    months = [f"{2024 + i // 12}-{i % 12 + 1:02}" for i in range(24)]
    series = [
        Series(
            label=name,
            points=tuple(Point(at=at, value=round(4 - 0.09 * i - 0.02 * n, 2)) for i, at in enumerate(months)),
        )
        for n, name in enumerate(case["series"])
    ]
    views = [
        bars([BarRow(**row) for row in case["bars"]], ChartSpec(id="money", currency="USD", **spec)),
        bars([BarRow(**row) for row in case["short"]], ChartSpec(id="counts", unit="commits", **spec)),
        lines(series, ChartSpec(id="months", currency="USD", per="GPU-hours", subtitle="Q", **spec)),
        lines([Series(label=case["series"][0], points=(Point(at="2015", value=3e9), Point(at="2026", value=9e11)))],
              ChartSpec(id="years", currency="CNY", **spec)),
        lines([Series(label=name, points=tuple(Point(at=x, value=16 * x / (n + 1)) for x in (1, 7, 13, 20, 32, 70)))
               for n, name in enumerate(case["series"][:3])],
              ChartSpec(id="sizes", unit="GB", subtitle="Q", item="Parameters (billions)", note="N", **spec)),
        *plots(case, spec),
    ]  # fmt: skip
    return "".join(templates.render("charts", "chart", view, lang) for view in views)


def plots(case: dict[str, Any], spec: dict[str, Any]) -> list[Any]:
    """Points in heaps and far apart, lanes with long names and many events, ranges of long amounts."""
    names = [row["label"] for row in case["bars"]] + case["series"]
    dates = [f"{2014 + i * i // 24}-{i % 12 + 1:02}-{i % 28 + 1:02}"[: (4, 7, 10)[i % 3]] for i in range(18)]
    spots = [
        Spot(label=f"{names[i % len(names)]} {i}", x=date, y=10 ** (i % 9) * (i + 1), group=names[i % 5])
        for i, date in enumerate(dates)
    ]
    signs = ["" if i % 5 else "S" for i in range(len(dates))]
    lanes = [
        Lane(label=name, events=tuple(Event(at=at, text=name, lead=s) for at, s in zip(dates, signs, strict=True)))
        for name in names[:4]
    ]
    money = Measure(label=names[0], currency="USD", is_log=True)
    return [
        scatter(spots, ChartSpec(id="spots", item="I", **spec), x=Measure(label="x"), y=money),
        scatter([Spot(label=s.label, x=i * i, y=s.y) for i, s in enumerate(spots)], ChartSpec(id="numbers", **spec),
                x=Measure(label=names[0], unit="GB"), y=Measure(label="y", unit="TFLOPS")),
        timeline(lanes, ChartSpec(id="lanes", **spec)),
        timeline([Lane(events=lanes[0].events)], ChartSpec(id="events", **spec)),
        ranges([Spread(label=name, values=(1.5, 12.25 + i)) for i, name in enumerate(names)],
               ChartSpec(id="ranges", currency="USD", per="GPU-hours", subtitle="Q", **spec)),
    ]  # fmt: skip


def opened(browser: Browser, lang: str, width: int, scheme: str, folder: Path) -> Page:
    """A page with the charts between margins of 16 pixels."""
    style = "".join(f'<link rel="stylesheet" href="{href}">' for href in STYLES)
    head = f'<!doctype html><html lang="{lang}" dir="ltr"><head><meta charset="utf-8"><title>t</title>{style}</head>'
    body = f'<body data-md-color-scheme="{scheme}" style="margin: 0 16px"><div class="md-typeset">{charts(lang)}</div>'
    html = f"{head}{body}</body></html>"
    (folder / "charts.html").write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((folder / "charts.html").as_uri())
    return page


@pytest.mark.parametrize("width", [320, 390, 700, 1280])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_text_can_be_read(browser: Browser, tmp_path: Path, lang: str, width: int) -> None:
    """No text is below 11 pixels, cut, or upon another, and the page does not scroll sideways."""
    page = opened(browser, lang, width, "default", tmp_path)
    texts = page.evaluate(TEXTS)
    scroll = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert scroll <= width
    assert min(text["size"] for text in texts) >= 11
    assert not [text["text"] for text in texts if text["left"] < -1 or text["right"] > 1]
    drawn = [text for text in texts if text["kind"].split(" ")[0] in ("chart__tick", "chart__name", "chart__tag")]
    assert not [(a["text"], b["text"]) for a, b in combinations(drawn, 2) if a["chart"] == b["chart"] and meet(a, b)]


def meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two boxes share more than the air of their lines."""
    left, top, right, bottom = one["box"]
    left2, top2, right2, bottom2 = other["box"]
    return min(right, right2) - max(left, left2) > 0 and min(bottom, bottom2) - max(top, top2) > 3


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_bars_keep_their_proportions(browser: Browser, tmp_path: Path, scheme: str) -> None:
    """What is drawn is as long as the values say, in either scheme, and in print the colors are those of light."""
    page = opened(browser, "zh", 390, scheme, tmp_path)
    widths = page.evaluate(
        "[...document.querySelectorAll('#money .chart__bar')].map(e => e.getBoundingClientRect().width)"
    )
    page.emulate_media(media="print")
    ink = page.evaluate("getComputedStyle(document.querySelector('#money')).color")
    page.close()
    assert widths[0] / widths[1] == pytest.approx(13 / 30, abs=0.01)
    assert max(int(part) for part in ink[4:-1].split(",")) < 100
