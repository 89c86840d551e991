"""What narrows a table or directory down on the page: facets with their counts, and what each entry has of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .. import model
from .context import Context

FACETS = frozenset(("choice", "choices", "flag", "name"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """A value that entries may have, and how many do."""

    id: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """Something to choose entries by."""

    id: str
    label: str
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinderView:
    """The controls above a table or directory."""

    id: str
    facets: tuple[FacetView, ...]
    total: int
    can_compare: bool


def held(fact: model.Fact | None) -> tuple[str, ...]:
    """What an entity has of a fact today, as ids of options or plain values."""
    if fact is None:
        return ()
    found: list[str] = []
    for record in fact.records[: None if fact.type.many else 1]:
        match record.value:
            case tuple() as values:
                found += values
            case bool() as flag:
                found.append("yes" if flag else "no")
            case value:
                found.append(str(value))
    return tuple(dict.fromkeys(found))


def facet_types(kind: model.Kind) -> tuple[model.FactType, ...]:
    """The facts of a kind that its directory can be narrowed down by."""
    return tuple(f for f in kind.facts.values() if f.facet and f.type in FACETS)


def facets(page: Context, types: Iterable[model.FactType], entities: Iterable[model.Entity]) -> tuple[FacetView, ...]:
    """The facets that divide these entities: two options at least."""
    known = tuple(entities)
    made = (facet(t.id, t.label[page.lang], _labels(page, t), [held(e.facts.get(t.id)) for e in known]) for t in types)
    return tuple(f for f in made if len(f.options) > 1)


def facet(id: str, label: str, labels: dict[str, str], rows: Iterable[Iterable[str]]) -> FacetView:
    """A facet of what rows have: options in the order of `labels`, others after them, the commonest first."""
    counts = Counter(value for row in rows for value in row)
    free = sorted((v for v in counts if v not in labels), key=lambda v: (-counts[v], v.casefold()))
    options = tuple(OptionView(id=v, label=labels.get(v, v), count=counts[v]) for v in (*labels, *free) if counts[v])
    return FacetView(id=id, label=label, options=options)


def _labels(page: Context, type: model.FactType) -> dict[str, str]:
    if type.type == "flag":
        return {"yes": page.t("yes"), "no": page.t("no")}
    return {o.id: o.label[page.lang] for o in type.options}


def sort_key(value: model.Value) -> str:
    """A number in full (a range by its lower end) or a date, to sort by; empty for what sorts as it reads."""
    match value:
        case model.Money(amount, _):
            return sort_key(amount)
        case model.Range(low, _):
            return plain(low)
        case Decimal():
            return plain(value)
        case str():
            return value
        case _:
            return ""


def span(value: model.Value) -> str:
    """Both ends of a range; empty for what is none."""
    amount = value.amount if isinstance(value, model.Money) else value
    return f"{plain(amount.low)}..{plain(amount.high)}" if isinstance(amount, model.Range) else ""


def plain(number: Decimal) -> str:
    """All digits of a number."""
    return f"{number.normalize():f}"
