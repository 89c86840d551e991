"""Macro calls: parsed by Jinja's own parser, checked on the syntax tree, bound to their macro."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import nodes

from ..issues import nearest

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


def parse(source: str) -> Call:
    """'{{ fact("pytorch.license") }}' → Call.

    Raises:
        CallError: for anything but one call of a name with plain values.
    """
    try:
        tree = _PARSER.parse(source)
    except jinja2.TemplateSyntaxError as error:
        raise CallError(f"'{_short(source)}' does not parse: {error.message}") from None
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
        nodes.Call: "a call of an attribute",
        nodes.Const: "a bare value",
        nodes.TemplateData: "a bare value",
    }
    if isinstance(node, nodes.Call) and node.find(nodes.Getattr):
        return "an attribute"
    return names.get(type(node), "an operator or expression")


def _plain(node: nodes.Node) -> Any:
    match node:
        case nodes.Const(value=value):
            return value
        case nodes.List(items=items) | nodes.Tuple(items=items):
            return [_plain(i) for i in items]
        case nodes.Dict(items=items):
            return {_plain(p.key): _plain(p.value) for p in items}
        case nodes.Neg(node=nodes.Const(value=int() | float() as value)):
            return -value
        case _:
            raise CallError(
                f"an argument holds {_what(node)}",
                "arguments are plain values: text, numbers, true, false, lists, dictionaries",
            )


def bind(call: Call) -> tuple[Macro, dict[str, Any]]:
    """A call → its macro and arguments by name, checked against the macro's signature.

    Raises:
        CallError: unknown macro, unknown, missing or ill-typed argument.
    """
    function = MACROS.get(call.name)
    if function is None:
        raise CallError(
            f"unknown macro '{call.name}'", nearest(call.name, MACROS) or f"known: {', '.join(sorted(MACROS))}"
        )
    signature = inspect.signature(function)
    named = [p for p in list(signature.parameters.values())[1:] if p.kind is not p.VAR_KEYWORD]
    for key in call.kwargs:
        if key not in {p.name for p in named} and not _has_filters(signature):
            raise CallError(
                f"{call.name}() has no argument '{key}'",
                nearest(key, [p.name for p in named]) or f"it has {', '.join(p.name for p in named)}",
            )
    try:
        bound = signature.bind(None, *call.args, **call.kwargs)
    except TypeError as error:
        raise CallError(f"{call.name}(): {error}", f"it takes {_usage(signature)}") from None
    arguments = dict(list(bound.arguments.items())[1:])
    hints = typing.get_type_hints(function)
    for key, value in arguments.items():
        if key in hints and not _fits(value, hints[key]):
            raise CallError(
                f"{call.name}(): {key}={value!r} is not {_type_name(hints[key])}", f"it takes {_usage(signature)}"
            )
    return function, arguments | arguments.pop("filters", {})


def _has_filters(signature: inspect.Signature) -> bool:
    return any(p.kind is p.VAR_KEYWORD for p in signature.parameters.values())


def _usage(signature: inspect.Signature) -> str:
    return ", ".join(p.name + ("" if p.default is p.empty else "=…") for p in list(signature.parameters.values())[1:])


def _type_name(hint: Any) -> str:
    return str(hint).replace("<class '", "").replace("'>", "").replace("NoneType", "none")


def _fits(value: Any, hint: Any) -> bool:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, a) for a in args)
    if origin is list:
        return isinstance(value, list) and all(_fits(v, args[0]) for v in value)
    if origin is dict:
        return isinstance(value, dict)
    if hint is type(None):
        return value is None
    if hint is int or hint is float:
        return isinstance(value, (int, float) if hint is float else int) and not isinstance(value, bool)
    return isinstance(value, hint) if isinstance(hint, type) else True
