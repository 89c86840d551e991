"""Checks of a built site: every address leads somewhere, both languages belong together, nothing asks anybody else.

`check_site` is called on each build, over all that was built; it reads, reports and repairs nothing.
"""

from __future__ import annotations

from guide.sitecheck.check import check_site
from guide.sitecheck.site import SiteOptions, SiteReport

__all__ = ["SiteOptions", "SiteReport", "check_site"]
