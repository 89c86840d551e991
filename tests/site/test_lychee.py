"""A link checker that others wrote agrees with ours: on a sound site, and on what is broken in a spoiled one."""

from __future__ import annotations

import json
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from planting import Seed
from seeds import SEEDS
from soundsite import SITE_URL, build_site, write_site

LYCHEE = Path(sysconfig.get_path("scripts")) / "lychee"
SHARED = ("page", "letter-case", "own-host", "own-host-place", "place", "place-elsewhere", "place-in-han", "image")


def errors(folder: Path, *, index: str = "index.html") -> dict[str, list[str]]:
    """What lychee finds broken in the site in `guide` below a folder: file to addresses."""
    command = [str(LYCHEE), "--offline", "--include-fragments", "--no-progress", "--format", "json"]
    command += ["--root-dir", str(folder), "--index-files", index]
    command += ["--remap", f"{SITE_URL}(.*) {(folder / 'guide').as_uri()}/$1", str(folder / "guide")]
    done = subprocess.run(command, capture_output=True, check=False)
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["successful"] > 0
    return {
        Path(file).relative_to(folder / "guide").as_posix(): [error["url"] for error in found]
        for file, found in report["error_map"].items()
    }


def test_lychee_finds_nothing_in_a_written_site(tmp_path: Path) -> None:
    """Every link, own addresses included, and every fragment of the sound site is sound to lychee too."""
    write_site(tmp_path / "guide")
    assert errors(tmp_path) == {}


def test_lychee_finds_nothing_in_an_offline_site(tmp_path: Path) -> None:
    """Offline no link names a folder: lychee, which is told to refuse those, finds none."""
    write_site(tmp_path / "guide", offline=True)
    assert errors(tmp_path, index="") == {}


def test_lychee_finds_nothing_in_a_built_site(tmp_path: Path) -> None:
    """The site that Material builds is sound to both."""
    site, _ = build_site(tmp_path / "project")
    site.rename(tmp_path / "guide")
    assert errors(tmp_path) == {}


@pytest.mark.parametrize("seed", [seed for seed in SEEDS if seed.name in SHARED], ids=lambda seed: seed.name)
def test_lychee_finds_the_fault(seed: Seed, tmp_path: Path) -> None:
    """What we call broken, lychee calls broken, in the same file and once."""
    write_site(tmp_path / "guide")
    page = seed.apply(tmp_path / "guide")
    found = errors(tmp_path)
    assert [(file, len(urls)) for file, urls in found.items()] == [(page, 1)]
