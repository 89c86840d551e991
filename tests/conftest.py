"""Fixtures: the real guide, and the real site built once, strict."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from guide.check import Checked, check
from guide.release import build_checked
from guide.site import Site

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(Path(__file__).parent))
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def checked() -> Checked:
    """data/ and docs/ as they stand, with their faults."""
    return check(ROOT)


@pytest.fixture(scope="session")
def guide_site(checked: Checked) -> Site:
    """The guide's data and pages."""
    return checked.site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, links checked."""
    folder = tmp_path_factory.mktemp("build") / "site"
    build_checked(ROOT, ROOT / "mkdocs.yml", folder)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project in which a test may break things."""
    for name in ("data", "docs", "hooks", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path
