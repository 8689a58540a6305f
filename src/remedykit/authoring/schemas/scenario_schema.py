"""The schema of a file of scenarios."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from remedykit.authoring.doc_texts import key_texts
from remedykit.authoring.scenarios.bases import BASE_KEYS, GIVEN_KEYS
from remedykit.authoring.scenarios.expectation_reading import EXPECT
from remedykit.authoring.scenarios.expectations import NONE
from remedykit.authoring.scenarios.reading import SCENARIO_KEYS, SECTIONS
from remedykit.authoring.scenarios.tables import TABLE_KEYS
from remedykit.authoring.schemas.clauses import kind_word
from remedykit.authoring.schemas.conditions import fact_text
from remedykit.authoring.schemas.models import GIVEN_MODELS, model_definitions, own_fact
from remedykit.authoring.schemas.names import Names
from remedykit.authoring.schemas.pieces import (
    AMOUNT,
    TRUTH,
    WORD,
    JsonSchema,
    Texts,
    all_told,
    any_of,
    closed,
    list_of,
    named,
    one_or_list,
    ref,
    told,
    whole,
    words,
)
from remedykit.model.words import WithheldReason


def scenario_schema(names: Names) -> JsonSchema:
    """Return the JSON Schema of a file ``*.scenarios.yaml``.

    Args:
        names: what its author can name.
    """
    texts = key_texts()
    sections: dict[str, JsonSchema] = {
        "bases": named(ref("base")) | {"minProperties": 1},
        "scenarios": list_of(ref("scenario")),
        "tables": list_of(ref("table")),
    }
    definitions = {
        **_files(names, texts),
        "expect": _expect(names, texts),
        "expected-reason": words(get_args(WithheldReason)),
        "expected-text": _said(),
        "expected-roles": _none_or(names.words.roles if names.words else None),
        "own-facts": _own_facts(names),
        **model_definitions(),
    }
    root = closed(SECTIONS, all_told(sections, texts["Bases, scenarios, tables"]))
    return whole("Made by `remedykit schema`: files of scenarios", root, definitions)


def _files(names: Names, texts: Texts) -> dict[str, JsonSchema]:
    """Return the definitions of what stands in the sections."""
    base = words(names.bases) if names.are_all else WORD
    given = {name: ref(model.__name__) for name, model in GIVEN_MODELS.items()}
    situation = {"base": base, **given, "facts": ref("own-facts"), "at": _MOMENT}
    situation = all_told(situation, texts["Bases, scenarios, tables"])
    own: dict[str, JsonSchema] = {
        "name": WORD,
        "given": ref("given"),
        "at": _MOMENT,
        "expect": ref("expect"),
        "xfail": WORD,
        "columns": list_of(WORD),
        "rows": list_of({"type": "array"}),
    }
    own = all_told(own, texts["Scenarios and tables"])
    return {
        "given": closed(GIVEN_KEYS, situation),
        "base": closed(BASE_KEYS, situation) | {"minProperties": 1},
        "scenario": closed(SCENARIO_KEYS, own, "name", "given", "expect"),
        "table": closed(TABLE_KEYS, own, "given", "columns", "rows"),
    }


_MOMENT: JsonSchema = {"type": "string"}


def _expect(names: Names, texts: Texts) -> JsonSchema:
    known = names.words
    kind = kind_word(names)
    own: dict[str, JsonSchema] = {
        "first": words(known.fixes) if known else WORD,
        "order": one_or_list(kind),
        "plan": _none_or(names.kinds if known else None),
        "offers": one_or_list(kind),
        "not_offered": one_or_list(kind),
        "withheld": _by_kind(names, ref("expected-reason")),
        "asks": _none_or(sorted(known.reads) if known else None),
        "value": _by_kind(names, AMOUNT),
        "says": _by_kind(names, ref("expected-text")),
        "approval": _by_kind(names, ref("expected-roles")),
        "pays": _by_kind(names, words(known.payers) if known else WORD),
        "hand_over": _none_or(known.desks if known else None),
        "todo": _none_or(known.tasks if known else None),
        "nothing": TRUTH,
    }
    return closed(EXPECT, all_told(own, texts["What can be expected"]))


def _none_or(options: Iterable[str] | None) -> JsonSchema:
    """Return a word or a list of words; there may be none. ``None`` stands for any words."""
    if options is None:
        return one_or_list(WORD, least=0)
    known = [*options]
    return any_of(words((*known, NONE)), list_of(words(known), least=0))


def _by_kind(names: Names, expected: JsonSchema) -> JsonSchema:
    return {
        "type": "object",
        "minProperties": 1,
        "properties": dict.fromkeys(names.kinds, expected),
        "additionalProperties": False if names.are_all else expected,
    }


def _said() -> JsonSchema:
    exactly = closed(("exactly",), {"exactly": WORD}, "exactly")
    return any_of(WORD, exactly)


def _own_facts(names: Names) -> JsonSchema:
    own = {
        fact.name: told(own_fact(fact), fact_text(fact))
        for fact in names.facts
        if fact.name in names.own_facts
    }
    return {
        "type": ["object", "null"],
        "properties": dict(own),
        "additionalProperties": not names.are_all,
    }
