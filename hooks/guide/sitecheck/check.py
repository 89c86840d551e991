"""One pass over a built site: each file is read once, then what crosses files is checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from guide.sitecheck import css
from guide.sitecheck.data import DataCheck
from guide.sitecheck.document import check_document, check_markup
from guide.sitecheck.languages import check_versions
from guide.sitecheck.links import Followed, Pointer, check_pointers, follow, follow_all
from guide.sitecheck.markup import Role
from guide.sitecheck.orphans import check_orphans
from guide.sitecheck.read import Address, read_page
from guide.sitecheck.redirects import check_redirects
from guide.sitecheck.report import Findings
from guide.sitecheck.site import Site, SiteOptions, SiteReport, is_error_page, open_site
from guide.sitecheck.sitemap import check_sitemap


@dataclass(slots=True, kw_only=True)
class _Pass:
    """What is gathered on the way through the files."""

    site: Site
    findings: Findings = field(default_factory=Findings)
    count: int = 0
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)
    followed: dict[str, Followed] = field(default_factory=dict)
    pointers: list[Pointer] = field(default_factory=list)

    def read_documents(self) -> None:
        """Read and check each page and each picture in SVG."""
        for path in sorted(path for path in self.site.files if path.endswith((".html", ".svg"))):
            page = read_page(path, (self.site.root / path).read_bytes())
            self.count += page.count
            self.anchors[path] = page.anchors
            self.followed[path] = follow(self.site, page, self.findings)
            self.pointers += self.followed[path].pointers
            check_markup(self.site, page, self.findings)
            if path.endswith(".html") and path not in self.site.moved:
                check_document(page, self.findings)
                if not is_error_page(path):
                    check_versions(self.site, page, self.findings)

    def read_styles(self) -> None:
        """Check the addresses in each style sheet."""
        for path in sorted(path for path in self.site.files if path.endswith(".css")):
            text = (self.site.root / path).read_text(encoding="utf-8", errors="replace")
            found = [Address(Role.IMAGE, "url", value, False) for value in css.addresses(text) if value[:1] != "#"]
            self.count += len(found)
            self.pointers += follow_all(self.site, path, found, self.findings).pointers

    def cross(self) -> None:
        """Check what takes all files together."""
        ways = {path: self.followed[path].ways for path in self.site.pages if self.site.is_regular(path)}
        check_pointers(self.pointers, self.anchors, self.findings)
        check_orphans(self.site, ways, self.findings)
        check_redirects(self.site, self.followed, self.anchors, self.findings)
        self.count += check_sitemap(self.site, self.findings)
        data = DataCheck(site=self.site, anchors=self.anchors, findings=self.findings)
        self.count += data.check_api() + data.check_search()


def check_site(root: Path, options: SiteOptions) -> SiteReport:
    """Check everything that was built.

    Args:
        root: Folder of the built site.
        options: What the site promises.

    Returns:
        What was looked at, and all faults, each with page and, where it is known, source and line.
    """
    site = open_site(root, options)
    run = _Pass(site=site)
    _check_tree(site, run.findings)
    run.read_documents()
    run.read_styles()
    run.cross()
    return SiteReport(pages=len(site.pages), links=run.count, issues=run.findings.issues(site))


def _check_tree(site: Site, findings: Findings) -> None:
    for home in site.homes():
        if home not in site.files:
            findings.add(home, "", "does not exist: the language has no home page")
    for path in site.files:
        other = site.by_lower[path.lower()]
        if path < other:
            findings.add(path, "", f"differs from '{other}' in letter case only, which many disks cannot hold")
