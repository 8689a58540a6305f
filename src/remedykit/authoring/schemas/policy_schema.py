"""The schema of a policy file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from remedykit.authoring.doc_texts import key_texts
from remedykit.authoring.schemas.clauses import clause_definitions
from remedykit.authoring.schemas.conditions import condition_definitions
from remedykit.authoring.schemas.declarations import declaration_definitions, param_value
from remedykit.authoring.schemas.names import Names
from remedykit.authoring.schemas.pieces import (
    AMOUNT,
    TRUTH,
    WORD,
    JsonSchema,
    Texts,
    all_told,
    closed,
    list_of,
    one_or_list,
    or_empty,
    ref,
    whole,
    words,
)
from remedykit.language.ranking_section import (
    AMOUNTS,
    CURVES,
    DEFINES,
    OBJECTIVES,
    RANKING_KEYS,
)
from remedykit.language.sections import SECTIONS
from remedykit.language.syntax import Weights
from remedykit.language.types import Base
from remedykit.model.currencies import MINOR_DIGITS
from remedykit.model.words import GIVES, PARTS, RESOURCES
from remedykit.policy import shipped_names

_THOUSANDTHS: JsonSchema = {"type": "integer", "minimum": 0}


def policy_schema(names: Names) -> JsonSchema:
    """Return the JSON Schema of a policy file.

    Args:
        names: what its author can name.
    """
    texts = key_texts()
    definitions = {
        **clause_definitions(names, texts),
        **declaration_definitions(names, texts),
        "param-value": param_value(texts),
        "ranking": _ranking(names, texts),
        **condition_definitions(names, texts),
    }
    sections = {key: or_empty(schema) for key, schema in _sections(names).items()}
    root = closed(SECTIONS, all_told(sections, texts["Files and sections"]))
    return whole("Made by `remedykit schema`: policy files", root, definitions)


def _sections(names: Names) -> dict[str, JsonSchema]:
    days = [fact.name for fact in names.facts if fact.type.base in {Base.TIME, Base.DATE}]
    fact = words(each.name for each in names.facts) if names.are_all else WORD
    return {
        "policy": WORD,
        "version": WORD,
        "extends": {"type": "string", "examples": [*shipped_names()]},
        "currencies": one_or_list(words(sorted(MINOR_DIGITS))),
        "timezone": WORD,
        "dated_by": words(days) if names.are_all else WORD,
        "covers": one_or_list(words(PARTS)),
        "facts": ref("facts"),
        "params": ref("params"),
        "define": ref("define"),
        "remedies": ref("remedies"),
        "rules": list_of(ref("rule"), least=0),
        "limits": list_of(ref("limit"), least=0),
        "ranking": ref("ranking"),
        "calendars": ref("calendars"),
        "guarded_words": {"type": "object", "additionalProperties": fact},
        "without": one_or_list(WORD),
    }


def _ranking(names: Names, texts: Texts) -> JsonSchema:
    curve: JsonSchema = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^-?[0-9]+(\\.[0-9]+)?$"},
        "additionalProperties": _THOUSANDTHS,
    }
    row = _all_of(GIVES, _THOUSANDTHS)
    defines = [define.name for define in names.defines]
    known: dict[str, JsonSchema] = {
        "objective": words(OBJECTIVES),
        "weights": _all_of((field.name for field in fields(Weights)), _THOUSANDTHS),
        "match": _all_of(RESOURCES, row),
        "desired_first": TRUTH,
        **dict.fromkeys(CURVES, curve),
        **dict.fromkeys(DEFINES, words(defines) if names.are_all else WORD),
        **dict.fromkeys(AMOUNTS, AMOUNT),
    }
    return closed(RANKING_KEYS, all_told(known, texts["Ranking"]))


def _all_of(keys: Iterable[str], schema: JsonSchema) -> JsonSchema:
    found = tuple(keys)
    return closed(found, dict.fromkeys(found, schema))
