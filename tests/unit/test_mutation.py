"""Mutation testing: what is changed, what notices it, and scenarios that would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from remedykit import Policy
from remedykit.authoring import (
    MutationReport,
    boundary_situations,
    mutation_report,
    read_scenarios,
    run_scenario,
    run_scenarios,
)
from remedykit.authoring.mutation.mutants import ChosenMutants
from remedykit.authoring.mutation.samples import Mutated
from remedykit.authoring.mutation.scenario_text import scenario_lines, scenarios_text
from remedykit.authoring.scenarios.expectations import Expectation
from remedykit.language.canonical import digest_of
from support.command_line import run

pytestmark = pytest.mark.no_cover  # smaller tests cover what these run

_HEAD = """
policy: parcels
version: "1"
currencies: [USD]
timezone: America/New_York
facts:
  order.gift_by: {type: date, means: x}
  customer.tags: {type: texts, means: x, values: [new, vip, staff]}
params:
  few: {value: 3, why: x}
  small: {value: {USD: 20.00}, why: x}
  places: {value: [north, south], why: x}
remedies:
  credit: {part: fix, title: C, gives: money_now, value: 5.00, say: x}
  large: {part: fix, title: L, gives: money_now, value: 12.00, say: x}
  sorry: {part: apology, title: S, gives: psychological, say: We are sorry.}
  heard: {part: apology, title: H, gives: psychological, say: We hear you.}
"""
_SCENARIO = """
  - name: {name}
    given:
      incident:
        {{kind: late_delivery, {incident}, order: {{id: A-1, currency: USD, paid: "40.00"}}}}
      customer: {{}}
    expect: {expect}
"""


def _policy(rest: str) -> Policy:
    return Policy.from_text(_HEAD + rest)


def _changes(rest: str, clause: str) -> list[str]:
    """Return the changes of one clause, in words."""
    mutants = ChosenMutants(_policy(rest)).mutants()
    return [each.change for each in mutants if each.clause == clause]


def _after(change: str, name: str) -> str:
    """Return what stands in place of a test."""
    return change.rpartition(" -> ")[2].removeprefix(f"{name}: ")


@pytest.mark.parametrize(
    ("test", "others"),
    [
        ("incident.days_late: 3..", ["2..", "4..", "{not: 3..}"]),
        ("incident.days_late: 0..", ["1..", "{not: 0..}"]),  # no parcel is -1 days late
        ("incident.days_late: 0<..", ["1<..", "0..", "{not: 0<..}"]),
        ("incident.days_late: 3..3", ["2..3", "3..4", "{not: 3..3}"]),
        ("incident.days_late: few..", ["few<..", "{not: few..}"]),
        (
            "incident.functional_impact: 0.25..",
            ["0.24..", "0.26..", "0.25<..", "{not: 0.25..}"],
        ),
        (
            "incident.out_of_pocket: ..<5.00",
            ["..<4.99", "..<5.01", "{not: ..<5.00}"],
        ),
        (
            "order.gift_by: 2026-12-24..",
            ["2026-12-23..", "2026-12-25..", "{not: 2026-12-24..}"],
        ),
        ("incident.days_late: 4", ["3", "5", "{not: 4}"]),
        ("incident.days_late: [1, 5..]", ["[1, 4..]", "[1, 6..]", "[0, 5..]", "[2, 5..]"]),
        ("incident.days_late: {not: 4}", ["{not: 3}", "{not: 5}", "4"]),
        ("incident.self_repaired: true", ["false"]),
        ("incident.days_late: {known: true}", ["{known: false}"]),
        ("customer.tier: gold", ["platinum", "[gold, platinum]", "{not: gold}"]),
        (
            "customer.tier: [gold, vip]",
            ["without gold", "without vip", "with standard", "{not: [gold, vip]}"],
        ),
        ("customer.tags: new", ["vip", "{not: new}"]),
        ("customer.tags: [new, vip]", ["{all: [new, vip]}", "with staff"]),
        ("customer.tags: {all: [new, vip]}", ["[new, vip]", "without new"]),
        ("order.id: {in: places}", ["{not: {in: places}}"]),
    ],
)
def test_a_test_gets_another_threshold_end_word_or_sense(test: str, others: list[str]) -> None:
    found = _changes(f"rules:\n  - {{id: r, when: {{{test}}}, todo: [call]}}\n", "rule:r")
    name = test.partition(":")[0]
    assert set(others) <= {_after(change, name) for change in found}


@pytest.mark.parametrize(
    ("where", "others"),
    [
        (
            "order.total < 2 * order.paid",
            ["<= 2 * order.paid", "2 -> 1.99", "2 -> 2.01", "without"],
        ),
        ("order.total == 5.00", ["!= 5.00", "== 4.99", "== 5.01"]),
        ("order.total >= 5.00", ["> 5.00", ">= 4.99", ">= 5.01"]),
        ("order.total / 4 > order.paid", [">= order.paid", "/ 3.99", "/ 4.01"]),
        ("min(order.total, order.paid) > 5.00", ["max(order.total, order.paid)"]),
        ("at > order.placed_at + days(3)", ["days(2)", "days(4)"]),
        ("at > order.placed_at + days(few)", [">= order.placed_at"]),
        ("customer.tier in ['gold', 'vip']", ["without gold", "with standard", "not: "]),
        ("customer.tier == 'gold'", ["== 'platinum'", "!= 'gold'"]),
        ("not order.chargeback", ["without not: order.chargeback", "not: order.chargeback"]),
        ("known(order.total)", ["not: known(order.total)"]),
        ("round_up(order.total, 5.00) > 9.00", ["> 9.01", ">= 9.00"]),
        ("abs(order.total - 7.00) > 9.00", ["6.99", "7.01"]),
        ("order.total > 5.00 or order.paid > 5.00", ["all instead of any", "without order.paid"]),
    ],
)
def test_an_expression_gets_another_operator_constant_or_sense(
    where: str, others: list[str]
) -> None:
    found = _changes(f'rules:\n  - {{id: r, where: "{where}", todo: [call]}}\n', "rule:r")
    assert [other for other in others if not any(other in change for change in found)] == []


def test_the_tests_of_a_condition_are_dropped_one_by_one_and_joined_otherwise() -> None:
    found = _changes(
        "rules:\n  - {id: r, when: {incident.days_late: 3.., customer.risk_flag: true},"
        " unless: {customer.tier: gold}, todo: [call]}\n",
        "rule:r",
    )
    assert "without incident.days_late: 3.." in found
    assert "without customer.risk_flag: true" in found
    assert "without not customer.tier: gold" in found
    assert "without not: customer.tier: gold" in found
    assert any(change.startswith("any instead of all: ") for change in found)


@pytest.mark.parametrize(
    ("effect", "changes"),
    [
        ("offer: credit", {"offer: credit -> large"}),
        ("offer: sorry", {"offer: sorry -> heard"}),
        ("entitle: large", {"entitle: large -> credit"}),
        ("offer: [sorry, credit]", {"offer: without sorry", "offer: without credit"}),
        ("forbid: credit", {"of: credit -> large"}),
        ("forbid: [credit, sorry]", {"of: without credit", "of: without sorry"}),
        ("adjust: {of: credit, points: 5}", {"of: credit -> large"}),
        (
            "ask_approval: {of: credit, by: lead}",
            {"of: credit -> large", "approved by lead -> desk"},
        ),
        ("hand_over: lead", {"hand over to lead -> desk"}),
        ("todo: [call, write]", {"todo: without call", "todo: without write"}),
        ("todo: [call]", set[str]()),
        ("offer: {credit: {value: 7.00}}", {"7.00 -> 6.99", "7.00 -> 7.01"}),
    ],
)
def test_what_a_rule_does_becomes_something_else_or_less(effect: str, changes: set[str]) -> None:
    found = _changes(
        f"rules:\n  - {{id: r, when: {{incident.days_late: 3..}}, {effect}}}\n"
        "  - {id: desk, when: {incident.days_late: 9..}, hand_over: desk}\n",
        "rule:r",
    )
    assert {"it never acts", *changes} <= set(found)


def test_amounts_params_and_cells_move_by_one_unit() -> None:
    rest = """
define:
  band:
    values: [low, high]
    first:
      - {when: {order.total: ..50.00}, value: low}
    else: high
rules:
  - {id: r, when: {incident.days_late: few.., band: low}, offer: credit}
  - {id: s, when: {incident.out_of_pocket: small..}, offer: credit}
  - {id: p, when: {order.id: {in: places}}, offer: credit}
limits:
  - {id: cap, of: credit, at_most: 0.25 * order.total, over: reduce, why: x}
"""
    assert _changes(rest, "param:few") == ["3 -> 2", "3 -> 4"]
    assert _changes(rest, "param:small") == ["20.00 -> 19.99 USD", "20.00 -> 20.01 USD"]
    assert _changes(rest, "param:places") == ["without north", "without south"]
    assert _changes(rest, "value:credit") == ["5.00 -> 4.99", "5.00 -> 5.01"]
    assert _changes(rest, "limit:cap") == ["0.25 -> 0.24", "0.25 -> 0.26"]
    assert {"without this row", "'low' -> 'high'", "'high' -> 'low'"} <= set(
        _changes(rest, "define:band")
    )


def test_a_param_that_nothing_reads_is_left_alone() -> None:
    assert _changes("rules:\n  - {id: r, todo: [call]}\n", "param:few") == []


def test_no_two_mutants_mean_the_same_and_none_means_what_the_policy_means() -> None:
    policy = Policy.shipped("transactional")
    policies = [each.policy for each in ChosenMutants(policy).mutants()]
    assert len({digest_of(each) for each in (policy.checked, *policies)}) == len(policies) + 1


def test_only_rules_of_the_own_files_are_changed() -> None:
    policy = Policy.shipped("nurture")
    money = ChosenMutants(policy, frozenset({"nurture/money.yaml"})).mutants()
    assert {each.place.file for each in money} == {"nurture/money.yaml"}
    assert ChosenMutants(policy, frozenset({"elsewhere.yaml"})).mutants() == ()


def test_in_the_folder_itself_the_same_rules_are_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _folder(tmp_path, "rules:\n  - {id: r, offer: credit}\n", ("days_late: 1", "{first: credit}"))
    from_outside = run("mutate", tmp_path).out
    monkeypatch.chdir(tmp_path)
    assert run("mutate", ".").out == from_outside.replace(f"{tmp_path}/", "")
    assert "parcels 1: 0 mutants" not in from_outside


def test_mutants_stand_in_the_order_of_their_places() -> None:
    places = [each.place for each in ChosenMutants(Policy.shipped("transactional")).mutants()]
    assert places == sorted(places)


# --- which mutants are noticed -----------------------------------------------------------------


def _report(tmp_path: Path, rest: str, *scenarios: tuple[str, str]) -> MutationReport:
    """Return what comes of a policy with scenarios of fields of the incident and expectations."""
    policy = _folder(tmp_path, rest, *scenarios)
    return mutation_report(policy, read_scenarios(policy, tmp_path))


def _folder(folder: Path, rest: str, *scenarios: tuple[str, str]) -> Policy:
    (folder / "policy.yaml").write_text(_HEAD + rest)
    written = [
        _SCENARIO.format(name=f"s{number}", incident=incident, expect=expect)
        for number, (incident, expect) in enumerate(scenarios)
    ]
    if written:
        (folder / "all.scenarios.yaml").write_text("\n".join(["scenarios:", *written]))
    return Policy.load(folder)


_RULE = "rules:\n  - {{id: r, when: {{{}}}, {}}}\n"
_AT_3, _AT_2 = ("days_late: 3", "{plan: [credit]}"), ("days_late: 2", "{not_offered: [credit]}")


@pytest.mark.parametrize(
    ("rule", "operator", "weak", "strong"),
    [
        (("incident.days_late: 3..", "offer: credit"), "threshold", (), (_AT_3, _AT_2)),
        (
            ("incident.functional_impact: 0.5..", "offer: credit"),
            "comparison",
            (("functional_impact: 0.7", "{plan: [credit]}"),),
            (("functional_impact: 0.5", "{plan: [credit]}"),),
        ),
        (
            ("incident.severity: [minor, major]", "offer: credit"),
            "word",
            (("severity: minor", "{plan: [credit]}"),),
            (
                ("severity: minor", "{plan: [credit]}"),
                ("severity: major", "{plan: [credit]}"),
                ("severity: critical", "{nothing: true}"),
            ),
        ),
        (
            ("incident.days_late: 3..", "offer: credit"),
            "dropped",
            (_AT_3,),
            (_AT_3, _AT_2),
        ),
        (("incident.days_late: 3..", "offer: credit"), "negated", (), (_AT_3, _AT_2)),
        (
            ("incident.days_late: 3.., incident.usable: true", "offer: credit"),
            "any-all",
            (("days_late: 3, usable: true", "{plan: [credit]}"),),
            (("days_late: 3, usable: false", "{nothing: true}"),),
        ),
        (
            ("incident.days_late: 3..", "offer: credit"),
            "kind",
            (("days_late: 3", "{todo: none}"),),
            (_AT_3,),
        ),
        (
            ("incident.days_late: 3..", "todo: [call, write]"),
            "effect",
            (("days_late: 3", "{nothing: true}"),),
            (("days_late: 3", "{todo: [call, write]}"),),
        ),
        (
            ("incident.days_late: 3..", "offer: {credit: {value: 7.00}}"),
            "value",
            (_AT_3,),
            (("days_late: 3", "{value: {credit: 7.00}}"),),
        ),
    ],
)
def test_each_sort_of_change_survives_weak_scenarios_and_is_killed_by_strong_ones(
    tmp_path: Path,
    rule: tuple[str, str],
    operator: str,
    weak: tuple[tuple[str, str], ...],
    strong: tuple[tuple[str, str], ...],
) -> None:
    rest = _RULE.format(*rule)

    def survived(report: MutationReport) -> list[str]:
        found = [each.mutant for each in report.noticeable if each.mutant.clause == "rule:r"]
        return [each.change for each in found if each.operator == operator]

    assert survived(_report(tmp_path, rest, *weak))
    assert not survived(_report(tmp_path, rest, *strong))


def test_what_is_suggested_can_be_pasted_passes_and_kills_every_survivor(tmp_path: Path) -> None:
    rest = """
define:
  worth: {type: money, first: [{when: {order.total: 9.00..}, value: 3.00}], else: 2.00}
rules:
  - {id: late, when: {incident.days_late: few..5}, offer: {credit: {value: worth}}}
  - {id: look, when: {remedy.value: 3.00..}, ask_approval: {of: any, by: lead}}
  - {id: write, where: order.total > 2 * order.paid, todo: [write]}
"""
    before = _report(tmp_path, rest, ("days_late: 9", "{nothing: true}"))
    assert len(before.noticeable) > 20
    assert len(before.suggestions) < len(before.noticeable)  # most of them notice several
    (tmp_path / "found.scenarios.yaml").write_text(scenarios_text(before.suggestions))
    policy = Policy.load(tmp_path)
    scenarios = read_scenarios(policy, tmp_path)
    assert run_scenarios(policy, scenarios).are_fine
    by_name = {each.name: each for each in scenarios}
    for each in before.noticeable:
        assert each.suggestion is not None
        scenario = by_name[each.suggestion.name]
        assert run_scenario(Mutated(policy, each.mutant).policy, scenario).differences
    assert mutation_report(policy, scenarios).noticeable == ()


def test_a_test_that_another_one_says_already_looks_equivalent(tmp_path: Path) -> None:
    rest = """
rules:
  - {id: late, when: {incident.days_late: 3..}, where: incident.days_late > 1, todo: [call]}
"""
    report = _report(tmp_path, rest)
    found = [e for e in report.equivalent if e.mutant.change.startswith("without ")]
    assert [each.mutant.change for each in found] == ["without incident.days_late > 1"]
    assert found[0].tried > 5
    assert found[0].unexpectable == 0


def test_a_change_that_shows_only_in_what_no_scenario_expects_looks_equivalent(
    tmp_path: Path,
) -> None:
    rest = "rules:\n  - {id: a, offer: credit}\n  - {id: b, offer: credit}\n"
    report = _report(tmp_path, rest)
    never = [each for each in report.equivalent if each.mutant.change == "it never acts"]
    assert [each.mutant.clause for each in never] == ["rule:a", "rule:b"]
    assert all(each.unexpectable for each in never)


def test_a_scenario_that_gives_the_same_already_is_named(tmp_path: Path) -> None:
    report = _report(
        tmp_path, "rules:\n  - {id: a, todo: [call]}\n", ("usable: true", "{nothing: true}")
    )
    (survivor,) = [e for e in report.noticeable if e.mutant.change == "it never acts"]
    assert survivor.suggestion is not None
    assert survivor.suggestion.seen_in == "s0"


def test_questions_that_a_scenario_expects_are_asked_of_the_mutant(tmp_path: Path) -> None:
    asks = ("usable: true", "{asks: [incident.days_late]}")
    report = _report(tmp_path, _RULE.format("incident.days_late: 3..", "offer: credit"), asks)
    survived = {each.mutant.change for each in report.survivors}
    assert "it never acts" not in survived
    assert "without incident.days_late: 3.." not in survived
    assert "incident.days_late: 3.. -> incident.days_late: 4.." in survived


def test_a_mutant_that_leaves_other_facts_open_is_asked_its_own_questions(tmp_path: Path) -> None:
    rest = """
rules:
  - {id: r, offer: credit}
  - id: f
    when: {any: [{incident.usable: true}, {incident.packaging_kept: true}]}
    where: incident.days_late < incident.recurrence
    forbid: credit
"""
    report = _report(tmp_path, rest, ("usable: true", "{asks: none}"))
    survived = {each.mutant.change for each in report.survivors}
    told = "incident.usable: true or incident.packaging_kept: true"
    assert f"all instead of any: {told}" not in survived
    assert f"without {told}" in survived


def test_a_mutant_of_an_amount_that_is_unknown_may_ask_otherwise(tmp_path: Path) -> None:
    rest = """
rules:
  - id: r
    when: {incident.kind: late_delivery}
    offer: {credit: {value: "max(0.00, incident.out_of_pocket - 5.00)"}}
"""
    report = _report(tmp_path, rest, ("usable: true", "{asks: [incident.out_of_pocket]}"))
    survived = {each.mutant.change for each in report.survivors}
    assert not {each for each in survived if each.startswith("max(")}, "it is never worth anything"
    assert "5.00 -> 4.99" in survived


def test_params_in_tests_on_remedies_are_read_anew_by_each_mutant() -> None:
    policy = Policy.from_text("""
policy: parcels
version: "1"
currencies: [USD]
params:
  kept: {value: [credit, large], why: x, unit: words}
remedies:
  credit: {part: fix, title: C, gives: money_now, value: 5.00, say: x}
  large: {part: fix, title: L, gives: money_later, value: 12.00, say: x}
rules:
  - {id: all, offer: [credit, large]}
  - {id: no, when: {remedy.kind: {in: kept}}, forbid: any}
""")
    found = mutation_report(policy, (), clause="kept").survivors
    expected = {e.mutant.change: e.suggestion and e.suggestion.expect for e in found}
    assert expected == {
        "without credit": Expectation(not_offered=("credit",)),
        "without large": Expectation(not_offered=("large",)),
    }


_DATED = """
policy: dated
version: "1"
currencies: [USD]
timezone: America/New_York
params:
  worth:
    {why: x, unit: USD, value: [{value: 4.00, until: 2026-06-30}, {value: 5.00, from: 2026-07-01}]}
remedies:
  credit: {part: fix, title: C, gives: exchange, value: 6.00, say: x}
rules:
  - {id: c, offer: credit}
"""


@pytest.mark.parametrize(
    "test",
    [
        "remedy.value: worth..",
        "remedy.value: {not: ..<worth}",
        "remedy.part: fix, remedy.value: worth..9.00",
    ],
)
def test_tests_on_a_remedy_may_read_params_with_periods(test: str) -> None:
    rule = f"  - {{id: ap, when: {{{test}}}, ask_approval: {{of: any, by: lead}}}}\n"
    policy = Policy.from_text(_DATED + rule)
    assert boundary_situations(policy).reached
    report = mutation_report(policy, (), clause="ap")
    never = next(each for each in report.survivors if each.mutant.change == "it never acts")
    assert never.suggestion is not None
    assert [each.roles for each in never.suggestion.expect.approval] == [("lead",)]


# --- whole numbers, currencies, and where mutants are looked for -------------------------------

_WHOLE = """
define:
  tally: {count: [{when: {incident.days_late: 3..}}, {when: {customer.tier: gold}}]}
  span: incident.days_late - 2
  share: {first: [{when: {customer.tier: gold}, value: 2}], else: 1.5}
  steps: {first: [{when: {customer.tier: gold}, value: 2}], else: 4}
"""


@pytest.mark.parametrize(
    ("clause", "test", "moved"),
    [
        ("rule:r", "where: incident.days_late + 2 <= 5", {"<= 4", "<= 6", "2 -> 1", "2 -> 3"}),
        ("rule:r", "where: span >= 4", {">= 3", ">= 5"}),
        ("rule:r", "where: max(tally, 1) > abs(span)", {"1 -> 0", "1 -> 2"}),
        ("rule:r", "when: {span: 4..}", {"3..", "5.."}),
        ("rule:r", "when: {tally: 1..}", {"0..", "2.."}),
        ("rule:r", "when: {share: 1..}", {"0.99..", "1.01.."}),
        ("rule:r", "where: incident.days_late / 2 <= 5", {"<= 4.99", "<= 5.01"}),
        ("rule:r", "where: share * incident.days_late <= 5", {"<= 4.99", "<= 5.01"}),
        ("rule:r", "where: round_up(share * 3, 1) <= 5", {"<= 4", "<= 6", "3 -> 2.99"}),
        ("define:span", "when: {span: 4..}", {"2 -> 1", "2 -> 3"}),
        ("define:steps", "where: incident.days_late <= steps", {"4 -> 3", "4 -> 5", "2 -> 1"}),
        ("define:share", "when: {share: 1..}", {"2 -> 1.99", "2 -> 2.01"}),
        ("param:few", "where: incident.days_late <= few", {"3 -> 2", "3 -> 4"}),
        ("param:few", "where: span + few > 5", {"3 -> 2", "3 -> 4"}),
        ("param:few", "when: {span: few..}", {"3 -> 2", "3 -> 4"}),
        ("param:few", "where: order.total > few * order.paid", {"3 -> 2.99", "3 -> 3.01"}),
    ],
)
def test_whole_numbers_stay_whole(clause: str, test: str, moved: set[str]) -> None:
    found = _changes(f"{_WHOLE}rules:\n  - id: r\n    {test}\n    todo: [call]\n", clause)
    told = {each for each in moved for change in found if change.endswith(each)}
    assert told == moved
    if not any("." in each.strip(".") for each in moved):
        assert not [change for change in found if ".99" in change or ".01" in change]


def test_the_rows_of_a_count_have_no_values_to_change() -> None:
    rules = "rules:\n  - {id: r, when: {tally: 1..}, todo: [call]}\n"
    found = _changes(_WHOLE + rules, "define:tally")
    assert "without this row" in found
    assert not [change for change in found if change.startswith("1 -> ")]


def test_an_amount_in_one_currency_is_looked_for_in_that_currency() -> None:
    policy = Policy.from_text("""
policy: two
version: "1"
currencies: [USD, EUR]
params:
  amount: {value: {USD: 5.00, EUR: 6.00}, why: x, unit: money}
remedies:
  credit: {part: fix, title: C, gives: money_later, value: amount, say: x}
rules:
  - {id: r, offer: credit}
""")
    survivors = mutation_report(policy, (), clause="amount").survivors
    worth = {
        each.mutant.change: each.suggestion and each.suggestion.expect.value[0].amount
        for each in survivors
    }
    assert {change: str(amount) for change, amount in worth.items()} == {
        "5.00 -> 4.99 USD": "5.00",
        "5.00 -> 5.01 USD": "5.00",
        "6.00 -> 5.99 EUR": "6.00",
        "6.00 -> 6.01 EUR": "6.00",
    }


@pytest.mark.parametrize(
    "reads",
    [
        "offer: {credit: {value: small}}",
        "offer: {credit: {value: through}}",
        "offer: billed",
        "where: incident.out_of_pocket > small, todo: [late]",
    ],
)
def test_a_param_is_looked_for_where_it_is_read_however_many_rules_stand_before(
    reads: str,
) -> None:
    many = "".join(
        f"  - {{id: t{days}, when: {{incident.days_late: {days}..}}, todo: [t{days}]}}\n"
        for days in range(1, 31)
    )
    head = _HEAD + "  billed: {part: fix, title: B, gives: exchange, value: small, say: x}\n"
    policy = Policy.from_text(
        f"{head}define: {{through: small + 1.00}}\n"
        f"rules:\n{many}  - {{id: z, when: {{incident.kind: wrong_item}}, {reads}}}\n"
    )
    found = mutation_report(policy, (), clause="small").survivors
    assert [each.mutant.change for each in found] == ["20.00 -> 19.99 USD", "20.00 -> 20.01 USD"]
    assert not any(each.is_equivalent for each in found)


@pytest.mark.parametrize(
    ("value", "change"),
    [
        ("min(0.00, incident.out_of_pocket - 5.00) + 10.00", "5.00 -> 4.99"),
        ("max(0.00, incident.out_of_pocket - 5.00)", "0.00 -> 0.01"),
    ],
)
def test_an_amount_is_looked_for_where_all_of_it_differs(value: str, change: str) -> None:
    policy = _policy(f'rules:\n  - {{id: r, offer: {{credit: {{value: "{value}"}}}}}}\n')
    found = mutation_report(policy, (), clause="r").survivors
    assert [each.is_equivalent for each in found if each.mutant.change == change] == [False]


def test_several_processes_find_what_one_finds(tmp_path: Path) -> None:
    rule = "  - {{id: r{0}, when: {{incident.days_late: {0}..}}, todo: [t{0}]}}\n"
    todo = ", ".join(f"t{number}" for number in range(31))
    rules = "".join(rule.format(number) for number in range(40))
    policy = _folder(tmp_path, f"rules:\n{rules}", ("days_late: 30", f"{{todo: [{todo}]}}"))
    scenarios = read_scenarios(policy, tmp_path)
    advanced: list[tuple[int, int]] = []

    alone = mutation_report(policy, scenarios)
    together = mutation_report(
        policy, scenarios, processes=2, advanced=lambda *each: advanced.append(each)
    )

    assert run_scenarios(policy, scenarios).are_fine
    assert alone.mutants >= 128, "too few for a second process"
    assert 0 < len(alone.survivors) < alone.mutants
    assert _told(together) == _told(alone)
    assert advanced[0] == (1, alone.mutants)
    assert advanced[-1] == (len(alone.survivors), len(alone.survivors))


def _told(report: MutationReport) -> list[tuple[object, ...]]:
    return [
        (
            each.mutant.clause,
            each.mutant.change,
            each.tried,
            each.suggestion and scenario_lines(each.suggestion),
        )
        for each in report.survivors
    ]


def test_scenarios_that_are_known_to_fail_notice_nothing(tmp_path: Path) -> None:
    rest = "rules:\n  - {id: r, todo: [call]}\n"
    policy = _folder(tmp_path, rest, ("days_late: 3", "{todo: none}\n    xfail: not yet"))
    scenarios = read_scenarios(policy, tmp_path)
    assert run_scenarios(policy, scenarios).are_fine
    assert mutation_report(policy, scenarios).killed == 0


# --- the command -------------------------------------------------------------------------------


def test_the_command_ends_with_1_and_a_file_of_scenarios_until_nothing_survives(
    tmp_path: Path,
) -> None:
    rest = _RULE.format("incident.days_late: 3..", "offer: credit")
    _folder(tmp_path, rest, _AT_3)
    ran = run("mutate", tmp_path)
    assert ran.code == 1
    assert f"{tmp_path}/policy.yaml:" in ran.out
    assert "rule:r survived" in ran.out
    pasted = ran.out[ran.out.index("\nscenarios:\n") :].rpartition("\n\n")[0]
    (tmp_path / "found.scenarios.yaml").write_text(pasted)
    again = run("mutate", tmp_path)
    assert again.code == 0
    assert ", 0 survived, " in again.out
    assert again.err == ""


def test_the_command_changes_one_clause_alone(tmp_path: Path) -> None:
    _folder(tmp_path, _RULE.format("incident.days_late: 3..", "offer: credit"), _AT_3, _AT_2)
    assert (
        "parcels 1: 2 mutants, 0 killed, 2 survived"
        in run("mutate", tmp_path, "--rule", "credit").out
    )
    wrong = run("mutate", tmp_path, "--rule", "crdit")
    assert wrong.code == 2
    assert "crdit" in wrong.err


def test_the_command_prints_json(tmp_path: Path) -> None:
    _folder(tmp_path, _RULE.format("incident.days_late: 3..", "offer: credit"), _AT_3, _AT_2)
    ran = run("mutate", tmp_path, "--json", "--rule", "credit")
    assert ran.code == 1
    assert [each["change"] for each in json.loads(ran.out)] == ["5.00 -> 4.99", "5.00 -> 5.01"]
    assert {each["verdict"] for each in json.loads(ran.out)} == {"survived"}


def test_the_command_refuses_scenarios_that_fail_and_a_policy_without_any(tmp_path: Path) -> None:
    rest = _RULE.format("incident.days_late: 3..", "offer: credit")
    _folder(tmp_path, rest)
    none = run("mutate", tmp_path)
    assert none.code == 1
    assert "there are no scenarios" in none.err
    _folder(tmp_path, rest, ("days_late: 1", "{plan: [credit]}"))
    failing = run("mutate", tmp_path)
    assert failing.code == 1
    assert "not all scenarios pass" in failing.err


def test_the_same_policy_gives_the_same_bytes(tmp_path: Path) -> None:
    _folder(tmp_path, _RULE.format("incident.days_late: 3..", "offer: credit"), _AT_3)
    assert run("mutate", tmp_path).out == run("mutate", tmp_path).out
