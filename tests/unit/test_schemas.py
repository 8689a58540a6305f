"""The schemas by which editors complete and check take what the readers take, and know the keys."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft7Validator, ValidationError

from remedykit.authoring.doc_texts import key_texts
from remedykit.authoring.scenarios.reading import SUFFIX, base_names
from remedykit.authoring.schemas.files import (
    POLICY_FILE,
    SCENARIOS_FILE,
    names_in,
    schema_files,
)
from remedykit.authoring.schemas.names import Names
from remedykit.diagnostics import Diagnostic
from remedykit.errors import PolicyError
from remedykit.language.sections import SECTIONS
from remedykit.policy import Policy
from support import conformance
from support.command_line import ROOT
from support.conformance import lines
from support.pages import PAGES, Block, blocks_of
from support.scenario_policy import found_in_scenarios
from support.yaml_core import core_file, core_yaml

pytestmark = pytest.mark.no_cover  # smaller tests cover what these run

FOLDERS = tuple(
    path.parent.relative_to(ROOT).as_posix()
    for path in sorted(
        (*ROOT.glob("rules/*/policy.yaml"), *ROOT.glob("examples/*/policy.yaml"),
         *ROOT.glob("src/remedykit/cli/*/policy.yaml"))
    )
)  # fmt: skip
ERROR_PAGES = sorted((ROOT / "docs" / "errors").glob("*.md"))


@cache
def _schemas(folder: str | None) -> Mapping[str, Any]:
    names = Names.built_in() if folder is None else names_in(ROOT / folder)
    return {name: json.loads(text) for name, text in schema_files(names).items()}


def _policy_schema(folder: str | None = None) -> dict[str, Any]:
    return cast("dict[str, Any]", _schemas(folder)[POLICY_FILE])


def _scenario_schema(folder: str | None = None) -> dict[str, Any]:
    return cast("dict[str, Any]", _schemas(folder)[SCENARIOS_FILE])


def _faults(schema: Mapping[str, Any], value: Any) -> list[str]:
    """Return where a value is not as its schema says, as exactly as that can be told."""
    found = Draft7Validator(schema).iter_errors(value)
    return ["/".join(map(str, _deepest(error).absolute_path)) for error in found]


def _deepest(error: ValidationError) -> ValidationError:
    inner = [_deepest(each) for each in error.context or ()]
    return max((error, *inner), key=lambda each: len(each.absolute_path))


# --- what is right -----------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [None, *FOLDERS])
def test_the_schemas_are_schemas(folder: str | None) -> None:
    for schema in _schemas(folder).values():
        Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("known", [True, False], ids=["own names", "built-in names"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_shipped_is_as_the_schemas_say(folder: str, known: bool) -> None:
    schemas = _schemas(folder if known else None)
    for path in sorted((ROOT / folder).glob("*.yaml")):
        schema = schemas[SCENARIOS_FILE if path.name.endswith(SUFFIX) else POLICY_FILE]

        assert _faults(schema, core_file(path)) == [], path


def _right_blocks() -> Iterator[Block]:
    for page in (*PAGES, *ERROR_PAGES):
        for block in blocks_of(page):
            is_file = block.text.partition(":")[0] in SECTIONS
            mistaken = block.get("wrong") or any(each in block.text for each in _ON_PURPOSE)
            if block.language == "yaml" and is_file and not mistaken:
                yield block


_ON_PURPOSE = ("customer.tier: Gold}", "units: days}")  # mistakes that pages show the message of


@pytest.mark.parametrize("block", tuple(_right_blocks()), ids=str)
def test_every_right_policy_in_the_docs_is_as_the_schema_says(block: Block) -> None:
    assert _faults(_policy_schema(), core_yaml(block.text)) == []


_NULL = "cells: a word that YAML takes for null"  # which an editor takes for nothing at all


@pytest.mark.parametrize("name", [name for name in lines() if "diagnostics" not in lines()[name]])
def test_what_the_language_means_is_as_the_schema_says(name: str) -> None:
    written = (conformance.tested(lines()[name]), str(lines()[name].get("policy", "")))
    expected = ["rules/0/when/incident.cause_code"] if name == _NULL else []

    values = (core_yaml(text) for text in written if text)
    assert [fault for value in values for fault in _faults(_policy_schema(), value)] == expected


# --- what is wrong -----------------------------------------------------------------------------

NURTURE = "rules/nurture"
WRONG = {
    "a misspelt section": ("rule: []", ""),
    "a misspelt key of a rule": ("rules: [{id: x, offr: reship}]", "rules/0"),
    "a rule without an id": ("rules: [{offer: reship}]", "rules/0"),
    "a misspelt fact": ("rules: [{id: x, when: {incident.days_lat: 3..}}]", "rules/0/when"),
    "a misspelt fact in any": (
        "rules: [{id: x, when: {any: [{incident.days_lat: 3..}]}}]",
        "rules/0/when/any/0",
    ),
    "a misspelt define": ("rules: [{id: x, unless: {loyl: true}}]", "rules/0/unless"),
    "a wrong word": (
        "rules: [{id: x, when: {incident.kind: lost}}]",
        "rules/0/when/incident.kind",
    ),
    "a wrong word in a list": (
        "rules: [{id: x, when: {incident.kind: [lost_package, lost]}}]",
        "rules/0/when/incident.kind/1",
    ),
    "a wrong word behind not": (
        "rules: [{id: x, when: {customer.tier: {not: golden}}}]",
        "rules/0/when/customer.tier/not",
    ),
    "a form that there is not": (
        "rules: [{id: x, when: {customer.tier: {nt: gold}}}]",
        "rules/0/when/customer.tier",
    ),
    "a range with one dot": (
        "rules: [{id: x, when: {incident.days_late: ..3.}}]",
        "rules/0/when/incident.days_late",
    ),
    "no truth value": (
        "rules: [{id: x, when: {incident.usable: maybe}}]",
        "rules/0/when/incident.usable",
    ),
    "a kind that there is not": ("rules: [{id: x, offer: [reship, rehsip]}]", "rules/0/offer/1"),
    "a part that there is not": ("rules: [{id: x, forbid: {part: perks}}]", "rules/0/forbid/part"),
    "too many points": (
        "rules: [{id: x, adjust: {of: any, points: 21}}]",
        "rules/0/adjust/points",
    ),
    "a limit without `over`": ("limits: [{id: x, of: any, at_most: 3}]", "limits/0"),
    "a fix without a value": (
        "remedies: {x: {part: fix, gives: exchange, say: Hello}}",
        "remedies/x",
    ),
    "a fact of a wrong type": ("facts: {order.x: {type: itn, means: x}}", "facts/order.x/type"),
    "an event that there is not": (
        "facts: {case.x: {count: {event: [contact, contcat]}, means: x}}",
        "facts/case.x/count/event/1",
    ),
    "a party that there is not": (
        "facts: {case.x: {after: {event: trip, by: me}, without: trip, for: 1 days, means: x}}",
        "facts/case.x/after/by",
    ),
    "a kind that was never offered": (
        "facts: {case.x: {count: {event: offer_made, kind: rehsip}, means: x}}",
        "facts/case.x/count/kind",
    ),
    "a fact under no root": ("facts: {orders.x: {type: int, means: x}}", "facts"),
    "a param with a misspelt key": ("params: {x: {value: 3, units: days}}", "params/x"),
    "a misspelt fact in a define": ("define: {x: {incident.day_late: 3}}", "define/x"),
    "a misspelt fact in a row": (
        "define: {x: {first: [{when: {incident.day_late: 3}, value: 1}], else: 2}}",
        "define/x/first/0/when",
    ),
    "a misspelt weekday": (
        "calendars: {us: {weekend: [sonday], from: 2026-01-01, until: 2026-12-31}}",
        "calendars/us/weekend/0",
    ),
    "a wrong objective": ("ranking: {objective: win}", "ranking/objective"),
    "a wrong currency": ("currencies: [US]", "currencies/0"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_in_a_policy_is_found_at_its_place(what: str) -> None:
    text, place = WRONG[what]

    assert _faults(_policy_schema(NURTURE), core_yaml(text)) == [place]


IN_SCENARIO = "scenarios: [{name: x, given: {incident: {%s}, customer: {%s}}, expect: {%s}}]"
WRONG_SCENARIOS = {
    "a misspelt section": ("scenario: []", ""),
    "a misspelt expectation": (IN_SCENARIO % ("", "", "frist: reship"), "scenarios/0/expect"),
    "a kind that is no fix": (
        IN_SCENARIO % ("", "", "first: coupon"),
        "scenarios/0/expect/first",
    ),
    "a kind that there is not": (
        IN_SCENARIO % ("", "", "value: {rehsip: 3.00}"),
        "scenarios/0/expect/value",
    ),
    "a reason that there is not": (
        IN_SCENARIO % ("", "", "withheld: {reship: refuse}"),
        "scenarios/0/expect/withheld/reship",
    ),
    "a misspelt field": (
        IN_SCENARIO % ("days_lat: 3", "", "nothing: true"),
        "scenarios/0/given/incident",
    ),
    "a wrong word": (
        IN_SCENARIO % ("kind: lost", "", "nothing: true"),
        "scenarios/0/given/incident/kind",
    ),
    "a field of a line": (
        IN_SCENARIO % ("order: {lines: [{prize: 3}]}", "", "nothing: true"),
        "scenarios/0/given/incident/order/lines/0",
    ),
    "a word for a whole number": (
        IN_SCENARIO % ("", "orders_12m: many", "nothing: true"),
        "scenarios/0/given/customer/orders_12m",
    ),
    "an event without its kind": (
        "scenarios: [{name: x, given: {case: {events: [{type: offer_made, at: x}]}}, expect: {}}]",
        "scenarios/0/given/case/events/0",
    ),
    "a field of another event": (
        "scenarios: [{name: x, given: {case: {events: [{type: trip, at: x, of: y}]}}, expect: {}}]",
        "scenarios/0/given/case/events/0",
    ),
    "another party than is asked": (
        """
        scenarios:
          - name: x
            given: {case: {events: [{type: seller_asked, at: x, to: seller},
                                    {type: seller_asked, at: x, to: shop}]}}
            expect: {}
        """,
        "scenarios/0/given/case/events/1/to",
    ),
    "a base that there is not": (
        "scenarios: [{name: x, given: {base: nobody}, expect: {nothing: true}}]",
        "scenarios/0/given/base",
    ),
    "a table without rows": (
        "tables: [{given: {incident: {}}, columns: [first]}]",
        "tables/0",
    ),
}


@pytest.mark.parametrize("what", WRONG_SCENARIOS)
def test_a_mistake_in_a_scenario_is_found_at_its_place(what: str) -> None:
    text, place = WRONG_SCENARIOS[what]

    assert _faults(_scenario_schema(NURTURE), core_yaml(text)) == [place]


def test_without_a_policy_other_names_may_be_its_own() -> None:
    policy = """
    rules: [{id: x, when: {loyal: true, order.channel: web}, offer: [something]}]
    ranking: {loss: mine}
    """
    scenarios = "scenarios: [{name: x, given: {base: mine}, expect: {first: something}}]"

    assert _faults(_policy_schema(), core_yaml(policy)) == []
    assert _faults(_scenario_schema(), core_yaml(scenarios)) == []


def test_without_a_policy_the_words_of_the_models_are_known() -> None:
    policy = "rules: [{id: x, when: {incident.kind: lost}, offer: something}]"

    assert _faults(_policy_schema(), core_yaml(policy)) == ["rules/0/when/incident.kind"]


def test_words_that_yaml_takes_for_numbers_or_truth_values_are_still_words(tmp_path: Path) -> None:
    text = """\
policy: p
version: 1
facts: {order.size: {values: [12, 1.5, true, large], means: the size}}
remedies: {sorry: {part: apology, say: Sorry.}}
rules: [{id: x, when: {order.size: [12, 1.5, true, large]}, offer: sorry}]
"""
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    schema = json.loads(schema_files(names_in(tmp_path))[POLICY_FILE])

    assert _faults(schema, core_yaml(text)) == []
    wrong = core_yaml(text.replace("order.size: [12,", "order.size: [14,"))
    assert _faults(schema, wrong) == ["rules/0/when/order.size/0"]


def test_what_a_policy_does_not_have_is_accepted_nowhere(tmp_path: Path) -> None:
    text = """\
policy: p
version: 1
remedies: {sorry: {part: apology, say: Sorry.}}
rules: [{id: x, offer: sorry}]
"""
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    schemas = schema_files(names_in(tmp_path))

    wrong = core_yaml("rules: [{id: x, when: {order.country: {in: nearby}}}]")
    assert _faults(json.loads(schemas[POLICY_FILE]), wrong) == ["rules/0/when/order.country/in"]


# --- keys and texts ----------------------------------------------------------------------------

# Where maps of several sorts stand, the schema has the keys of all of them.
OF_SEVERAL = {"definitions/rule", "definitions/define/additionalProperties/anyOf/1"}
_WRITTEN = "policy: p\nversion: 1\n"
KEYS = {  # what has a key that there is not, and the map in the schema
    "rules: [{id: x, zzz: 1}]": "definitions/rule",
    "rules: [{id: x, zzz: 1, table: [[offer], [x]]}]": "definitions/rule",
    "limits: [{id: x, zzz: 1}]": "definitions/limit",
    "facts: {order.x: {zzz: 1}}": "definitions/facts/additionalProperties/anyOf/0",
    "facts: {case.x: {after: trip, zzz: 1}}": "definitions/facts/additionalProperties/anyOf/1",
    "facts: {case.x: {count: trip, zzz: 1}}": "definitions/facts/additionalProperties/anyOf/2",
    "facts: {case.x: {count: {zzz: 1}}}": "definitions/events/anyOf/1",
    "params: {x: {zzz: 1}}": "definitions/params/additionalProperties/anyOf/2",
    "params: {x: {value: [{value: 1, zzz: 1}]}}": ("definitions/param-value/anyOf/1/items/anyOf/1"),
    "define: {x: {first: [{when: {at: 3}, value: 1}], zzz: 1}}": (
        "definitions/define/additionalProperties/anyOf/1"
    ),
    "define: {x: {where: true, zzz: 1}}": "definitions/define/additionalProperties/anyOf/1",
    "define: {x: {first: [{zzz: 1, value: 1}], else: 1}}": "definitions/row/anyOf/0",
    "remedies: {x: {zzz: 1}}": "definitions/remedies/additionalProperties",
    "remedies: {x: {part: apology, say: x, apology: {zzz: true}}}": (
        "definitions/remedies/additionalProperties/properties/apology"
    ),
    "calendars: {x: {zzz: 1}}": "definitions/calendars/additionalProperties",
    "ranking: {zzz: 1}": "definitions/ranking",
    "ranking: {weights: {zzz: 1}}": "definitions/ranking/properties/weights",
    "ranking: {match: {zzz: 1}}": "definitions/ranking/properties/match",
    "rules: [{id: x, adjust: {zzz: 1}}]": "definitions/rule/properties/adjust",
    "rules: [{id: x, ask_approval: {zzz: 1}}]": "definitions/rule/properties/ask_approval",
    "rules: [{id: x, forbid: {zzz: 1}}]": "definitions/selector/anyOf/2",
    "remedies: {x: {part: apology, say: x}}\nrules: [{id: x, offer: {x: {zzz: 1}}}]": (
        "definitions/map-of-terms"
    ),
    "zzz: 1": "",
}


def _found(text: str) -> tuple[Diagnostic, ...]:
    try:
        return Policy.from_text(_WRITTEN + text).warnings
    except PolicyError as error:
        return error.diagnostics


@pytest.mark.parametrize("text", KEYS)
def test_the_schema_has_the_keys_that_the_reader_of_policies_takes(text: str) -> None:
    told = [each.help for each in _found(text) if "`zzz`" in each.message]

    assert _lists(told, KEYS[text], _at(_policy_schema(), KEYS[text]))


KEYS_OF_SCENARIOS = {
    "zzz: 1": "",
    "scenarios: [{name: x, zzz: 1}]": "definitions/scenario",
    "scenarios: [{name: x, given: {zzz: 1}}]": "definitions/given",
    "scenarios: [{name: x, given: {}, expect: {zzz: 1}}]": "definitions/expect",
    "bases: {x: {zzz: 1}}": "definitions/base",
    "tables: [{zzz: 1}]": "definitions/table",
}


@pytest.mark.parametrize("text", KEYS_OF_SCENARIOS)
def test_the_schema_has_the_keys_that_the_reader_of_scenarios_takes(text: str) -> None:
    found = found_in_scenarios(text)
    told = [each.help for each in found if "`zzz`" in each.message]

    path = KEYS_OF_SCENARIOS[text]
    assert _lists(told, path, _at(_scenario_schema(), path))


def _at(schema: dict[str, Any], path: str) -> dict[str, Any]:
    found: Any = schema
    for step in filter(None, path.split("/")):
        found = found[int(step) if step.isdigit() else step]
    return cast("dict[str, Any]", found)


def _lists(told: list[str], path: str, schema: dict[str, Any]) -> bool:
    """Return whether a help lists the keys of a map; of many it lists the first twenty."""
    found = re.fullmatch(r"its keys are (.*?)(?: and (\d+) more)?", told[0])
    assert found is not None, told
    keys, properties = set(found[1].split(", ")), set(schema["properties"])
    if path in OF_SEVERAL:
        return keys < properties
    return keys <= properties and len(keys) + int(found[2] or 0) == len(properties)


def test_every_key_that_the_docs_tell_about_is_hovered_somewhere() -> None:
    shown = set(_texts(_policy_schema(NURTURE))) | set(_texts(_scenario_schema(NURTURE)))
    untold = {
        (heading, key)
        for heading, texts in key_texts().items()
        for key, text in texts.items()
        if text not in shown
    }

    assert untold == set()


def _texts(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        found = cast("dict[str, object]", schema)
        text = found.get("markdownDescription", found.get("description"))
        if isinstance(text, str):
            yield text
        for value in found.values():
            yield from _texts(value)
    elif isinstance(schema, list):
        for value in cast("list[object]", schema):
            yield from _texts(value)


def test_every_fact_is_hovered_with_what_it_means() -> None:
    policy = Policy.load(ROOT / NURTURE)
    entries = _policy_schema(NURTURE)["definitions"]["map-of-tests"]["properties"]

    for fact in policy.schema.declarations:
        assert entries[fact.name]["description"].startswith(fact.means.replace("`", ""))


def test_bases_are_known_by_name_and_faulty_ones_are_not_told_of(tmp_path: Path) -> None:
    (tmp_path / "a.scenarios.yaml").write_text("bases: {b: {}, a: 3}\n", encoding="utf-8")
    (tmp_path / "c.scenarios.yaml").write_text("bases: {c: {at: x}}\n", encoding="utf-8")
    (tmp_path / "d.scenarios.yaml").write_text("bases: [d]\n", encoding="utf-8")
    (tmp_path / "e.scenarios.yaml").write_text("scenarios: []\n", encoding="utf-8")

    assert base_names(tmp_path) == ("a", "b", "c")
