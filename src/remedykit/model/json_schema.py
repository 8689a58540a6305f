"""JSON Schema (draft 2020-12) of the shapes of `json_codec`."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import assert_never

from remedykit.model.json_codec import ListOf, Nullable, Record, Scalar, Shape, Words
from remedykit.model.json_text import Json


def schema_of(shape: Shape) -> dict[str, Json]:
    """Return the JSON Schema of a shape; records are references to `record_schemas`."""
    match shape:
        case Record():
            return {"$ref": f"#/$defs/{shape.name}"}
        case ListOf():
            return {"type": "array", "items": schema_of(shape.element)}
        case Nullable():
            return {"anyOf": [schema_of(shape.inner), {"type": "null"}]}
        case Words():
            return {"enum": list(shape.values)}
        case Scalar():
            return _SCALAR_SCHEMAS[shape]
        case _:
            assert_never(shape)


_SCALAR_SCHEMAS: dict[Scalar, dict[str, Json]] = {
    Scalar.TRUTH: {"type": "boolean"},
    Scalar.WHOLE: {"type": "integer"},
    Scalar.TEXT: {"type": "string"},
    Scalar.POINTS: {"type": "number", "description": "exactly one decimal place"},
    Scalar.EXACT: {
        "anyOf": [{"type": "number"}, {"type": "string", "pattern": "^-?[0-9]+/[0-9]+$"}]
    },
    Scalar.MOMENT: {
        "type": "string",
        "format": "date-time",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{6})?Z$",
    },
    Scalar.AMOUNT: {"$ref": "#/$defs/Money"},
    Scalar.PLAIN: {
        "type": ["boolean", "integer", "string", "array", "null"],
        "items": {"type": "string"},
    },
}

MONEY_SCHEMA: dict[str, Json] = {
    "description": "An exact amount, as a text with the decimal places of its currency.",
    "type": "object",
    "properties": {
        "amount": {"type": "string", "pattern": "^-?[0-9]+([.][0-9]+)?$"},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
    },
    "required": ["amount", "currency"],
    "additionalProperties": False,
}


def record_schemas(shape: Shape) -> Iterator[tuple[str, dict[str, Json]]]:
    """Yield the name and the JSON Schema of every record inside a shape, outer ones first."""
    match shape:
        case Record():
            yield shape.name, _record_schema(shape)
            for _, inner in shape.fields:
                yield from record_schemas(inner)
        case ListOf():
            yield from record_schemas(shape.element)
        case Nullable():
            yield from record_schemas(shape.inner)
        case Words() | Scalar():
            pass
        case _:
            assert_never(shape)


def _record_schema(shape: Record) -> dict[str, Json]:
    properties: dict[str, Json] = {name: schema_of(inner) for name, inner in shape.fields}
    required: list[Json] = [name for name, _ in shape.fields]
    return {
        "description": (inspect.getdoc(shape.make) or "").partition("\n")[0],
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
