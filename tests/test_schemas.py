"""The JSON Schemas that editors read say what the models and the kinds say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guide.schemas import documents, stale, write
from sample import Case, make_sample


def test_schemas_are_up_to_date(root: Path) -> None:
    """data/schema/ is as the models and the kinds' files make it now."""
    assert list(stale(root)) == [], "run: guide schema"


def test_stale_schemas_are_named(tmp_path: Path) -> None:
    """A schema that was changed, that is missing, or whose kind is gone is named; writing mends all three."""
    make_sample(tmp_path)
    write(tmp_path)
    assert list(stale(tmp_path)) == []
    folder = tmp_path / "data/schema"
    (folder / "terms.json").write_text("{}", encoding="utf-8")
    (folder / "nav.json").unlink()
    (folder / "planet.json").write_text("{}", encoding="utf-8")
    assert list(stale(tmp_path)) == [
        "data/schema/nav.json is missing",
        "data/schema/planet.json belongs to no file of data/",
        "data/schema/terms.json is stale",
    ]
    write(tmp_path)
    assert list(stale(tmp_path)) == []


def test_a_kinds_schema_names_its_facts(tmp_path: Path) -> None:
    """An entity's schema has the kind's facts with their labels, its options, and what is always required."""
    made = json.loads(documents(make_sample(tmp_path))["data/schema/framework.json"])
    facts = made["$defs"]["Facts_framework"]
    assert facts["required"] == ["category", "license"]
    assert facts["additionalProperties"] is False
    assert facts["properties"]["license"]["description"] == "许可证 · License"
    assert made["$defs"]["Record_category"]["properties"]["value"]["enum"] == ["training", "inference"]
    assert set(made["$defs"]["Record_money"]["required"]) == {"value", "as_of", "source", "currency"}
    assert set(made["required"]) == {
        "name", "depth", "url", "checked", "summary", "judgement", "facts", "sources",
    }  # fmt: skip


def test_a_new_fact_makes_the_schema_stale(tmp_path: Path) -> None:
    """Whoever changes a kind is told to renew its schema."""
    write(make_sample(tmp_path))
    added = "  - {id: chat, label: {zh: 群, en: Chat}, type: url}\nrelations:\n"
    Case(about="", values={"change": {"data/kinds/framework.yml": [["relations:\n", added]]}}).apply(tmp_path)
    assert list(stale(tmp_path)) == ["data/schema/framework.json is stale"]


def test_every_file_names_a_schema_that_exists(root: Path) -> None:
    """The first line of an entity, kind or worked figure leads an editor to its schema."""
    for folder in ("kinds", "worked", "entities/*"):
        for file in sorted((root / "data").glob(f"{folder}/*.yml")):
            line = file.read_text(encoding="utf-8").partition("\n")[0]
            prefix = "# yaml-language-server: $schema="
            path = file.relative_to(root)
            assert line.startswith(prefix), f"{path} names no schema"
            assert (file.parent / line.removeprefix(prefix)).is_file(), f"{path}: {line}"


@pytest.mark.parametrize("name", ["kind", "labels", "nav", "publishers", "sources", "table", "terms", "worked"])
def test_each_sort_of_file_has_a_schema(name: str, root: Path) -> None:
    """A schema closes what a file may say: no unknown fields."""
    made = (root / f"data/schema/{name}.json").read_text(encoding="utf-8")
    assert '"additionalProperties": false' in made
