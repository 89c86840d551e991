"""The guide's records as open data: JSON and CSV documents for /api/v1/, whose shape is frozen once published."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from . import model
from .urls import Addresses

LICENSE = "CC-BY-4.0"
CSV_COLUMNS = (
    "entity",
    "name_zh",
    "name_en",
    "fact",
    "value",
    "value_zh",
    "value_en",
    "unit",
    "currency",
    "as_of",
    "basis",
    "source_url",
    "source_title",
    "publisher",
    "grade",
    "read",
    "at",
)


def documents(guide: model.Guide, addresses: Addresses) -> dict[str, str]:
    """Path from the site's root → text of every document."""
    made: dict[str, str] = {}
    for kind in guide.kinds.values():
        entities = [_entity(e, addresses) for e in guide.of_kind(kind.id)]
        made[f"api/v1/{kind.id}.json"] = _json({**_about(guide), "kind": kind.id, "entities": entities})
        made[f"api/v1/{kind.id}.csv"] = _csv(row for e in guide.of_kind(kind.id) for row in _rows(e))
    for table in guide.tables.values():
        made[f"api/v1/{table.id}.csv"] = _table_csv(table)
    made["api/v1/terms.json"] = _json({**_about(guide), "terms": [_term(t, addresses) for t in guide.terms.values()]})
    made["api/v1/sources.json"] = _json({**_about(guide), "sources": [_source(s) for s in guide.sources.values()]})
    made["api/v1/dictionary.json"] = _json({**_about(guide), "kinds": [_kind(k) for k in guide.kinds.values()]})
    made["api/v1/index.json"] = _json(_index(guide, sorted(made)))
    return made


def _about(guide: model.Guide) -> dict[str, Any]:
    name = guide.labels["site_name"]
    return {
        "version": 1,
        "data_as_of": guide.today.isoformat(),
        "license": LICENSE,
        "citation": f"{name.zh} / {name.en}, {guide.today.isoformat()}",
    }


def _index(guide: model.Guide, paths: list[str]) -> dict[str, Any]:
    listed = [{"json" if p.endswith(".json") else "csv": p} for p in paths]
    return {
        **_about(guide),
        "documents": listed,
        "counts": {k.id: len(guide.of_kind(k.id)) for k in guide.kinds.values()},
    }


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _csv(rows: Iterable[Mapping[str, str]]) -> str:
    """CSV with a byte order mark, so that Excel reads the Chinese."""
    text = io.StringIO()
    writer = csv.DictWriter(text, CSV_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({k: _safe(v) for k, v in row.items()} for row in rows)
    return "\ufeff" + text.getvalue()


def _table_csv(table: model.Table) -> str:
    """A wide table with the address, title and grade of each row's source."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    names = [c.id for c in table.columns]
    writer.writerow([*names, "currency", "as_of", "source_url", "source_title", "grade", "read", "note"])
    for row in table.rows:
        money = next((v for v in row.values.values() if isinstance(v, model.Money)), None)
        cells = [_cell(v.amount if isinstance(v := row.values.get(n, ""), model.Money) else v) for n in names]
        source = [row.source.url, row.source.title, row.source.grade, row.source.read.isoformat()]
        writer.writerow(
            [_safe(c) for c in (*cells, money.currency if money else "", row.as_of or "", *source, row.note)]
        )
    return "\ufeff" + text.getvalue()


def _safe(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    is_number = re.fullmatch(r"-[0-9.]+(E[+-]?[0-9]+)?(\.\.-?[0-9.]+)?", value)
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) and not is_number else value


def _entity(entity: model.Entity, addresses: Addresses) -> dict[str, Any]:
    return {
        "id": entity.id,
        "kind": entity.kind.id,
        "name": _text(entity.name),
        "aliases": list(entity.aliases),
        "depth": entity.depth,
        "url": entity.url,
        "page": {lang: addresses.page(lang, entity.page) for lang in model.LANGUAGES},
        "checked": entity.checked.isoformat(),
        "summary": _text(entity.summary),
        "judgement": _text(entity.judgement),
        "facts": {f.type.id: [_record(r) for r in f.records] for f in entity.facts.values()},
        "relations": {name: list(ids) for name, ids in entity.relations.items() if ids},
    }


def _record(record: model.Record) -> dict[str, Any]:
    value = record.value
    money = {"currency": value.currency} if isinstance(value, model.Money) else {}
    plain = {"value": _plain(value.amount if isinstance(value, model.Money) else value), **money, "unit": record.unit}
    return {**plain, "as_of": record.as_of, "basis": record.basis, "source": record.source.key, "at": record.at}


def _plain(value: Any) -> Any:
    match value:
        case model.Text():
            return _text(value)
        case Decimal():
            return int(value) if value == value.to_integral_value() and abs(value) < 10**15 else float(value)
        case model.Range(low, high):
            return {"min": _plain(low), "max": _plain(high)}
        case model.Money(amount, currency):
            return {"amount": _plain(amount), "currency": currency}
        case model.Row(values):
            return {name: _plain(held) for name, held in values.items()}
        case tuple():
            return list(value)
        case _:
            return value


def _text(value: model.Text) -> dict[str, str]:
    return {"zh": value.zh, "en": value.en}


def _source(source: model.Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "url": source.url,
        "official": source.official,
        "title": source.title,
        "publisher": source.publisher.id,
        "grade": source.grade,
        "read": source.read.isoformat(),
    }


def _term(term: model.Term, addresses: Addresses) -> dict[str, Any]:
    return {
        "id": term.id,
        "name": _text(term.name),
        "aliases": {lang: list(forms) for lang, forms in term.aliases.items()},
        "definition": _text(term.definition),
        "source": term.source.key,
        "page": {lang: f"{addresses.page(lang, 'glossary.md')}#{term.id}" for lang in model.LANGUAGES},
    }


def _kind(kind: model.Kind) -> dict[str, Any]:
    facts = [
        {
            "id": f.id,
            "label": _text(f.label),
            "type": f.type,
            "unit": f.unit,
            "required": f.required,
            "options": [o.id for o in f.options],
        }
        for f in kind.facts.values()
    ]
    return {"id": kind.id, "name": _text(kind.name), "segment": kind.segment, "facts": facts}


def _rows(entity: model.Entity) -> Iterable[dict[str, str]]:
    for fact in entity.facts.values():
        for record in fact.records:
            value = record.value
            text = value if isinstance(value, model.Text) else None
            plain = "" if text else _cell(value.amount if isinstance(value, model.Money) else value)
            yield {
                "entity": entity.id,
                "name_zh": entity.name.zh,
                "name_en": entity.name.en,
                "fact": fact.type.id,
                "value": plain,
                "value_zh": text.zh if text else "",
                "value_en": text.en if text else "",
                "unit": record.unit or "",
                "currency": value.currency if isinstance(value, model.Money) else "",
                "as_of": record.as_of or "",
                "basis": record.basis or "",
                "source_url": record.source.url,
                "source_title": record.source.title,
                "publisher": record.source.publisher.id,
                "grade": record.source.grade,
                "read": record.source.read.isoformat(),
                "at": record.at or "",
            }


def _cell(value: Any) -> str:
    match value:
        case model.Range(low, high):
            return f"{low}..{high}"
        case model.Row():
            return json.dumps(_plain(value), ensure_ascii=False)
        case tuple():
            return "; ".join(value)
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)
