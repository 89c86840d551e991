"""The templates of overrides/: markup for macros and for generated pages, sandboxed, escaped, strict about names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from . import model

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~$])")
_PROSE = re.compile(r"`([^`\n]+)`|(?<![A-Za-z0-9_\])\\!])\[([^\[\]\n]*)\]\[([^\[\]\n]+)\]")


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which remembers what it allows: a value's type and the attribute's name decide that alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._allowed: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read the attribute."""
        key = type(obj), attr
        if key not in self._allowed:
            self._allowed[key] = super().is_safe_attribute(obj, attr, value)
        return self._allowed[key]


class Templates:
    """Templates by name; words of the interface by `t(key)` in the language that renders."""

    def __init__(self, folder: Path, labels: Any) -> None:
        self.env = _Sandbox(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.env.filters["md"] = markdown_text
        self._labels = labels
        self._modules: dict[tuple[str, str], Any] = {}

    def render(self, template: str, macro: str, view: Any, lang: model.Lang) -> str:
        """A view rendered by a macro of macros/<template>.html."""
        module = self._modules.get((template, lang))
        if module is None:
            module = self.env.get_template(f"macros/{template}.html").make_module(self._globals(lang))
            self._modules[template, lang] = module
        return str(getattr(module, macro)(view)).strip()

    def page(self, template: str, lang: model.Lang, **values: Any) -> str:
        """A generated page's Markdown from pages/<template>.md."""
        return self.env.get_template(f"pages/{template}.md").render(**self._globals(lang), **values)

    def about(self, template: str, thing: model.Entity | model.Kind, lang: model.Lang) -> str:
        """The page of an entity or of a kind's directory."""
        return self.page(template, lang, about=thing)

    def _globals(self, lang: model.Lang) -> dict[str, Any]:
        def t(key: str) -> str:
            text: model.Text | None = self._labels.get(key)
            return text[lang] if text else f"⟦{key}⟧"

        return {"lang": lang, "t": t}


def markdown_text(value: object) -> Markup:
    """Text that shows as it is inside Markdown: HTML and Markdown marks escaped."""
    return Markup(_MARKDOWN.sub(lambda m: f"&#{ord(m[0])};", " ".join(str(value).split())))


def references(text: str) -> Iterator[str]:
    """The ids that a text of data/ links to."""
    return (m[3] for m in _PROSE.finditer(text) if m[3])


def prose(text: str, link: Any) -> Markup:
    """A text of data/ with its `code` and [text][id] links made; all else is escaped.

    `link` makes a link of (id, text), or raises.
    """
    parts: list[Markup] = []
    end = 0
    for match in _PROSE.finditer(text):
        parts.append(escape(text[end : match.start()]))
        parts.append(Markup("<code>{}</code>").format(match[1]) if match[1] else link(match[3], match[2]))
        end = match.end()
    parts.append(escape(text[end:]))
    return Markup("").join(parts)
