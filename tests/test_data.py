"""The real data and pages have no fault; the check to run first."""

from __future__ import annotations

import time
from pathlib import Path

from guide.check import Checked, check


def test_real_data_is_sound(checked: Checked) -> None:
    """Nothing in data/ or docs/ breaks a rule."""
    assert not len(checked.issues), "\n" + checked.issues.text()


def test_check_takes_seconds(root: Path) -> None:
    """A contributor gets an answer in under 5 seconds."""
    start = time.perf_counter()
    check(root)
    assert time.perf_counter() - start < 5
