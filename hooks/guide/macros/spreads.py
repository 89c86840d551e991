"""Ranges: all records of a fact by entity, or a column of a table by another one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .. import model
from ..chartview import Link
from ..chartwords import WORDS
from ..issues import nearest
from ..plotview import Spread
from ..ranges import ranges
from .calls import CallError
from .chartspec import cited, drawn, entities_of, fact_type, frame, one_of
from .context import Context
from .wide import is_history

_DIGITS = 3
"""Significant digits of computed columns."""


def range_chart(
    page: Context,
    of: str,
    title: str,
    subtitle: str,
    ids: Sequence[str] | None,
    log: Sequence[str],
    by: str | None,
    currency: str | None,
) -> str:
    """From the lowest to the highest value, with a dot for each."""
    first, _, rest = of.partition(".")
    if table := page.guide.tables.get(first):
        return _table_ranges(page, table, rest, title, subtitle, ids, log, by, currency)
    kind = page.kind(first)
    type = fact_type(kind, rest)
    if type.type not in ("number", "money"):
        raise CallError(f"'{rest}' is no number or money", "ranges draw figures")
    facts = [(e, e.facts[rest]) for e in entities_of(page, kind, ids) if rest in e.facts]
    records = [record for _, fact in facts for record in fact.records]
    code = one_of((_currency(r.value) for r in records), "currencies", "leave one of them out by ids")
    unit = one_of((*(r.unit for r in records), type.unit), "units", "leave one of them out by ids")
    spec = frame(
        page,
        title,
        subtitle or type.label[page.lang],
        item=kind.name[page.lang],
        kind=kind,
        records=records,
        unit=None if code else unit,
        currency=code,
        per=unit if code else None,
    )
    rows = sorted((_spread(page, *pair) for pair in facts), key=lambda row: min(row.values))
    return drawn(page, lambda: ranges(rows, spec, is_log=bool(log)), "name a fact that has records")


def _spread(page: Context, entity: model.Entity, fact: model.Fact) -> Spread:
    return Spread(
        label=entity.name[page.lang],
        values=tuple(end for record in fact.records for end in _ends(record.value)),
        is_estimate=any(record.basis == "estimate" for record in fact.records),
        href=page.href_to(entity.id),
        source=cited(page, fact.record),
    )


def _ends(raw: model.Value | None) -> tuple[Decimal, ...]:
    amount = raw.amount if isinstance(raw, model.Money) else raw
    if isinstance(amount, model.Range):
        return amount.low, amount.high
    return (amount,) if isinstance(amount, Decimal) else ()


def _currency(raw: model.Value | None) -> str | None:
    return raw.currency if isinstance(raw, model.Money) else None


def _table_ranges(
    page: Context,
    table: model.Table,
    column_id: str,
    title: str,
    subtitle: str,
    ids: Sequence[str] | None,
    log: Sequence[str],
    by: str | None,
    currency: str | None,
) -> str:
    """The current rows of a table; what is history, or in another currency, is left out and counted."""
    column, group = _column(table, column_id), _column(table, by or "")
    held = [row for row in table.rows if _ends(row.values.get(column.id)) and group.id in row.values]
    asked = [row for row in held if ids is None or str(row.values[group.id]) in ids]
    current = [row for row in asked if not is_history(row, page.guide)]
    hint = 'name one, as in currency="USD"; rows in others are then left out, and the chart says so'
    code = currency or one_of((_currency(row.values[column.id]) for row in current), "currencies", hint)
    shown = [row for row in current if _currency(row.values[column.id]) == code]
    if lost := [id for id in ids or () if id not in {str(row.values[group.id]) for row in asked}]:
        known = _names(held, group.id)
        hint = nearest(lost[0], known) or f"known: {', '.join(known)}"
        raise CallError(f"'{lost[0]}' has no row in {table.id}", hint)
    words = WORDS[page.lang]
    counts = {words.history: len(asked) - len(current), words.elsewhere: len(current) - len(shown)}
    spec = frame(
        page,
        title,
        subtitle or column.label[page.lang],
        item=group.label[page.lang],
        table=table,
        records=shown,
        unit=None if code else column.unit,
        currency=code,
        per=column.unit if code else None,
        digits=_DIGITS if column.formula else None,
        note=words.semicolon.join(word.format(n) for word, n in counts.items() if n),
    )
    rows = [_group(page, name, shown, column.id, group.id) for name in _names(shown, group.id)]
    rows.sort(key=lambda row: min(row.values))
    return drawn(page, lambda: ranges(rows, spec, is_log=bool(log)), "no row is current: look at their dates")


def _column(table: model.Table, id: str) -> model.Column:
    found = next((column for column in table.columns if column.id == id), None)
    if found is None:
        names = [column.id for column in table.columns]
        hint = nearest(id, names) or f"name the columns as in {table.id}.{names[-1]} and by=; known: {', '.join(names)}"
        raise CallError(f"'{table.id}' has no column '{id}'", hint)
    return found


def _names(rows: Sequence[model.TableRow], by: str) -> list[str]:
    return list(dict.fromkeys(str(row.values[by]) for row in rows))


def _group(page: Context, name: str, rows: Sequence[model.TableRow], column: str, by: str) -> Spread:
    own = [row for row in rows if str(row.values[by]) == name]
    known = page.guide.entities.get(name)
    number = page.cite(own[0].source)
    return Spread(
        label=known.name[page.lang] if known else name,
        values=tuple(end for row in own for end in _ends(row.values[column])),
        href=page.href_to(name) if known else "",
        source=Link(text=str(number), href=f"#source-{number}"),
    )
