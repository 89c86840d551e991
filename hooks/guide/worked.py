"""Worked figures: computed from records and stated assumptions by a plain formula; judgements with their reason."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

from . import convert, model, schema
from .faults import validate
from .files import Files, Steps
from .issues import nearest
from .reader import Document

MAX_POWER = 60
"""Figures beyond ten to this power say nothing."""

_BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_CALLS: Mapping[str, Callable[..., Decimal]] = {"min": min, "max": max}
_ROUNDING: Mapping[str, Callable[[Decimal], Decimal]] = {
    "round": lambda x: x.to_integral_value(ROUND_HALF_UP),
    "ceil": lambda x: x.to_integral_value(ROUND_CEILING),
}


class FormulaError(ValueError):
    """A formula cannot be computed; the message says why."""


def compute(formula: str, values: Mapping[str, Decimal]) -> Decimal:
    """A formula of names, numbers, + - * / ** ( ), min, max, round and ceil → its value.

    Raises:
        FormulaError: for anything else, an unknown name, or a division by nought.
    """
    try:
        value = _value(ast.parse(formula, mode="eval").body, values)
    except SyntaxError as error:
        raise FormulaError(f"the formula does not parse at its column {error.offset}") from None
    except RecursionError:
        raise FormulaError("the formula is nested too deep") from None
    except ArithmeticError:
        raise FormulaError("the formula divides by nought or leaves the range of numbers") from None
    if not value.is_finite() or abs(value.adjusted()) > MAX_POWER:
        raise FormulaError("the formula leaves the range of numbers")
    return value


def _value(node: ast.expr, values: Mapping[str, Decimal]) -> Decimal:
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return Decimal(node.value if isinstance(node.value, int) else str(node.value))
        case ast.Name(id=name) if name in values:
            return values[name]
        case ast.Name(id=name):
            raise FormulaError(
                f"the formula names '{name}'; {nearest(name, values) or 'the inputs are ' + ', '.join(values)}"
            )
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, values)
        case ast.BinOp(op=ast.Pow(), right=ast.Constant(value=int(exponent))) if abs(exponent) > 64:
            raise FormulaError("the exponent is beyond 64")
        case ast.BinOp(op=op, left=left, right=right) if type(op) in _BINARY:
            return _BINARY[type(op)](_value(left, values), _value(right, values))
        case ast.Call(func=ast.Name(id=name), args=[_, _, *_] as args, keywords=[]) if name in _CALLS:
            return _CALLS[name](*(_value(a, values) for a in args))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in _ROUNDING:
            return _ROUNDING[name](_value(argument, values))
        case _:
            raise FormulaError("a formula holds names, numbers, + - * / ** ( ), min, max, round and ceil only")


def load(files: Files, guide: model.Guide) -> dict[str, model.Worked]:
    """data/worked → figures, in the order of their ids."""
    found = {}
    for id, document in files.each("worked"):
        before = len(files.issues)
        file, faults = validate(schema.WorkedFile, document)
        files.issues.extend(faults)
        figure = _figure(id, file, document, guide, files) if file else None
        if figure and len(files.issues) == before:
            found[id] = figure
        else:
            files.broken.add(id)
    return found


def _figure(
    id: str, file: schema.WorkedFile, document: Document, guide: model.Guide, files: Files
) -> model.Worked | None:
    before = len(files.issues)
    inputs = [_input(name, item, document, guide, files) for name, item in file.inputs.items()]
    if file.sort == "judgement" and not file.reason:
        files.fault(document, ("reason",), "a judgement needs its reason", "say in zh and en why we think so")
    if sum(part is not None for part in (file.formula, file.series, file.value)) != 1:
        problem = "a figure has either a formula, a series or a value of our own"
        files.fault(document, (), problem, "keep one of the three")
    if len(files.issues) > before or None in inputs:
        return None
    sound = tuple(i for i in inputs if i)
    values = {i.name: i.value for i in sound}
    result = _result(file.formula, values, document, ("formula",), files) if file.formula else file.value
    series = _series(file.series, values, document, files) if file.series else None
    return model.Worked(
        id=id,
        title=convert.text(file.title),
        sort=file.sort,
        inputs=sound,
        formula=file.formula,
        result=result,
        series=series,
        unit=file.unit,
        reason=convert.text(file.reason) if file.reason else None,
        place=convert.place(document, ()),
    )


def _result(formula: str, values: Mapping[str, Decimal], document: Document, steps: Steps, files: Files) -> Decimal:
    try:
        return compute(formula, values)
    except FormulaError as error:
        files.fault(document, steps, str(error))
        return Decimal(0)


def _series(file: schema.SeriesFile, values: Mapping[str, Decimal], document: Document, files: Files) -> model.Series:
    """Each line's formula computed at each x; the first fault of a line is told, not that of every point."""
    xs, lines = tuple(file.x.values), []
    if file.x.name in values:
        files.fault(document, ("series", "x", "name"), f"'{file.x.name}' is also an input", "choose another name")
    for index, line in enumerate(file.lines):
        steps = ("series", "lines", index, "formula")
        before = len(files.issues)
        points = [_result(line.formula, {**values, file.x.name: xs[0]}, document, steps, files)]
        if len(files.issues) == before:
            points += [_result(line.formula, {**values, file.x.name: x}, document, steps, files) for x in xs[1:]]
        lines.append(model.WorkedLine(id=line.id, label=convert.text(line.label), values=tuple(points)))
    return model.Series(label=convert.text(file.x.label), unit=file.x.unit, xs=xs, lines=tuple(lines))


def _input(
    name: str, file: schema.WorkedInputFile, document: Document, guide: model.Guide, files: Files
) -> model.WorkedInput | None:
    """An input's value; None where it has a fault, or names an entity whose own file has one."""
    label, reason = convert.text(file.label), convert.text(file.reason) if file.reason else None
    steps: Steps = ("inputs", name)
    if (file.fact is None) == (file.assume is None):
        hint = "write `fact: entity.fact` or `assume: number`"
        files.fault(document, steps, "an input is either a fact or an assumption", hint)
    elif file.assume is not None and reason is None:
        files.fault(document, steps, "an assumption needs its reason", "say in zh and en why this number")
    elif file.assume is not None:
        return model.WorkedInput(name=name, label=label, value=file.assume, unit=file.unit, reason=reason)
    elif file.fact and (record := _record(file.fact, steps, document, guide, files)):
        value = record.value
        assert isinstance(value, Decimal)
        return model.WorkedInput(
            name=name, label=label, value=value, unit=record.unit, record=record, fact=file.fact, reason=reason
        )
    return None


def _record(path: str, steps: Steps, document: Document, guide: model.Guide, files: Files) -> model.Record | None:
    """The newest record of 'entity.fact', if it is a number; a fault if not, but for an entity with faults."""
    entity_id, _, fact_id = path.partition(".")
    entity = guide.entities.get(entity_id)
    fact = entity.facts.get(fact_id) if entity else None
    if fact and isinstance(fact.record.value, Decimal):
        return fact.record
    if entity_id not in files.broken:
        known = nearest(fact_id, entity.facts) if entity else nearest(entity_id, guide.entities)
        sort = "it is a range" if fact and isinstance(fact.record.value, model.Range) else ""
        hint = (
            sort or f"it is of the type {fact.type.type}" if fact else known or "write entity.fact, as in alpha.commits"
        )
        files.fault(document, (*steps, "fact"), f"'{path}' is no record with a number", hint)
    return None
