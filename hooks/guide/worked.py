"""Worked figures: computed from records and stated assumptions by a plain formula; judgements with their reason."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation
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
    "round": lambda x: Decimal(round(x)),
    "ceil": lambda x: -((-x) // 1),
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
    if (file.formula is None) == (file.value is None):
        issues.add(document.path, "a figure has either a formula or a value of our own", hint="keep one of the two")
    if len(issues) > before:
        return None
    sound = [i for i in inputs if i]
    result = _result(file, {i.name: i.value for i in sound}, document, issues)
    if result is None:
        return None
    return model.Worked(
        id=id,
        title=convert.text(file.title),
        sort=file.sort,
        inputs=tuple(sound),
        formula=file.formula,
        result=result,
        unit=file.unit,
        reason=convert.text(file.reason) if file.reason else None,
        place=model.Place(path=document.path),
    )


def _result(
    file: schema.WorkedFile, values: Mapping[str, Decimal], document: Document, issues: Issues
) -> Decimal | None:
    if file.formula is None:
        return file.value
    at = convert.place(document, ("formula",))
    try:
        return compute(file.formula, values)
    except FormulaError as error:
        issues.extend([convert.issue(at, str(error), field="formula")])
        return None


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
