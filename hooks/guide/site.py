"""Every page of the guide in both languages, written or generated, and what each id leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from . import model
from .issues import Issues, nearest
from .names import check_names
from .reader import read_text
from .scan import Scan, scan

GLOSSARY = "glossary.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page in one language."""

    lang: model.Lang
    src: str
    """Path in the language's folder, as 'choosing/frameworks.md'."""
    text: str
    scan: Scan
    origin: str
    """The file that a reader edits, from the project's root."""
    generated: bool
    entity: str | None = None
    is_lost: bool = False
    """Whether nothing of its file could be used; what it lacks is not told then."""

    @property
    def id(self) -> str:
        """Its id in links: the path with hyphens, or the entity's id."""
        return self.entity or page_id(self.src)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an id leads to."""

    src: str
    fragment: str = ""
    name: model.Text
    sort: str
    """entity, term or page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The guide's data and all its pages."""

    guide: model.Guide
    pages: Mapping[tuple[str, str], Page]
    """(language, src) → page."""
    targets: Mapping[str, Target]
    broken: frozenset[str] = frozenset()

    def page(self, lang: model.Lang, src: str) -> Page | None:
        """A page, or None."""
        return self.pages.get((lang, src))

    def resolve(self, reference: str, lang: model.Lang) -> tuple[Target, str] | None:
        """'pytorch' or 'pytorch#facts' → its target and fragment, or None where there is no such id."""
        id, _, fragment = reference.partition("#")
        target = self.targets.get(id)
        return (target, fragment or target.fragment) if target else None

    def fragment_fault(self, target: Target, fragment: str, lang: model.Lang) -> tuple[str, str] | None:
        """What is wrong with a fragment of a target's page, and the nearest one; None if it leads somewhere."""
        page = self.page(lang, target.src)
        if not fragment or page is None or page.is_lost:
            return None
        known = [h.id for h in page.scan.headings if h.id]
        known += [f"fact-{name}" for name in self.guide.entities[page.entity].facts] if page.entity else []
        known += self.guide.terms if target.src == GLOSSARY else ()
        if fragment in known:
            return None
        return f"{target.src} has no heading '#{fragment}'", nearest(fragment, known) or f"known: {', '.join(known)}"

    def suggest(self, reference: str) -> str:
        """A hint for an id that leads nowhere."""
        return (
            nearest(reference.partition("#")[0], self.targets)
            or "name an entity, a term or a page (its path with hyphens)"
        )


def page_id(src: str) -> str:
    """'choosing/index.md' → 'choosing'; 'choosing/frameworks.md' → 'choosing-frameworks'; 'index.md' → 'home'."""
    steps = src.removesuffix(".md").split("/")
    return "-".join(steps[:-1] if steps[-1] == "index" else steps) or "home"


def collect(
    root: Path,
    guide: model.Guide,
    render: Callable[[str, model.Entity | model.Kind, model.Lang], str],
    broken: frozenset[str],
    issues: Issues,
) -> Site:
    """Read docs/, make the pages of entities and of directories that nobody wrote; faults of form are noted.

    Args:
        root: The project's folder.
        guide: The data.
        render: (template, entity or kind, language) → a generated page's Markdown.
        broken: Ids with faults of their own.
        issues: Takes the faults.
    """
    pages: dict[tuple[str, str], Page] = {(p.lang, p.src): p for p in _written(root, issues)}
    for page in _generated(guide, render):
        pages.setdefault((page.lang, page.src), page)
    check_names(root, issues)
    return Site(
        guide=guide,
        pages=MappingProxyType(pages),
        targets=MappingProxyType(_targets(guide, pages, issues)),
        broken=broken,
    )


def _written(root: Path, issues: Issues) -> Iterator[Page]:
    for lang in model.LANGUAGES:
        folder = root / "docs" / lang
        for file in sorted(folder.rglob("*.md")):
            src, origin = file.relative_to(folder).as_posix(), file.relative_to(root).as_posix()
            text, faults = read_text(file, root)
            scanned, more = scan("" if faults else text, origin)
            issues.extend([*faults, *more])
            yield Page(
                lang=lang, src=src, text=text, scan=scanned, origin=origin, generated=False, is_lost=bool(faults)
            )


def _generated(
    guide: model.Guide, render: Callable[[str, model.Entity | model.Kind, model.Lang], str]
) -> Iterator[Page]:
    used = {e.kind.id: e.kind for e in guide.entities.values()}
    for lang in model.LANGUAGES:
        for entity in guide.entities.values():
            yield _page(entity.page, render("entity", entity, lang), entity.place.path, lang, entity.id)
        for kind in used.values():
            src = f"directory/{kind.segment}.md"
            yield _page(src, render("directory", kind, lang), f"data/kinds/{kind.id}.yml", lang, None)


def _page(src: str, text: str, origin: str, lang: model.Lang, entity: str | None) -> Page:
    scanned, _ = scan(text, origin)
    return Page(lang=lang, src=src, text=text, scan=scanned, origin=origin, generated=True, entity=entity)


def _targets(guide: model.Guide, pages: Mapping[tuple[str, str], Page], issues: Issues) -> dict[str, Target]:
    targets = {e.id: Target(src=e.page, name=e.name, sort="entity") for e in guide.entities.values()}
    targets |= {t.id: Target(src=GLOSSARY, fragment=t.id, name=t.name, sort="term") for t in guide.terms.values()}
    for src in dict.fromkeys(src for (_, src), page in pages.items() if not page.entity):
        zh, en = pages.get(("zh", src)), pages.get(("en", src))
        page = zh or en
        assert page is not None
        if page.id in targets:
            sort = {"entity": "an entity", "term": "a term", "page": "another page"}[targets[page.id].sort]
            problem = f"the page's id '{page.id}' is also that of {sort}"
            issues.add(page.origin, problem, hint="rename the page")
        else:
            name = model.Text(page.scan.title, (en or page).scan.title)
            targets[page.id] = Target(src=src, name=name, sort="page")
    return targets
