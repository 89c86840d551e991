"""The site online, in a browser: it asks nobody else, runs nothing foreign, stands still and reads without scripts."""

from __future__ import annotations

import http.client
import posixpath
import re
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Route
from selectolax.lexbor import LexborHTMLParser

SAMPLE = (
    "",
    "en/",
    "choosing/frameworks/",
    "en/choosing/frameworks/",
    "directory/frameworks/",
    "en/directory/frameworks/",
    "directory/frameworks/pytorch/",
    "en/directory/frameworks/pytorch/",
    "glossary/",
    "en/glossary/",
)
"""A page of each template in each language."""

WIDE_AND_NARROW = [(width, path) for width in (390, 1280) for path in ("", *SAMPLE[3:9:2], "glossary/")]
"""A page of each template, on a phone and on a desk."""

SHIFT = 0.01
LATE = re.compile(r"\.(woff2|js)$")
QUIET = 300
"""Milliseconds after which a page that stood still stays so."""

COUNT_SHIFTS = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""

FOREIGN = "https://foreign.example/"
INJECTED = f"""
<script>ran.push("inline")</script>
<script src="{FOREIGN}script.js"></script>
<img src="data:," alt="" onerror="ran.push('handler')">
<iframe srcdoc="<script>parent.ran.push('frame')</script>"></iframe>
<object data="{FOREIGN}object.html"></object>
<a id="injected" href="javascript:void ran.push('link')">link</a>
<form id="form" action="{FOREIGN}form"><input name="x"></form>
<link rel="stylesheet" href="{FOREIGN}style.css">
<img src="{FOREIGN}picture.png" alt="">
"""
"""What a page might be made to hold, each with the word that it says when it runs, or the host that it asks."""


@pytest.mark.parametrize("path", SAMPLE)
def test_pages_ask_their_own_host_only(watch, online: str, path: str):
    """Every request goes to the site itself and is answered; nothing complains; nor does the search, once opened."""
    watched = watch()
    page = watched.goto(online + path)
    page.keyboard.press("/")
    page.wait_for_timeout(QUIET)
    assert [address for address in watched.requests if not address.startswith((online, "data:"))] == []
    assert watched.failures == []
    assert watched.errors == []
    assert any("/search/" in address for address in watched.requests)


def test_missing_pages_say_so(watch, elsewhere: Path, serve):
    """An address that does not exist, however deep, shows the page of errors with its styles and a way home."""
    home = serve(elsewhere, base="/guide/")
    watched = watch()
    page = watched.goto(home + "no/such/page/at/all/")
    assert [f.rpartition(": ")[2] for f in watched.failures] == ["404"]
    assert page.locator("h1").count() == 1
    link = page.locator("article a[href='/guide/'], article a[href='/guide/en/']").first
    assert link.bounding_box()["height"] > 0
    link.click()
    assert page.url.startswith(home)


def test_all_links_hold_below_a_subpath(elsewhere: Path, serve):
    """Walked over http from the home page, every page, picture, script and place under the subpath is there."""
    home = serve(elsewhere, base="/guide/")
    ids: dict[str, set[str] | None] = {}
    linked, waiting, broken = {home}, {home}, []
    with closing(http.client.HTTPConnection(urlsplit(home).netloc, timeout=10)) as connection:
        while waiting:
            address = waiting.pop()
            status, tree = get(connection, address)
            ids[address] = {node.attributes["id"] for node in tree.css("[id]")} if tree else None
            broken += [(address, status)] if status != 200 else []
            found = {target for target in targets(address, tree) if target.startswith(home.removesuffix("guide/"))}
            linked |= found
            waiting |= {urldefrag(target).url for target in found} - ids.keys()
    assert broken == []
    assert [target for target in linked if not target.startswith(home)] == []
    places = [(url, unquote(place)) for url, place in map(urldefrag, linked) if place and ids[url] is not None]
    assert [(url, place) for url, place in places if place not in ids[url]] == []
    pages = [p.relative_to(elsewhere).as_posix() for p in elsewhere.rglob("*.html") if p.name != "404.html"]
    assert {url for url, found in ids.items() if found is not None} == {home + p[: -len("index.html")] for p in pages}


def get(connection: http.client.HTTPConnection, address: str) -> tuple[int, LexborHTMLParser | None]:
    """Ask for an address; the status, and the tree of what is a page."""
    connection.request("GET", urlsplit(address).path)
    response = connection.getresponse()
    body = response.read()
    is_page = (response.getheader("Content-Type") or "").startswith("text/html")
    return response.status, LexborHTMLParser(body) if is_page else None


def targets(address: str, tree: LexborHTMLParser | None) -> Iterator[str]:
    """What a page names, but for its own absolute addresses."""
    for node in tree.css("[href]:not([rel*=canonical], [rel*=alternate]), [src]") if tree else ():
        yield urljoin(address, node.attributes.get("href") or node.attributes.get("src") or "")


def inject(watch, address: str, raw: str) -> tuple[list[str], list[str]]:
    """Open a copy of a page that holds INJECTED; what ran, and which foreign addresses were asked for."""
    watched = watch()
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body='ran.push("foreign")', content_type="text/javascript")

    page = watched.page
    page.add_init_script("window.ran = [];")
    page.context.route(lambda url: url.startswith(FOREIGN), answer)
    page.route(address, lambda route: route.fulfill(body=raw, content_type="text/html; charset=utf-8"))
    page.goto(address)
    page.evaluate("document.getElementById('injected').click()")
    page.wait_for_timeout(QUIET)
    ran = page.evaluate("window.ran")
    page.evaluate("document.getElementById('form').submit()")
    page.wait_for_timeout(QUIET)
    return ran, asked


@pytest.mark.parametrize("where", ["online", "offline"])
def test_policy_keeps_injected_scripts_from_running(watch, site: Path, bundle, request, where: str):
    """In a page with its policy nothing injected runs or asks; without it all does, so that the test sees it."""
    folders = {"online": (site, "en/glossary/index.html"), "offline": (bundle.folder / "guide", "en/glossary.html")}
    folder, name = folders[where]
    address = request.getfixturevalue(where) + name.removesuffix("index.html")
    raw = (folder / name).read_text(encoding="utf-8").replace("</body>", f"{INJECTED}</body>")
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", raw)
    assert inject(watch, address, raw) == ([], [])
    ran, asked = inject(watch, address, bare)
    assert set(ran) == {"inline", "foreign", "handler", "frame", "link"}
    assert {posixpath.basename(url).split("?")[0] for url in asked} >= {"script.js", "style.css", "picture.png", "form"}


def test_policy_lets_our_own_scripts_run(watch, online: str):
    """The theme's scripts and ours do run: the page learns its colors, the search opens."""
    page = watch(color_scheme="dark").goto(online + "en/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.keyboard.press("/")
    assert page.locator("#search-dialog").is_visible()


@pytest.mark.parametrize(("width", "path"), WIDE_AND_NARROW)
def test_pages_stand_still(watch, online: str, path: str, width: int):
    """Nothing moves while a page loads, even where fonts and scripts come late; no page is wider than its window."""
    watched = watch(width=width)
    watched.page.add_init_script(COUNT_SHIFTS)
    watched.page.route(LATE, lambda route: (time.sleep(0.2), route.continue_()))
    page = watched.goto(online + path)
    page.wait_for_timeout(QUIET)
    assert page.evaluate("window.shift") <= SHIFT
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "path"), WIDE_AND_NARROW)
def test_pages_read_without_scripts(watch, online: str, path: str, width: int):
    """With JavaScript off the text stands there, tables are whole, links lead on and the language can be changed."""
    watched = watch(width=width, java_script_enabled=False)
    page = watched.goto(online + path)
    assert page.locator("h1").is_visible()
    assert len(page.locator("article").inner_text()) > 200
    for table in page.locator("article table").all():
        rows = table.locator("tr")
        heights = rows.evaluate_all("rows => rows.map(row => row.getBoundingClientRect().height)")
        assert min(heights) > 0
    other = "en" if not path.startswith("en/") else "zh"
    switch = page.locator(f"header a[hreflang={other}]").first
    assert switch.is_visible()
    switch.click()
    assert page.url == online + (f"en/{path}" if other == "en" else path.removeprefix("en/"))
    assert page.locator("html").get_attribute("lang").startswith(other)
    assert watched.failures == []
