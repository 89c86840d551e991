"""The macro for wide tables: every row with its date and source, current rows first, older ones as history."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .. import formats, model, say
from ..issues import nearest
from ..periods import latest_day
from .calls import CallError, macro
from .context import Context
from .facts import OLD_DAYS, SourceMark, mark

_SHOWN_DIGITS = 3


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


@dataclass(frozen=True, slots=True, kw_only=True)
class WideColumn:
    """A column's heading."""

    id: str
    label: str
    is_number: bool


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


@macro
def data_table(page: Context, id: str) -> str:
    """A whole table of data/tables with date and source of each row: `{{ data_table("gpu-prices") }}`."""
    table = page.guide.tables.get(id)
    if table is None:
        raise CallError(f"unknown table '{id}'", nearest(id, page.guide.tables) or "add data/tables/<id>.csv and .yml")
    rows = sorted((_row(page, table, r) for r in table.rows), key=lambda r: r.is_history)
    columns = tuple(WideColumn(id=c.id, label=c.label[page.lang], is_number=_is_number(c)) for c in table.columns)
    view = WideView(
        id=id,
        title=table.title[page.lang],
        description=table.description[page.lang],
        columns=columns,
        rows=tuple(rows),
        current=sum(not r.is_history for r in rows),
        csv=page.addresses.between(page.url, f"api/v1/{id}.csv"),
    )
    return page.render("wide", "wide", view)


def is_history(row: model.TableRow, guide: model.Guide) -> bool:
    """Whether a row is no offer any more: it has no date, or one more than a year ago."""
    return row.as_of is None or (guide.today - latest_day(row.as_of)).days > OLD_DAYS


def _is_number(column: model.Column) -> bool:
    return column.type in ("number", "money")


def _row(page: Context, table: model.Table, row: model.TableRow) -> WideRow:
    return WideRow(
        cells=tuple(_cell(page, c, row.values.get(c.id)) for c in table.columns),
        as_of=formats.as_of(row.as_of, row.source.read, page.lang),
        as_of_iso=row.as_of or row.source.read.isoformat(),
        is_history=is_history(row, page.guide),
        mark=mark(page, row.source, None, None),
        note=row.note,
    )


def _cell(page: Context, column: model.Column, value: model.Value | None) -> WideCell:
    if value is None:
        return WideCell(text="", href="", sort="", is_number=_is_number(column))
    if column.type == "ref" and str(value) in page.guide.entities:
        name = page.guide.entities[str(value)].name[page.lang]
        return WideCell(text=name, href=page.href_to(str(value)), sort=name, is_number=False)
    number = value.amount if isinstance(value, model.Money) else value
    digits = _SHOWN_DIGITS if column.formula else None
    text = say.figure(
        value, column.unit if isinstance(value, model.Money) else None, page.guide, page.lang, digits=digits
    )
    return WideCell(text=text, href="", sort=str(number), is_number=isinstance(number, Decimal))
