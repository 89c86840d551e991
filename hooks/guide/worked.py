"""Worked figures: computed from records and stated assumptions by a plain formula; judgements with their reason."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from typing import Any

from . import convert, model, schema
from .issues import Issues, nearest
from .reader import Document

_BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_CALLS: Mapping[str, Callable[..., Decimal]] = {
    "min": min,
    "max": max,
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
        return _value(ast.parse(formula, mode="eval").body, values)
    except SyntaxError as error:
        raise FormulaError(f"the formula does not parse at column {error.offset}") from None
    except (DivisionByZero, InvalidOperation, ZeroDivisionError, OverflowError):
        raise FormulaError("the formula divides by nought or leaves the range of numbers") from None


def _value(node: ast.expr, values: Mapping[str, Decimal]) -> Decimal:
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return Decimal(str(node.value))
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
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _CALLS and args:
            return _CALLS[name](*(_value(a, values) for a in args))
        case _:
            raise FormulaError("a formula holds names, numbers, + - * / ** ( ), min, max, round and ceil only")


def load(files: Iterable[tuple[str, Document]], guide: model.Guide, issues: Issues) -> dict[str, model.Worked]:
    """data/worked → figures, in the order of their ids."""
    found = {}
    for id, document in files:
        file, faults = schema.validate(schema.WorkedFile, document)
        issues.extend(faults)
        figure = _figure(id, file, document, guide, issues) if file else None
        if figure:
            found[id] = figure
    return found


def _figure(
    id: str, file: schema.WorkedFile, document: Document, guide: model.Guide, issues: Issues
) -> model.Worked | None:
    before = len(issues)
    inputs = [_input(name, item, document, guide, issues) for name, item in file.inputs.items()]
    if file.sort == "judgement" and not file.reason:
        issues.add(
            document.path, "a judgement needs its reason", field="reason", hint="say in zh and en why we think so"
        )
    if sum(part is not None for part in (file.formula, file.series, file.value)) != 1:
        problem = "a figure has either a formula, a series or a value of our own"
        issues.add(document.path, problem, hint="keep one of the three")
    if len(issues) > before:
        return None
    sound = tuple(i for i in inputs if i)
    values = {i.name: i.value for i in sound}
    result = _result(file.formula, values, document, ("formula",), issues) if file.formula else file.value
    series = _series(file.series, values, document, issues) if file.series else None
    if len(issues) > before:
        return None
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
        place=model.Place(path=document.path),
    )


def _result(
    formula: str, values: Mapping[str, Decimal], document: Document, path: tuple[str | int, ...], issues: Issues
) -> Decimal:
    try:
        return compute(formula, values)
    except FormulaError as error:
        issues.extend([convert.issue(convert.place(document, path), str(error), field=".".join(map(str, path)))])
        return Decimal(0)


def _series(file: schema.SeriesFile, values: Mapping[str, Decimal], document: Document, issues: Issues) -> model.Series:
    """Each line's formula computed at each x; the first fault of a line is told, not that of every point."""
    xs, lines = tuple(file.x.values), []
    for index, line in enumerate(file.lines):
        path = ("series", "lines", index, "formula")
        before = len(issues)
        points = [_result(line.formula, {**values, file.x.name: xs[0]}, document, path, issues)]
        if len(issues) == before:
            points += [_result(line.formula, {**values, file.x.name: x}, document, path, issues) for x in xs[1:]]
        lines.append(model.WorkedLine(id=line.id, label=convert.text(line.label), values=tuple(points)))
    return model.Series(label=convert.text(file.x.label), unit=file.x.unit, xs=xs, lines=tuple(lines))


def _input(
    name: str, file: schema.WorkedInputFile, document: Document, guide: model.Guide, issues: Issues
) -> model.WorkedInput | None:
    at = convert.place(document, ("inputs", name))
    label, reason = convert.text(file.label), convert.text(file.reason) if file.reason else None
    if (file.fact is None) == (file.assume is None):
        issues.extend(
            [
                convert.issue(
                    at,
                    "an input is either a fact or an assumption",
                    "write `fact: entity.fact` or `assume: number`",
                    name,
                )
            ]
        )
        return None
    if file.assume is not None:
        if reason is None:
            issues.extend(
                [convert.issue(at, "an assumption needs its reason", "say in zh and en why this number", name)]
            )
            return None
        return model.WorkedInput(name=name, label=label, value=file.assume, unit=file.unit, reason=reason)
    record = _record(str(file.fact), guide)
    if record is None or not isinstance(record.value, Decimal):
        problem = f"'{file.fact}' is no record with a number"
        issues.extend(
            [
                convert.issue(
                    convert.place(document, ("inputs", name, "fact")), problem, _suggest(str(file.fact), guide), name
                )
            ]
        )
        return None
    return model.WorkedInput(
        name=name, label=label, value=record.value, unit=record.unit, record=record, fact=file.fact, reason=reason
    )


def _record(path: str, guide: model.Guide) -> model.Record | None:
    entity_id, _, fact_id = path.partition(".")
    entity = guide.entities.get(entity_id)
    fact = entity.facts.get(fact_id) if entity else None
    return fact.record if fact else None


def _suggest(path: str, guide: model.Guide) -> str:
    entity_id, _, fact_id = path.partition(".")
    entity = guide.entities.get(entity_id)
    return nearest(fact_id, entity.facts) if entity else nearest(entity_id, guide.entities)
