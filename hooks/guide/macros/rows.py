"""Macros about rows: a table of an entity's rows, and the sum of those that may be added up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from .. import formats, model
from ..issues import nearest
from .calls import CallError, macro
from .context import Context
from .facts import rows_view


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalView:
    """A sum of rows: the amount in each currency, and how many rows it holds and leaves out."""

    amounts: tuple[str, ...]
    counted: int
    left_out: int


@macro
def rows(page: Context, path: str, fields: list[str] | None = None) -> str:
    """The rows of a fact as a table: `{{ rows("openai.rounds", ["date", "name", "amount", "status"]) }}`."""
    found = _rows_of(page, path)
    known = [f.id for f in found.type.fields]
    for field in fields or ():
        if field not in known:
            raise CallError(f"{path} has no field '{field}'", nearest(field, known) or f"known: {', '.join(known)}")
    page.named.append(path.partition(".")[0])
    view = rows_view(page, found, tuple(fields or ()))
    named = f"{page.entity(path.partition('.')[0]).name[page.lang]} · {view.label}"
    return page.render("facts", "rows", replace(view, label=named))


@macro
def total(page: Context, path: str, digits: int | None = None) -> str:
    """The sum of the rows that count, by currency: `{{ total("openai.rounds") }}`; denied ones never count."""
    found = _rows_of(page, path)
    if found.type.sum is None:
        raise CallError(f"the rows of '{path}' cannot be added up", "only facts with `sum` in their kind can")
    sums, counted = sum_of(found)
    amounts = tuple(
        formats.money(amount, currency, page.lang, digits=digits, units=page.guide.units)
        for currency, amount in sorted(sums.items())
    )
    return page.render(
        "facts", "total", TotalView(amounts=amounts, counted=counted, left_out=len(found.records) - counted)
    )


def sum_of(found: model.Fact) -> tuple[dict[str, Decimal], int]:
    """The sum in each currency of the rows that count, and their number; of rows with the same key the first."""
    rule = found.type.sum
    assert rule is not None
    sums: dict[str, Decimal] = defaultdict(Decimal)
    seen: set[str] = set()
    for record in found.records:
        row = record.value
        if not isinstance(row, model.Row) or row[rule.where] not in rule.counts:
            continue
        same = str([row[name] for name in found.type.key])
        money = row[rule.of]
        if isinstance(money, model.Money) and isinstance(money.amount, Decimal) and same not in seen:
            seen.add(same)
            sums[money.currency] += money.amount
    return sums, len(seen)


def _rows_of(page: Context, path: str) -> model.Fact:
    entity_id, _, fact_id = path.partition(".")
    entity = page.entity(entity_id)
    made = [f for f in entity.facts.values() if f.type.type == "row"]
    found = next((f for f in made if f.type.id == fact_id), None)
    if found is None:
        known = [f.type.id for f in made]
        raise CallError(f"{entity_id} has no rows '{fact_id}'", nearest(fact_id, known) or f"known: {', '.join(known)}")
    return found
