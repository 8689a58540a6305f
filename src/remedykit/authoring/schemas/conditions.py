"""The schemas of conditions: maps of facts and tests, as they stand under `when` and elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from remedykit.authoring.schemas.cells import ANY_TEST, name_of_test, test_definitions
from remedykit.authoring.schemas.names import Names
from remedykit.authoring.schemas.pieces import (
    EXPRESSION,
    JsonSchema,
    Texts,
    all_told,
    list_of,
    one_or_list,
    ref,
    told,
)
from remedykit.language.types import FactDeclaration

TESTS = ref("map-of-tests")  # a map of tests on facts and defines
RULE_TESTS = ref("map-of-tests-of-a-rule")  # with tests on the remedy that it is about


def condition_definitions(names: Names, texts: Texts) -> dict[str, JsonSchema]:
    """Return the definitions of all that a condition is made of."""
    subjects = {fact.name: fact.type for fact in names.facts}
    subjects |= {define.name: define.type for define in names.defines}
    on_remedies = {
        name: told(ref(name_of_test(name, kind)), texts["Rules"][name])
        for name, kind in names.remedy_facts.items()
    }
    entries = test_entries(names, texts)
    return {
        "map-of-tests": _tests(entries, names),
        "map-of-tests-of-a-rule": _tests(entries | on_remedies, names),
        **test_definitions({**subjects, **names.remedy_facts}, names, texts["Tests"]),
    }


def conditions(texts: Texts, tests: JsonSchema = TESTS) -> dict[str, JsonSchema]:
    """Return the schemas of `when`, `where` and `unless`.

    Args:
        texts: about keys.
        tests: what may stand under `when`.
    """
    found = {"when": tests, "where": one_or_list(EXPRESSION), "unless": TESTS}
    return all_told(found, texts["Conditions"])


def test_entries(names: Names, texts: Texts) -> dict[str, JsonSchema]:
    """Return what may stand in a map of tests, by key."""
    entries = {"any": told(list_of(TESTS), texts["Conditions"]["any"])}
    for fact in names.facts:
        entries[fact.name] = told(ref(name_of_test(fact.name, fact.type)), fact_text(fact))
    for define in names.defines:
        text = f"a define of this policy ({define.type})"
        entries[define.name] = told(ref(name_of_test(define.name, define.type)), text)
    return entries


def other_tests(names: Names) -> JsonSchema | bool:
    """Return what may stand under names that are not listed."""
    return False if names.are_all else ref(ANY_TEST)


def fact_text(fact: FactDeclaration) -> str:
    """Return what an editor shows about a fact, in Markdown."""
    kind = fact.type.base if fact.type.values else fact.type  # the values are shown beside it
    unit = f", in {fact.unit}" if fact.unit else ""
    marks = {"required": fact.required, "personal": fact.personal, "protected": fact.protected}
    held = (mark for mark, holds in marks.items() if holds)
    return "; ".join((f"{fact.means} ({kind}{unit})", *held))


def _tests(entries: Mapping[str, JsonSchema], names: Names) -> JsonSchema:
    return {
        "type": "object",
        "minProperties": 1,
        "properties": dict(entries),
        "additionalProperties": other_tests(names),
    }
