"""What a value is called in a language, and the links that it carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from . import formats, model

Link = Callable[[str], tuple[str, str]]
"""Entity id → (name, address)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A value as a reader sees it: parts joined by `separator`, each with an address or none."""

    parts: tuple[tuple[str, str], ...]
    separator: str = ""
    is_text: bool = False
    """Whether it is a sentence, whose [text][id] and `code` are to be rendered."""

    @property
    def text(self) -> str:
        """The value as plain text."""
        return self.separator.join(name for name, _ in self.parts)


def value(
    raw: model.Value,
    type: model.FactType,
    unit: str | None,
    guide: model.Guide,
    lang: model.Lang,
    *,
    digits: int | None = None,
    link: Link | None = None,
) -> Said:
    """A value in a language: that of a record, or of a field of a row."""
    comma = "、" if lang == "zh" else ", "
    match type.type, raw:
        case "label", model.Text():
            return Said(parts=((raw[lang].strip(), ""),))
        case "text", model.Text():
            return Said(parts=((raw[lang].strip(), ""),), is_text=True)
        case "choice", str():
            return Said(parts=((type.option(raw).label[lang], ""),))
        case "choices", tuple():
            return Said(parts=tuple((type.option(o).label[lang], "") for o in raw), separator=comma)
        case "names", tuple():
            return Said(parts=tuple((name, "") for name in raw), separator=comma)
        case (("ref" | "refs"), _):
            ids = raw if isinstance(raw, tuple) else (str(raw),)
            named = tuple(link(i) if link else (guide.entities[i].name[lang], "") for i in ids)
            return Said(parts=named, separator=comma)
        case "url", str():
            return Said(parts=((short_url(raw), raw),))
        case "date", str():
            return Said(parts=((formats.date(raw, lang), ""),))
        case "flag", bool():
            word = guide.labels.get("yes" if raw else "no")
            return Said(parts=((word[lang] if word else str(raw).lower(), ""),))
        case _:
            return Said(parts=((figure(raw, unit, guide, lang, digits=digits), ""),))


def figure(
    raw: model.Value, unit: str | None, guide: model.Guide, lang: model.Lang, *, digits: int | None = None
) -> str:
    """A number, range or amount of money with its unit; money is said per unit."""
    if isinstance(raw, model.Money):
        return formats.quantity(raw, lang, per=unit, digits=digits, units=guide.units)
    if isinstance(raw, Decimal | model.Range):
        return formats.quantity(raw, lang, unit=unit, digits=digits, units=guide.units)
    return str(raw)


def short_url(url: str) -> str:
    """'https://www.pytorch.org/docs/' → 'pytorch.org/docs'."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")
