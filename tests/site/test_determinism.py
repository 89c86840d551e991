"""The same sources make the same bytes, wherever, whenever and with whatever hash seed they are built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

BUILD = """
import datetime, sys
from pathlib import Path
import mkdocs.utils
from guide.bundle import make_bundle
from guide.release import build_checked
day = datetime.datetime.fromisoformat(sys.argv[2]).replace(tzinfo=datetime.timezone.utc)
mkdocs.utils.get_build_datetime = lambda: day
root = Path(sys.argv[1])
build_checked(root, root / "mkdocs.yml", root / "site")
make_bundle(root)
"""
"""Builds a copy of the project on a day that MkDocs takes for today."""

KEPT = ("data", "docs", "hooks", "overrides", "mkdocs.yml", "mkdocs.offline.yml", "pyproject.toml")


def start(root: Path, folder: Path, day: str, seed: str) -> subprocess.Popen[str]:
    """Start both builds of a copy of the project."""
    for name in KEPT:
        source = root / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    settings = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "SITE_URL", "REPO_URL")}
    settings |= {"PYTHONHASHSEED": seed, "TZ": "Asia/Shanghai" if seed == "1" else "America/New_York"}
    settings["PYTHONPATH"] = os.pathsep.join([str(root / "hooks"), settings.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", BUILD, str(folder), day]
    return subprocess.Popen(
        command, cwd=folder, env=settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def contents(folder: Path) -> Mapping[str, bytes]:
    """Path of each file → its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def twice(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two copies of the project, built side by side in folders of different length, on different days."""
    first, second = tmp_path_factory.mktemp("a"), tmp_path_factory.mktemp("a-longer-name-elsewhere")
    builds = [start(root, first, "2026-12-01", "1"), start(root, second, "2031-05-17T23:59", "2")]
    for build in builds:
        said = build.communicate(timeout=180)[0]
        assert build.returncode == 0, said
    return first, second


@pytest.mark.parametrize("part", ["site", "dist/offline"])
def test_builds_are_the_same(twice: tuple[Path, Path], part: str):
    """Two builds hold the same files, and each file the same bytes."""
    first, second = (contents(folder / part) for folder in twice)
    assert list(first) == list(second)
    assert [path for path, raw in first.items() if raw != second[path]] == []


def test_bundles_are_the_same(twice: tuple[Path, Path]):
    """Two zips are the same, byte for byte."""
    first, second = (next((folder / "dist").glob("*.zip")) for folder in twice)
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_no_file_tells_where_it_was_built(twice: tuple[Path, Path]):
    """No built file holds a path of the machine."""
    paths = [str(folder).encode() for folder in twice]
    told = [p for folder in twice for p, raw in contents(folder / "site").items() if any(x in raw for x in paths)]
    assert told == []
