"""The chart macro: bars, counts and lines here, further sorts beside it; each with the data beneath."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .. import charts, formats, model
from ..chartview import BarRow, Point, Series
from ..issues import nearest
from .calls import CallError, macro
from .chartspec import cited, drawn, entities_of, fact_type, frame
from .context import Context
from .entities import holds
from .histories import timeline_chart
from .plots import scatter_chart
from .spreads import range_chart
from .sums import sums_chart

SORTS = ("bars", "counts", "lines", "ranges", "rows", "scatter", "timeline")
_AXES = ("x", "y")


@macro
def chart(
    page: Context,
    sort: str,
    of: str,
    title: str,
    subtitle: str = "",
    ids: list[str] | None = None,
    x: str | None = None,
    y: str | None = None,
    log: list[str] | None = None,
    color_by: str | None = None,
    facts: list[str] | None = None,
    rows: str | None = None,
    also: list[str] | None = None,
    by: str | None = None,
    currency: str | None = None,
) -> str:
    """A chart, its title the finding: `{{ chart("bars", "framework.commits_12m", title="…") }}`.

    Args:
        page: Where it stands.
        sort: `bars`: a number fact of a kind's entities, largest first (`of` is kind.fact). `counts`: how many
            entities have each option of a choice (kind.fact). `lines`: a worked series of data/worked (its id), or
            as `rows`. `rows`: what rows add up to over time by their kind's `sum` (entity.fact, or kind.fact with a
            line an entity). `scatter`: two facts of a kind (kind), or two fields of rows (kind.fact). `timeline`:
            the rows of an entity (entity.fact), or facts and rows of several (kind), a lane each. `ranges`: all
            records of a number or money fact, from the lowest to the highest (kind.fact), or a column of a table
            by another one (table.column).
        of: What is drawn, as the sort says.
        title: The finding, as a sentence.
        subtitle: What is measured; the labels of the data where it is left out.
        ids: The entities; all of the kind where left out.
        x: Scatter: what lies across, a number or a date.
        y: Scatter: what goes up, a number.
        log: The logarithmic axes: `["x"]`, `["y"]` or both; ranges have x only.
        color_by: Scatter: the choice that gives points their color; rows have their entity's.
        facts: Timeline: facts that are dates.
        rows: Timeline: the fact that is made of rows.
        also: Rows: further statuses to be counted, such as `["reported"]`; they make the line dashed.
        by: Ranges of a table: the column that names its rows.
        currency: Rows and ranges of a table: the one to count where there are several.
    """
    if sort not in SORTS:
        raise CallError(f"unknown sort of chart '{sort}'", nearest(sort, SORTS) or f"known: {', '.join(SORTS)}")
    axes = log or []
    if wrong := [axis for axis in axes if axis not in _AXES]:
        raise CallError(f"unknown axis '{wrong[0]}'", "the axes are x and y")
    if sort == "scatter":
        return scatter_chart(page, of, title, subtitle, ids, (x, y), axes, color_by)
    if sort == "timeline":
        return timeline_chart(page, of, title, subtitle, ids, facts or [], rows)
    if sort == "ranges":
        return range_chart(page, of, title, subtitle, ids, axes, by, currency)
    if sort == "rows" or (sort == "lines" and "." in of):
        return sums_chart(page, of, title, subtitle, ids, axes, also or [], currency)
    if sort == "lines":
        return _lines(page, of, title, subtitle, axes)
    kind_id, _, fact_id = of.partition(".")
    kind = page.kind(kind_id)
    type = fact_type(kind, fact_id)
    entities = entities_of(page, kind, ids)
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
            source=cited(page, r),
        )
        for e, r in sorted(known, key=lambda pair: _size(pair[1]), reverse=True)
    ]
    if not rows:
        raise CallError(f"no entity has the fact '{type.id}'", "draw a fact that has records")
    records = [record for _, record in known]
    kind = entities[0].kind
    spec = frame(
        page,
        title,
        subtitle or type.label[page.lang],
        unit=type.unit,
        item=kind.name[page.lang],
        kind=kind,
        records=records,
    )
    return page.render("charts", "chart", charts.bars(rows, spec))


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
    spec = frame(page, title, subtitle or words, item=type.label[page.lang], kind=kind)
    return page.render("charts", "chart", charts.bars(rows, spec))


def _lines(page: Context, id: str, title: str, subtitle: str, log: Sequence[str]) -> str:
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
    spec = frame(
        page,
        title,
        subtitle or figure.title[page.lang],
        unit=figure.unit,
        item=figure.series.label[page.lang],
        x_unit=figure.series.unit,
        note=page.t("sort_worked"),
    )
    return drawn(page, lambda: charts.lines(series, spec, log=log))
