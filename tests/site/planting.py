"""How a fault is planted in a built site, and taken out again: what the seeds are made of."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

OTHER = "en/"
"""Folder of the language that is not at the root."""


class Plan(NamedTuple):
    """What a fault changes."""

    page: str
    """File in which it is to be found."""
    edits: Mapping[str, bytes | None]
    """File to its new content; None takes the file away."""


Planner = Callable[[Path], Plan]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One fault of one sort, which any built site can bear."""

    name: str
    """Its name, for the test."""
    sort: str
    """Words in the message that tells it."""
    plan: Planner
    """Finds a place for it; LookupError where the site has none."""
    needs: str = ""
    """What not every site has: `data`, `search` or `redirects`."""
    online: bool = True
    """Whether it is a fault of a published site."""
    offline: bool = True
    """Whether it is a fault of a site on a disk."""

    def apply(self, root: Path) -> str:
        """Plant the fault for good.

        Returns:
            The file in which it is to be found, from the root.

        Raises:
            LookupError: The site has nothing that this fault could befall.
        """
        page, edits = self.plan(root)
        _write(root, edits)
        return page

    @contextmanager
    def planted(self, root: Path) -> Iterator[str]:
        """Plant the fault for a while; yields the file in which it is to be found."""
        page, edits = self.plan(root)
        before = {path: _read(root / path) for path in edits}
        try:
            _write(root, edits)
            yield page
        finally:
            _write(root, before)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _write(root: Path, edits: Mapping[str, bytes | None]) -> None:
    for path, content in edits.items():
        if content is None:
            (root / path).unlink()
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)


def text_of(root: Path, path: str) -> str:
    """Text of a file of the site."""
    return (root / path).read_text(encoding="utf-8")


def first(found: Iterator[str] | list[str], what: str) -> str:
    """The first of some files, sorted; LookupError where there is none."""
    files = sorted(found)
    if not files:
        raise LookupError(f"this site has no {what}")
    return files[0]


def files(root: Path, pattern: str) -> list[str]:
    """Files that a pattern names, from the root, sorted."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob(pattern))


def pages(root: Path) -> list[str]:
    """Pages in the language at the root, the deepest first: they have an article and are no redirects."""
    found = [path for path in files(root, "*.html") if not path.startswith(OTHER) and "404" not in path]
    articles = [path for path in found if "</article>" in text_of(root, path)]
    return sorted(articles, key=lambda path: (-path.count("/"), path))


def page_of(root: Path) -> str:
    """The page on which most faults are planted."""
    if not pages(root):
        raise LookupError("this site has no page with an article")
    return pages(root)[0]


def site_url(root: Path) -> str:
    """The address of a published site, as its home page says it."""
    found = re.search(r'rel="canonical" href="([^"]+)"', text_of(root, "index.html"))
    if not found:
        raise LookupError("this site is not published")
    return found[1]


def base(root: Path) -> str:
    """The path of a published site below its host; LookupError where it is the root of the host."""
    path = urlsplit(site_url(root)).path
    if path == "/":
        raise LookupError("this site is not below a path")
    return path


def up(page: str) -> str:
    """The way from a page to the root."""
    return "../" * page.count("/")


def change(root: Path, page: str, pattern: str, replacement: str) -> Plan:
    """Replace the first match of a pattern in a file; LookupError where there is none."""
    if not (root / page).exists():
        raise LookupError(f"this site has no {page}")
    text, count = re.subn(pattern, replacement, text_of(root, page), count=1, flags=re.DOTALL)
    if not count:
        raise LookupError(f"'{page}' has no {pattern}")
    return Plan(page, {page: text.encode()})


def insert(root: Path, page: str, before: str, markup: str) -> Plan:
    """Put markup before the last place of some text in a file."""
    text, found, rest = text_of(root, page).rpartition(before)
    if not found:
        raise LookupError(f"'{page}' has no {before}")
    return Plan(page, {page: f"{text}{filled(markup, root, page)}{before}{rest}".encode()})


def filled(markup: str, root: Path, page: str) -> str:
    """Markup with `$up` as the way to the root, `$base` as the site's path on its host, `$site` as its address."""
    values: dict[str, Callable[[], str]] = {
        "$up": lambda: up(page),
        "$base": lambda: base(root),
        "$site": lambda: site_url(root),
    }
    for name, value in values.items():
        markup = markup.replace(name, value()) if name in markup else markup
    return markup


def lead_to(root: Path, target: str) -> Plan:
    """Put a link to a path of the site at the end of an article."""
    page = page_of(root)
    return insert(root, page, "</article>", f'<a href="{up(page)}{target}">x</a>')


def tag(name: str, *marks: str) -> str:
    """Pattern of a start tag that bears some attributes, in whatever order."""
    return rf"<{name}\b" + "".join(rf"(?=[^>]*\s{mark}[\s>])" for mark in marks) + "[^>]*>"


def retarget(root: Path, page: str, pattern: str, address: str) -> Plan:
    """Let the first tag that a pattern names lead to another address."""
    found = re.search(pattern, text_of(root, page))
    if not found:
        raise LookupError(f"'{page}' has no {pattern}")
    changed = re.sub(r'(\shref=)"[^"]*"', rf'\1"{address}"', found[0])
    return change(root, page, re.escape(found[0]), changed.replace("\\", r"\\"))


def in_article(markup: str) -> Planner:
    """Put markup at the end of an article."""
    return lambda root: insert(root, page_of(root), "</article>", markup)


def in_head(markup: str) -> Planner:
    """Put markup at the end of a head."""
    return lambda root: insert(root, page_of(root), "</head>", markup)


def in_page(pattern: str, replacement: str, page: str = "") -> Planner:
    """Replace the first match of a pattern in a page."""
    return lambda root: change(root, page or page_of(root), pattern, replacement)


def in_style(rule: str) -> Planner:
    """Put a rule at the beginning of a style sheet."""

    def plan(root: Path) -> Plan:
        sheet = first(files(root, "*.css"), "style sheet")
        return Plan(sheet, {sheet: (rule + text_of(root, sheet)).encode()})

    return plan


def in_sitemap(pattern: str, replacement: str, page: Callable[[Path], str] | None = None) -> Planner:
    """Replace the first match of a pattern in the sitemap, and pack its copy anew."""

    def plan(root: Path) -> Plan:
        if not (root / "sitemap.xml").exists():
            raise LookupError("this site has no sitemap")
        (content,) = change(root, "sitemap.xml", pattern, replacement).edits.values()
        packed = gzip.compress(content or b"", mtime=0)
        return Plan(page(root) if page else "sitemap.xml", {"sitemap.xml": content, "sitemap.xml.gz": packed})

    return plan


def in_api(edit: Callable[[dict[str, Any]], None]) -> Planner:
    """Change the first document of the interface that names a page a language."""

    def plan(root: Path) -> Plan:
        for path in files(root / "api", "*.json") if (root / "api").is_dir() else []:
            document = json.loads(text_of(root, f"api/{path}"))
            for record in _records(document):
                edit(record)
                return Plan(f"api/{path}", {f"api/{path}": json.dumps(document).encode()})
        raise LookupError("this site has no data that names pages")

    return plan


def _records(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if isinstance(page := value.get("page"), dict) and all(isinstance(item, str) for item in page.values()):
            yield value
        for item in value.values():
            yield from _records(item)
    elif isinstance(value, list):
        for item in value:
            yield from _records(item)


def in_search(edit: Callable[[dict[str, Any]], None]) -> Planner:
    """Change what the search of the language at the root finds."""

    def plan(root: Path) -> Plan:
        path = first(files(root, "search/zh.js"), "search")
        text = text_of(root, path)
        start, end = text.find("{"), text.rfind("}") + 1
        found = json.loads(text[start:end])
        edit(found)
        return Plan(path, {path: f"{text[:start]}{json.dumps(found)}{text[end:]}".encode()})

    return plan


def orphan(root: Path) -> Plan:
    """Let every link that leads to a page of the deepest folder lead to the top of its own page instead."""
    page = page_of(root)
    edits: dict[str, bytes | None] = {}
    for path in files(root, "*.html"):
        text = text_of(root, path)
        changed = _LINK.sub(lambda found: _without(page, path, found), text)  # noqa: B023 used at once
        if changed != text and path != page:
            edits[path] = changed.encode()
    return Plan(page, edits)


_LINK = re.compile(r'(<a\b(?![^>]*hreflang)[^>]*\shref=")([^"#:]+)[^"]*(")')


def _without(page: str, path: str, found: re.Match[str]) -> str:
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[2]))
    is_page = page in {target, posixpath.join(target, "index.html")}
    return f"{found[1]}#{found[3]}" if is_page else found[0]
