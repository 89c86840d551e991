"""Macro calls: only macros, only plain values, checked before anything runs; in code they stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample import Case, cases


@pytest.mark.parametrize("case", cases("macros"))
def test_told(case: Case, tmp_path: Path) -> None:
    """Each faulty call is told with its line and column; nothing but a macro with plain values runs."""
    assert case.told(tmp_path) == case.messages
