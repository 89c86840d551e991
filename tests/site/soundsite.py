"""Two sound sites for the checks to be tried on: one written by hand in a moment, one built by MkDocs and Material."""

from __future__ import annotations

import gzip
import json
import os
import posixpath
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from markupsafe import Markup

from guide.sitecheck import SiteOptions

FIXTURE = Path(__file__).parent / "fixture"
SITE_URL = "https://example.org/guide/"
FOLDERS = {"zh": "", "en": "en/"}
ARTICLES = {
    "index.html": "index",
    "overview/index.html": "overview",
    "overview/concepts/index.html": "concepts",
    "directory/framework/pytorch/index.html": "pytorch",
    "glossary/index.html": "glossary",
}
OLD, NEW = "old/", "overview/concepts/#注意力"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes the small site by hand, with the structure that Material gives to a page."""

    root: Path
    offline: bool
    articles: dict[str, str] = field(default_factory=lambda: ARTICLES)
    """Page to the name of its article; a page beginning with `en/` is written in English only."""
    templates: jinja2.Environment = field(
        default_factory=lambda: jinja2.Environment(
            loader=jinja2.FileSystemLoader(FIXTURE / "written"), undefined=jinja2.StrictUndefined, autoescape=True
        )
    )

    def write(self) -> None:
        """Write every file."""
        shutil.copytree(FIXTURE / "written" / "files", self.root, dirs_exist_ok=True)
        for lang, page in self.pages():
            self.write_page(lang, page, self.articles[page.removeprefix(FOLDERS[lang])])
        self._write_redirect()
        self._write_data()
        if not self.offline:
            self.write_page("zh", "404.html", "404")
            self._write_sitemap()

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield language and file of each page."""
        for lang, folder in FOLDERS.items():
            yield from ((lang, folder + page) for page in self.articles)

    def write_page(self, lang: str, page: str, article: str) -> None:
        """Write one page round its article."""
        values = {
            "lang": lang,
            "title": page,
            "canonical": "" if self.offline else self.address(page),
            "alternates": self._alternates(page),
            "switcher": [(code, self.href(page, other)) for code, other in self._versions(page)],
            "link": lambda target: self.href(page, FOLDERS[lang] + target),
            "own": lambda target: self.href(page, target),
        }
        text = self.templates.get_template(f"articles/{article}.html").render(values)
        values["article"] = Markup(text)
        self._put(page, self.templates.get_template("page.html").render(values))

    def address(self, page: str) -> str:
        """The address of a page that is published."""
        return SITE_URL + page.removesuffix("index.html")

    def href(self, page: str, target: str) -> str:
        """The address by which a page names a file or a folder of the site."""
        path, mark, fragment = target.partition("#")
        file = f"{path}index.html" if not path or path.endswith("/") else path
        if page == "404.html":
            return f"/guide/{file.removesuffix('index.html')}{mark}{fragment}"
        relative = posixpath.relpath(file, posixpath.dirname(page) or ".")
        if not self.offline and posixpath.basename(relative) == "index.html":
            relative = relative.removesuffix("index.html") or "./"
        return relative + mark + fragment

    def _versions(self, page: str) -> list[tuple[str, str]]:
        if page == "404.html":
            return [(code, folder + "index.html") for code, folder in FOLDERS.items()]
        return [(code, folder + page.removeprefix(FOLDERS["en"])) for code, folder in FOLDERS.items()]

    def _alternates(self, page: str) -> list[tuple[str, str]]:
        versions = self._versions(page)
        versions.append(("x-default", versions[0][1]))
        return [(code, self.href(page, other) if self.offline else self.address(other)) for code, other in versions]

    def _write_redirect(self) -> None:
        page = f"{OLD}index.html"
        text = self.templates.get_template("redirect.html").render(lang="zh", target=self.href(page, NEW))
        self._put(page, text)

    def _write_sitemap(self) -> None:
        pages = [page for _, page in self.pages()]
        entries = [(self.address(page), self._alternates(page)) for page in pages]
        text = self.templates.get_template("sitemap.xml").render(entries=entries)
        self._put("sitemap.xml", text)
        (self.root / "sitemap.xml.gz").write_bytes(gzip.compress(text.encode(), mtime=0))

    def _write_data(self) -> None:
        page = "directory/framework/pytorch/"
        addresses = {lang: self.href("", f"{folder}{page}") for lang, folder in FOLDERS.items()}
        entity = {"id": "pytorch", "page": addresses, "json": "api/v1/entities/pytorch.json", "csv": None}
        self._put("api/v1/entities.csv", "id\npytorch\n")
        self._put("api/v1/entities/pytorch.json", json.dumps(entity))
        self._put("api/v1/index.json", json.dumps({"entities": [entity], "csv": "api/v1/entities.csv"}, indent=2))
        self._put("api/v1/schema.json", json.dumps({"properties": {"page": {"type": "object"}}}))
        for lang, folder in FOLDERS.items():
            pages = [{"u": self.href("", page)} for other, page in self.pages() if other == lang]
            blocks = [{"p": 0, "a": "home"}, {"p": 0}, {"p": len(ARTICLES) - 1, "a": "llm"}]
            text = json.dumps({"pages": pages, "blocks": blocks}, ensure_ascii=False)
            self._put(f"search/{lang}.js", f'guide.search.add("{folder}", {text});\n')

    def _put(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def options(*, offline: bool, **changes: object) -> SiteOptions:
    """What the small site promises."""
    values: dict[str, object] = {
        "site_url": None if offline else SITE_URL,
        "offline": offline,
        "redirects": {f"{OLD}index.html" if offline else OLD: NEW.replace("/#", "/index.html#") if offline else NEW},
    }
    return SiteOptions(**(values | changes))  # type: ignore[arg-type]


def write_site(root: Path, *, offline: bool = False, articles: dict[str, str] | None = None) -> SiteOptions:
    """Write the small site by hand; returns what it promises."""
    Writer(root=root, offline=offline, articles=articles or ARTICLES).write()
    return options(offline=offline)


def build_site(folder: Path, *, offline: bool = False) -> tuple[Path, SiteOptions]:
    """Build a small project with MkDocs, Material and static-i18n; returns its site and what it promises."""
    shutil.copytree(FIXTURE / "project", folder, dirs_exist_ok=True)
    config = "mkdocs.offline.yml" if offline else "mkdocs.yml"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(folder / config)]
    subprocess.run(command, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    site = folder / "site"
    if offline:
        (site / "404.html").unlink()
    origins = {
        path.relative_to(site).as_posix(): _origin(folder, path.relative_to(site)) for path in site.rglob("*.html")
    }
    return site, options(offline=offline, origins=origins, source_root=folder, redirects={})


def _origin(folder: Path, page: Path) -> str:
    """The Markdown file of a page: `x/index.html` comes of `x.md` or `x/index.md`."""
    source = "docs" / (page if page.parts[0] == "en" else "zh" / page)
    beside = source.parent.with_suffix(".md")
    found = beside if source.stem == "index" and (folder / beside).exists() else source.with_suffix(".md")
    return found.as_posix()
