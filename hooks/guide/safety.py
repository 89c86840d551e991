"""A page's content security policy: only our own files, and inline scripts by the hash of what they say."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.S | re.I)
_DATA = re.compile(r"type=[\"']?application/(ld\+)?json", re.I)
_CHARSET = re.compile(r"(<meta charset=[\"']?utf-8[\"']?\s*/?>)", re.I)


def policy(html: str) -> str:
    """The policy of a finished page."""
    hashes = " ".join(
        dict.fromkeys(_hash(m["text"]) for m in _INLINE.finditer(html) if not _DATA.search(m["attributes"]))
    )
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' {hashes}".strip(),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.replace("\r\n", "\n").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def secured(html: str) -> str:
    """The page with its policy as the first thing after its character set."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(html), quote=False)}">'
    return _CHARSET.sub(lambda m: m[1] + meta, html, count=1)
