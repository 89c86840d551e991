"""Worked figures: a plain formula over records and assumptions, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample import Case, cases


@pytest.mark.parametrize("case", cases("worked"))
def test_told(case: Case, tmp_path: Path) -> None:
    """Each fault of a figure is told at its value; nothing but arithmetic is computed."""
    assert case.told(tmp_path) == case.messages
