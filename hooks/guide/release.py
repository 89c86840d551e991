"""A whole build in a folder of its own, checked, then swapped in; the last good site stays if anything fails."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from . import model
from .check import check
from .sitecheck import SiteOptions, check_site

if TYPE_CHECKING:
    from .adapter import Build


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished build, in numbers."""

    pages: int
    links: int
    guide: model.Guide


def build_checked(root: Path, config_file: Path, site_dir: Path) -> Built:
    """Check, build, check what was built, swap in.

    Raises:
        guide.issues.GuideError: with every fault found; `site_dir` is as it was.
    """
    checked = check(root)
    checked.issues.raise_if_any()
    from . import adapter

    site_dir.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=site_dir.parent, prefix=".guide-") as folder:
        fresh = Path(folder) / "site"
        build = adapter.build_site(config_file, fresh, checked)
        report = check_site(fresh, _options(build, root))
        report.issues.raise_if_any()
        swap(fresh, site_dir)
    return Built(pages=report.pages, links=report.links, guide=build.site.guide)


def _options(build: Build, root: Path) -> SiteOptions:
    origins = {_file(build, cast(model.Lang, lang), src): page.origin for (lang, src), page in build.site.pages.items()}
    return SiteOptions(
        site_url=None if build.offline else build.site_url,
        offline=build.offline,
        origins=origins,
        source_root=root,
        redirects=build.site.guide.redirects,
    )


def _file(build: Build, lang: model.Lang, src: str) -> str:
    """The file of a page, from the root of the site."""
    address = build.addresses.page(lang, src)
    return f"{address}index.html" if address.endswith("/") or not address else address


def swap(fresh: Path, site_dir: Path) -> None:
    """Put a finished folder in the place of the last one."""
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    old = fresh.parent / "old"
    if site_dir.exists():
        site_dir.rename(old)
    fresh.rename(site_dir)
    shutil.rmtree(old, ignore_errors=True)
