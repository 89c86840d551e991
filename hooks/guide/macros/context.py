"""What a macro works with: the page it stands on, and what the page gathers while its macros run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .. import model
from ..issues import nearest
from ..site import Site
from ..templates import Templates
from ..urls import Addresses
from .calls import CallError


@dataclass(slots=True, kw_only=True)
class Cited:
    """A source on a page: its number at the foot, and the places in it that were cited."""

    number: int
    source: model.Source
    places: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Mention:
    """A page names an id under one of its headings."""

    id: str
    heading: str


@dataclass(slots=True, kw_only=True)
class Context:
    """One page while it is rendered."""

    site: Site
    addresses: Addresses
    templates: Templates
    lang: model.Lang
    src: str
    origin: str
    cited: dict[str, Cited] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    """Ids that macros named since the list was last taken."""
    charts: int = 0

    @property
    def guide(self) -> model.Guide:
        """The guide's data."""
        return self.site.guide

    @property
    def url(self) -> str:
        """The page's address from the site's root."""
        return self.addresses.page(self.lang, self.src)

    def href(self, src: str, fragment: str = "") -> str:
        """Relative address of another page in the same language."""
        return self.addresses.between(self.url, self.addresses.page(self.lang, src), fragment)

    def href_to(self, id: str) -> str:
        """Relative address of what an id names; the id counts as mentioned."""
        target = self.site.targets[id]
        self.named.append(id)
        return self.href(target.src, target.fragment)

    def cite(self, source: model.Source, at: str | None = None) -> int:
        """The number of a source at the foot of this page."""
        entry = self.cited.setdefault(source.key, Cited(number=len(self.cited) + 1, source=source))
        if at and at not in entry.places:
            entry.places.append(at)
        return entry.number

    def t(self, key: str) -> str:
        """A word of the interface."""
        text = self.guide.labels.get(key)
        return text[self.lang] if text else f"⟦{key}⟧"

    def render(self, template: str, macro: str, view: Any) -> str:
        """A view rendered by a macro of overrides/macros/<template>.html."""
        return self.templates.render(template, macro, view, self.lang)

    def entity(self, id: str) -> model.Entity:
        """An entity, or CallError with the nearest id."""
        found = self.guide.entities.get(id)
        if found is None:
            self.skip(id)
            raise CallError(f"unknown entity '{id}'", self.site.suggest(id))
        return found

    def kind(self, id: str) -> model.Kind:
        """A kind, or CallError with the nearest id."""
        found = self.guide.kinds.get(id)
        if found is None:
            self.skip(id)
            raise CallError(
                f"unknown kind '{id}'", nearest(id, self.guide.kinds) or f"known: {', '.join(self.guide.kinds)}"
            )
        return found

    def fact(self, path: str) -> tuple[model.Entity, model.Fact, str]:
        """'pytorch.license' → the entity, its fact and '' or the field of its rows, or CallError."""
        entity_id, dot, rest = path.partition(".")
        fact_id, _, field = rest.partition(".")
        if not dot:
            raise CallError(f"'{path}' names no fact", "write entity.fact, as in pytorch.license")
        entity = self.entity(entity_id)
        found = entity.facts.get(fact_id)
        if found is None:
            self.skip(entity_id)
            known = entity.facts if fact_id in entity.kind.facts else entity.kind.facts
            state = (
                f"{entity_id} has no record of '{fact_id}'"
                if fact_id in entity.kind.facts
                else f"unknown fact '{fact_id}'"
            )
            raise CallError(state, nearest(fact_id, known) or f"known: {', '.join(known)}")
        names = [f.id for f in found.type.fields]
        if bool(field) != bool(names) or (field and field not in names):
            hint = nearest(field, names) or (f"name one of its fields: {', '.join(names)}" if names else "leave it out")
            raise CallError(f"'{path}' has no field '{field}'" if field else f"'{path}' is made of rows", hint)
        return entity, found, field

    def skip(self, id: str) -> None:
        """An id whose own file has faults is not this page's fault."""
        if id in self.site.broken:
            raise BrokenId(id)


class BrokenId(Exception):
    """A page names an id whose file has faults of its own; told there."""
