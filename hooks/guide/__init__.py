"""The guide: data and Markdown in two languages, joined into pages, links, checks; only `adapter` knows MkDocs."""
