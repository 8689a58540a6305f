"""Bases and tables of scenarios: what is shared is merged, and every fault has its place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from remedykit import InputError, Policy
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.authoring.scenarios.scenario import Scenario, run_scenario
from support.scenario_policy import PARCEL, POLICY, found_in_scenarios

ONE = "  - name: one\n    given: {base: parcel}\n    expect: {first: again}\n"
TABLE = """\
tables:
  - name: "{incident.days_late} late"
    given: {base: parcel}
    columns: [incident.days_late, first]
    rows:
      - [1, again]
      - [2, again]
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(POLICY)


def read(policy: Policy, folder: Path, **texts: str) -> dict[str, Scenario]:
    for name, text in texts.items():
        (folder / f"{name}.scenarios.yaml").write_text(text, encoding="utf-8")
    return {scenario.name: scenario for scenario in read_scenarios(policy, folder)}


def codes(text: str) -> list[tuple[str, str]]:
    return [(found.code, found.underlined) for found in found_in_scenarios(text)]


# --- bases ---------------------------------------------------------------------------------------


def test_maps_are_merged_and_lists_and_values_replaced(policy: Policy, tmp_path: Path) -> None:
    text = """\
bases:
  one:
    incident: {kind: lost_package, order: {id: A, currency: USD}, affected: ["1", "2"]}
    customer: {tier: gold}
  two: {base: one, incident: {order: {id: B}}, case: {apologies_made: 1}}
scenarios:
  - name: three
    given: {base: two, incident: {affected: ["3"]}, customer: {tier: null}}
    expect: {plan: none}
"""
    given = read(policy, tmp_path, a=text)["three"].given

    assert given.incident == {
        "kind": "lost_package",
        "order": {"id": "B", "currency": "USD"},
        "affected": ["3"],
    }
    assert (given.customer, given.case, given.facts) == (
        {"tier": None},
        {"apologies_made": 1},
        None,
    )


def test_a_base_may_stand_in_another_file_and_so_may_what_it_builds_on(
    policy: Policy, tmp_path: Path
) -> None:
    child = "bases:\n  late: {base: parcel, incident: {days_late: 7}}\n"
    scenario = "scenarios:\n" + ONE.replace("parcel", "late")

    found = read(policy, tmp_path, a=scenario, b=child, c=PARCEL)

    assert found["one"].given.incident["days_late"] == 7


def test_a_fault_in_a_base_is_shown_where_it_is_written(policy: Policy, tmp_path: Path) -> None:
    base = PARCEL.replace("days_late: 1", "days_late: many")
    found = read(policy, tmp_path, a="scenarios:\n" + ONE, b=base)

    with pytest.raises(InputError, match=r"b.scenarios.yaml:5:18: (?s:.)*days_late: many"):
        run_scenario(policy, found["one"])


def test_a_base_may_name_the_moment_and_a_scenario_another_one(
    policy: Policy, tmp_path: Path
) -> None:
    text = PARCEL + "    at: 2026-11-20T19:00:00Z\nscenarios:\n" + ONE
    text += ONE.replace("one", "two") + "    at: 2026-11-21T19:00:00Z\n"

    found = read(policy, tmp_path, a=text)

    assert found["one"].at == datetime(2026, 11, 20, 19, tzinfo=UTC)
    assert found["two"].at == datetime(2026, 11, 21, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "code", "underlined"),
    [
        ("bases: {}\n", "empty-list", "{}"),
        ("bases: []\n", "wrong-shape", "[]"),
        ("bases: {a: }\n", "wrong-shape", "}"),
        ("bases: {a: {}}\n", "empty-value", "a"),
        ("bases: {a: {custmer: {}}}\n", "unknown-key", "custmer"),
        ("bases: {a-b: {customer: {}}}\n", "bad-name", "a-b"),
        ("bases: {a: {base: b, customer: {}}}\n", "unknown-name", "b"),
        ("bases: {a: {base: '', customer: {}}}\n", "empty-value", "''"),
        ("bases: {a: {base: a}}\n", "scenario-base-cycle", "a"),
        ("bases: {a: {base: b}, b: {base: c}, c: {base: b}}\n", "scenario-base-cycle", "b"),
        ("bases: {a: {customer: {}}}\n", "unused-scenario-base", "a"),
    ],
)
def test_a_base_that_is_wrong_is_refused_even_where_nothing_uses_it(
    text: str, code: str, underlined: str
) -> None:
    assert (code, underlined) in codes(text)


def test_a_cycle_is_told_once_with_its_way() -> None:
    found = found_in_scenarios("bases: {a: {base: b}, b: {base: c}, c: {base: b}}\n")

    assert [each.message for each in found if each.code == "scenario-base-cycle"] == [
        "bases build on each other in a circle: `b` -> `c` -> `b`"
    ]


def test_two_bases_of_one_name_are_refused_though_they_stand_in_two_files(
    policy: Policy, tmp_path: Path
) -> None:
    with pytest.raises(Exception, match="`parcel` is named twice") as error:
        read(policy, tmp_path, a=PARCEL + "scenarios:\n" + ONE, b=PARCEL)
    assert "b.scenarios.yaml:2:3" in str(error.value)


@pytest.mark.parametrize(
    ("given", "code", "underlined"),
    [
        ("{base: parcle}", "unknown-name", "parcle"),
        ("{base: [parcel]}", "wrong-shape", "[parcel]"),
        ("{base: parcel, at: 3}", "unknown-key", "at"),
        ("{base: parcel, incident: 3}", "wrong-shape", "incident"),
        ("{base: parcel, case: }", "wrong-shape", "case"),
        ("{base: parcel, incident: {days_late: 1e3}}", "wrong-input", "1e3"),
        ("{incident: {}}", "missing-key", "{incident: {}}"),
        ("[]", "wrong-shape", "[]"),
    ],
)
def test_what_is_given_must_be_maps_and_bases_that_exist(
    given: str, code: str, underlined: str
) -> None:
    text = f"{PARCEL}scenarios:\n{ONE}{ONE.replace('{base: parcel}', given).replace('one', 'two')}"

    assert codes(text) == [(code, underlined)]


# --- tables --------------------------------------------------------------------------------------


def test_each_row_is_a_scenario_with_its_place_and_a_name_from_its_cells(
    policy: Policy, tmp_path: Path
) -> None:
    found = read(policy, tmp_path, a=PARCEL + TABLE)

    assert [(name, each.place.line) for name, each in found.items()] == [
        ("1 late", 15),
        ("2 late", 16),
    ]
    assert found["2 late"].given.incident["days_late"] == 2
    assert all(run_scenario(policy, each).passed for each in found.values())


def test_cells_lead_into_maps_lists_and_own_facts_and_a_dash_says_nothing(
    policy: Policy, tmp_path: Path
) -> None:
    text = """\
bases:
  parcel:
    incident:
      kind: lost_package
      order: {id: A, currency: USD, lines: [{id: "1", stock: 3}, {id: "2", stock: 3}]}
    customer: {}
tables:
  - given: {base: parcel}
    at: 2026-11-20T19:00:00Z
    expect: {plan: back, value: {back: 3}}
    xfail: not yet
    columns: [name, "incident.order.lines[1].stock", facts.order.web, case.apologies_made,
              at, xfail, plan, value.back, withheld.again]
    rows:
      - [all, 0, true, 2, 2026-11-21T19:00:00Z, never, [back, sorry], 9, infeasible]
      - [none at all, -, -, "-", -, -, -, -, -]
"""
    found = read(policy, tmp_path, a=text)
    full, empty = found["all"], found["none at all"]

    assert full.given.incident["order"] == {
        "id": "A",
        "currency": "USD",
        "lines": [{"id": "1", "stock": 3}, {"id": "2", "stock": 0}],
    }
    assert (full.given.facts, full.given.case) == ({"order.web": True}, {"apologies_made": 2})
    assert full.at == datetime(2026, 11, 21, 19, tzinfo=UTC)
    assert (full.xfail, empty.xfail) == ("never", "not yet")
    assert full.expect.plan == ("back", "sorry")
    assert str(full.expect.value[0]) == "9"
    assert full.expect.withheld[0].reason == "infeasible"
    assert (empty.given.facts, empty.given.case, empty.expect.plan) == (None, None, ("back",))
    assert str(empty.expect.value[0]) == "3"


def test_lists_and_maps_in_cells_can_be_in_a_name(policy: Policy, tmp_path: Path) -> None:
    text = TABLE.replace("{incident.days_late} late", "{plan} of {customer.tier}: {value}")
    text = text.replace("[incident.days_late, first]", "[customer.tier, value, plan]")
    text = text.replace("[1, again]", "[gold, {again: 9}, [sorry, again]]")
    text = text.replace("[2, again]", "[vip, {again: 9}, [sorry, again]]")

    assert [*read(policy, tmp_path, a=PARCEL + text)] == [
        "sorry, again of gold: again: 9",
        "sorry, again of vip: again: 9",
    ]


@pytest.mark.parametrize(
    ("before", "after", "code", "underlined"),
    [
        ("columns:", "colums:", "unknown-key", "colums"),
        ("    columns: [incident.days_late, first]\n", "", "missing-key", "name"),
        ("    given: {base: parcel}\n", "", "missing-key", "name"),
        ("incident.days_late, first", "", "empty-list", "[]"),
        ("[incident.days_late, first]", "first", "wrong-shape", "first"),
        ("first]", "frist]", "unknown-key", "frist"),
        ("first]", "incident]", "unknown-key", "incident"),
        ("first]", "incident.]", "unknown-key", "incident."),
        ("first]", "first.again]", "unknown-key", "first.again"),
        ("first]", "[first]]", "wrong-shape", "[first]"),
        ("first]", "incident.days_late]", "duplicate-name", "incident.days_late"),
        ("first]", '"incident.affected[0]"]', "unknown-key", '"incident.affected[0]"'),
        ("first]", "incident.kind.x]", "unknown-key", "incident.kind.x"),
        ("      - [1, again]\n", "      - [1]\n", "wrong-shape", "[1]"),
        ("      - [1, again]\n", "      - one\n", "wrong-shape", "one"),
        ("[1, again]", "[1, agian]", "unknown-value", "agian"),
        ("[1, again]", "[1, -]", "empty-list", "[1, -]"),
        ("[2, again]", "[1, again]", "duplicate-name", "[1, again]"),
        ("{incident.days_late} late", "{days_late} late", "unknown-name", "days_late"),
        (
            '    name: "{incident.days_late} late"\n    given',
            "    given",
            "missing-key",
            "[1, again]",
        ),
        ('"{incident.days_late} late"', "''", "empty-value", "''"),
        ("    rows:", "    expect: []\n    rows:", "wrong-shape", "[]"),
        ("    rows:", "    expect: {frist: a}\n    rows:", "unknown-key", "frist"),
    ],
)
def test_a_table_that_is_wrong_is_refused_at_its_place(
    before: str, after: str, code: str, underlined: str
) -> None:
    text = TABLE.replace("  - name", "  - \n    name").replace(before, after)

    found = codes(f"{PARCEL}scenarios:\n{ONE}{text}")

    assert (code, underlined) in found


def test_a_cell_that_gives_no_reason_to_fail_is_refused_and_a_dash_is_not() -> None:
    text = TABLE.replace("first]", "first, xfail]").replace("[1, again]", '[1, again, "-"]')

    assert codes(PARCEL + text.replace("[2, again]", "[2, back, false]")) == [
        ("wrong-cell", "false")
    ]


@pytest.mark.parametrize(
    ("row", "underlined"), [("[1,00, again]", "00"), ("[again, 1,234.50]", "234.50")]
)
def test_a_comma_that_cuts_a_cell_in_two_is_shown_where_it_does(row: str, underlined: str) -> None:
    text = TABLE.replace("[1, again]", row)

    assert codes(PARCEL + text) == [("stray-comma", underlined)]


@pytest.mark.parametrize("row", ["[1, 2, again]", "[1, -,again]"])
def test_a_row_with_a_cell_too_many_is_not_taken_for_a_number_cut_in_two(row: str) -> None:
    assert codes(PARCEL + TABLE.replace("[1, again]", row)) == [("wrong-shape", row)]


def test_a_comma_that_cuts_a_given_number_in_two_is_told_once() -> None:
    text = PARCEL.replace("trips: 0", "cost: {out_of_pocket: 1,000,500, trips: }")
    two = ONE.replace("one", "two")

    assert codes(f"{text}scenarios:\n{ONE}{two}") == [("stray-comma", "000")]


def test_a_bare_name_in_a_map_is_a_field_that_is_left_unknown(
    policy: Policy, tmp_path: Path
) -> None:
    text = PARCEL.replace("{tier: standard}", "{orders_12m: 3, tier}")
    found = read(policy, tmp_path, a=f"{text}scenarios:\n{ONE}")

    assert found["one"].given.customer == {"orders_12m": 3, "tier": None}


def test_a_table_without_rows_is_refused() -> None:
    text = TABLE[: TABLE.index("    rows:")] + "    rows: []\n"

    assert codes(f"{PARCEL}{text}") == [("empty-list", "[]")]


def test_a_column_that_names_no_field_is_shown_in_the_header(
    policy: Policy, tmp_path: Path
) -> None:
    text = TABLE.replace("incident.days_late, first", "incident.days_lat, first")
    text = text.replace("{incident.days_late}", "{incident.days_lat}")
    found = read(policy, tmp_path, a=PARCEL + text)

    with pytest.raises(InputError, match=r"a.scenarios.yaml:13:24: (?s:.)*`days_late`"):
        run_scenario(policy, next(iter(found.values())))


def test_an_empty_cell_is_shown_where_it_stands(policy: Policy, tmp_path: Path) -> None:
    found = read(policy, tmp_path, a=PARCEL + TABLE.replace("[1, again]", "['', again]"))

    with pytest.raises(InputError, match=r"a.scenarios.yaml:15:10: (?s:.)*'' is text"):
        run_scenario(policy, next(iter(found.values())))


def test_a_column_that_names_no_own_fact_is_shown_in_the_header(
    policy: Policy, tmp_path: Path
) -> None:
    text = TABLE.replace("first]", "first, facts.order.chanel]")
    text = text.replace("again]", "again, web]")
    found = read(policy, tmp_path, a=PARCEL + text)

    with pytest.raises(InputError, match=r"a.scenarios.yaml:13:48: (?s:.)*no fact of the policy"):
        run_scenario(policy, next(iter(found.values())))
