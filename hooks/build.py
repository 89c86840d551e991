"""The MkDocs hook: each event in its order, handed to the package; priorities and static-i18n's phases live here."""

import importlib
import sys
from types import ModuleType

from mkdocs.plugins import CombinedEvent, event_priority

adapter: ModuleType | None = None


def _reload(config) -> None:
    """Load the package; under `serve` anew for each build, so that an edit of it shows at the next one."""
    global adapter
    stale = adapter and adapter.is_preview(config)
    for name in [m for m in sys.modules if stale and (m == "guide" or m.startswith("guide."))]:
        del sys.modules[name]
    adapter = importlib.import_module("guide.adapter")


@event_priority(0)  # before static-i18n turns the configuration to a language
def _begin(config):
    if not config.plugins["i18n"].building:
        _reload(config)
        adapter.begin(config)
    return config


@event_priority(-200)  # after it
def _turn(config):
    return adapter.turn_to_language(config)


on_config = CombinedEvent(_begin, _turn)


@event_priority(0)  # declare every language's generated pages before static-i18n sorts the files
def _declare(files, config):
    return adapter.declare(files, config)


@event_priority(-200)  # fill them after it
def _fill(files, config):
    return adapter.fill(files, config)


on_files = CombinedEvent(_declare, _fill)


@event_priority(100)
def on_page_markdown(markdown, page, config, files):
    return adapter.page_markdown(markdown, page)


@event_priority(-100)
def on_page_content(html, page, config, files):
    return adapter.page_content(html, page)


@event_priority(-200)
def on_env(env, config, files):
    return adapter.rendered(env, config)


@event_priority(-200)
def on_page_context(context, page, config, nav):
    return adapter.page_context(context, page, nav)


@event_priority(-200)
def on_post_template(output, template_name, config):
    return adapter.template(output, template_name, config)


@event_priority(-200)
def on_post_page(output, page, config):
    return adapter.post_page(output, page)


@event_priority(-200)  # after static-i18n built the further languages
def on_post_build(config):
    if not config.plugins["i18n"].building:
        adapter.finish(config)
