"""The Python-Markdown extension: links by id, glossary marks, and what a page mentions under which heading."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from . import model
from .expand import Expanded
from .links import relative_source
from .macros import Context, Mention
from .scan import REFERENCE
from .terms import Finder

_HEADINGS = frozenset(f"h{n}" for n in range(1, 7))
_SKIP = _HEADINGS | {"a", "code", "pre", "math", "svg", "script", "style", "sup", "button", "summary", "th"}
_PLACEHOLDER = re.compile("\ue000(\\d+)\ue001")
_STASH = re.compile("\x02[^\x03]*\x03|\ue000\\d+\ue001")


@dataclass(slots=True)
class Rendering:
    """The page that Markdown works on, and what it finds there."""

    page: Context | None = None
    expanded: Expanded | None = None
    finders: Mapping[model.Lang, Finder] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    """Terms marked on the page, in order."""
    marked: list[tuple[str, str]] = field(default_factory=list)
    """(term, context) of each mark, for the test that prints them."""

    def begin(self, page: Context, expanded: Expanded) -> None:
        """Turn to another page."""
        self.page, self.expanded = page, expanded
        self.mentions, self.terms, self.marked = [], [], []


class GuideExtension(markdown.Extension):
    """Adds the two link forms and the glossary marks; works on `rendering.page`."""

    def __init__(self, rendering: Rendering) -> None:
        super().__init__()
        self.rendering = rendering

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Links come before Markdown's own references (170), marks after attributes (8), which give headings ids."""
        md.inlinePatterns.register(_LinkProcessor(self.rendering, md), "guide_link", 175)
        md.treeprocessors.register(_MarkProcessor(self.rendering, md), "guide_marks", 7)
        md.treeprocessors.register(_TableProcessor(md), "guide_tables", 5.5)


class _TableProcessor(Treeprocessor):
    """Puts each table into a box that scrolls by itself, named after the heading above it, before any script does."""

    def run(self, root: etree.Element) -> None:
        self.heading, self.seen = "", Counter[str]()
        self._walk(root)

    def _walk(self, element: etree.Element) -> None:
        for index, child in enumerate(list(element)):
            if child.tag in _HEADINGS:
                self.heading = "".join(child.itertext()).strip()
            if child.tag == "table" and not child.get("class"):
                child.set("class", "plain")
                box = etree.Element("div", {"class": "table-wrap", "tabindex": "0", "role": "region"})
                box.set("aria-label", self._label())
                box.tail, child.tail = child.tail, None
                box.append(child)
                element[index] = box
            else:
                self._walk(child)

    def _label(self) -> str:
        """The heading's text, with a number where a section has several tables."""
        self.seen[self.heading] += 1
        number = self.seen[self.heading]
        return self.heading if number == 1 else f"{self.heading} {number}"


class _LinkProcessor(InlineProcessor):
    """`[text][id]` and `[][id]`, nothing else."""

    def __init__(self, rendering: Rendering, md: markdown.Markdown) -> None:
        super().__init__(REFERENCE, md)
        self.rendering = rendering

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        page = self.rendering.page
        found = page.site.resolve(m[2], page.lang) if page else None
        if page is None or found is None:
            return None, None, None
        target, fragment = found
        element = etree.Element(
            "a", {"href": relative_source(page.src, target.src, fragment), "data-ref": m[2].partition("#")[0]}
        )
        element.text = m[1] or markdown.util.AtomicString(target.name[page.lang])
        return element, m.start(0), m.end(0)


class _MarkProcessor(Treeprocessor):
    """Walks the page once: notes mentions under their headings and marks each section's first mention of a term."""

    def __init__(self, rendering: Rendering, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.rendering = rendering

    def run(self, root: etree.Element) -> None:
        page = self.rendering.page
        if page is None:
            return
        self.page = page
        self.heading = ""
        self.done: set[str] = set()
        self.finder = None if page.src == "glossary.md" else self.rendering.finders.get(page.lang)
        self._walk(root, marking=True)

    def _walk(self, element: etree.Element, *, marking: bool) -> None:
        if element.tag in _HEADINGS:
            self.heading = element.get("id", "") if element.tag != "h1" else ""
            if element.tag in ("h1", "h2"):
                self.done = set()
        if ref := element.attrib.pop("data-ref", None):
            self._mention(ref)
            self.done.add(ref)
        marking = marking and element.tag not in _SKIP
        self._text(element, "text", None, marking)
        for child in list(element):
            self._walk(child, marking=marking)
            self._text(child, "tail", element, marking)

    def _text(self, holder: etree.Element, which: str, parent: etree.Element | None, marking: bool) -> None:
        text: str = getattr(holder, which) or ""
        for match in _PLACEHOLDER.finditer(text):
            if self.rendering.expanded:
                for id in self.rendering.expanded.calls[int(match[1])].named:
                    self._mention(id)
        if marking and self.finder and text.strip():
            self._mark(holder, which, parent, text)

    def _mark(self, holder: etree.Element, which: str, parent: etree.Element | None, text: str) -> None:
        pieces = list(self._pieces(text))
        if not pieces:
            return
        setattr(holder, which, text[: pieces[0][0]])
        children = parent if parent is not None else holder
        at = list(children).index(holder) + 1 if parent is not None else 0
        for number, (start, end, id) in enumerate(pieces):
            following = pieces[number + 1][0] if number + 1 < len(pieces) else len(text)
            element = etree.Element(
                "a",
                {
                    "class": "term",
                    "href": relative_source(self.page.src, "glossary.md", id),
                    "aria-describedby": f"def-{id}",
                },
            )
            element.text, element.tail = markdown.util.AtomicString(text[start:end]), text[end:following]
            children.insert(at + number, element)

    def _pieces(self, text: str) -> Iterator[tuple[int, int, str]]:
        assert self.finder is not None
        blank = _STASH.sub(lambda m: "\x00" * len(m[0]), text)
        for found in self.finder.find(blank):
            if found.term in self.done:
                continue
            self.done.add(found.term)
            self._mention(found.term)
            self.rendering.terms.append(found.term)
            self.rendering.marked.append((found.term, text[max(0, found.start - 12) : found.end + 12]))
            yield found.start, found.end, found.term

    def _mention(self, id: str) -> None:
        self.rendering.mentions.append(Mention(id=id, heading=self.heading))
