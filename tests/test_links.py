"""Links by id: each leads somewhere, and what only looks like one stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample import Case, cases


@pytest.mark.parametrize("case", cases("links"))
def test_told(case: Case, tmp_path: Path) -> None:
    """Each link to nowhere is told with its line, its column and the nearest id."""
    assert case.told(tmp_path) == case.messages
