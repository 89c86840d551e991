"""Blanks, line ends and quotes as each language sets them, for finished Markdown.

Chinese: sources hold one sentence a line, so a line end between Han characters or beside a full-width mark is no blank;
there is one blank between Han and Latin letters or digits, and none beside a full-width mark.

English: straight quotes become curly ones. It is done here and not by Python-Markdown's `smarty`, which leaves entities
in a stash, so that what runs later sees placeholders for marks, and which judges each quote without its neighbours in
other elements; a quote that is an inch or a minute stays straight. Dashes are never made: `check_text` asks for them.

A block is judged as one string, in which a private character stands for each tag, so that **bold** and links are looked
through; code, math, superscripts and addresses are one opaque character each, and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from .model import Lang

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
FULL_WIDTH = "。，、；：？！（）《》〈〉「」『』【】〔〕～．"
_LATIN = "A-Za-z0-9\u00c0-\u024f\u0370-\u03ff"
_OPEN, _CLOSE, _OPAQUE, _BLOCK = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_RAW_OPEN, _RAW_CLOSE, _KEPT = "\ufdd4", "\ufdd5", "\ufdd6"
_TAGS = _OPEN + _CLOSE + _RAW_OPEN + _RAW_CLOSE
_GAP = f"[{_TAGS} \t\n]+"
_SLOT_END = re.compile(f"[{_OPEN}{_CLOSE}{_OPAQUE}{_BLOCK}]")
_PRIVATE = re.compile("[\ufdd0-\ufdd6]")
_RAW_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*(?<!/)>\Z")
_RAW = re.compile(rf"{HTML_PLACEHOLDER_RE.pattern}|(?:https?://|www\.)[^\s<>{FULL_WIDTH}\x02\ufdd0-\ufdd6]+")
_MASK = re.compile(f"[{_RAW_OPEN}{_RAW_CLOSE}{_KEPT}]")
_PIECE = re.compile("[^\ufdd0-\ufdd6]+")
_OPAQUE_TAGS = frozenset(
    "code kbd samp var pre script style math svg textarea sup sub img br input iframe object video audio canvas".split()  # noqa: SIM905
)
_VOID_TAGS = frozenset(("img", "br", "input"))
_OPAQUE_CLASSES = re.compile(r"(?<![\w-])(?:arithmatex|katex|math)(?![\w-])")

_NEEDS_WORK = {"zh": re.compile(f"[{HAN}{FULL_WIDTH}]"), "en": re.compile("[\"']")}
_NO_BLANK = re.compile(
    f"(?=[{_TAGS} \t\n])(?:"
    + "|".join((
        f"(?<=[{FULL_WIDTH}]){_GAP}",
        f"{_GAP}(?=[{FULL_WIDTH}]|——|……)",
        f"(?<=——){_GAP}|(?<=……){_GAP}",
        f"(?<=[{HAN}]){_GAP}(?=[“‘])",
        f"{_GAP}(?=[“‘][{_TAGS}]*[{HAN}])",
        f"(?<=”){_GAP}(?=[{HAN}])",
        f"(?<=[{HAN}][”’]){_GAP}",
        f"(?<=[{HAN}])[{_TAGS} \t]*\n[{_TAGS} \t\n]*(?=[{HAN}])",
    ))
    + ")"
)  # fmt: skip
_NEEDS_BLANK = re.compile(
    f"(?<=[{HAN}])[{_TAGS}]*(?=[{_LATIN}$€£₩@±−])|(?<=[{_LATIN}%‰°℃+⁰¹²³⁴-⁹])[{_TAGS}]*(?=[{HAN}])"
)
Slot = tuple[str, str, tuple[Element, str]]
"""What stands before a text of a block, the text, and where it stands: an element and `text` or `tail`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """The raw element whose content is left alone, and how many of its name are open; 0 is outside."""

    name: str
    depth: int


_NOWHERE = Inside(name="", depth=0)
_BLANKS = str.maketrans("", "", " \t\n")
_QUOTE = re.compile("[\"']")
_LEADING_APOSTROPHE = re.compile(r"'(?:\d\ds?\b|(?:tis|twas|em|til|cause)\b)", re.IGNORECASE)


def set_zh(text: str, keep: re.Pattern[str] | None = None) -> str:
    """Set one block of Chinese: line ends, and blanks between Han, Latin and full-width marks.

    Args:
        text: The block, tags as private characters.
        keep: Names that are written without the blank they would get, such as 36氪.
    """
    text = _NO_BLANK.sub(lambda gap: gap[0].translate(_BLANKS), text)
    text = _NEEDS_BLANK.sub(lambda gap: _with_blank(gap[0]), text)
    return keep.sub(lambda name: name[0].replace(" ", ""), text) if keep else text


def set_en(text: str) -> str:
    """Set one block of English: straight quotes become curly, apostrophes too; inches and minutes stay."""
    done: list[str] = []
    last, is_quoted = 0, False
    for quote in _QUOTE.finditer(text):
        done.append(text[last : quote.start()])
        before = "".join(done[-2:]).rstrip(_TAGS)[-1:]
        curly = _curly(quote, before, is_quoted=is_quoted)
        is_quoted = is_quoted if quote[0] == "'" else curly == "“"
        done.append(curly)
        last = quote.end()
    return "".join([*done, text[last:]])


def _curly(quote: re.Match[str], before: str, *, is_quoted: bool) -> str:
    """The mark to set, from the character before it."""
    opens = not before or before.isspace() or before in "([{—–/“‘" or before == _BLOCK
    if quote[0] == '"':
        return "“" if opens else '"' if before.isdigit() and not is_quoted else "”"
    if opens:
        return "’" if _LEADING_APOSTROPHE.match(quote.string, quote.start()) else "‘"
    return "'" if before.isdigit() and not quote.string[quote.end() : quote.end() + 1].isalpha() else "’"


def _with_blank(tags: str) -> str:
    """A blank outside of the elements that end or begin here."""
    ended = max(tags.rfind(_CLOSE), tags.rfind(_RAW_CLOSE)) + 1
    return f"{tags[:ended]} {tags[ended:]}"


class TypographyExtension(Extension):
    """Sets the blanks, line ends and quotes of a page's text in its language."""

    def __init__(self, *, lang: Lang = "zh", keep: Sequence[str] = ()) -> None:
        """Take the page's language and the names that are written without a blank between Han and Latin."""
        super().__init__()
        self.lang = lang
        self.keep = keep

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register after attr_list (8), which needs its blanks, and before toc (5), which copies headings."""
        md.treeprocessors.register(TypographyProcessor(md, self.lang, self.keep), "guide-typography", 6)


class TypographyProcessor(Treeprocessor):
    """Goes through the blocks of a finished tree."""

    def __init__(self, md: Markdown, lang: Lang, keep: Sequence[str]) -> None:
        """Compile what is the same for all blocks."""
        super().__init__(md)
        spaced = (re.escape(_NEEDS_BLANK.sub(" ", name)) for name in keep)
        kept = re.compile("|".join(spaced)) if keep else None
        self.set: Callable[[str], str] = set_en if lang == "en" else lambda text: set_zh(text, kept)
        self.needs_work = _NEEDS_WORK[lang]

    def run(self, root: Element) -> None:
        """Set every block below the root."""
        blocks = [root]
        while blocks:
            block = blocks.pop()
            if block.tag not in _OPAQUE_TAGS:
                self._set_block(block, blocks)

    def _set_block(self, block: Element, blocks: list[Element]) -> None:
        slots = list(self._slots(block, blocks))
        text = "".join(before + slot for before, slot, _ in slots)
        if not self.needs_work.search(text) or any(_PRIVATE.search(slot) for _, slot, _ in slots):
            return
        masked, kept = self._masked(text)
        hidden = iter(kept)
        done = _MASK.sub(lambda _: next(hidden), self.set(masked))
        for (_, old, (element, field)), new in zip(slots, _SLOT_END.split(done), strict=True):
            if new != old:
                setattr(element, field, new)

    def _slots(self, element: Element, blocks: list[Element], before: str = "") -> Iterator[Slot]:
        """The texts of a block in their order; blocks within it are noted in `blocks`."""
        yield before, element.text or "", (element, "text")
        for child in element:
            if self.md.is_block_level(child.tag):
                blocks.append(child)
                end = _BLOCK
            elif _is_opaque(child):
                end = _OPAQUE
            else:
                yield from self._slots(child, blocks, _OPEN)
                end = _CLOSE
            yield end, child.tail or "", (child, "tail")

    def _masked(self, text: str) -> tuple[str, list[str]]:
        """The text with raw tags, addresses and raw code as private characters; and what these stand for."""
        done, kept = [], list[str]()
        last, inside = 0, _NOWHERE
        for found in _RAW.finditer(text):
            between = text[last : found.start()]
            done.append(_hidden(between, kept) if inside.depth else between)
            mark, inside = self._mark(found, inside)
            kept.append(found[0])
            done.append(mark)
            last = found.end()
        return "".join([*done, text[last:]]), kept

    def _mark(self, found: re.Match[str], inside: Inside) -> tuple[str, Inside]:
        """The private character for what was found, and the raw element that holds what follows."""
        raw = self.md.htmlStash.rawHtmlBlocks[int(found[1])] if found[1] else ""
        tag = _RAW_TAG.match(raw) if isinstance(raw, str) else None
        if not tag:
            return _KEPT, inside
        is_end, name = bool(tag[1]), tag[2].lower()
        if inside.depth:
            step = (-1 if is_end else 1) if name == inside.name else 0
            return _KEPT, Inside(name=inside.name, depth=inside.depth + step)
        if name in _OPAQUE_TAGS or _OPAQUE_CLASSES.search(tag[0]):
            return _KEPT, Inside(name=name, depth=0 if is_end or name in _VOID_TAGS else 1)
        return _RAW_CLOSE if is_end else _RAW_OPEN, inside


def _hidden(text: str, kept: list[str]) -> str:
    """The text with each piece between two tags as a private character."""

    def hide(piece: re.Match[str]) -> str:
        kept.append(piece[0])
        return _KEPT

    return _PIECE.sub(hide, text)


def _is_opaque(element: Element) -> bool:
    return element.tag in _OPAQUE_TAGS or bool(_OPAQUE_CLASSES.search(element.get("class", "")))
