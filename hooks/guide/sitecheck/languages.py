"""The versions of a page: its own address, its language, and the same page in the others, for machines and readers."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import unquote

from guide.sitecheck.markup import Role
from guide.sitecheck.read import Address, Page
from guide.sitecheck.report import Findings
from guide.sitecheck.resolve import Fault, Inside, resolve
from guide.sitecheck.site import Site

DEFAULT = "x-default"
_CANONICAL, _ALTERNATE, _SWITCHER = "link[rel=canonical]", "link[rel=alternate]", "a.md-select__link"


def check_versions(site: Site, page: Page, findings: Findings) -> None:
    """Check what a page says of its language and of its versions."""
    _check_lang(site, page, findings)
    _check_canonical(site, page, findings)
    versions = site.versions(page.path)
    present = {code: file for code, file in versions.items() if file in site.files}
    for code in versions.keys() - present.keys():
        findings.add(page.path, "", f"exists in one language only: there is no '{versions[code]}'", in_source=True)
    if len(versions) > 1:
        _check_set(site, page, Role.SWITCHER, present, findings)
        _check_set(site, page, Role.ALTERNATE, present | _default(site, present), findings)


def _default(site: Site, present: dict[str, str]) -> dict[str, str]:
    file = present.get(site.options.code(site.options.default_language))
    return {DEFAULT: file} if file else {}


def _check_lang(site: Site, page: Page, findings: Findings) -> None:
    code = site.options.code(site.language(page.path))
    if page.lang != code and not page.lang.startswith(f"{code}-"):
        findings.add(page.path, "html[lang]", f"is not '{code}', the language of its folder", value=page.lang)


def _check_canonical(site: Site, page: Page, findings: Findings) -> None:
    if not site.options.is_published:
        return
    found = [address for address in page.addresses if address.role is Role.CANONICAL]
    if len(found) != 1:
        findings.add(page.path, _CANONICAL, f"stands {len(found)} times; expected once")
    elif not is_same(found[0].value, site.address(page.path)):
        hint = f"expected '{site.address(page.path)}'"
        findings.add(page.path, _CANONICAL, "is not the page's own address", hint=hint, value=found[0].value)


def is_same(found: str, expected: str) -> bool:
    """Whether two absolute addresses are the same, however they are percent-encoded."""
    return found == expected or unquote(found) == unquote(expected)


def _check_set(site: Site, page: Page, role: Role, expected: dict[str, str], findings: Findings) -> None:
    where = _SWITCHER if role is Role.SWITCHER else _ALTERNATE
    found: defaultdict[str, list[Address]] = defaultdict(list)
    for address in page.addresses:
        if address.role is role:
            found[address.code].append(address)
    for code, file in expected.items():
        fault = _fault(site, page, found.pop(code, []), file)
        if fault:
            value, problem, hint = fault
            findings.add(page.path, f"{where}[hreflang={code}]", problem, hint=hint, value=value)
    for code, addresses in found.items():
        if code not in site.versions(page.path):
            findings.add(
                page.path, where, f"is for '{code}', which is no language of the site", value=addresses[0].value
            )


def _fault(site: Site, page: Page, found: list[Address], file: str) -> tuple[str, str, str] | None:
    if len(found) != 1:
        return "", f"stands {len(found)} times; expected once", ""
    fault = _version_fault(site, page, found[0], file)
    return (found[0].value, *fault) if fault else None


def _version_fault(site: Site, page: Page, address: Address, file: str) -> Fault | None:
    target = resolve(site, page.path, address.value)
    if isinstance(target, Fault):
        return target
    if not isinstance(target, Inside) or target.file != file:
        return Fault("does not lead to the same page in that language", f"expected '{file}'")
    if address.role is Role.SWITCHER:
        return None
    return _alternate_fault(site, address.value, file)


def _alternate_fault(site: Site, value: str, file: str) -> Fault | None:
    is_absolute = ":" in value
    if not site.options.is_published:
        return Fault("is absolute; expected a relative address") if is_absolute else None
    expected = site.address(file)
    return None if is_same(value, expected) else Fault("is not that page's own address", f"expected '{expected}'")
