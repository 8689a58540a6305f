"""The schemas of what a policy declares: facts, params, defines, remedy kinds and calendars."""

from __future__ import annotations

from collections.abc import Mapping

from remedykit.authoring.schemas.clauses import TABLE, kind_word, marks, periods, terms
from remedykit.authoring.schemas.conditions import TESTS, conditions, other_tests, test_entries
from remedykit.authoring.schemas.names import Names
from remedykit.authoring.schemas.pieces import (
    AMOUNT,
    DAY,
    EXPRESSION,
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
    words,
)
from remedykit.language.calendars import CALENDAR_KEYS, WEEKDAYS
from remedykit.language.cases import CASES_KEYS, CONDITION_KEYS, OPS
from remedykit.language.catalogue import APOLOGY_KEYS, KIND_KEYS, OFFERED, REQUIRED
from remedykit.language.dated_params import PERIOD_VALUE_KEYS
from remedykit.language.marks import MARKS
from remedykit.language.own_facts import FACT_KEYS, TYPES
from remedykit.language.params import PARAM_KEYS
from remedykit.language.timeline_facts import ABSENCE_KEYS, COUNT_KEYS, EVENT_KEYS, SAME
from remedykit.model.json_text import Json
from remedykit.model.words import EVENT_TYPES, EXPLAINS, GIVES, PARTIES, PARTS

_TIMELINE = "Facts that follow from the timeline"  # the heading of their table in the docs
_FACT_NAME = "(incident|order|customer|case)\\.[A-Za-z][A-Za-z0-9_.]*"


def declaration_definitions(names: Names, texts: Texts) -> dict[str, JsonSchema]:
    """Return the definitions of the sections that declare names."""
    return {
        "facts": named(any_of(_fact(texts), *_timeline_facts(texts)), _FACT_NAME),
        "events": _events(names, texts),
        "params": named(_param(texts)),
        "define": named(_define(names, texts)),
        "row": _row(texts),
        "remedies": named(_kind(texts)),
        "calendars": named(_calendar(texts)),
    }


def _fact(texts: Texts) -> JsonSchema:
    known = {
        "type": words(TYPES),
        "values": one_or_list(WORD),
        "means": WORD,
        "unit": WORD,
        "default": one_or_list(WORD, least=0),
        "at_least": AMOUNT,
        "at_most": AMOUNT,
        "personal": TRUTH,
        "protected": TRUTH,
    }
    return closed(FACT_KEYS, all_told(known, texts["Facts"]), "means")


def _timeline_facts(texts: Texts) -> tuple[JsonSchema, JsonSchema]:
    """Return the facts that follow from the timeline: what is absent, and what is counted."""
    known: dict[str, JsonSchema] = {
        "after": ref("events"),
        "without": ref("events"),
        "same": words(SAME),
        "for": WORD,
        "count": ref("events"),
        "within": WORD,
        "means": WORD,
        "unit": WORD,
    }
    told = all_told(known, texts[_TIMELINE])
    absence = closed(ABSENCE_KEYS, told, "after", "without", "for", "means")
    return absence, closed(COUNT_KEYS, told, "count", "means")


def _events(names: Names, texts: Texts) -> JsonSchema:
    """Return which events are meant: types, or a map that says more of them."""
    types = one_or_list(words(EVENT_TYPES))
    known = {"event": types, "by": words(PARTIES), "kind": kind_word(names)}
    return any_of(types, closed(EVENT_KEYS, all_told(known, texts[_TIMELINE]), "event"))


def _param(texts: Texts) -> JsonSchema:
    """Return a param, or the value alone with which one of a base is overridden."""
    value = ref("param-value")
    known = {"value": value, "unit": WORD, "why": WORD, "type": words(TYPES)}
    declared = closed(PARAM_KEYS, all_told(known, texts["Params"]) | marks(texts))
    return any_of(WORD, list_of(WORD), declared | _BY_CURRENCY)


_BY_CURRENCY: JsonSchema = {"patternProperties": {"^[A-Z]{3}$": AMOUNT}}


def param_value(texts: Texts) -> JsonSchema:
    """Return what a param is worth: one value, words, an amount a currency, or one a period."""
    amounts: JsonSchema = {"type": "object", "minProperties": 1, "additionalProperties": False}
    alone = any_of(WORD, list_of(WORD), amounts | _BY_CURRENCY)
    known = periods(texts) | all_told({"value": alone}, texts["Effective dates"])
    period = closed(PERIOD_VALUE_KEYS, known, "value")
    return any_of(WORD, list_of(any_of(WORD, period)), amounts | _BY_CURRENCY)


def _define(names: Names, texts: Texts) -> JsonSchema:
    """Return an expression, or a map: of tests, of `when` and the like, or of cases.

    What cannot stand beside what is for the reader.
    """
    rows = any_of(list_of(ref("row")), TABLE)
    own: dict[str, JsonSchema] = {
        "type": words(("money", "number")),
        "values": one_or_list(WORD),
        "value": EXPRESSION,
        "else": EXPRESSION,
        "complete": TRUTH,
        **dict.fromkeys(OPS, rows),
    }
    known = all_told(own, texts["Defines"]) | conditions(texts) | marks(texts)
    keys = dict.fromkeys((*CASES_KEYS, *CONDITION_KEYS, *MARKS))
    entries: JsonSchema = {
        "type": "object",
        "minProperties": 1,
        "properties": {**{key: known[key] for key in keys}, **test_entries(names, texts)},
        "additionalProperties": other_tests(names),
    }
    return any_of(EXPRESSION, entries)


def _row(texts: Texts) -> JsonSchema:
    """Return a row of cases: a map, or a list in a table."""
    value = all_told({"value": EXPRESSION}, texts["Defines"])
    row = closed((*CONDITION_KEYS, "value"), conditions(texts) | value)
    return any_of(row, {"type": "array"})


def _kind(texts: Texts) -> JsonSchema:
    told = texts["Remedies"]
    flags = closed(APOLOGY_KEYS, dict.fromkeys(APOLOGY_KEYS, TRUTH))
    own = {
        "part": words(PARTS),
        "title": WORD,
        "gives": words(GIVES),
        "restores": TRUTH,
        "needs": TESTS,
        "states": TESTS,
        "group": WORD,
        "basis": words(OFFERED),
        "note": WORD,
        "apology": flags,
        "explains": words(EXPLAINS),
    }
    kind = closed(KIND_KEYS, all_told(own, told) | terms(texts) | marks(texts), "part")
    kind["allOf"] = [_needed(part, keys) for part, keys in REQUIRED.items()]
    return kind


def _needed(part: str, keys: tuple[str, ...]) -> Json:
    of_part: JsonSchema = {"properties": {"part": {"const": part}}, "required": ["part"]}
    return {"if": of_part, "then": {"required": [*keys]}}


def _calendar(texts: Texts) -> JsonSchema:
    days = any_of(list_of(DAY, least=0), named(WORD, "[0-9]{4}-[0-9]{2}-[0-9]{2}"))
    known: Mapping[str, JsonSchema] = {
        "weekend": one_or_list(words(WEEKDAYS), least=0),
        "holidays": days,
        "source": WORD,
        "from": DAY,
        "until": DAY,
    }
    return closed(CALENDAR_KEYS, all_told(known, texts["Calendars"]), "weekend", "from", "until")
