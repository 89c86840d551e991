"""Files of others are the ones that the manifest names, byte for byte."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

OVERRIDES = Path(__file__).resolve().parent.parent / "overrides"
FOLDERS = ("assets/fonts", "assets/vendor")
MANIFEST = "assets/vendor/manifest.yml"
ENTRIES: list[dict[str, Any]] = yaml.safe_load((OVERRIDES / MANIFEST).read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_as_it_came(entry):
    """A vendored file has the hash of its manifest and its license beside it."""
    assert hashlib.sha256((OVERRIDES / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert (OVERRIDES / entry["license_file"]).read_text(encoding="utf-8").strip()
    assert entry["package"]
    assert entry["version"]
    assert entry["license"]


def test_no_vendored_file_is_unnamed():
    """Every file in the folders of others' files stands in the manifest, once."""
    kept = {
        path.relative_to(OVERRIDES).as_posix() for f in FOLDERS for path in (OVERRIDES / f).rglob("*") if path.is_file()
    }
    named = [entry["file"] for entry in ENTRIES]
    assert sorted(named) == sorted(kept - {MANIFEST})


def test_fonts_stay_light():
    """All fonts together stay under 60 kB."""
    assert sum(path.stat().st_size for path in OVERRIDES.rglob("*.woff2")) <= 60_000
