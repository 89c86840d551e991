"""Scatters: points over two facts of a kind, or over two fields of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .. import model
from ..chartwords import WORDS
from ..plotview import Measure, Spot
from ..scatter import scatter
from .calls import CallError
from .chartspec import (
    cited,
    drawn,
    entities_of,
    fact_type,
    field_type,
    frame,
    number_of,
    one_of,
    row_name,
    words_of,
)
from .context import Context

_AXES = ("x", "y")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """What becomes a point: two values with the records that say them."""

    entity: model.Entity
    label: str
    x: model.Value | None
    y: model.Value | None
    records: tuple[model.Record, ...]


def scatter_chart(
    page: Context,
    of: str,
    title: str,
    subtitle: str,
    ids: Sequence[str] | None,
    axes: tuple[str | None, str | None],
    log: Sequence[str],
    color_by: str | None,
) -> str:
    """Points over two facts of a kind, or over two fields of its rows."""
    kind_id, _, rows_id = of.partition(".")
    kind = page.kind(kind_id)
    if None in axes:
        raise CallError("a scatter has two axes", 'name both: x="memory", y="bandwidth"')
    x, y = (str(axis) for axis in axes)
    rows = fact_type(kind, rows_id) if rows_id else None
    x_type, y_type = ((field_type(rows, id) if rows else fact_type(kind, id)) for id in (x, y))
    _check_types(x_type, y_type)
    entities = entities_of(page, kind, ids)
    pairs = list(_row_pairs(page, entities, rows, x, y) if rows else _fact_pairs(page, entities, x, y))
    _check_dates(pairs, x_type)
    known = [pair for pair in pairs if pair.x is not None and number_of(pair.y) is not None]
    known = [pair for pair in known if x_type.type == "date" or number_of(pair.x) is not None]
    groups = _groups(page, known, kind, color_by, is_rows=rows is not None)
    spots = [_spot(page, pair, group) for pair, group in zip(known, groups, strict=True)]
    records = [record for pair in known for record in pair.records]
    missing = len(pairs) - len(known)
    spec = frame(
        page,
        title,
        subtitle,
        item=rows.label[page.lang] if rows else kind.name[page.lang],
        kind=kind,
        note=WORDS[page.lang].left_out.format(missing) if missing else "",
        records=records,
    )
    measures = [
        _measure(page, type, [(p.x, p.y)[i] for p in known], [_record(p, i) for p in known], is_log=_AXES[i] in log)
        for i, type in enumerate((x_type, y_type))
    ]
    return drawn(page, lambda: scatter(spots, spec, x=measures[0], y=measures[1]))


def _check_types(x: model.FactType, y: model.FactType) -> None:
    for type, sorts in ((x, ("number", "money", "date")), (y, ("number", "money"))):
        if type.type not in sorts:
            raise CallError(f"'{type.id}' is no {' or '.join(sorts)}", "x is a number or a date, y a number")


def _check_dates(pairs: Sequence[_Pair], x: model.FactType) -> None:
    undated = [pair.label for pair in pairs if x.type == "date" and pair.x is None]
    if undated:
        named = ", ".join(undated[:5])
        raise CallError(f"undated on an axis of time: {named}", f"add '{x.id}', or leave them out by ids")


def _record(pair: _Pair, i: int) -> model.Record:
    return pair.records[i if len(pair.records) > 1 else 0]


def _fact_pairs(page: Context, entities: Sequence[model.Entity], x: str, y: str) -> Iterator[_Pair]:
    """Entities that have at least the value that goes up."""
    for entity in entities:
        if y not in entity.facts:
            continue
        records = [entity.facts[id].record for id in (x, y) if id in entity.facts]
        values = [entity.facts[id].record.value if id in entity.facts else None for id in (x, y)]
        name = entity.name[page.lang]
        yield _Pair(entity=entity, label=name, x=values[0], y=values[1], records=tuple(records))


def _row_pairs(
    page: Context, entities: Sequence[model.Entity], type: model.FactType, x: str, y: str
) -> Iterator[_Pair]:
    """Rows, each named by its key; of rows with the same key the first."""
    for entity in entities:
        seen: set[str] = set()
        for record in entity.facts[type.id].records if type.id in entity.facts else ():
            row = record.value
            if not isinstance(row, model.Row) or (name := row_name(page, row, type)) in seen:
                continue
            seen.add(name)
            yield _Pair(entity=entity, label=name, x=row[x], y=row[y], records=(record,))


def _groups(
    page: Context, pairs: Sequence[_Pair], kind: model.Kind, color_by: str | None, *, is_rows: bool
) -> list[str]:
    """What gives each point its color: a choice of its entity, or for rows the entity."""
    if color_by is None:
        return [pair.entity.name[page.lang] if is_rows else "" for pair in pairs]
    type = fact_type(kind, color_by)
    if not type.options:
        raise CallError(f"'{color_by}' is no choice", "color_by names a choice")
    return [
        words_of(page, pair.entity.facts[color_by].record.value, type) if color_by in pair.entity.facts else ""
        for pair in pairs
    ]


def _spot(page: Context, pair: _Pair, group: str) -> Spot:
    notes = dict.fromkeys(r.note[page.lang] for r in pair.records if r.note)
    return Spot(
        label=pair.label,
        x=pair.x if isinstance(pair.x, str) else number_of(pair.x) or Decimal(0),
        y=number_of(pair.y) or Decimal(0),
        group=group,
        is_estimate=any(r.basis == "estimate" for r in pair.records),
        href=page.href_to(pair.entity.id),
        note=WORDS[page.lang].semicolon.join(notes),
        sources=tuple(cited(page, r) for r in pair.records),
    )


def _measure(
    page: Context,
    type: model.FactType,
    values: Sequence[model.Value | None],
    records: Sequence[model.Record],
    *,
    is_log: bool,
) -> Measure:
    units = {record.unit if not isinstance(record.value, model.Row) else None for record in records} | {type.unit}
    unit = one_of(units, "units", "leave one of them out by ids") if type.type != "date" else None
    money = [value.currency for value in values if isinstance(value, model.Money)]
    currency = one_of(money, "currencies", "leave one of them out by ids")
    return Measure(
        label=type.label[page.lang],
        unit=None if currency else unit,
        currency=currency,
        per=unit if currency else None,
        is_log=is_log,
    )
