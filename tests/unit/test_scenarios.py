"""Scenarios: what they expect is held against the decision, and nothing passes silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from remedykit import InputError, Policy, PolicyError
from remedykit.authoring.exposure import total_exposure
from remedykit.authoring.scenarios.differences import Difference
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.authoring.scenarios.scenario import Outcome, run_scenario

POLICY = """\
policy: small
version: "1"
remedies:
  sorry: {part: apology, title: Sorry, apology: {regret: true}, say: Sorry.}
  back:
    part: fix
    title: Money back
    gives: money_now
    group: whole
    value: order.paid
    cost: order.paid
    say: Here is {remedy.value}.
  again:
    part: fix
    title: Again
    gives: exchange
    restores: true
    group: whole
    needs: {incident.replacement_in_stock: true}
    value: order.total
    cost: 0.5 * order.total
    say: Here it is again.
rules:
  - {id: all, offer: [sorry, back, again]}
"""
GIVEN = """\
    given:
      incident:
        kind: lost_package
        order: {id: A, currency: USD, total: "9.00"}
        replacement_in_stock: true
      customer: {}
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(POLICY)


def text_of(expect: str, given: str = GIVEN) -> str:
    return f"scenarios:\n  - name: one\n{given}    expect: {expect}\n"


def outcomes(policy: Policy, folder: Path, text: str) -> list[Outcome]:
    (folder / "a.scenarios.yaml").write_text(text, encoding="utf-8")
    return [run_scenario(policy, each) for each in read_scenarios(policy, folder)]


def differences(policy: Policy, folder: Path, expect: str) -> tuple[Difference, ...]:
    (outcome,) = outcomes(policy, folder, text_of(expect))
    assert outcome.passed is (outcome.differences == ())
    return outcome.differences


def fault(policy: Policy, folder: Path, text: str) -> str:
    with pytest.raises((PolicyError, InputError)) as error:
        outcomes(policy, folder, text)
    return str(error.value)


# --- comparing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "expect",
    ["{first: again}", "{plan: [sorry, again]}", "{plan: [again, sorry]}"],
)
def test_what_comes_as_expected_passes(policy: Policy, tmp_path: Path, expect: str) -> None:
    assert differences(policy, tmp_path, expect) == ()


def brief(policy: Policy, folder: Path, expect: str) -> list[str]:
    return [str(each) for each in differences(policy, folder, expect)]


def test_another_first_fix_is_a_difference(policy: Policy, tmp_path: Path) -> None:
    assert brief(policy, tmp_path, "{first: back}") == ["first: expected back, got again"]


@pytest.mark.parametrize("plan", ["[again]", "again"])
def test_a_plan_with_more_or_less_is_a_difference(
    policy: Policy, tmp_path: Path, plan: str
) -> None:
    expected = ["plan: expected [again], got [again, sorry]"]
    assert brief(policy, tmp_path, f"{{plan: {plan}}}") == expected


@pytest.mark.parametrize("plan", ["[]", "none"])
def test_an_empty_plan_can_be_expected(policy: Policy, tmp_path: Path, plan: str) -> None:
    expected = ["plan: expected [], got [again, sorry]"]
    assert brief(policy, tmp_path, f"{{plan: {plan}}}") == expected


def test_what_is_withheld_for_another_reason_or_not_at_all_is_a_difference(
    policy: Policy, tmp_path: Path
) -> None:
    given = GIVEN.replace("stock: true", "stock: false")
    text = text_of("{withheld: {again: infeasible}}", given)
    assert outcomes(policy, tmp_path, text)[0].passed
    (outcome,) = outcomes(policy, tmp_path, text.replace("infeasible}", "refused}"))
    assert [str(each) for each in outcome.differences] == [
        "withheld again: expected refused, got infeasible"
    ]
    expect = "{withheld: {again: infeasible, back: forbidden}}"
    assert [each.got for each in differences(policy, tmp_path, expect)] == [
        "in the plan",
        "offered",
    ]


def test_a_kind_that_no_rule_offers_is_neither_withheld_nor_offered(tmp_path: Path) -> None:
    policy = Policy.from_text(POLICY.replace("[sorry, back, again]", "sorry"))
    (difference,) = differences(policy, tmp_path, "{withheld: {back: refused}}")
    assert difference.got == "not offered"
    (first,) = differences(policy, tmp_path, "{first: back}")
    assert str(first) == "first: expected back, got no fix"


def test_the_moment_of_a_scenario_is_the_moment_of_its_decision(
    policy: Policy, tmp_path: Path
) -> None:
    text = text_of("{first: again}") + "    at: 2026-11-20T19:00:00-05:00\n"
    (outcome,) = outcomes(policy, tmp_path, text)
    assert outcome.decision.at is not None
    assert outcome.decision.at.isoformat() == "2026-11-21T00:00:00+00:00"


def test_files_below_are_read_in_order_and_hidden_ones_are_not(
    policy: Policy, tmp_path: Path
) -> None:
    for name, scenario in (("b/z", "z"), ("a", "a"), (".hidden/h", "h"), ("b/.h", "h")):
        file = tmp_path / f"{name}.scenarios.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text_of("{first: again}").replace("one", scenario), encoding="utf-8")
    assert [each.name for each in read_scenarios(policy, tmp_path)] == ["a", "z"]


# --- reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expect", "place", "told"),
    [
        ("{}", "9:13", "the scenario expects nothing"),
        ("{frist: again}", "9:14", "did you mean `first`?"),
        ("{first: agian}", "9:21", "did you mean `again`?"),
        ("{first: sorry}", "9:21", "`sorry` is no fix of this policy"),
        ("{plan: [agian]}", "9:21", "did you mean `again`?"),
        ("{withheld: {}}", "9:24", "`withheld` expects nothing"),
        ("{withheld: {agian: refused}}", "9:25", "did you mean `again`?"),
        ("{withheld: {again: refsued}}", "9:32", "did you mean `refused`?"),
        ("{withheld: again}", "9:24", "a map of names"),
        ("again", "9:13", "a map of keys"),
        ("", "9:", "a map of keys"),
    ],
)
def test_an_expectation_that_expects_nothing_is_refused_at_its_place(
    policy: Policy, tmp_path: Path, expect: str, place: str, told: str
) -> None:
    text = fault(policy, tmp_path, text_of(expect))
    assert f"a.scenarios.yaml:{place}" in text
    assert told in text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("# nothing\n", "begin it with one of"),
        ("- name: one\n", "a map of keys"),
        ("scenario: []\n", "did you mean `scenarios`?"),
        ("scenarios: []\n", "`scenarios` has no scenario"),
        ("scenarios: {}\n", "written as a list"),
        ("scenarios: [one]\n", "a map of keys"),
        ("scenarios:\n  - {name: one}\n", "lacks `expect`"),
        ("scenarios:\n  - {name: one}\n", "lacks `given`"),
        (text_of("{first: again}").replace("name: one", "naem: one"), "did you mean `name`?"),
        (text_of("{first: again}").replace("name: one", "name: ''"), "the name of a scenario"),
        (text_of("{first: again}", "    given: 3\n"), "`given` is written as a map"),
        (
            text_of("{first: again}", "    given: {incident: {}}\n"),
            "neither `given` nor a base of it has `customer`",
        ),
        (text_of("{first: again}").replace("customer", "custmoer"), "did you mean `customer`?"),
        (text_of("{first: again}") + "    at: noon\n", "a.scenarios.yaml:10:9: error[wrong-input]"),
        (text_of("{first: again}") + "    at:\n", "a.scenarios.yaml:10:8: error[wrong-input]"),
        (text_of("{first: again}").replace("kind:", "knid:"), "did you mean `kind`?"),
        (text_of("{first: again}").replace("9.00", "-9.00"), "a.scenarios.yaml:6:46"),
        ("scenarios: &a []\n", "yaml-anchor"),
    ],
)
def test_a_scenario_that_is_not_written_as_it_must_be_is_refused(
    policy: Policy, tmp_path: Path, text: str, told: str
) -> None:
    assert told in fault(policy, tmp_path, text)


def test_two_scenarios_of_one_name_are_refused_and_both_shown(
    policy: Policy, tmp_path: Path
) -> None:
    (tmp_path / "b.scenarios.yaml").write_text(text_of("{first: again}"), encoding="utf-8")
    text = fault(policy, tmp_path, text_of("{first: again}"))
    assert "two scenarios have the name `one`" in text
    assert "a.scenarios.yaml:2:11" in text
    assert "b.scenarios.yaml:2:11" in text


def test_all_faults_of_all_files_are_told_at_once(policy: Policy, tmp_path: Path) -> None:
    two = text_of("{frist: again}").replace("one", "two")
    (tmp_path / "b.scenarios.yaml").write_text(two, encoding="utf-8")
    (tmp_path / "a.scenarios.yaml").write_text(text_of("{fisrt: again}"), encoding="utf-8")
    with pytest.raises(PolicyError) as error:
        read_scenarios(policy, tmp_path)
    assert [each.underlined for each in error.value.diagnostics] == ["fisrt", "frist"]


def test_a_link_is_not_followed(policy: Policy, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text(text_of("{first: again}"), encoding="utf-8")
    (tmp_path / "a.scenarios.yaml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="no regular file"):
        read_scenarios(policy, tmp_path)


# --- exposure ------------------------------------------------------------------------------------


def test_the_exposure_is_the_dearest_plan_of_each_currency(policy: Policy, tmp_path: Path) -> None:
    one = text_of("{first: again}")
    dear = one.replace("scenarios:\n", "").replace("one", "dear").replace("9.00", "90.00")
    euro = one.replace("scenarios:\n", "").replace("one", "euro").replace("USD", "EUR")
    found = total_exposure(outcomes(policy, tmp_path, one + dear + euro))
    assert [(each.scenario, str(each.cost), str(each.value)) for each in found] == [
        ("euro", "4.50 EUR", "9.00 EUR"),
        ("dear", "45.00 USD", "90.00 USD"),
    ]


def test_without_scenarios_there_is_no_exposure() -> None:
    assert total_exposure([]) == ()
