"""The chart macro: bars of a fact, counts of options, lines of a worked series, with the data beneath."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from .. import charts, formats, model
from ..chartview import BarRow, ChartSpec, Link, Point, Series
from ..issues import nearest
from .calls import CallError, macro
from .context import Context
from .entities import holds

SORTS = ("bars", "counts", "lines")


@macro
def chart(page: Context, sort: str, of: str, title: str, subtitle: str = "", ids: list[str] | None = None) -> str:
    """A chart, its title the finding: `{{ chart("bars", "framework.commits_12m", title="…") }}`.

    `bars`: a number fact of a kind's entities, largest first; `counts`: how many entities have each option of a
    choice; `lines`: a worked series of data/worked.
    """
    if sort not in SORTS:
        raise CallError(f"unknown sort of chart '{sort}'", nearest(sort, SORTS) or f"known: {', '.join(SORTS)}")
    if sort == "lines":
        return _lines(page, of, title, subtitle)
    kind_id, _, fact_id = of.partition(".")
    kind = page.kind(kind_id)
    type = kind.facts.get(fact_id)
    if type is None:
        raise CallError(f"unknown fact '{fact_id}'", nearest(fact_id, kind.facts) or f"known: {', '.join(kind.facts)}")
    entities = tuple(page.entity(id) for id in ids) if ids else page.guide.of_kind(kind_id)
    return (_bars if sort == "bars" else _counts)(page, type, entities, title, subtitle)


def _bars(page: Context, type: model.FactType, entities: Sequence[model.Entity], title: str, subtitle: str) -> str:
    if type.type != "number":
        raise CallError(f"'{type.id}' is no number", "bars draw number facts; counts draw choices")
    known = [(e, e.facts[type.id].record) for e in entities if type.id in e.facts]
    rows = [
        BarRow(
            label=e.name[page.lang],
            value=r.value if isinstance(r.value, Decimal) else None,
            is_estimate=r.basis == "estimate",
            href=page.href_to(e.id),
            as_of=formats.as_of(r.as_of, r.source.read, page.lang),
            source=Link(text=str(page.cite(r.source, r.at)), href=f"#source-{page.cite(r.source, r.at)}"),
        )
        for e, r in sorted(known, key=lambda pair: _size(pair[1]), reverse=True)
    ]
    if not rows:
        raise CallError(f"no entity has the fact '{type.id}'", "draw a fact that has records")
    dates = sorted(r.as_of for _, r in known if r.as_of)
    spec = _spec(page, title, subtitle or type.label[page.lang], unit=type.unit, item=entities[0].kind.name[page.lang])
    dated = formats.as_of(dates[-1], dates[-1], page.lang, sentence=True) if dates else ""
    return page.render("charts", "chart", charts.bars(rows, ChartSpec(**spec, date=dated, csv=_csv(page, entities))))


def _size(record: model.Record) -> Decimal:
    return record.value if isinstance(record.value, Decimal) else Decimal(0)


def _counts(page: Context, type: model.FactType, entities: Sequence[model.Entity], title: str, subtitle: str) -> str:
    if not type.options:
        raise CallError(f"'{type.id}' is no choice", "counts draw choices; bars draw numbers")
    counted = [(o.label[page.lang], sum(holds(e, type.id, o.id) for e in entities)) for o in type.options]
    rows = [BarRow(label=label, value=Decimal(n)) for label, n in sorted(counted, key=lambda p: -p[1]) if n]
    kind = entities[0].kind
    known = sum(type.id in e.facts for e in entities)
    words = page.t("of_entries").format(known=known, all=len(entities), kind=kind.plural[page.lang])
    spec = _spec(page, title, subtitle or words, unit=None, item=type.label[page.lang])
    return page.render("charts", "chart", charts.bars(rows, ChartSpec(**spec, csv=_csv(page, entities))))


def _lines(page: Context, id: str, title: str, subtitle: str) -> str:
    figure = page.guide.worked.get(id)
    if figure is None or figure.series is None:
        known = [w.id for w in page.guide.worked.values() if w.series]
        raise CallError(f"'{id}' is no worked series", nearest(id, known) or f"known: {', '.join(known) or 'none'}")
    series = [
        Series(
            label=line.label[page.lang],
            points=tuple(Point(at=x, value=y) for x, y in zip(figure.series.xs, line.values, strict=True)),
        )
        for line in figure.series.lines
    ]
    spec = _spec(
        page,
        title,
        subtitle or figure.title[page.lang],
        unit=figure.unit,
        item=figure.series.label[page.lang],
    )
    view = charts.lines(series, ChartSpec(**spec, x_unit=figure.series.unit, note=page.t("sort_worked")))
    return page.render("charts", "chart", view)


def _spec(page: Context, title: str, subtitle: str, *, unit: str | None, item: str) -> dict[str, Any]:
    page.charts += 1
    return {
        "id": f"chart-{page.charts}",
        "lang": page.lang,
        "title": title,
        "units": page.guide.units,
        "subtitle": subtitle,
        "unit": unit,
        "item": item,
    }


def _csv(page: Context, entities: Sequence[model.Entity]) -> str:
    return page.addresses.between(page.url, f"api/v1/{entities[0].kind.id}.csv")
