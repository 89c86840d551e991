"""The data dictionary: what each kind's facts are, as data/kinds says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .. import model
from .calls import macro
from .context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A fact of a kind, or a field of its rows."""

    id: str
    label: str
    type: str
    unit: str | None
    required: str
    """When it must be there, in a word; empty where it need not."""
    options: tuple[tuple[str, str], ...]
    """(id, label) of each value that a choice may take."""
    hint: str
    fields: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFactsView:
    """A kind with all of its facts."""

    id: str
    name: str
    facts: tuple[EntryView, ...]
    relations: tuple[tuple[str, str], ...]
    """(id, label) of each relation."""


@macro
def dictionary(page: Context, kind: str | None = None) -> str:
    """What each kind's facts are, or one kind's: `{{ dictionary() }}`."""
    kinds = [page.kind(kind)] if kind else page.guide.kinds.values()
    return page.render("dictionary", "dictionary", tuple(_kind(page, k) for k in kinds))


def _kind(page: Context, kind: model.Kind) -> KindFactsView:
    return KindFactsView(
        id=kind.id,
        name=kind.name[page.lang],
        facts=_entries(page, kind.facts.values()),
        relations=tuple((r.id, r.label[page.lang]) for r in kind.relations.values()),
    )


def _entries(page: Context, types: Iterable[model.FactType]) -> tuple[EntryView, ...]:
    return tuple(
        EntryView(
            id=f.id,
            label=f.label[page.lang],
            type=f.type,
            unit=f.unit,
            required="" if f.required == "never" else page.t(f"required_{f.required}"),
            options=tuple((o.id, o.label[page.lang]) for o in f.options),
            hint=f.hint[page.lang] if f.hint else "",
            fields=_entries(page, f.fields),
        )
        for f in types
    )
