"""Data that breaks a rule is told once, where it stands, with what to do; all of it in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.load import load
from guide.validate import rings
from sample import Case, cases, make_sample


@pytest.mark.parametrize("case", cases("validate"))
def test_told(case: Case, tmp_path: Path) -> None:
    """Each fault gets one message with its path, line, column, field and hint, and none falls on others."""
    assert case.told(tmp_path) == case.messages


@pytest.mark.parametrize(
    ("arrows", "found"),
    [
        ({"a": ("b",), "b": ("c",), "c": ()}, []),
        ({"a": ("b",), "b": ("c",), "c": ("a",)}, [("a", "b", "c")]),
        ({"a": ("b",), "b": ("a",), "c": ("d",), "d": ("c",)}, [("a", "b"), ("c", "d")]),
        ({"a": ("b",), "b": ("c",), "c": ("b",)}, [("b", "c")]),
        ({"a": ("a",)}, []),
    ],
)
def test_rings(arrows: dict[str, tuple[str, ...]], found: list[tuple[str, ...]]) -> None:
    """Each circle is found once, beginning with its least id."""
    assert rings(arrows) == found


def test_today_is_the_newest_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test ages: today is SOURCE_DATE_EPOCH, or else the newest day on which a source was read."""
    make_sample(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert str(load(tmp_path).guide.today) == "2026-03-06"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert str(load(tmp_path).guide.today) == "2027-01-15"


def test_nothing_rests_on_a_source_that_is_not_known(tmp_path: Path) -> None:
    """An entity whose sources could not be read is in no guide, and no page that names it is to blame."""
    make_sample(tmp_path)
    (tmp_path / "data/publishers.yml").write_text("- id: [\n", encoding="utf-8")
    loaded = load(tmp_path)
    assert dict(loaded.guide.entities) == {}
    assert {"alpha", "beta", "margin", "shared"} <= loaded.broken
    assert loaded.lost == {"publishers.yml"}
