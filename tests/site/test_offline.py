"""The offline bundle unpacks anywhere, says what it is, and every link in it stays on the disk."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath

import pytest
from selectolax.lexbor import LexborHTMLParser

from guide.bundle import LONGEST, Bundle, pack
from guide.formats import date
from guide.site import Site

UTF8 = 0x800
DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}


@pytest.fixture(scope="module")
def entries(bundle: Bundle) -> list[zipfile.ZipInfo]:
    """What the zip lists."""
    with zipfile.ZipFile(bundle.file) as file:
        assert file.testzip() is None
        return file.infolist()


@pytest.fixture(scope="module")
def offline_trees(bundle: Bundle) -> Mapping[str, LexborHTMLParser]:
    """File of each offline page → its tree."""
    folder = bundle.folder / "guide"
    return {p.relative_to(folder).as_posix(): LexborHTMLParser(p.read_bytes()) for p in sorted(folder.rglob("*.html"))}


def test_names_unpack_on_windows(entries: list[zipfile.ZipInfo]):
    """Names are ASCII, short, marked UTF-8, without marks or device names of Windows, and differ beyond letter case."""
    names = [entry.filename for entry in entries]
    assert all(name.isascii() and len(name) < LONGEST for name in names)
    assert all(entry.flag_bits & UTF8 for entry in entries)
    assert not [name for name in names if re.search(r'[<>:"\\|?*\x00-\x1f]|[. ](/|$)|^/|\.\./', name)]
    assert not [n for n in names if DEVICES & {part.split(".")[0].lower() for part in PureWindowsPath(n).parts}]
    assert len({name.lower() for name in names}) == len(names)


def test_entries_are_plain(entries: list[zipfile.ZipInfo], guide_site: Site):
    """Order, times and rights are fixed: sorted, the date of the data, readable by all."""
    today = guide_site.guide.today
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.date_time for entry in entries} == {(today.year, today.month, today.day, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}


def test_zip_holds_the_folder(bundle: Bundle, entries: list[zipfile.ZipInfo]):
    """The zip and the unpacked folder are the same, under one folder that bears name and version."""
    version = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert bundle.file.name == f"llm-startup-guide-{version}-offline.zip"
    assert {entry.filename.split("/")[0] for entry in entries} == {f"llm-startup-guide-{version}"}
    with zipfile.ZipFile(bundle.file) as file:
        packed = {entry.filename.partition("/")[2]: file.read(entry) for entry in entries}
    unpacked = {
        p.relative_to(bundle.folder).as_posix(): p.read_bytes() for p in bundle.folder.rglob("*") if p.is_file()
    }
    assert packed == unpacked
    assert len(packed) == bundle.files


def test_same_files_make_the_same_zip(tmp_path: Path):
    """The bytes depend on names, contents and date alone, not on times or rights of the files; old dates are taken."""
    (tmp_path / "a.txt").write_text("a")
    paths = {"top/a.txt": tmp_path / "a.txt"}
    pack(tmp_path, tmp_path / "1.zip", paths, dt.date(1970, 1, 1))
    (tmp_path / "a.txt").chmod(0o600)
    pack(tmp_path, tmp_path / "2.zip", paths, dt.date(1980, 1, 1))
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_readme_says_what_it_is(bundle: Bundle, guide_site: Site):
    """README.txt names version, date of the data and license in both languages, and shows right on old Windows."""
    raw = (bundle.folder / "README.txt").read_bytes()
    text = raw.decode("utf-8-sig")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert text.count("\n") == text.count("\r\n")
    today = guide_site.guide.today.isoformat()
    for said in (date(today, "zh"), date(today, "en"), "CC BY 4.0", "MIT", "START.html", "版本 / Version: "):
        assert said in text
    labels = guide_site.guide.labels["site_name"]
    assert labels.zh in text
    assert labels.en in text
    assert not re.search(r"&\w+;|\{[{%]", text)


def test_start_page_leads_to_both_languages(bundle: Bundle):
    """START.html leads to both home pages, says to unpack first, runs and loads nothing."""
    tree = LexborHTMLParser((bundle.folder / "START.html").read_bytes())
    links = [node.attributes["href"] for node in tree.css("a")]
    assert links == ["guide/index.html", "guide/en/index.html"]
    assert all((bundle.folder / link).is_file() for link in links)
    assert tree.css("script, link, img, meta[http-equiv=refresh]") == []
    assert "解压" in tree.body.text()
    assert "Unpack" in tree.body.text()


def test_links_stay_on_the_disk(offline_trees: Mapping[str, LexborHTMLParser]):
    """No page has an address of its own, and every link inside the guide is relative and to a file."""
    for path, tree in offline_trees.items():
        assert tree.css("link[rel=canonical]") == [], path
        alternates = [n.attributes["href"] for n in tree.css("link[hreflang]")]
        assert len(alternates) == 3, path
        links = [n.attributes["href"] for n in tree.css("a[href]")] + alternates
        inside = [link.partition("#")[0] for link in links if not re.match(r"https?:|mailto:", link)]
        assert [link for link in inside if link.startswith("/") or (link and not re.search(r"\.\w+$", link))] == [], (
            path
        )


def test_bundle_has_every_page_and_the_data(bundle: Bundle, offline_trees, trees):
    """The bundle holds the same pages as the site online, the open data and the search."""
    online = {re.sub(r"/index\.html$", "", p) for p in trees} - {"404.html"}
    assert {re.sub(r"(/index)?\.html$", "", p) or "index" for p in offline_trees} == {
        p.removesuffix(".html") for p in online
    }
    for name in ("api/v1/framework.json", "api/v1/framework.csv", "search/zh.js", "search/en.js"):
        assert (bundle.folder / "guide" / name).is_file()


def test_bundle_leaves_out_what_needs_a_server(bundle: Bundle):
    """Nothing is packed that only a server can show."""
    assert [
        name for name in ("404.html", "sitemap.xml", "sitemap.xml.gz") if (bundle.folder / "guide" / name).exists()
    ] == []
