"""JSON Schemas of the data files, for editors: what may stand where, shown while it is typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydantic

from . import schema
from .load import read_kinds

FOLDER = "data/schema"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FILES: dict[str, Any] = {
    "kind": schema.KindFile,
    "labels": dict[str, schema.LabelFile],
    "nav": list[schema.NavItemFile],
    "publishers": list[schema.PublisherFile],
    "sources": dict[str, schema.SourceFile],
    "table": schema.TableFile,
    "terms": list[schema.TermFile],
    "worked": schema.WorkedFile,
}
"""Name of a schema → what its files hold; a kind's entities have one by the kind's name."""


def documents(root: Path) -> dict[str, str]:
    """Path from the root → text of every schema.

    Raises:
        guide.issues.ContentError: a kind's file has faults.
    """
    found = {name: _of(type) for name, type in _FILES.items()}
    for id, kind in read_kinds(root).items():
        found[id] = _required(_of(schema.entity_model(id, kind)), id, kind)
    return {f"{FOLDER}/{name}.json": _text(name, value) for name, value in found.items()}


def write(root: Path) -> tuple[str, ...]:
    """Write every schema anew, and take away those of kinds that are gone; the names of the files written."""
    made = documents(root)
    for old in (root / FOLDER).glob("*.json"):
        if old.relative_to(root).as_posix() not in made:
            old.unlink()
    for path, text in made.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
    return tuple(made)


def stale(root: Path) -> Iterator[str]:
    """What is not as it would be written now."""
    made = documents(root)
    there = {p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in (root / FOLDER).glob("*.json")}
    for path in sorted(made.keys() | there.keys()):
        if path not in made:
            yield f"{path} belongs to no file of data/"
        elif made[path] != there.get(path):
            yield f"{path} is {'stale' if path in there else 'missing'}"


def _of(type: Any) -> dict[str, Any]:
    return pydantic.TypeAdapter(type).json_schema()


def _required(found: dict[str, Any], id: str, kind: schema.KindFile) -> dict[str, Any]:
    """The schema of a kind's entities, with the facts that each of them must have and what each fact is."""
    facts = found["$defs"][f"Facts_{id}"]
    facts["required"] = [f.id for f in kind.facts if f.required == "always"]
    for fact in kind.facts:
        hint = f". {fact.hint.zh}. {fact.hint.en}" if fact.hint else ""
        facts["properties"][fact.id]["description"] = f"{fact.label.zh} · {fact.label.en}{hint}"
    return found


def _text(name: str, value: dict[str, Any]) -> str:
    whole = {"$schema": _DIALECT, "title": name, **_untitled(value)}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _untitled(value: Any) -> Any:
    """A schema without pydantic's titles, which repeat the names of classes and fields, and without empty defaults."""
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if not (k == "title" and isinstance(v, str))}
        return {k: _untitled(v) for k, v in kept.items() if not (k == "default" and v in (None, [], {}))}
    return [_untitled(v) for v in value] if isinstance(value, list) else value
