"""YAML files are read with the place of each value, and what two readers could take differently is refused."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from guide.reader import read_yaml
from sample import Case, cases


def plain(value: Any) -> Any:
    """Numbers as they were written, so that a case can name them."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return str(getattr(value, "text", value)) if isinstance(value, Decimal) else value


@pytest.mark.parametrize("case", cases("reader"))
def test_read(case: Case, tmp_path: Path) -> None:
    """Each fault of a file's form is told once, at its line and column; sound forms are read as they stand."""
    text = case.values["text"]
    for mark, (piece, times) in case.values.get("fill", {}).items():
        text = text.replace(mark, piece * times)
    file = tmp_path / "file.yml"
    file.write_bytes(text.encode(case.values.get("encoding", "utf-8")))
    start = time.perf_counter()
    document, issues = read_yaml(file, tmp_path)
    assert [str(issue) for issue in sorted(issues)] == case.messages
    assert time.perf_counter() - start < 1
    if "value" in case.values:
        assert document is not None
        assert plain(document.value) == case.values["value"]


def test_places_count_characters(tmp_path: Path) -> None:
    """A place is a line and a column of characters, for keys and values at any depth."""
    file = tmp_path / "file.yml"
    file.write_text("名: {zh: 一, en: [a, 乙, c]}\nb:\n  - x: 1\n", encoding="utf-8")
    document, _ = read_yaml(file, tmp_path)
    assert document is not None
    assert document.place(("名", "en", 2)) == (1, 23)
    assert document.place(("b", 0, "x")) == (3, 8)
    assert document.place(("b", 0, "x"), key=True) == (3, 5)
    assert document.place(("b", 0, "missing")) == (3, 5)


def test_links_and_missing_files(tmp_path: Path) -> None:
    """A link could show what is no part of the project; a file that cannot be read is a fault, not a crash."""
    (tmp_path / "link.yml").symlink_to("/etc/hostname")
    (tmp_path / "folder.yml").mkdir()
    messages = [str(issue) for name in ("link", "folder") for issue in read_yaml(tmp_path / f"{name}.yml", tmp_path)[1]]
    assert messages == [
        "link.yml:1:1: the file is a link to another one; put the file itself there",
        "folder.yml:1:1: the file cannot be read: Is a directory",
    ]
