"""Open data: the records as JSON and CSV, whose shape stays once published."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from guide.check import check
from guide.export import CSV_COLUMNS, documents
from guide.urls import Addresses
from sample import Case, make_sample

ALPHA = "data/entities/framework/alpha.yml"


@pytest.fixture
def exported(tmp_path: Path) -> dict[str, str]:
    """The documents of the sample."""
    return export(make_sample(tmp_path))


def export(root: Path) -> dict[str, str]:
    """The documents of a sound project."""
    checked = check(root)
    assert not len(checked.issues), checked.issues.text()
    return documents(checked.site.guide, Addresses())


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV document, read as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def changed(root: Path, old: str, new: str) -> dict[str, str]:
    """The documents of the sample with a text of alpha changed."""
    make_sample(root)
    Case(about="", values={"change": {ALPHA: [[old, new]]}}).apply(root)
    return export(root)


def test_every_document_is_listed(exported: dict[str, str]) -> None:
    """The index names each document, and how many entities each kind has."""
    index = json.loads(exported["api/v1/index.json"])
    listed = {path for entry in index["documents"] for path in entry.values()}
    assert listed == set(exported) - {"api/v1/index.json"}
    assert index["counts"] == {"framework": 2}


def test_each_json_document_says_what_it_is(exported: dict[str, str]) -> None:
    """Version, date of the data, license and citation stand in each."""
    for path, text in exported.items():
        if path.endswith(".json"):
            about = json.loads(text)
            assert (about["version"], about["data_as_of"], about["license"]) == (1, "2026-03-06", "CC-BY-4.0"), path
            assert about["citation"].endswith("2026-03-06"), path


def test_records_keep_value_date_and_source(exported: dict[str, str]) -> None:
    """A record has what the file says, with texts in both languages, and the key of a source that is listed."""
    alpha = json.loads(exported["api/v1/framework.json"])["entities"][0]
    assert alpha["facts"]["commits"] == [
        {"value": 1200, "unit": "commits", "as_of": "2026-03-01", "basis": None, "source": "alpha.readme", "at": None}
    ]
    assert alpha["facts"]["price"][0]["value"] == 2.5
    assert (alpha["facts"]["price"][0]["currency"], alpha["facts"]["price"][0]["unit"]) == ("USD", "hours")
    assert [r["value"] for r in alpha["facts"]["users"]] == [
        {"zh": "贝塔团队", "en": "the Beta team"},
        {"zh": "伽马团队", "en": "the Gamma team"},
    ]
    assert alpha["page"] == {"zh": "directory/frameworks/alpha/", "en": "en/directory/frameworks/alpha/"}
    sources = {s["key"]: s for s in json.loads(exported["api/v1/sources.json"])["sources"]}
    assert sources["alpha.readme"]["grade"] == "primary"
    assert {r["source"] for facts in alpha["facts"].values() for r in facts} <= set(sources)


def test_the_table_has_a_row_a_record(exported: dict[str, str]) -> None:
    """CSV opens in a spreadsheet with its Chinese, one record a row, in the columns that are published."""
    text = exported["api/v1/framework.csv"]
    assert text.startswith("\ufeffentity,")
    found = rows(text)
    assert tuple(found[0]) == CSV_COLUMNS
    assert [r["fact"] for r in found if r["entity"] == "beta"] == ["category", "license"]
    assert found[0]["name_zh"] == "阿尔法"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1+cmd", "@x", "\t=1"])
def test_no_cell_is_a_formula(start: str, tmp_path: Path) -> None:
    """A name that a spreadsheet would run is led by a quote."""
    found = rows(changed(tmp_path, "value: MIT", f"value: {json.dumps(start)}")["api/v1/framework.csv"])
    assert next(r["value"] for r in found if r["fact"] == "license") == f"'{start}"


@pytest.mark.parametrize(
    ("value", "as_json", "as_csv"),
    [
        ("-3", -3, "-3"),
        ("0.10", 0.1, "0.10"),
        ("3.8e25", 3.8e25, "3.8E+25"),
        ("{min: -5, max: 7.5}", {"min": -5, "max": 7.5}, "-5..7.5"),
    ],
)
def test_numbers_stay_numbers(value: str, as_json: Any, as_csv: str, tmp_path: Path) -> None:
    """A number is a number in JSON, also a large or a negative one; in CSV it is written as the file has it."""
    found = changed(tmp_path, "memory: {value: 24", f"memory: {{value: {value}")
    alpha = json.loads(found["api/v1/framework.json"])["entities"][0]
    assert alpha["facts"]["memory"][0]["value"] == as_json
    assert next(r["value"] for r in rows(found["api/v1/framework.csv"]) if r["fact"] == "memory") == as_csv
