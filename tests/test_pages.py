"""Pages: their names, front matter and headings, the two languages side by side, the outline."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample import Case, cases


@pytest.mark.parametrize("case", cases("pages"))
def test_told(case: Case, tmp_path: Path) -> None:
    """Each fault of a page gets one message at its line and column, in the language in which it stands."""
    assert case.told(tmp_path) == case.messages
