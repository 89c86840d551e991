"""That the sitemap names each page once, with its versions, and nothing else."""

from __future__ import annotations

import gzip
from collections import Counter
from typing import NamedTuple
from xml.etree import ElementTree

from guide.sitecheck.languages import DEFAULT, is_same
from guide.sitecheck.report import Findings
from guide.sitecheck.resolve import Fault, Inside, resolve
from guide.sitecheck.site import Site

_FILE = "sitemap.xml"
_MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_LINKS = "{http://www.w3.org/1999/xhtml}link"


class Entry(NamedTuple):
    """One page as the sitemap names it."""

    address: str
    alternates: tuple[tuple[str, str], ...]
    """Pairs of hreflang and address."""


def check_sitemap(site: Site, findings: Findings) -> int:
    """Check sitemap.xml and its packed copy.

    Returns:
        The number of addresses in it.
    """
    if not site.options.is_published:
        return 0
    if _FILE not in site.files:
        findings.add(_FILE, "", "does not exist")
        return 0
    raw = (site.root / _FILE).read_bytes()
    _check_copy(site, raw, findings)
    entries = _read(raw, findings)
    files = Counter(_check_entry(site, entry, findings) for entry in entries)
    _check_pages(site, files, findings)
    return sum(1 + len(entry.alternates) for entry in entries)


def _check_copy(site: Site, raw: bytes, findings: Findings) -> None:
    packed = f"{_FILE}.gz"
    if packed in site.files and gzip.decompress((site.root / packed).read_bytes()) != raw:
        findings.add(packed, "", f"does not hold the same as {_FILE}")


def _read(raw: bytes, findings: Findings) -> list[Entry]:
    try:
        root = ElementTree.fromstring(raw)
    except ElementTree.ParseError as error:
        findings.add(_FILE, "", f"is no XML: {error}")
        return []
    return [_entry(element) for element in root.iter(f"{_MAPS}url")]


def _entry(element: ElementTree.Element) -> Entry:
    links = [(link.get("hreflang", ""), link.get("href", "")) for link in element.iter(_LINKS)]
    return Entry((element.findtext(f"{_MAPS}loc") or "").strip(), tuple(links))


def _check_entry(site: Site, entry: Entry, findings: Findings) -> str:
    """Check one entry; returns the file that it names, or nothing."""
    file = _page_at(site, entry.address)
    if not file:
        findings.add(_FILE, "loc", "is the address of no page", value=entry.address)
        return ""
    expected = {code: other for code, other in site.versions(file).items() if other in site.files}
    found = dict(entry.alternates)
    for code in expected.keys() - found.keys():
        findings.add(_FILE, f"xhtml:link[hreflang={code}]", "is missing for this page", value=entry.address)
    for code, address in found.items():
        wanted = expected.get(site.options.code(site.options.default_language) if code == DEFAULT else code, "")
        if _page_at(site, address) != wanted or not wanted:
            findings.add(_FILE, f"xhtml:link[hreflang={code}]", f"is no version of '{file}'", value=address)
    return file


def _page_at(site: Site, address: str) -> str:
    """The page whose own address this is, or nothing."""
    target = resolve(site, _FILE, address) if address else Fault("")
    if not isinstance(target, Inside) or not target.file.endswith(".html") or not site.is_regular(target.file):
        return ""
    return target.file if is_same(address, site.address(target.file)) else ""


def _check_pages(site: Site, files: Counter[str], findings: Findings) -> None:
    for page in filter(site.is_regular, site.pages):
        if files[page] != 1:
            findings.add(page, _FILE, f"names this page {files[page]} times; expected once")
