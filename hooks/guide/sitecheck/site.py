"""What is known of a built site before a page is read: its options, its files, and which address means which file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from guide.issues import Issues

INDEX = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOptions:
    """What the site promises, and where its pages came from."""

    site_url: str | None = None
    """Canonical base, as `https://example.org/guide/`; None where the site has no address of its own, as offline."""
    languages: tuple[str, ...] = ("zh", "en")
    """All languages; each but the default one has a folder of its name."""
    default_language: str = "zh"
    """The language at the root."""
    offline: bool = False
    """Whether the site is opened from a disk."""
    hreflang: Mapping[str, str] = field(default_factory=dict)
    """Language to the code in `lang` and `hreflang`; a language without one is its own code."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """File of a page, from the root of the site, to its Markdown or data file, from the root of the project."""
    source_root: Path | None = None
    """Root of the project, below which the origins are read; None to tell places in the built pages only."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Old address to new address, both from the root of the site."""

    def __post_init__(self) -> None:
        """Let the base end in a slash, so that addresses can be joined to it."""
        if self.site_url is not None and not self.site_url.endswith("/"):
            object.__setattr__(self, "site_url", self.site_url + "/")

    @property
    def is_published(self) -> bool:
        """Whether pages have an address of their own to be canonical at."""
        return self.site_url is not None and not self.offline

    def code(self, language: str) -> str:
        """The language's code in `lang` and `hreflang`."""
        return self.hreflang.get(language, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """What was looked at, and what is wrong with it."""

    pages: int
    """HTML pages read."""
    links: int
    """Addresses looked at."""
    issues: Issues
    """Faults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A built site as a tree of files, whose letter case is that of the disk."""

    root: Path
    """Its folder."""
    options: SiteOptions
    """What it promises."""
    files: frozenset[str]
    """Every file, from the root, with forward slashes."""
    by_lower: Mapping[str, str]
    """Lower-case path to a path that exists."""
    moved: Mapping[str, str]
    """File of each redirect to its new address."""
    host: str
    """Host of the site, lower case; empty without site_url."""
    base: str
    """Path of the site on its host, as `/guide/`."""

    @property
    def pages(self) -> list[str]:
        """Every HTML file, sorted."""
        return sorted(path for path in self.files if path.endswith(".html"))

    def is_regular(self, path: str) -> bool:
        """Whether the file is a page of the guide: not the page of errors, not a redirect."""
        return not is_error_page(path) and path not in self.moved

    def is_version(self, path: str, language: str) -> bool:
        """Whether the file is a page of the guide in that language."""
        return self.is_regular(path) and self.language(path) == language

    def language(self, path: str) -> str:
        """The language of a page by its folder."""
        first, slash, _ = path.partition("/")
        is_folder = bool(slash) and first in self.options.languages
        return first if is_folder else self.options.default_language

    def homes(self) -> list[str]:
        """The home page of each language."""
        return [self.folder(language) + INDEX for language in self.options.languages]

    def folder(self, language: str) -> str:
        """The language's folder, with a slash at the end; empty for the default one."""
        return "" if language == self.options.default_language else f"{language}/"

    def versions(self, path: str) -> dict[str, str]:
        """Code of each language to the file in which it says the same as this page, whether it exists or not."""
        rest = path.removeprefix(self.folder(self.language(path)))
        return {self.options.code(language): self.folder(language) + rest for language in self.options.languages}

    def address(self, path: str) -> str:
        """The one address of a page that is published."""
        shown = path.removesuffix(INDEX) if is_index(path) else path
        return f"{self.options.site_url}{quote(shown)}"


def is_index(path: str) -> bool:
    """Whether the page is the one that its folder shows."""
    return path == INDEX or path.endswith("/" + INDEX)


def is_error_page(path: str) -> bool:
    """Whether the page is the one shown for an address that does not exist."""
    return path.rpartition("/")[2] == "404.html"


def open_site(root: Path, options: SiteOptions) -> Site:
    """List the files below a root, and read the options' addresses in their light."""
    files = frozenset(_walk(root))
    parts = urlsplit(options.site_url or "")
    return Site(
        root=root,
        options=options,
        files=files,
        by_lower={path.lower(): path for path in sorted(files)},
        moved={_file_of(old): new for old, new in options.redirects.items()},
        host=(parts.hostname or "").lower(),
        base=parts.path or "/",
    )


def _walk(root: Path) -> Iterator[str]:
    for folder, _, names in os.walk(root):
        prefix = os.path.relpath(folder, root).replace(os.sep, "/") + "/"
        for name in names:
            yield (prefix + name).removeprefix("./")


def _file_of(address: str) -> str:
    path = address.lstrip("/").partition("#")[0]
    return path + INDEX if not path or path.endswith("/") else path
