"""The guide for a disk: the offline site and a page to start from, unpacked and as a zip, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

from . import formats, model
from .issues import Issues
from .release import build_checked, swap
from .templates import Templates

LONGEST = 120
"""Characters that a path in the zip stays below, so that Windows can unpack it in a folder that is deep already."""

_UTF8 = 0x800
_PLAIN_FILE = 0o100644 << 16
_OLDEST = dt.date(1980, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A finished bundle."""

    file: Path
    """The zip."""
    folder: Path
    """The same, unpacked."""
    files: int
    bytes: int
    """Size of the zip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleView:
    """What the templates of bundle/ get, as `bundle`."""

    name: model.Text
    description: model.Text
    version: str
    date: model.Text
    """The newest date of its data."""
    license: str
    pages: int


class _Entry(zipfile.ZipInfo):
    """A file in the zip whose name is said to be UTF-8, which zipfile says of names beyond ASCII only."""

    flag_bits = property(lambda self: self._bits | _UTF8, lambda self, bits: setattr(self, "_bits", bits))


def make_bundle(root: Path, dist: Path | None = None) -> Bundle:
    """Build the offline site, check it, and put the bundle in place of the last one.

    Args:
        root: The project's folder.
        dist: Where the bundle goes; `dist/` of the project unless told.

    Raises:
        guide.issues.GuideError: with every fault found; the last bundle is as it was.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    dist = dist or root / "dist"
    dist.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=dist, prefix=".guide-") as folder:
        fresh, packed = Path(folder) / "offline", Path(folder) / "offline.zip"
        built = build_checked(root, root / "mkdocs.offline.yml", fresh / "guide")
        _write_front(root, fresh, _view(built.guide, project, built.pages))
        top = f"{project['name']}-{project['version']}"
        paths = _paths(fresh, top)
        pack(fresh, packed, paths, built.guide.today)
        swap(fresh, dist / "offline")
        file = packed.replace(dist / f"{top}-offline.zip")
    return Bundle(file=file, folder=dist / "offline", files=len(paths), bytes=file.stat().st_size)


def _view(guide: model.Guide, project: dict[str, str], pages: int) -> BundleView:
    today = guide.today.isoformat()
    return BundleView(
        name=guide.labels["site_name"],
        description=guide.labels["site_description"],
        version=project["version"],
        date=model.Text(formats.date(today, "zh"), formats.date(today, "en")),
        license=project["license"],
        pages=pages,
    )


def _write_front(root: Path, folder: Path, view: BundleView) -> None:
    """Write what a reader meets first; the text with BOM and CRLF, which every Windows shows right."""
    templates = Templates(root / "overrides", {}).env
    start = templates.get_template("bundle/start.html").render(bundle=view)
    readme = templates.get_template("bundle/readme.md").render(bundle=view)
    (folder / "START.html").write_text(start, encoding="utf-8", newline="\n")
    (folder / "README.txt").write_text(readme, encoding="utf-8-sig", newline="\r\n")
    if (root / "LICENSE").exists():
        shutil.copyfile(root / "LICENSE", folder / "LICENSE.txt")


def _paths(folder: Path, top: str) -> dict[str, Path]:
    """Name in the zip → file, sorted; every name must unpack on any disk."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    names = {f"{top}/{path.relative_to(folder).as_posix()}": path for path in files}
    issues = Issues()
    for name in names:
        if not name.isascii():
            issues.add(name, "the file's name holds characters beyond ASCII", hint="rename what it is made from")
        if len(name) >= LONGEST:
            issues.add(name, f"the path has {len(name)} characters", hint=f"keep it below {LONGEST}")
    issues.raise_if_any()
    return dict(sorted(names.items()))


def pack(folder: Path, file: Path, paths: dict[str, Path], date: dt.date) -> None:
    """Write a zip whose bytes depend on names, contents and date alone."""
    day = max(date, _OLDEST)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, path in paths.items():
            entry = _Entry(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr, entry.compress_type = 3, _PLAIN_FILE, zipfile.ZIP_DEFLATED
            target.writestr(entry, path.read_bytes(), compresslevel=9)
