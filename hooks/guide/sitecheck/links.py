"""Every address of a page: that it leads somewhere, and that nothing is asked of anybody else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from sys import intern
from typing import NamedTuple
from urllib.parse import unquote

from guide.issues import nearest
from guide.sitecheck.markup import Role
from guide.sitecheck.read import Address, Page
from guide.sitecheck.report import Findings
from guide.sitecheck.resolve import Fault, Inside, Outside, Target, resolve
from guide.sitecheck.site import Site

_VERSIONS = frozenset((Role.CANONICAL, Role.ALTERNATE, Role.SWITCHER))
_REFRESH = frozenset((Role.REFRESH,))
_INLINE = re.compile(r"(?:image|font)/|application/(?:x-)?font", re.IGNORECASE)


class Pointer(NamedTuple):
    """A fragment that is to be looked for once all pages are read."""

    page: str
    address: Address
    target: Inside


class Followed(NamedTuple):
    """Where the addresses of a page lead."""

    ways: frozenset[str]
    """Files that the reader can walk to from the text or a navigation."""
    pointers: tuple[Pointer, ...]
    """Places in pages that it names."""
    refresh: tuple[Target, ...]
    """Where it sends the reader by itself."""


def follow(site: Site, page: Page, findings: Findings) -> Followed:
    """Check every address of a page but those that `languages` and `redirects` check."""
    elsewhere = _VERSIONS if site.is_regular(page.path) else _REFRESH if page.path in site.moved else frozenset()
    addresses = (address for address in page.addresses if address.role not in elsewhere)
    followed = follow_all(site, page.path, addresses, findings)
    check_pointers(followed.pointers, {page.path: page.anchors}, findings)
    others = tuple(pointer for pointer in followed.pointers if pointer.target.file != page.path)
    refresh = (resolve(site, page.path, address.value) for address in page.addresses if address.role is Role.REFRESH)
    return Followed(followed.ways, others, tuple(refresh))


def follow_all(site: Site, path: str, addresses: Iterable[Address], findings: Findings) -> Followed:
    """Check addresses of a file, all but the places in files that they name."""
    ways, pointers = set(), []
    for address in addresses:
        target = resolve(site, path, address.value)
        if isinstance(target, Inside):
            if address.is_way:
                ways.add(intern(target.file))
            if target.fragment:
                pointers.append(Pointer(path, address, target))
        elif fault := _fault(target, address.role):
            report(path, address, fault, findings)
    return Followed(frozenset(ways), tuple(pointers), ())


def report(page: str, address: Address, fault: Fault, findings: Findings) -> None:
    """Note a fault of an address."""
    problem, hint = fault
    findings.add(page, address.where, problem, hint=hint, value=address.value[:200], in_source=address.in_article)


def _fault(target: Outside | Fault, role: Role) -> Fault | None:
    if isinstance(target, Fault):
        return target
    if target.scheme == "data":
        is_inline = role is Role.IMAGE and _INLINE.match(target.rest)
        return None if is_inline else Fault("has the scheme 'data:', which only an image or a font may have")
    if role is Role.LINK or role in _VERSIONS:
        return None
    return Fault(f"asks another host, {target.rest}", "keep a copy in the site")


def check_pointers(pointers: Iterable[Pointer], anchors: Mapping[str, frozenset[str]], findings: Findings) -> None:
    """Check that each named place exists in its page.

    Args:
        pointers: What the pages name.
        anchors: File to the ids and names in it; a file of another sort is not looked into.
        findings: Where faults go.
    """
    for page, address, target in pointers:
        known = anchors.get(target.file)
        if known is not None and not has_anchor(known, target.fragment):
            fault = missing_anchor(target, page, known)
            report(page, address, fault, findings)


def has_anchor(known: frozenset[str], fragment: str) -> bool:
    """Whether a fragment, as written or percent-decoded, names a place."""
    name = fragment.partition(":~:")[0]
    return not name or name in known or unquote(name) in known or name.lower() == "top"


def missing_anchor(target: Inside, page: str, known: frozenset[str]) -> Fault:
    """The fault of a fragment that no element bears."""
    where = "this page" if target.file == page else f"'{target.file}'"
    name = unquote(target.fragment)
    return Fault(f"names a place that does not exist: {where} has no id '{name}'", nearest(name, known))
