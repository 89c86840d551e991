"""The macro for duties: who must do what, when, gathered from the policies by stage of the product and place."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from .. import formats, model
from ..issues import nearest
from .calls import CallError, macro
from .context import Context
from .facts import SourceMark, mark, rich


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyView:
    """One duty, with the law and article that it follows from."""

    law: str
    href: str
    article: str
    who: Markup
    duty: Markup
    when: Markup
    since: str
    mark: SourceMark


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """The duties of one stage in one place."""

    place: str
    stage: str
    duties: tuple[DutyView, ...]


@macro
def duties(page: Context, stage: str) -> str:
    """Which duties, when: all of a stage, by place: `{{ duties("launch") }}`."""
    kind = page.kind("policy")
    field = kind.facts["duties"].field("stage")
    options = {o.id: o for o in field.options} if field else {}
    if stage not in options:
        raise CallError(f"unknown stage '{stage}'", nearest(stage, options) or f"known: {', '.join(options)}")
    places = kind.facts["place"].options
    views = tuple(
        PlaceView(
            place=p.label[page.lang], stage=options[stage].label[page.lang], duties=tuple(_duties(page, p.id, stage))
        )
        for p in places
    )
    return page.render("duties", "duties", tuple(v for v in views if v.duties))


def _duties(page: Context, place: str, stage: str) -> list[DutyView]:
    return [
        _view(page, policy, record)
        for policy in page.guide.of_kind("policy")
        if policy.facts["place"].record.value == place and policy.facts["state"].record.value != "rescinded"
        for record in (policy.facts["duties"].records if "duties" in policy.facts else ())
        if isinstance(record.value, model.Row) and stage in _stages(record.value)
    ]


def _stages(row: model.Row) -> tuple[str, ...]:
    held = row["stage"]
    return held if isinstance(held, tuple) else ()


def _view(page: Context, policy: model.Entity, record: model.Record) -> DutyView:
    row = record.value
    assert isinstance(row, model.Row)
    text = {name: value[page.lang] for name, value in row.values.items() if isinstance(value, model.Text)}
    since = row["from"]
    return DutyView(
        law=policy.name[page.lang],
        href=page.href_to(policy.id),
        article=text.get("article", ""),
        who=rich(page, text.get("who", "")),
        duty=rich(page, text.get("duty", "")),
        when=rich(page, text.get("when", "")),
        since=formats.date(since, page.lang) if isinstance(since, str) else "",
        mark=mark(page, record.source, record.at, record),
    )
