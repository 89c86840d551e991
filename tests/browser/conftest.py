"""What the tests in a browser share: Chromium, a server for built sites, and pages that note what they ask for."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Response, sync_playwright

from builds import bundle, elsewhere

__all__ = ["bundle", "elsewhere"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
SIZES = {"desk": (1280, 800), "phone": (390, 800)}
Open = Callable[..., Page]
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m "not browser"` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; its absence is said, and is a failure in CI."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        missing = f"NO CHROMIUM: no test in a browser ran; install one of {', '.join(BROWSERS)} or set CHROMIUM"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a path, and its 404.html for what is not there, as GitHub Pages does."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments, base: str, **options) -> None:
        self.base = base
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        inside = path.startswith(self.base)
        return super().translate_path("/" + path.removeprefix(self.base) if inside else "/.outside")

    def send_error(self, code, message=None, explain=None) -> None:
        page = Path(self.directory, "404.html")
        body = page.read_bytes() if code == 404 and page.exists() else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else body)

    def log_message(self, *arguments) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serve a folder on 127.0.0.1: `serve(folder)` or `serve(folder, base="/guide/")` → address of its home page."""
    with ExitStack() as stack:

        def start(folder: Path, base: str = "/") -> str:
            handler = partial(_Handler, directory=str(folder), base=base)
            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler))
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_address[1]}{base}"

        yield start


@pytest.fixture(scope="session")
def online(site: Path, serve: Callable[..., str]) -> str:
    """The built site, served: the address of its home page."""
    return serve(site)


@pytest.fixture(scope="session")
def offline(bundle) -> str:
    """The unpacked bundle's site on the disk: the address of its folder, with a slash at the end."""
    return (bundle.folder / "guide").as_uri() + "/"


@dataclass(slots=True)
class Watched:
    """A page in the browser, and what it asked for and complained of since it was opened."""

    page: Page
    requests: list[str] = field(default_factory=list)
    """Address of every request, in order."""
    failures: list[str] = field(default_factory=list)
    """Requests that failed or were answered with an error."""
    errors: list[str] = field(default_factory=list)
    """Errors on the console and exceptions nobody caught."""

    def __post_init__(self) -> None:
        """Listen."""
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", lambda request: self._failed(request))
        self.page.on("response", lambda response: self._answered(response))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # cut off because the reader went on to another page
            self.failures.append(f"{request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.failures.append(f"{response.url}: {response.status}")

    def goto(self, address: str) -> Page:
        """Open an address and wait until it is quiet."""
        self.page.goto(address, wait_until="load")
        return self.page


@pytest.fixture
def watch(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Open an empty watched page: `watch()`, `watch(width=390)`, `watch(java_script_enabled=False)`."""
    with ExitStack() as stack:

        def new(width: int = 1280, height: int = 800, **options) -> Watched:
            context = browser.new_context(viewport={"width": width, "height": height}, **options)
            stack.callback(context.close)
            context.set_default_timeout(10_000)
            return Watched(context.new_page())

        yield new


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """'en/glossary' → its address, online and on a disk."""
    if request.param == "http":
        base: str = request.getfixturevalue("online")
        return lambda path: base + (f"{path}/" if path else "")
    folder: Path = request.getfixturevalue("bundle").folder / "guide"

    def file(path: str) -> str:
        found = next(f for f in (folder / path / "index.html", folder / f"{path}.html") if f.is_file())
        return found.as_uri()

    return file


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens pages; at the end none may have said anything in the console."""
    said: list[str] = []
    contexts = []

    def open_one(url: str, size: str = "desk", scheme: str = "light", *, javascript: bool = True) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            has_touch=size == "phone",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(url)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert said == []
