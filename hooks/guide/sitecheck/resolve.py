"""Where an address leads: to a file of the site, to another host, or nowhere."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from guide.sitecheck.near import near
from guide.sitecheck.site import INDEX, Site, is_error_page


class Inside(NamedTuple):
    """A file of the site."""

    file: str
    """Its path from the root; the page itself where only a fragment is named."""
    fragment: str
    """What stands behind `#`, as it is written."""


class Outside(NamedTuple):
    """An address that is not the site's."""

    scheme: str
    """Lower case, as `https`."""
    rest: str
    """Its host; of an address without one all behind the scheme."""


class Fault(NamedTuple):
    """An address that cannot be right."""

    problem: str
    """What is wrong, to be read behind the address."""
    hint: str = ""
    """What may have been meant."""


Target = Inside | Outside | Fault

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", re.DOTALL)
_UNFIT = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?:xn--[\w-]+|[^\W\d_]{{2,}})")
_MAIL = re.compile(rf"[\w.+-]+@{_HOST.pattern}(?:\?.*)?")
_PHONE = re.compile(r"\+?[\d().-]+")


def resolve(site: Site, page: str, value: str) -> Target:
    """Find where an address on a page leads.

    Args:
        site: The files that exist.
        page: File that names the address; relative addresses start in its folder.
        value: The address as it stands.
    """
    if value[:5].lower() == "data:":
        return Outside("data", value[5:])
    if unfit := _UNFIT.search(value):
        return Fault(f"holds the character {unfit[0]!r}, which no address may", "percent-encode it or take it out")
    if ":" in value and (found := _SCHEME.match(value)):
        return _resolve_absolute(site, page, found[1].lower(), found[2])
    if value.startswith("//"):
        return Fault("names a host but no scheme", f"write 'https:{value}'")
    return _resolve_path(site, page, value)


def resolve_from_root(site: Site, address: str) -> Inside | Fault:
    """Find the file that an address from the root of the site means; the empty one is the home page."""
    target = resolve(site, "", address or "./")
    if isinstance(target, Outside) or (isinstance(target, Inside) and not target.file):
        return Fault("is not an address of the site")
    return target


def _resolve_absolute(site: Site, page: str, scheme: str, rest: str) -> Target:
    if scheme not in {"http", "https"}:
        return _check_form(scheme, rest)
    parts = _split(f"{scheme}:{rest}")
    if parts is None or parts.hostname is None or not (parts.hostname == site.host or _HOST.fullmatch(parts.hostname)):
        return Fault("names no host that can exist")
    if "@" in parts.netloc:
        return Fault("names a user before its host, which hides where it leads")
    if parts.hostname != site.host:
        return Outside(scheme, parts.hostname)
    return _resolve_path(site, page, (parts.path or "/") + (f"#{parts.fragment}" if parts.fragment else ""))


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        is_sound = parts.port != 0
    except ValueError:
        return None
    return parts if is_sound else None


def _check_form(scheme: str, rest: str) -> Target:
    if scheme not in {"mailto", "tel"}:
        return Fault(
            f"has the scheme '{scheme}:', which no page may name", "use https, mailto or an address of the site"
        )
    form = _MAIL if scheme == "mailto" else _PHONE
    return Outside(scheme, rest) if form.fullmatch(unquote(rest)) else Fault(f"is no '{scheme}:' address")


def _resolve_path(site: Site, page: str, value: str) -> Target:
    path, _, fragment = value.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return Inside(page, fragment) if value else Fault("is empty")
    if path.startswith("/"):
        return _resolve_rooted(site, path, fragment)
    if is_error_page(page) and not site.options.offline:
        return Fault("is relative, but this page is shown at every address", "start it at the root of the host")
    joined = _join(page[: page.rfind("/") + 1], path)
    return _fault_above() if joined is None else _find(site, joined, fragment)


def _resolve_rooted(site: Site, path: str, fragment: str) -> Target:
    if site.options.offline:
        return Fault("starts at the root of the disk", "offline, name it relative to the page")
    if not path.startswith(site.base):
        return _fault_above(f"the site begins at '{site.base}'")
    joined = _join("", path[len(site.base) :])
    return _fault_above() if joined is None else _find(site, joined, fragment)


def _fault_above(hint: str = "") -> Fault:
    return Fault("leads out of the site, above its root", hint)


def _join(folder: str, path: str) -> str | None:
    """Walk a path from a folder; None where it leads above the root."""
    parts = folder.split("/")[:-1]
    steps = path.split("/")
    last = "" if steps[-1] in {".", ".."} else steps.pop()
    for step in steps:
        if step == "..":
            if not parts:
                return None
            parts.pop()
        elif step != ".":
            parts.append(step)
    return "/".join([*parts, last])


def _find(site: Site, path: str, fragment: str) -> Target:
    if path in site.files:
        return Inside(path, fragment)
    if path and not path.endswith("/"):
        return _fault_folder(site, path) if f"{path}/{INDEX}" in site.files else _fault_missing(site, path)
    if path + INDEX not in site.files:
        return _fault_missing(site, path + INDEX)
    if site.options.offline:
        return Fault("names a folder, which a disk shows as a list of files", f"name '{path}{INDEX}'")
    return Inside(path + INDEX, fragment)


def _fault_folder(site: Site, path: str) -> Fault:
    end = f"/{INDEX}" if site.options.offline else "/"
    return Fault("names a folder without a slash at the end", f"write '{path}{end}'")


def _fault_missing(site: Site, path: str) -> Fault:
    real = site.by_lower.get(path.lower())
    if real:
        return Fault(f"differs in letter case from the file '{real}'")
    return Fault(f"leads to no file: there is no '{path}'", near(site.files, path))
