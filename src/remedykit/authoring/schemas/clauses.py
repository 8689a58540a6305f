"""The schemas of rules and limits, of what they do and of the remedies that it is about."""

from __future__ import annotations

from remedykit.authoring.schemas.conditions import RULE_TESTS, conditions
from remedykit.authoring.schemas.names import Names
from remedykit.authoring.schemas.pieces import (
    AMOUNT,
    DAY,
    TRUTH,
    WORD,
    JsonSchema,
    Texts,
    all_told,
    any_of,
    closed,
    list_of,
    one_or_list,
    ref,
    words,
)
from remedykit.language.marks import MARKS
from remedykit.language.periods import PERIOD_KEYS
from remedykit.language.rule_tables import RULE_TABLE_KEYS
from remedykit.language.rules import LIMIT_KEYS, MOST_POINTS, OFFERED, OVER, RULE_KEYS
from remedykit.language.selectors import SELECTOR_KEYS, groups_of
from remedykit.language.terms import TERM_KEYS
from remedykit.model.words import BASES, PARTS

TABLE = ref("table")
_SELECTOR = ref("selector")
_OFFERS = ref("offers")


def clause_definitions(names: Names, texts: Texts) -> dict[str, JsonSchema]:
    """Return the definitions of all that rules and limits are made of."""
    return {
        "rule": _rule(texts),
        "limit": _limit(texts),
        "table": _table(),
        "offers": _offers(names),
        "map-of-terms": closed(TERM_KEYS, terms(texts)),
        "selector": _selector(names, texts),
    }


def marks(texts: Texts) -> dict[str, JsonSchema]:
    """Return the schemas of `override` and `sealed`."""
    return all_told(dict.fromkeys(MARKS, TRUTH), texts["Overriding"])


def periods(texts: Texts) -> dict[str, JsonSchema]:
    """Return the schemas of `from` and `until`."""
    return all_told(dict.fromkeys(PERIOD_KEYS, DAY), texts["Effective dates"])


def terms(texts: Texts) -> dict[str, JsonSchema]:
    """Return the schemas of what a remedy kind brings and costs."""
    found: dict[str, JsonSchema] = dict.fromkeys(TERM_KEYS, AMOUNT)
    return all_told({**found, "say": WORD, "pays": WORD}, texts["Remedies"])


def kind_word(names: Names) -> JsonSchema:
    """Return the name of a remedy kind."""
    return words(names.kinds) if names.are_all else WORD


def _rule(texts: Texts) -> JsonSchema:
    told = texts["Rules"]
    approval = closed(("of", "by"), all_told({"of": _SELECTOR, "by": WORD}, told), "of", "by")
    points: JsonSchema = {"type": "integer", "minimum": -MOST_POINTS, "maximum": MOST_POINTS}
    adjust = closed(
        ("of", "points"), all_told({"of": _SELECTOR, "points": points}, told), "of", "points"
    )
    own = {
        "id": WORD,
        "offer": _OFFERS,
        "entitle": _OFFERS,
        "forbid": _SELECTOR,
        "adjust": adjust,
        "ask_approval": approval,
        "hand_over": WORD,
        "todo": one_or_list(WORD),
        "basis": words(OFFERED),
        "because": WORD,
        "source": WORD,
        "table": TABLE,
    }
    # A table of rules stands where a rule does. What cannot stand beside what is for the reader.
    keys = dict.fromkeys((*RULE_KEYS, *RULE_TABLE_KEYS))
    known = conditions(texts, RULE_TESTS) | periods(texts) | marks(texts) | all_told(own, told)
    return closed(keys, known, "id")


def _limit(texts: Texts) -> JsonSchema:
    own = {"id": WORD, "of": _SELECTOR, "at_most": AMOUNT, "over": words(OVER), "why": WORD}
    known = conditions(texts, RULE_TESTS) | periods(texts) | marks(texts)
    return closed(LIMIT_KEYS, known | all_told(own, texts["Limits"]), "id", "of", "at_most", "over")


def _table() -> JsonSchema:
    """Return rows below a header, or the name of a file that holds them."""
    file: JsonSchema = {
        "type": "string",
        "pattern": "\\.csv$",
        "patternErrorMessage": "write rows, or the name of a file that ends in .csv",
    }
    return any_of(list_of({"type": "array"}, least=2), file)


def _offers(names: Names) -> JsonSchema:
    """Return a kind, a list of kinds, or a map of kinds and what is said otherwise of each."""
    kind, overrides = kind_word(names), ref("map-of-terms")
    by_kind: JsonSchema = {
        "type": "object",
        "minProperties": 1,
        "properties": dict.fromkeys(names.kinds, overrides),
        "additionalProperties": False if names.are_all else overrides,
    }
    return any_of(kind, list_of(kind), by_kind)


def _selector(names: Names, texts: Texts) -> JsonSchema:
    kind = kind_word(names)
    known = {
        "part": words(PARTS),
        "group": words(groups_of(names.kinds)) if names.are_all else WORD,
        "basis": words(BASES),
    }
    one_property = closed(SELECTOR_KEYS, all_told(known, texts["Rules"]))
    one_property |= {"minProperties": 1, "maxProperties": 1}
    cell = words(["any", *names.kinds]) if names.are_all else WORD
    return any_of(cell, list_of(kind), one_property)
