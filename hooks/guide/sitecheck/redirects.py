"""That an address once published still answers: its page exists and leads to a page and place that exist."""

from __future__ import annotations

from collections.abc import Mapping

from guide.sitecheck.links import Followed, has_anchor, missing_anchor
from guide.sitecheck.report import Findings
from guide.sitecheck.resolve import Fault, Inside, resolve_from_root
from guide.sitecheck.site import Site

_FIELD = "redirect"


def check_redirects(
    site: Site, followed: Mapping[str, Followed], anchors: Mapping[str, frozenset[str]], findings: Findings
) -> None:
    """Check every redirect of the options.

    Args:
        site: The files that exist.
        followed: Page to where it leads.
        anchors: Page to the ids and names in it.
        findings: Where faults go.
    """
    for old, new in site.moved.items():
        target = resolve_from_root(site, new.lstrip("/"))
        if fault := _target_fault(site, target, anchors):
            findings.add(old, _FIELD, fault.problem, hint=fault.hint, value=new)
        elif old not in followed:
            findings.add(old, _FIELD, "has no page at its old address", value=new)
        elif target not in followed[old].refresh:
            findings.add(old, _FIELD, "is not where the page at the old address leads", value=new)


def _target_fault(site: Site, target: Inside | Fault, anchors: Mapping[str, frozenset[str]]) -> Fault | None:
    if isinstance(target, Fault):
        return target
    if target.file not in anchors or not site.is_regular(target.file):
        return Fault("is no page of the site to lead to")
    known = anchors[target.file]
    return None if has_anchor(known, target.fragment) else missing_anchor(target, "", known)
