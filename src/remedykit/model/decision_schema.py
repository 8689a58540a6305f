"""The JSON Schema of a decision; ``docs/decision.schema.json`` is this, written down."""

from __future__ import annotations

from remedykit.model.decision import DECISION_SHAPE, QUESTIONS_SHAPE, SCHEMA_VERSION
from remedykit.model.json_schema import MONEY_SCHEMA, record_schemas, schema_of
from remedykit.model.json_text import Json
from remedykit.model.upcoming import UPCOMING_SHAPE


def decision_schema() -> dict[str, Json]:
    """Return the JSON Schema (draft 2020-12) of `Decision.to_json`.

    ``questions`` and ``upcoming`` are optional.
    """
    records = dict(record_schemas(DECISION_SHAPE))
    decision = records.pop("Decision")
    records |= dict((*record_schemas(QUESTIONS_SHAPE), *record_schemas(UPCOMING_SHAPE)))
    definitions: dict[str, Json] = {"Money": MONEY_SCHEMA}
    definitions.update(sorted(records.items()))
    properties = decision["properties"]
    if isinstance(properties, dict):
        properties["schema_version"] = {"const": SCHEMA_VERSION}
        properties["questions"] = schema_of(QUESTIONS_SHAPE)
        properties["upcoming"] = schema_of(UPCOMING_SHAPE)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Decision",
        **decision,
        "$defs": definitions,
    }
