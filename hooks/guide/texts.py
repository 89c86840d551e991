"""Texts of data/ that a reader sees: their links lead somewhere, and their prose is sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from . import model
from .issues import Issue
from .prose import lint_text
from .reader import Document, Path_, field_name
from .site import Site
from .templates import references

_FILES = ("data/entities/", "data/worked/", "data/terms.yml")
_NAMES = frozenset(("name", "label", "title"))
"""Shown as they stand, without links."""


def check_texts(site: Site, documents: Mapping[str, Document]) -> Iterator[Issue]:
    """Note what is wrong with the texts of every file."""
    for document in documents.values():
        if document.path.startswith(_FILES):
            for steps, text in _texts(document.value, ()):
                yield from _links(document, steps, text, site)
                place = model.Place(path=document.path, line=document.place(steps)[0], column=document.place(steps)[1])
                yield from lint_text(text, cast(model.Lang, steps[-1]), place, field_name(steps))


def _texts(value: Any, steps: Path_) -> Iterator[tuple[Path_, str]]:
    """Each text beside its way through the document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if isinstance(item, str) and key in model.LANGUAGES and len(steps) > 0:
            yield (*steps, key), item
        elif key not in _NAMES:
            yield from _texts(item, (*steps, key))


def _links(document: Document, steps: Path_, text: str, site: Site) -> Iterator[Issue]:
    line, column = document.place(steps)
    lang = cast(model.Lang, steps[-1])
    for reference in references(text):
        found = site.resolve(reference, lang)
        fault = site.fragment_fault(found[0], reference.partition("#")[2], lang) if found else None
        if found is None and reference.partition("#")[0] not in site.broken:
            fault = f"unknown id '{reference}'", site.suggest(reference)
        if fault:
            yield Issue(
                path=document.path, line=line, column=column, field=field_name(steps), problem=fault[0], hint=fault[1]
            )
