"""A new entity's file, made from its kind: every fact that it must have, empty; those that it may have, as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from . import schema
from .issues import UsageError, nearest
from .load import load, read_kinds
from .values import ID

_BLANK: Mapping[str, str] = {
    "text": '{zh: "", en: ""}',
    "label": '{zh: "", en: ""}',
    "names": "[]",
    "choices": "[]",
    "refs": "[]",
    "number": "",
    "money": "",
    "flag": "",
}
"""An empty value of a type; an empty text where none is named."""
_MEANING: Mapping[str, str] = {
    "text": "a text in both languages",
    "label": "a name in both languages",
    "name": "a name, the same in both languages",
    "names": "names: [one, two]",
    "number": "a number without quotes",
    "money": "an amount without quotes, with its currency (USD, CNY)",
    "date": 'a date: "2026", "2026-03" or "2026-03-06"',
    "url": "an address that begins with https://",
    "ref": "the id of an entity",
    "refs": "ids of entities: [one, two]",
    "flag": "true or false",
    "row": "rows, each with",
}
_HEAD = """\
# yaml-language-server: $schema=../../schema/{kind}.json
# Fill what is empty, take out what you leave out, and run the check: it names every place that is left.
name: {{zh: "", en: ""}}
aliases: []              # what people type: abbreviations, former names
depth: short             # full: the facts marked (full) must be there too
url: ""                  # the official site
checked: ""              # the day on which you checked all of it, as "2026-03-06"
summary:                 # what it is and for whom: one or two sentences
  zh: ""
  en: ""
judgement:               # our view for a founder: when to take it, when not
  zh: ""
  en: ""
facts:                   # as_of: for when the source speaks; null where it names no date
"""
_SOURCES = """\
sources:                 # what you read; its host stands in data/publishers.yml
  main:
    url: ""
    title: ""            # the document's own title
    read: ""             # the day on which you read it
"""


def new(root: Path, kind: str, id: str) -> Path:
    """Write the file of a new entity.

    Raises:
        UsageError: there is no such kind, or the id is none or is taken.
        guide.issues.ContentError: a kind's file has faults.
    """
    kinds = read_kinds(root)
    if kind not in kinds:
        raise UsageError(f"unknown kind '{kind}'; {nearest(kind, kinds) or 'known: ' + ', '.join(kinds)}")
    if not ID.match(id):
        raise UsageError(f"'{id}' is not an id; use lower-case letters, digits and single hyphens, as in llama-cpp")
    loaded = load(root)
    taken = {e.id: e.place.path for e in loaded.guide.entities.values()}
    taken |= {t.id: f"{t.place.path}:{t.place.line}" for t in loaded.guide.terms.values()}
    taken |= {p.stem: p.relative_to(root).as_posix() for p in (root / "data/entities").glob("*/*.yml")}
    if id in taken:
        raise UsageError(f"the id '{id}' is taken by {taken[id]}; ids are unique over all kinds and terms")
    file = root / f"data/entities/{kind}/{id}.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text(kind, kinds[kind]), encoding="utf-8", newline="")
    return file


def text(id: str, kind: schema.KindFile) -> str:
    """The file of an entity of a kind, with nothing in it yet."""
    must = (line for f in kind.facts if f.required == "always" for line in _fact(f, "  "))
    may = (line for f in kind.facts if f.required != "always" for line in _fact(f, "  # "))
    relations = (f"  # {r.id}: {r.label.zh} · {r.label.en}" for r in kind.relations)
    example = f"relations: {{}}            # as in {{{kind.relations[0].id}: [one, two]}}" if kind.relations else ""
    lines = [*must, *may, *filter(None, (example,)), *relations]
    return _HEAD.format(kind=id) + "".join(f"{line}\n" for line in lines) + _SOURCES


def _fact(fact: schema.FactTypeFile, indent: str) -> Iterator[str]:
    full = " (full)" if fact.required == "full" else ""
    yield f"  # {fact.label.zh} · {fact.label.en}{full}: {_meaning(fact)}"
    yield f"{indent}{fact.id}:"
    yield f"{indent}  value: {_blank(fact)}".rstrip()
    if fact.type == "money":
        yield f'{indent}  currency: ""'
    yield f'{indent}  as_of: ""'
    yield f"{indent}  source: main"


def _meaning(fact: schema.FactTypeFile) -> str:
    if fact.type in ("choice", "choices"):
        ids = ", ".join(o.id for o in fact.options)
        return f"one of {ids}" if fact.type == "choice" else f"[one or more of {ids}]"
    fields = f" {', '.join(f.id for f in fact.fields)}" if fact.fields else ""
    unit = f", in {fact.unit}" if fact.unit else ""
    hint = f"; {fact.hint.zh} · {fact.hint.en}" if fact.hint else ""
    return " ".join((_MEANING[fact.type] + fields + unit + hint).split())


def _blank(fact: schema.FactTypeFile) -> str:
    if fact.type != "row":
        return _BLANK.get(fact.type, '""')
    return "{" + ", ".join(f"{f.id}: {_blank_field(f.type)}" for f in fact.fields) + "}"


def _blank_field(type: str) -> str:
    return '{amount: , currency: ""}' if type == "money" else _BLANK.get(type, '""')
