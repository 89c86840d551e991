"""The macro for wide tables: every row with its date and source, current rows first, older ones as history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .. import formats, model, say
from ..issues import nearest
from ..periods import latest_day
from .calls import CallError, macro
from .context import Context
from .facts import OLD_DAYS, SourceMark, mark
from .finder import FinderView, facet, sort_key

_SHOWN_DIGITS = 3
_MOST_OPTIONS = 24
_ORDERED = frozenset(("date", "money", "number"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WideCell:
    """A cell: what it says, where it leads, and the plain value that it is sorted by."""

    text: str
    href: str
    sort: str
    is_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WideRow:
    """A row with its date and source."""

    cells: tuple[WideCell, ...]
    as_of: str
    as_of_iso: str
    is_history: bool
    mark: SourceMark
    note: str
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(column, what the row has of it) for the columns that rows are chosen by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WideColumn:
    """A column's heading."""

    id: str
    label: str
    is_number: bool
    is_date: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WideView:
    """A wide table as a page shows it."""

    id: str
    title: str
    description: str
    columns: tuple[WideColumn, ...]
    rows: tuple[WideRow, ...]
    current: int
    csv: str
    finder: FinderView


@macro
def data_table(page: Context, id: str) -> str:
    """A whole table of data/tables with date and source of each row: `{{ data_table("gpu-prices") }}`."""
    table = page.guide.tables.get(id)
    if table is None:
        raise CallError(f"unknown table '{id}'", nearest(id, page.guide.tables) or "add data/tables/<id>.csv and .yml")
    chosen, currency = facet_columns(table), _currency(table)
    rows = sorted((_row(page, table, r, chosen, currency) for r in table.rows), key=lambda r: r.is_history)
    columns = tuple(
        WideColumn(id=c.id, label=c.label[page.lang], is_number=_is_number(c), is_date=c.type == "date")
        for c in table.columns
    )
    view = WideView(
        id=id,
        title=table.title[page.lang],
        description=table.description[page.lang],
        columns=columns,
        rows=tuple(rows),
        current=sum(not r.is_history for r in rows),
        csv=page.addresses.between(page.url, f"api/v1/{id}.csv"),
        finder=_finder(page, table, chosen, rows),
    )
    return page.render("wide", "wide", view)


def facet_columns(table: model.Table) -> tuple[model.Column, ...]:
    """The columns of names that repeat: few enough to choose from, each on several rows."""
    named = [c for c in table.columns if c.type in ("ref", "name")]
    counts = {c.id: len({str(r.values[c.id]) for r in table.rows if c.id in r.values}) for c in named}
    return tuple(c for c in named if 1 < counts[c.id] <= _MOST_OPTIONS and counts[c.id] * 2 <= len(table.rows))


def _finder(page: Context, table: model.Table, chosen: Iterable[model.Column], rows: Iterable[WideRow]) -> FinderView:
    held = [dict(row.facets) for row in rows]
    made = (facet(c.id, c.label[page.lang], _names(page, table, c), [h.get(c.id, ()) for h in held]) for c in chosen)
    return FinderView(id=table.id, facets=tuple(made), total=len(held), can_compare=False)


def _names(page: Context, table: model.Table, column: model.Column) -> dict[str, str]:
    """What the options of a column of references are called."""
    known = page.guide.entities
    held = sorted({str(r.values[column.id]) for r in table.rows if column.id in r.values})
    return {id: known[id].name[page.lang] for id in held if column.type == "ref" and id in known}


def is_history(row: model.TableRow, guide: model.Guide) -> bool:
    """Whether a row is no offer any more: it has no date, or one more than a year ago."""
    return row.as_of is None or (guide.today - latest_day(row.as_of)).days > OLD_DAYS


def _is_number(column: model.Column) -> bool:
    return column.type in ("number", "money")


def _currency(table: model.Table) -> str:
    """The currency of most rows; amounts in another one cannot be ordered among them."""
    held = (v.currency for r in table.rows for v in r.values.values() if isinstance(v, model.Money))
    return max((counts := Counter(held)), key=lambda c: (counts[c], c), default="")


def _row(
    page: Context, table: model.Table, row: model.TableRow, chosen: Iterable[model.Column], currency: str
) -> WideRow:
    return WideRow(
        cells=tuple(_cell(page, c, row.values.get(c.id), currency) for c in table.columns),
        as_of=formats.as_of(row.as_of, row.source.read, page.lang),
        as_of_iso=row.as_of or row.source.read.isoformat(),
        is_history=is_history(row, page.guide),
        mark=mark(page, row.source, None, None),
        note=row.note,
        facets=tuple((c.id, (str(row.values[c.id]),)) for c in chosen if c.id in row.values),
    )


def _cell(page: Context, column: model.Column, value: model.Value | None, currency: str) -> WideCell:
    if value is None:
        return WideCell(text="", href="", sort="", is_number=_is_number(column))
    if column.type == "ref" and str(value) in page.guide.entities:
        name = page.guide.entities[str(value)].name[page.lang]
        return WideCell(text=name, href=page.href_to(str(value)), sort="", is_number=False)
    digits = _SHOWN_DIGITS if column.formula else None
    text = say.figure(
        value, column.unit if isinstance(value, model.Money) else None, page.guide, page.lang, digits=digits
    )
    is_apart = column.type not in _ORDERED or (isinstance(value, model.Money) and value.currency != currency)
    return WideCell(text=text, href="", sort="" if is_apart else sort_key(value), is_number=_is_number(column))
