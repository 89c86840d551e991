"""Macro calls: parsed by Jinja's own parser, checked on the syntax tree, bound to their macro."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2
from jinja2 import nodes

from ..issues import nearest
from ..values import shown

_PARSER = jinja2.Environment(autoescape=True)

Macro = Callable[..., str]
MACROS: dict[str, Macro] = {}


class CallError(ValueError):
    """A call cannot be made; `hint` says what would do."""

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Call:
    """A macro's name and its plain arguments."""

    name: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]


def macro(function: Macro) -> Macro:
    """Make a function callable from pages under its own name (without a trailing underscore)."""
    MACROS[function.__name__.rstrip("_")] = function
    return function


@cache
def parse(source: str) -> Call:
    """'{{ fact("pytorch.license") }}' → Call.

    Raises:
        CallError: for anything but one call of a name with plain values.
    """
    try:
        tree = _PARSER.parse(source)
    except jinja2.TemplateSyntaxError as error:
        hint = 'write it as {{ fact("pytorch.license") }}'
        raise CallError(f"'{_short(source)}' does not parse: {error.message}", hint) from None
    except RecursionError:
        raise CallError(f"'{_short(source)}' is nested too deep", "write it flatter") from None
    match tree.body:
        case [nodes.Output(nodes=[nodes.Call(node=nodes.Name(name=name), dyn_args=None, dyn_kwargs=None) as call])]:
            args = tuple(_plain(a) for a in call.args)
            return Call(name, args, {k.key: _plain(k.value) for k in call.kwargs})
        case [nodes.Output(nodes=[node])]:
            raise CallError(f"'{_short(source)}' holds {_what(node)}", "pages hold only macro calls with plain values")
        case _:
            raise CallError(f"'{_short(source)}' is no macro call", "pages hold only macro calls with plain values")


def _short(source: str) -> str:
    return " ".join(source.split())[:60]


def _what(node: nodes.Node) -> str:
    names: dict[type[nodes.Node], str] = {
        nodes.Filter: "a filter",
        nodes.Getattr: "an attribute",
        nodes.Getitem: "an index",
        nodes.Name: "a bare name",
        nodes.Const: "a bare value",
        nodes.TemplateData: "a bare value",
        nodes.Tuple: "several values",
        nodes.Dict: "a dictionary",
        nodes.CondExpr: "a condition",
    }
    if isinstance(node, nodes.Call):
        is_name = isinstance(node.node, nodes.Name)
        return "* or ** in its arguments" if is_name else "a call of something else than a macro"
    return names.get(type(node), "an operator or expression")


def _plain(node: nodes.Node) -> Any:
    match node:
        case nodes.Const(value=value):
            return value
        case nodes.List(items=items) | nodes.Tuple(items=items):
            return [_plain(i) for i in items]
        case nodes.Neg(node=nodes.Const(value=int() | float() as value)):
            return -value
        case nodes.Name() | nodes.Getattr():
            raise CallError(f"an argument holds {_what(node)}", 'put text in quotes, as in fact("pytorch.license")')
        case _:
            hint = "arguments are plain values: text, numbers, true, false, lists"
            raise CallError(f"an argument holds {_what(node)}", hint)


def bind(call: Call) -> tuple[Macro, dict[str, Any]]:
    """A call → its macro and arguments by name, checked against the macro's signature.

    Raises:
        CallError: unknown macro, unknown, missing or ill-typed argument.
    """
    function = MACROS.get(call.name)
    if function is None:
        hint = nearest(call.name, MACROS) or f"known: {', '.join(sorted(MACROS))}"
        raise CallError(f"unknown macro '{call.name}'", hint)
    signature = inspect.signature(function)
    named, filters = _parameters(signature)
    for key in call.kwargs:
        if key not in named and not filters:
            hint = nearest(key, named) or f"it has {', '.join(named)}"
            raise CallError(f"{call.name}() has no argument '{key}'", hint)
    try:
        bound = signature.bind(None, *call.args, **call.kwargs).arguments
    except TypeError as error:
        raise CallError(f"{call.name}(): {error}", f"it takes {_usage(signature)}") from None
    arguments = {**{k: v for k, v in bound.items() if k in named}, **bound.get(filters, {})}
    hints = typing.get_type_hints(function)
    for key, value in arguments.items():
        wanted = hints[key if key in named else filters]
        if not _fits(value, wanted):
            problem = f"{call.name}(): {key} is {shown(value)}, and must be {_type_name(wanted)}"
            raise CallError(problem, f"it takes {_usage(signature)}")
    return function, arguments


def _parameters(signature: inspect.Signature) -> tuple[list[str], str]:
    """The names of a macro's arguments, and that of its filters, if it has any."""
    found = list(signature.parameters.values())[1:]
    filters = next((p.name for p in found if p.kind is p.VAR_KEYWORD), "")
    return [p.name for p in found if p.name != filters], filters


def _usage(signature: inspect.Signature) -> str:
    named, filters = _parameters(signature)
    shown = [n + ("" if signature.parameters[n].default is inspect.Parameter.empty else "=…") for n in named]
    return ", ".join([*shown, *(["any choice=…"] if filters else [])])


_TYPE_NAMES: Mapping[Any, str] = {
    int: "a whole number from 1 to 20",
    str: "a text",
    bool: "true or false",
    type(None): "",
}


def _type_name(hint: Any) -> str:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return f"one of {', '.join(args)}"
    if origin is list:
        return f"a list, each {_type_name(args[0])}"
    if origin in (typing.Union, types.UnionType):
        return " or ".join(filter(None, map(_type_name, args)))
    return _TYPE_NAMES[hint]


def _fits(value: Any, hint: Any) -> bool:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, a) for a in args)
    if origin is list:
        return isinstance(value, list) and all(_fits(v, args[0]) for v in value)
    if origin is typing.Literal:
        return value in args
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 20
    return isinstance(value, hint)
