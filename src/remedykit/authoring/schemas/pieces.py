"""The pieces that the schemas are made of: JSON Schema, draft 7, as YAML language servers read it.

A text about a key stands beside a reference: language servers show it there, and other readers of
draft 7 pass over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from remedykit.model.json_text import Json

JsonSchema = dict[str, Json]
Texts = Mapping[str, Mapping[str, str]]  # about keys, by the heading of their table in the docs

DIALECT = "http://json-schema.org/draft-07/schema#"
IDENTIFIER = "[A-Za-z][A-Za-z0-9_]*"

# YAML makes numbers and truth values of some bare words; to remedykit they are still words.
WORD: JsonSchema = {"type": ["string", "number", "boolean"]}
EXPRESSION: JsonSchema = {"type": ["string", "number", "boolean"]}
AMOUNT: JsonSchema = {"type": ["string", "number"]}
TRUTH: JsonSchema = {
    "type": ["boolean", "string"],
    "pattern": "^(true|false)$",
    "patternErrorMessage": "write true or false",
}
DAY: JsonSchema = {
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "patternErrorMessage": "write a date such as 2026-12-31",
}

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_SPAN = re.compile(r"`([^`]*)`")
_EMPHASIS = re.compile(r"\*([^\s*][^*]*)\*")


def ref(name: str) -> JsonSchema:
    """Return a reference to one of the definitions of the same schema."""
    return {"$ref": f"#/definitions/{name}"}


def words(options: Iterable[str]) -> JsonSchema:
    """Return a choice of words, also of those that YAML takes for something else."""
    known = list(dict.fromkeys(options))
    if not known:
        return {"not": {}}  # nothing is declared that could stand here
    return {"enum": [*known, *(value for word in known for value in _resolved(word))]}


def _resolved(word: str) -> list[Json]:
    if word in {"true", "false"}:
        return [word == "true"]
    if found := _NUMBER.fullmatch(word):
        return [Decimal(word) if found[1] else int(word)]
    return []


def list_of(items: JsonSchema, *, least: int = 1) -> JsonSchema:
    """Return a list that may not be empty, unless `least` is 0."""
    return {"type": "array", "minItems": least, "items": items}


def any_of(*schemas: JsonSchema) -> JsonSchema:
    """Return a choice of shapes; servers tell what is wrong with the one that fits best."""
    return {"anyOf": [*schemas]}


def one_or_list(item: JsonSchema, *, least: int = 1) -> JsonSchema:
    """Return one value or a list of them, as words stand in many places."""
    return any_of(item, list_of(item, least=least))


def or_empty(schema: JsonSchema) -> JsonSchema:
    """Return what may be left empty as well."""
    types = schema.get("type")
    if isinstance(types, list):
        return {**schema, "type": [*types, "null"]}
    return any_of(schema, {"type": "null"})


def closed(keys: Iterable[str], schemas: Mapping[str, JsonSchema], *required: str) -> JsonSchema:
    """Return a map that has these keys and no others.

    Args:
        keys: all of them, as the reader of the map lists them.
        schemas: of the value of each.
        required: those without which the map is wrong.
    """
    properties: JsonSchema = {key: schemas[key] for key in keys}
    found: JsonSchema = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    if required:
        found["required"] = [*required]
    return found


def named(entry: JsonSchema, names: str = IDENTIFIER) -> JsonSchema:
    """Return a map of the author's own names, each of which is as the pattern `names` says."""
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{names}$"},
        "additionalProperties": entry,
    }


def told(schema: JsonSchema, text: str) -> JsonSchema:
    """Return a schema with a text in Markdown that editors show."""
    plain = _EMPHASIS.sub(r"\1", _SPAN.sub(r"\1", text))
    shown: JsonSchema = {"description": plain}
    if plain != text:
        shown["markdownDescription"] = text
    return shown | schema


def all_told(schemas: Mapping[str, JsonSchema], texts: Mapping[str, str]) -> dict[str, JsonSchema]:
    """Return schemas by key, each with the text of its key where there is one."""
    return {
        key: told(schema, texts[key]) if key in texts else schema for key, schema in schemas.items()
    }


def whole(comment: str, root: JsonSchema, definitions: Mapping[str, JsonSchema]) -> JsonSchema:
    """Return the schema of a file; a title would head every text that an editor shows."""
    inner: JsonSchema = {**definitions}
    return {"$schema": DIALECT, "$comment": comment, **root, "definitions": inner}
