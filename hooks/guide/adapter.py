"""The one place that knows MkDocs: its files, pages and events ↔ the guide's plain values."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from . import layout, model
from .check import Checked, check
from .expand import Expanded, expand
from .expand import fill as fill_calls
from .issues import Issues
from .links import Backlinks
from .macros import Context
from .md import GuideExtension, Rendering
from .output import Output
from .safety import file_fault, strange_scripts
from .site import Site
from .terms import Finder, segment
from .typography import TypographyExtension
from .urls import Addresses

_UNUSED = re.compile(r"^assets/(javascripts/(lunr|workers)/|stylesheets/palette\.|.*\.map$)")
"""Files of the theme that no page asks for: its own search, and maps for debugging."""


@dataclass(slots=True)
class Build:
    """One build of the whole guide, both languages."""

    root: Path
    checked: Checked
    addresses: Addresses
    offline: bool
    rendering: Rendering
    site_url: str | None = None
    serving: bool = False
    issues: Issues = field(default_factory=Issues)
    backlinks: dict[str, Backlinks] = field(default_factory=lambda: {lang: Backlinks() for lang in model.LANGUAGES})
    pages: dict[tuple[str, str], Rendered] = field(default_factory=dict)

    @property
    def site(self) -> Site:
        """The guide's data and pages."""
        return self.checked.site


@dataclass(slots=True)
class Rendered:
    """A page's context and what rendering it found."""

    context: Context
    expanded: Expanded
    terms: tuple[str, ...] = ()
    html: str = ""
    """The finished page's own text, for the search."""


_build: Build | None = None
_checked: list[Checked] = []
"""What build_site was given, for the build that it starts."""


def current() -> Build:
    """The build under way."""
    assert _build is not None, "begin() comes first"
    return _build


def is_preview(config: MkDocsConfig) -> bool:
    """Whether `serve` builds."""
    return urlsplit(config.site_url or "").netloc == str(config.dev_addr)


def begin(config: MkDocsConfig) -> None:
    """Read and check everything; stop with every fault if there is one."""
    global _build
    root = Path(config.config_file_path).parent
    checked = _checked.pop() if _checked else check(root)
    if len(checked.issues):
        raise PluginError("\n" + checked.issues.text())
    cut = segment()
    finders = {
        lang: Finder(checked.site.guide.terms.values(), lang, cut if lang == "zh" else None) for lang in model.LANGUAGES
    }
    offline = bool(config.extra.get("offline"))
    _build = Build(
        root=root,
        checked=checked,
        addresses=Addresses(directory_urls=config.use_directory_urls),
        offline=offline,
        rendering=Rendering(finders=finders),
        site_url=config.site_url,
        serving=is_preview(config),
    )
    config.extra["today"] = checked.site.guide.today


def turn_to_language(config: MkDocsConfig) -> MkDocsConfig:
    """Set the navigation and the names of the language that is built next."""
    lang, guide = _language(config), current().site.guide
    config.nav = _nav(guide.nav, lang)
    named = [e for e in config.markdown_extensions if isinstance(e, str)]
    ours = [GuideExtension(current().rendering), TypographyExtension(lang=lang)]
    config.markdown_extensions = cast(Any, [*named, *ours])
    config.site_name = guide.labels["site_name"][lang]
    config.site_description = guide.labels["site_description"][lang]
    config.copyright = None
    return config


def _language(config: MkDocsConfig) -> model.Lang:
    plugin = config.plugins["i18n"]
    return cast(model.Lang, plugin.current_language or model.DEFAULT_LANGUAGE)  # type: ignore[attr-defined]


def _nav(items: Iterable[model.NavItem], lang: model.Lang) -> list[Any]:
    return [{item.title[lang]: item.page or _nav(item.children, lang)} if item.title else item.page for item in items]


def declare(files: Files, config: MkDocsConfig) -> Files:
    """Name every generated page of every language, before static-i18n sorts the files by language."""
    for page in current().site.pages.values():
        if page.generated:
            files.append(File(f"{page.lang}/{page.src}", config.docs_dir, config.site_dir, config.use_directory_urls))
    return files


def fill(files: Files, config: MkDocsConfig) -> Files:
    """Give the generated pages their text; drop pages and alternates that stand in for a missing translation."""
    lang = _language(config)
    for file in list(files):
        if _UNUSED.search(file.src_uri):
            files.remove(file)
        if not file.is_documentation_page():
            _check_file(file, config)
            continue
        if file.locale != lang:  # type: ignore[attr-defined]
            files.remove(file)
            continue
        page = current().site.page(lang, _src(file))
        if page and page.generated:
            file.content_string, file.generated_by = page.text, "data/"
        for other, alternate in list(file.alternates.items()):  # type: ignore[attr-defined]
            if alternate.locale != other:
                del file.alternates[other]  # type: ignore[attr-defined]
    config.plugins["i18n"].i18n_files_per_language[lang] = files.documentation_pages()  # type: ignore[attr-defined]
    return files


def _check_file(file: File, config: MkDocsConfig) -> None:
    """Note a file of docs/ that may not be published."""
    path = Path(file.abs_src_path or "")
    is_shown = path.is_relative_to(config.docs_dir) and file.inclusion != InclusionLevel.EXCLUDED
    if is_shown and (fault := file_fault(path)):
        current().issues.add(path.relative_to(current().root).as_posix(), fault, hint="take it out")


def _src(file: File) -> str:
    """Path of a page in its language's folder."""
    return file.src_uri.partition("/")[2]


def page_markdown(markdown: str, page: Page) -> str:
    """A page's Markdown with its macros run."""
    build = current()
    lang = cast(model.Lang, page.file.locale)  # type: ignore[attr-defined]
    written = build.site.page(lang, _src(page.file))
    if written is None:
        return markdown
    page.update_date = build.site.guide.today.isoformat()
    context = Context(
        site=build.site,
        addresses=build.addresses,
        templates=build.checked.templates,
        lang=lang,
        src=written.src,
        origin=written.origin,
    )
    expanded = expand(written.scan, context)
    build.issues.extend(expanded.issues)
    build.pages[lang, written.src] = Rendered(context=context, expanded=expanded)
    build.rendering.begin(context, expanded)
    return layout.with_questions(expanded.markdown, build.site, lang, written.src)


def page_content(html: str, page: Page) -> str:
    """A page's HTML with its macros filled in; what it mentions is noted."""
    build = current()
    key = (page.file.locale, _src(page.file))  # type: ignore[attr-defined]
    rendered = build.pages.get(key)
    if rendered is None:
        return html
    rendered.terms = tuple(build.rendering.terms)
    build.backlinks[key[0]].add(key[1], [(m.id, m.heading) for m in build.rendering.mentions])
    return fill_calls(layout.fill_questions(html, rendered.context), rendered.expanded)


def rendered(env: Any, config: MkDocsConfig) -> Any:
    """All pages of a language are rendered: stop with every fault if there is one."""
    _stop_if_any()
    env.globals["t"] = layout.words(current().site.guide.labels, _language(config))
    return env


def _stop_if_any() -> None:
    if len(current().issues):
        raise PluginError("\n" + current().issues.text())


def page_context(context: dict[str, Any], page: Page, nav: Navigation) -> dict[str, Any]:
    """Give the templates what the guide knows of the page."""
    build = current()
    lang, src = page.file.locale, _src(page.file)  # type: ignore[attr-defined]
    rendered = build.pages.get((lang, src))
    if rendered is None:
        return context
    rendered.html = page.content = layout.fill_backlinks(page.content or "", rendered.context, build.backlinks[lang])
    context["guide"] = layout.page_view(
        rendered.context, rendered.terms, build.backlinks[lang], site_url=None if build.offline else build.site_url
    )
    return context


def template(output: str, name: str, config: MkDocsConfig) -> str:
    """One 404 page serves both languages, made by the default one's build; offline nobody asks for it or a site map."""
    if current().offline and name in ("404.html", "sitemap.xml"):
        return ""
    if name == "404.html" and _language(config) != model.DEFAULT_LANGUAGE:
        return ""
    return _secured(output) if name.endswith(".html") else output


def post_page(output: str, page: Page) -> str:
    """The finished page with its content security policy; a script that the theme did not write is a fault."""
    build = current()
    written = build.site.page(page.file.locale, _src(page.file))  # type: ignore[attr-defined]
    for script in strange_scripts(output):
        origin = written.origin if written else page.file.src_uri
        build.issues.add(origin, f"a script in the page's text or head: {script.strip()[:60]!r}", hint="take it out")
    return _secured(output)


def _secured(html: str) -> str:
    """The page with its policy; without one in the preview, whose reload is an inline script."""
    build = current()
    return html if build.serving else Output.secured(html, offline=build.offline)


def finish(config: MkDocsConfig) -> None:
    """Both languages are built: write what belongs to the whole guide."""
    build = current()
    _stop_if_any()
    texts = {key: page.html for key, page in build.pages.items()}
    Output(Path(config.site_dir), build.root, build.site, build.addresses, texts, offline=build.offline).write()


def build_site(config_file: Path, site_dir: Path, checked: Checked | None = None) -> Build:
    """Build the guide into a folder.

    Args:
        config_file: The configuration, in the project's folder.
        site_dir: Where the site goes.
        checked: The guide, where it was read and found sound just before; it is read here otherwise.

    Raises:
        guide.issues.GuideError: MkDocs gave up; what it said is the message.
    """
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, BuildError, ConfigurationError

    from .issues import UsageError

    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    said = _listen()
    _checked[:] = [checked] if checked else []
    try:
        config = load_config(str(config_file), site_dir=str(site_dir), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
    except (Abort, BuildError, ConfigurationError, PluginError) as error:
        raise UsageError("\n".join([*said, str(error).strip()])) from None
    return current()


def _listen() -> list[str]:
    """What MkDocs warns of from now on, filled as it says it."""
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logging.getLogger("mkdocs").addHandler(Listener(level=logging.WARNING))
    return said
