"""One fault of each sort that the checks of a built site must find, to be planted in any site that is sound."""

from __future__ import annotations

import gzip
from pathlib import Path

from planting import (
    OTHER,
    Plan,
    Planner,
    Seed,
    change,
    files,
    filled,
    first,
    in_api,
    in_article,
    in_head,
    in_page,
    in_search,
    in_sitemap,
    in_style,
    insert,
    lead_to,
    orphan,
    page_of,
    retarget,
    site_url,
    tag,
    text_of,
    up,
)

NO_FILE, NO_PLACE, THIRD_PARTY = "leads to no file", "names a place that does not exist", "asks another host"
ACTIVE, ABOVE, FORBIDDEN = "is markup that acts", "leads out of the site", "which no page may name"
ONCE, VERSION = "expected once", "does not lead to the same page in that language"


SWITCHER = {code: tag("a", f'hreflang="{code}"', 'class="md-select__link"') for code in ("zh", "en")}
ALTERNATE = {code: tag("link", 'rel="alternate"', f'hreflang="{code}"') for code in ("zh", "en", "x-default")}
CANONICAL = tag("link", 'rel="canonical"')
ENTRY = r"<url>\s*<loc>[^<]*</loc>.*?</url>"


def _wrong_case(root: Path) -> Plan:
    sheet = first(files(root, "*.css"), "style sheet")
    return lead_to(root, sheet.upper())


def _no_slash(root: Path) -> Plan:
    return lead_to(root, first(files(root, "*/index.html"), "folder with a page").removesuffix("/index.html"))


def _twin(root: Path) -> Plan:
    script = first(files(root, "*.js"), "script")
    return Plan(min(script, script.upper()), {script.upper(): (root / script).read_bytes()})


def _in_picture(markup: str) -> Planner:
    return lambda root: insert(root, first(files(root, "*.svg"), "picture"), "</svg>", markup)


def _on_404(markup: str) -> Planner:
    return lambda root: insert(root, first(files(root, "404.html"), "page of errors"), "</body>", markup)


def _alternate(address: str) -> Planner:
    """Let the alternate in English lead elsewhere; `$page` is the page itself."""

    def plan(root: Path) -> Plan:
        page = page_of(root)
        place = filled(address, root, page).replace("$page", page)
        return retarget(root, page, ALTERNATE["en"], place)

    return plan


def _switcher(root: Path) -> Plan:
    page = page_of(root)
    return retarget(root, page, SWITCHER["en"], f"{up(page)}{OTHER}index.html")


def _switcher_back(root: Path) -> Plan:
    page = OTHER + page_of(root)
    return retarget(root, page, SWITCHER["zh"], f"{up(page)}index.html")


def _canonical(root: Path) -> Plan:
    return retarget(root, page_of(root), CANONICAL, site_url(root))


def _named_first(root: Path) -> str:
    """The page that the sitemap names first."""
    address = text_of(root, "sitemap.xml").partition("<loc>")[2].partition("</loc>")[0]
    path = address.removeprefix(site_url(root))
    return f"{path}index.html" if not path or path.endswith("/") else path


def _error_page_in_sitemap(root: Path) -> Plan:
    return in_sitemap("</urlset>", f"<url><loc>{site_url(root)}404.html</loc></url></urlset>")(root)


def _stale_copy(root: Path) -> Plan:
    return Plan(first(files(root, "sitemap.xml.gz"), "packed sitemap"), {"sitemap.xml.gz": gzip.compress(b"", mtime=0)})


def _redirect(root: Path) -> str:
    found = [path for path in files(root, "*.html") if 'http-equiv="refresh"' in text_of(root, path)]
    return first(found, "redirect")


def _redirect_lost(root: Path) -> Plan:
    return Plan(_redirect(root), {_redirect(root): None})


def _redirect_elsewhere(root: Path) -> Plan:
    return change(root, _redirect(root), r'; url=[^"]*', f"; url={up(_redirect(root))}index.html")


def _search_lost(root: Path) -> Plan:
    page = first(files(root, "search/en.js"), "search")
    return Plan(page, {page: None})


SEEDS: tuple[Seed, ...] = (
    Seed(name="page", sort=NO_FILE, plan=in_article('<a href="$upno-such-page/index.html">x</a>')),
    Seed(name="area", sort=NO_FILE, plan=in_article('<map name="m"><area href="no-such.html" alt="x"></map>')),
    Seed(name="letter-case", sort="differs in letter case", plan=_wrong_case),
    Seed(name="letter-case-of-files", sort="in letter case only", plan=_twin),
    Seed(name="folder-without-slash", sort="without a slash", plan=_no_slash),
    Seed(name="folder-on-disk", sort="names a folder", plan=in_article('<a href="$up./">x</a>'), online=False),
    Seed(name="above-root", sort=ABOVE, plan=in_article('<a href="$up../index.html">x</a>')),
    Seed(name="above-base", sort=ABOVE, plan=in_article('<a href="/no-such-site$base">x</a>'), offline=False),
    Seed(name="own-host", sort=NO_FILE, plan=in_article('<a href="$siteno-such-page/">x</a>'), offline=False),
    Seed(name="own-host-place", sort=NO_PLACE, plan=in_article('<a href="$site#no-such-place">x</a>'), offline=False),
    Seed(name="root-of-disk", sort="root of the disk", plan=in_article('<a href="/index.html">x</a>'), online=False),
    Seed(
        name="relative-on-404",
        sort="shown at every address",
        plan=_on_404('<a href="index.html">x</a>'),
        offline=False,
    ),
    Seed(name="place", sort=NO_PLACE, plan=in_article('<a href="#no-such-place">x</a>')),
    Seed(name="place-elsewhere", sort=NO_PLACE, plan=in_article('<a href="$upindex.html#no-such-place">x</a>')),
    Seed(name="place-in-han", sort=NO_PLACE, plan=in_article('<a href="#没有这里">x</a>')),
    Seed(name="place-encoded", sort=NO_PLACE, plan=in_article('<a href="#%E6%B2%A1%E6%9C%89">x</a>')),
    Seed(name="place-in-drawing", sort=NO_PLACE, plan=in_article('<svg><use href="#no-such-shape"/></svg>')),
    Seed(name="place-in-paint", sort=NO_PLACE, plan=in_article('<svg><rect fill="url(#no-such-paint)"/></svg>')),
    Seed(name="image", sort=NO_FILE, plan=in_article('<img src="no-such.png" alt="">')),
    Seed(name="srcset", sort=NO_FILE, plan=in_article('<img srcset="$upindex.html 1x, no-such.png 2x" alt="">')),
    Seed(name="poster", sort=NO_FILE, plan=in_article('<video poster="no-such.png"></video>')),
    Seed(name="lazy-image", sort=NO_FILE, plan=in_article('<p data-src="no-such.png"></p>')),
    Seed(name="form", sort=NO_FILE, plan=in_article('<form action="no-such.html"></form>')),
    Seed(name="refresh", sort=NO_FILE, plan=in_head('<meta http-equiv="refresh" content="0; url=no-such.html">')),
    Seed(name="style-element", sort=NO_FILE, plan=in_head("<style>p { background: url('no-such.png') }</style>")),
    Seed(name="style-attribute", sort=NO_FILE, plan=in_article('<p style="background: URL( no-such.png )"></p>')),
    Seed(name="style-escaped", sort=NO_FILE, plan=in_article('<p style="background: \\75 rl(no-such.png)"></p>')),
    Seed(name="style-sheet", sort=NO_FILE, plan=in_style(".x { background: url(no-such.png) }")),
    Seed(name="style-image-set", sort=NO_FILE, plan=in_style('.x { background: image-set("no-such.png" 1x) }')),
    Seed(name="style-import", sort=NO_FILE, plan=in_style('@import "no-such.css";')),
    Seed(name="script", sort=NO_FILE, plan=in_head('<script src="no-such.js"></script>')),
    Seed(name="empty", sort="is empty", plan=in_article('<a href="">x</a>')),
    Seed(name="blank", sort="holds the character", plan=in_article('<a href="https://example.com/a b">x</a>')),
    Seed(name="backslash", sort="holds the character", plan=in_article('<a href="..\\index.html">x</a>')),
    Seed(name="no-host", sort="names no host", plan=in_article('<a href="https://example/a">x</a>')),
    Seed(name="no-scheme", sort="no scheme", plan=in_article('<a href="//example.com/">x</a>')),
    Seed(name="user", sort="names a user", plan=in_article('<a href="https://example.org@example.com/">x</a>')),
    Seed(name="mail", sort="is no 'mailto:' address", plan=in_article('<a href="mailto:nobody">x</a>')),
    Seed(name="scheme-file", sort=FORBIDDEN, plan=in_article('<a href="file:///etc/hosts">x</a>')),
    Seed(name="scheme-javascript", sort=FORBIDDEN, plan=in_article('<a href="JavaScript:alert(1)">x</a>')),
    Seed(name="scheme-vbscript", sort=FORBIDDEN, plan=in_article('<a href="vbscript:x">x</a>')),
    Seed(name="scheme-data", sort="'data:'", plan=in_article('<a href="data:text/html,x">x</a>')),
    Seed(name="scheme-data-frame", sort="'data:'", plan=in_article('<iframe src="data:text/html,x"></iframe>')),
    Seed(name="third-party-script", sort=THIRD_PARTY, plan=in_head('<script src="https://example.com/x.js"></script>')),
    Seed(
        name="third-party-style", sort=THIRD_PARTY, plan=in_head('<link rel="stylesheet" href="https://example.com/">')
    ),
    Seed(name="third-party-icon", sort=THIRD_PARTY, plan=in_head('<link rel="icon" href="http://example.com/i.png">')),
    Seed(name="third-party-host", sort=THIRD_PARTY, plan=in_head('<link rel="preconnect" href="https://example.com">')),
    Seed(name="third-party-image", sort=THIRD_PARTY, plan=in_article('<img src="https://example.com/i.png" alt="">')),
    Seed(name="third-party-frame", sort=THIRD_PARTY, plan=in_article('<iframe src="https://example.com/"></iframe>')),
    Seed(name="third-party-font", sort=THIRD_PARTY, plan=in_style("@font-face { src: url(https://example.com/f) }")),
    Seed(name="third-party-ping", sort=THIRD_PARTY, plan=in_article('<a href="#" ping="https://example.com/">x</a>')),
    Seed(name="third-party-form", sort=THIRD_PARTY, plan=in_article('<form action="https://example.com/"></form>')),
    Seed(name="handler", sort=ACTIVE, plan=in_article("<img src=$upindex.html alt=''onerror=alert(1)>")),
    Seed(name="inline-script", sort=ACTIVE, plan=in_article("<script>alert(1)</script>")),
    Seed(name="inline-frame", sort=ACTIVE, plan=in_article('<iframe srcdoc="<b>x</b>"></iframe>')),
    Seed(name="base", sort=ACTIVE, plan=in_head('<base href="https://example.com/">')),
    Seed(name="handler-in-picture", sort=ACTIVE, plan=_in_picture('<g onclick="alert(1)"/>')),
    Seed(name="link-in-picture", sort=NO_FILE, plan=_in_picture('<image href="no-such.png"/>')),
    Seed(name="module", sort="script module", plan=in_head('<script type="module"></script>'), online=False),
    Seed(name="repeated-id", sort="more than once", plan=in_article('<p id="twice"></p><p id="twice"></p>')),
    Seed(name="second-heading", sort=ONCE, plan=in_article("<h1>x</h1>")),
    Seed(name="no-heading", sort=ONCE, plan=in_page(r"<h1\b(.*?)</h1>", r"<h2\1</h2>")),
    Seed(name="language", sort="the language of its folder", plan=in_page('<html lang="zh', '<html lang="en')),
    Seed(name="no-alt", sort="image without alt", plan=in_article('<img src="$upindex.html">')),
    Seed(
        name="nameless",
        sort="neither text nor name",
        plan=in_article('<a href="#"><img src="$upindex.html" alt=""></a>'),
    ),
    Seed(
        name="canonical",
        sort="not the page's own address",
        plan=_canonical,
        offline=False,
    ),
    Seed(name="no-canonical", sort=ONCE, plan=in_page(CANONICAL, ""), offline=False),
    Seed(name="no-alternate", sort=ONCE, plan=in_page(ALTERNATE["en"], "")),
    Seed(name="no-default", sort=ONCE, plan=in_page(ALTERNATE["x-default"], "")),
    Seed(name="wrong-alternate", sort=VERSION, plan=_alternate("$siteen/"), offline=False),
    Seed(name="wrong-alternate-on-disk", sort=VERSION, plan=_alternate("$upen/index.html"), online=False),
    Seed(name="absolute-alternate", sort=VERSION, plan=_alternate("https://example.org/guide/en/"), online=False),
    Seed(
        name="unknown-alternate",
        sort="no language of the site",
        plan=in_head('<link rel="alternate" hreflang="fr" href="#">'),
    ),
    Seed(name="relative-alternate", sort="own address", plan=_alternate("$upen/$page"), offline=False),
    Seed(name="switcher", sort=VERSION, plan=_switcher),
    Seed(name="switcher-back", sort=VERSION, plan=_switcher_back),
    Seed(name="no-switcher", sort=ONCE, plan=in_page(SWITCHER["en"], "<a>")),
    Seed(name="orphan", sort="is an orphan", plan=orphan),
    Seed(name="sitemap-missing", sort=ONCE, plan=in_sitemap(ENTRY, "", _named_first), offline=False),
    Seed(name="sitemap-twice", sort=ONCE, plan=in_sitemap(f"({ENTRY})", r"\1\1", _named_first), offline=False),
    Seed(
        name="sitemap-unknown",
        sort="address of no page",
        plan=in_sitemap("</urlset>", "<url><loc>https://example.com/</loc></url></urlset>"),
        offline=False,
    ),
    Seed(name="sitemap-404", sort="address of no page", plan=_error_page_in_sitemap, offline=False),
    Seed(
        name="sitemap-alternate",
        sort="is missing for this page",
        plan=in_sitemap(r'<xhtml:link[^>]*hreflang="en"[^>]*/>', ""),
        offline=False,
    ),
    Seed(
        name="sitemap-version",
        sort="is no version of",
        plan=in_sitemap(r'(<xhtml:link[^>]*hreflang="en" href="[^"]*?/en/)[^"]*', r"\1no-such-page/"),
        offline=False,
    ),
    Seed(name="sitemap-copy", sort="does not hold the same", plan=_stale_copy, offline=False),
    Seed(name="redirect-lost", needs="redirects", sort="no page at its old address", plan=_redirect_lost),
    Seed(name="redirect-elsewhere", needs="redirects", sort="is not where", plan=_redirect_elsewhere),
    Seed(
        name="data-page",
        needs="data",
        sort=NO_FILE,
        plan=in_api(lambda record: record["page"].update(zh="no-such-page/index.html")),
    ),
    Seed(
        name="data-place",
        needs="data",
        sort=NO_PLACE,
        plan=in_api(lambda record: record["page"].update(zh="index.html#no-such-place")),
    ),
    Seed(
        name="data-file",
        needs="data",
        sort=NO_FILE,
        plan=in_api(lambda record: record.update(csv="api/v1/no-such.csv")),
    ),
    Seed(
        name="search-page",
        needs="search",
        sort=NO_FILE,
        plan=in_search(lambda found: found["pages"].append({"u": "no-such.html"})),
    ),
    Seed(
        name="search-language",
        needs="search",
        sort="is no page in 'zh'",
        plan=in_search(lambda found: found["pages"].append({"u": "en/index.html"})),
    ),
    Seed(
        name="search-place",
        needs="search",
        sort=NO_PLACE,
        plan=in_search(lambda found: found["blocks"].append({"p": 0, "a": "no-such-place"})),
    ),
    Seed(
        name="search-index",
        needs="search",
        sort="is no index into",
        plan=in_search(lambda found: found["blocks"].append({"p": 10**6})),
    ),
    Seed(name="search-shape", needs="search", sort="the shape", plan=in_search(lambda found: found.pop("blocks"))),
    Seed(name="search-lost", needs="search", sort="another language can be searched", plan=_search_lost),
)
