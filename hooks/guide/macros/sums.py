"""Amounts added up over time: capital raised, of one entity or of several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .. import charts, formats, model
from ..chartview import ChartSpec, Link, Point, Series, Table
from ..chartwords import WORDS
from ..issues import nearest
from ..periods import first_day
from .calls import CallError
from .chartspec import (
    cited,
    drawn,
    entities_of,
    fact_type,
    field_type,
    frame,
    number_of,
    one_of,
    row_name,
    undated,
    words_of,
)
from .context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """Which rows are added up, and by which date."""

    type: model.FactType
    sum: model.Sum
    date: str
    also: tuple[str, ...]
    """Further statuses, whose amounts make the line dashed."""

    @property
    def statuses(self) -> tuple[str, ...]:
        """All that count."""
        return (*self.sum.counts, *self.also)

    def told(self, page: Context, statuses: Sequence[str]) -> str:
        """Statuses in words."""
        where = field_type(self.type, self.sum.where)
        return WORDS[page.lang].comma.join(where.option(status).label[page.lang] for status in statuses)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A row that counts, and the total with it."""

    entity: model.Entity
    record: model.Record
    row: model.Row
    at: str
    amount: Decimal
    total: Decimal
    is_reported: bool
    """Whether the total rests on an amount that only `also` lets in."""


def sums_chart(
    page: Context,
    of: str,
    title: str,
    subtitle: str,
    ids: Sequence[str] | None,
    log: Sequence[str],
    also: Sequence[str],
    currency: str | None,
) -> str:
    """What rows add up to over time: one line for each entity."""
    first, _, rest = of.partition(".")
    single = page.guide.entities.get(first)
    kind = single.kind if single else page.kind(first)
    rule = _rule(fact_type(kind, rest.partition(".")[0]), rest.partition(".")[2], also)
    entities = (single,) if single else entities_of(page, kind, ids)
    counting = [(e, r) for e in entities for r in _counting(e, rule)]
    money = [_money(record, rule) for _, record in counting]
    hint = 'name one, as in currency="USD"; what is in others is then left out, and the chart says so'
    code = currency or one_of((one.currency for one in money if one), "currencies", hint)
    steps = {e.id: _steps(e, [r for owner, r in counting if owner is e], rule, code) for e in entities}
    drawn_steps = [step for one in steps.values() for step in one]
    if not drawn_steps or code is None:
        raise CallError(f"'{of}' has no amounts that count", "look at the status and currency of its rows")
    series = [_series(e.name[page.lang], steps[e.id]) for e in entities if steps[e.id]]
    words = WORDS[page.lang]
    unsaid = sum(number_of(one) is None for one in money)
    elsewhere = sum(one is not None and one.currency != code for one in money)
    notes = [words.unsaid.format(unsaid)] * (unsaid > 0) + [words.elsewhere.format(elsewhere)] * (elsewhere > 0)
    is_marked = any(step.is_reported for step in drawn_steps)
    spec = frame(
        page,
        title,
        subtitle or words.cumulative.format(rule.type.label[page.lang], rule.told(page, rule.statuses)),
        item=kind.name[page.lang],
        kind=kind,
        currency=code,
        note=words.semicolon.join(notes),
        records=[step.record for step in drawn_steps],
        marked=words.with_.format(rule.told(page, rule.also)) if is_marked else "",
    )
    spec = replace(spec, table=_table(page, drawn_steps, rule, spec))
    return drawn(page, lambda: charts.lines(series, spec, log=log, is_stepped=True))


def _rule(type: model.FactType, field: str, also: Sequence[str]) -> _Rule:
    if type.sum is None or type.order_by is None or field not in ("", type.sum.of):
        hint = "only facts with `sum` and `order_by` in their kind can"
        raise CallError(f"'{type.id}{'.' * bool(field)}{field}' cannot be added up over time", hint)
    options = [option.id for option in field_type(type, type.sum.where).options]
    for status in also:
        if status not in options or status == "denied":
            hint = nearest(status, options) or f"known: {', '.join(options)}"
            raise CallError(
                f"'{status}' amounts cannot be added", "denied ones never count" if status in options else hint
            )
    return _Rule(type=type, sum=type.sum, date=type.order_by, also=tuple(s for s in also if s not in type.sum.counts))


def _counting(entity: model.Entity, rule: _Rule) -> Iterator[model.Record]:
    """The rows that count; of rows with the same key one, and none that is only reported beside one that is not."""
    records = entity.facts[rule.type.id].records if rule.type.id in entity.facts else ()
    seen: set[str] = set()
    for statuses in (rule.sum.counts, rule.also):
        for record in records:
            row = record.value
            if not isinstance(row, model.Row) or row[rule.sum.where] not in statuses:
                continue
            same = str([row[name] for name in rule.type.key]) if rule.type.key else str(id(record))
            if same in seen:
                continue
            if number_of(row[rule.sum.of]) is not None:
                seen.add(same)
            yield record


def _money(record: model.Record, rule: _Rule) -> model.Money | None:
    raw = record.value[rule.sum.of] if isinstance(record.value, model.Row) else None
    return raw if isinstance(raw, model.Money) else None


def _steps(
    entity: model.Entity, records: Sequence[model.Record], rule: _Rule, currency: str | None
) -> tuple[_Step, ...]:
    """Rows with an amount in the currency, by date, each with the total so far."""
    rows = [(r, r.value, _money(r, rule)) for r in records if isinstance(r.value, model.Row)]
    for _, row, _ in rows:
        if row[rule.date] is None:
            raise undated(entity, str(row), rule.date)
    total, is_reported = Decimal(0), False
    steps = []
    for record, row, money in sorted(rows, key=lambda found: first_day(str(found[1][rule.date]))):
        amount = number_of(money)
        if money is None or amount is None or money.currency != currency:
            continue
        total += amount
        is_reported = is_reported or row[rule.sum.where] in rule.also
        at = str(row[rule.date])
        steps.append(
            _Step(entity=entity, record=record, row=row, at=at, amount=amount, total=total, is_reported=is_reported)
        )
    return tuple(steps)


def _series(label: str, steps: Sequence[_Step]) -> Series:
    """The totals; of several rows on one date the last."""
    last = {step.at: step for step in steps}
    return Series(
        label=label,
        points=tuple(Point(at=at, value=step.total, is_estimate=step.is_reported) for at, step in last.items()),
    )


def _table(page: Context, steps: Sequence[_Step], rule: _Rule, spec: ChartSpec) -> Table:
    """Every row that counts, with its amount and status."""
    words, where = WORDS[page.lang], field_type(rule.type, rule.sum.where)
    code = spec.currency or ""

    def said(amount: Decimal) -> str:
        return formats.money(amount, code, page.lang, units=page.guide.units)

    columns = (spec.item, rule.type.label[page.lang], words.time, field_type(rule.type, rule.sum.of).label[page.lang])
    rows = [
        (
            Link(text=step.entity.name[page.lang], href=page.href_to(step.entity.id)),
            Link(text=row_name(page, step.row, rule.type)),
            Link(text=formats.date(step.at, page.lang)),
            Link(text=said(step.amount)),
            Link(text=said(step.total)),
            Link(text=words_of(page, step.row[where.id], where)),
            cited(page, step.record),
        )
        for step in steps
    ]
    return Table(columns=(*columns, words.total, where.label[page.lang], words.origin), rows=tuple(rows))
