"""What scenarios can expect: each expectation passes where it is met, and tells why where not."""

from __future__ import annotations

from pathlib import Path

import pytest

from remedykit import Policy
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.authoring.scenarios.scenario import Outcome, run_scenario, run_scenarios
from support.scenario_policy import PARCEL, POLICY, found_in_scenarios

DEAR = 'incident: {order: {total: "120.00", paid: "120.00"}}'
NO_STOCK = "incident: {replacement_in_stock: false}"
UNKNOWN = "incident: {replacement_in_stock: null}"
TRIPS = "incident: {trips: 2}"
OTHER = "incident: {kind: late_delivery}"
GOLD = "incident: {days_late: 6}, customer: {tier: gold}"
RISKY = "incident: {days_late: 6}, customer: {tier: gold, risk_flag: true}"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(POLICY)


def scenario(given: str, expect: str, more: str = "") -> str:
    given = f"{{base: parcel, {given}}}"
    return f"{PARCEL}scenarios:\n  - name: one\n    given: {given}\n    expect: {expect}\n{more}"


def run(policy: Policy, folder: Path, text: str) -> Outcome:
    (folder / "a.scenarios.yaml").write_text(text, encoding="utf-8")
    (found,) = read_scenarios(policy, folder)
    return run_scenario(policy, found)


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        ("", "{first: again}"),
        ("", "{order: [again, back]}"),
        ("", "{order: [again, sorry]}"),
        ("", "{plan: [again, sorry]}"),
        (OTHER, "{plan: none}"),
        (GOLD, "{offers: [extra, back]}"),
        ("", "{offers: back}"),
        (NO_STOCK, "{not_offered: [again, extra]}"),
        (NO_STOCK, "{withheld: {again: infeasible}}"),
        (RISKY, "{withheld: {extra: forbidden}}"),
        (UNKNOWN, "{asks: [incident.replacement_in_stock]}"),
        ("", "{value: {again: 9.00, back: 9 USD}}"),
        ("", "{says: {sorry: for that}}"),
        ("", "{says: {back: {exactly: Here is 9.00 USD.}}}"),
        (DEAR, "{approval: {back: lead, again: none}}"),
        ("", "{approval: {back: [], again: none}}"),
        (TRIPS, "{hand_over: desk}"),
        (OTHER, "{hand_over: [person]}"),
        ("", "{hand_over: none, todo: none}"),
        (TRIPS, "{todo: [write, call]}"),
        (OTHER, "{nothing: true}"),
        (OTHER, "{nothing: true, plan: none, not_offered: back}"),
    ],
)
def test_an_expectation_that_is_met_passes(
    policy: Policy, tmp_path: Path, given: str, expect: str
) -> None:
    outcome = run(policy, tmp_path, scenario(given, expect))

    assert outcome.report() == ""
    assert outcome.passed


@pytest.mark.parametrize(
    ("given", "expect", "told"),
    [
        ("", "{first: back}", "first: expected back, got again"),
        (OTHER, "{first: back}", "no: incident.kind: lost_package"),
        ("", "{order: [back, again]}", "order: expected [back, again], got [again, back]"),
        ("", "{order: [back, again]}", "back is an alternative, rank 3, score "),
        ("", "{order: [again, extra]}", "order: expected [again, extra], got [again]"),
        (OTHER, "{plan: sorry}", "plan: expected [sorry], got []"),
        ("", "{plan: again}", "`all` offers it (policy.yaml:"),
        ("", "{plan: none}", "yes: incident.kind: lost_package   [incident.kind is lost_package]"),
        ("", "{offers: extra}", "offers extra: expected offered, got not offered"),
        ("", "{offers: extra}", "no: very_late: true   [very_late is no]"),
        (
            "",
            "{offers: extra}",
            "very_late: no: incident.days_late: 5..   [incident.days_late is 1",
        ),
        (RISKY, "{offers: extra}", "`no.extra` forbids it (policy.yaml:"),
        (RISKY, "{offers: extra}", "yes: customer.risk_flag: true"),
        (NO_STOCK, "{offers: again}", "its preconditions: no: incident.replacement_in_stock: true"),
        ("", "{not_offered: [back]}", "not_offered back: expected not offered, got offered"),
        ("", "{withheld: {again: infeasible}}", "withheld again: expected infeasible, got in the"),
        ("", "{withheld: {again: infeasible}}", "its preconditions: yes: incident.replacement"),
        (GOLD, "{withheld: {extra: forbidden}}", "`no.extra` does not act"),
        (GOLD, "{withheld: {extra: forbidden}}", "customer.risk_flag is no"),
        ("", "{withheld: {extra: forbidden}}", "withheld extra: expected forbidden, got not off"),
        ("", "{asks: [incident.days_late]}", "incident.days_late is not asked: it is known"),
        (UNKNOWN, "{asks: none}", "asks: expected no question, got [incident.replacement_in_st"),
        ("", "{value: {again: 8.00}}", "value of again: expected 8.00, got 9.00 USD"),
        ("", "{value: {again: 9.00 EUR}}", "value of again: expected 9.00 EUR, got 9.00 USD"),
        ("", "{value: {sorry: 1}}", "value of sorry: expected 1, got no value"),
        ("", "{value: {extra: 2}}", "value of extra: expected 2, got not offered"),
        ("", "{says: {sorry: very}}", "message of sorry: expected «very», got «Sorry for that.»"),
        (
            "",
            "{says: {sorry: {exactly: Sorry}}}",
            "expected exactly «Sorry», got «Sorry for that.»",
        ),
        ("", "{says: {extra: more}}", "message of extra: expected «more», got not offered"),
        ("", "{approval: {back: lead}}", "approval of back: expected lead, got none"),
        ("", "{approval: {back: lead}}", "`dear` does not act"),
        (DEAR, "{approval: {back: none}}", "approval of back: expected none, got lead"),
        (DEAR, "{approval: {back: none}}", "`dear` asks approval for it by lead"),
        ("", "{approval: {extra: none}}", "approval of extra: expected none, got not offered"),
        ("", "{hand_over: desk}", "hand_over: expected desk, got none"),
        ("", "{hand_over: desk}", "`desk` does not act (policy.yaml:"),
        (OTHER, "{hand_over: none}", "person takes it, because of no_fix"),
        ("", "{todo: [call]}", "no: incident.trips: 1..   [incident.trips is 0]"),
        (TRIPS, "{todo: none}", "todo: expected none, got call, write"),
        (TRIPS, "{todo: none}", "`call` adds it (policy.yaml:"),
        ("", "{nothing: true}", "nothing: expected no remedy, got [again, sorry, back]"),
    ],
)
def test_an_expectation_that_is_not_met_says_what_came_and_why(
    policy: Policy, tmp_path: Path, given: str, expect: str, told: str
) -> None:
    outcome = run(policy, tmp_path, scenario(given, expect))

    assert not outcome.passed
    assert told in outcome.report()


@pytest.mark.parametrize(
    ("expect", "code", "underlined", "help_"),
    [
        ("{frist: again}", "unknown-key", "frist", "did you mean `first`?"),
        ("{}", "empty-list", "{}", "expect at least one of first, order"),
        ("{first: sorry}", "unknown-value", "sorry", "use one of again, back"),
        ("{first: ''}", "unknown-value", "''", "use one of again, back"),
        ("{order: []}", "empty-list", "[]", "name at least one"),
        ("{offers: []}", "empty-list", "[]", "name at least one"),
        ("{not_offered: [bakc]}", "unknown-kind", "bakc", "did you mean `back`?"),
        ("{offers: [back, back]}", "duplicate-name", "back", "name it once"),
        ("{withheld: {}}", "empty-list", "{}", "name a remedy kind"),
        ("{withheld: {back: late}}", "unknown-value", "late", "use one of needs_fact"),
        ("{value: {}}", "empty-list", "{}", "name a remedy kind"),
        ("{value: {back: much}}", "wrong-cell", "much", "write 12.50"),
        ("{value: {back: -1}}", "wrong-cell", "-1", "write 12.50"),
        ("{value: {back: 1 US}}", "wrong-cell", "1 US", "write 12.50"),
        ("{value: {back: [1]}}", "wrong-shape", "[1]", "write an amount"),
        ("{says: {back: ''}}", "empty-value", "''", "write a word"),
        ("{says: {back: {exact: x}}}", "unknown-key", "exact", "did you mean `exactly`?"),
        ("{says: {back: {}}}", "missing-key", "{}", "write {exactly: a text}"),
        ("{approval: {back: laed}}", "unknown-value", "laed", "did you mean `lead`?"),
        ("{hand_over: dsek}", "unknown-value", "dsek", "did you mean `desk`?"),
        ("{todo: [cal]}", "unknown-value", "cal", "did you mean `call`?"),
        ("{asks: incident.days_lat}", "unknown-fact", "incident.days_lat", "did you mean `inc"),
        ("{asks: []}", "empty-list", "[]", "name at least one"),
        ("{asks: customer.age}", "unknown-fact", "customer.age", "did you mean"),
        (
            "{asks: customer.tenure_years}",
            "contradictory-expectation",
            "customer.tenure_years",
            "it reads ",
        ),
        ("{nothing: false}", "wrong-cell", "false", "write `nothing: true`"),
        ("{nothing: true, first: back}", "contradictory-expectation", "nothing", "remove one"),
        ("{plan: back, not_offered: back}", "contradictory-expectation", "back", "remove one"),
        ("{says: {back: x}, withheld: {back: refused}}", "contradictory-expectation", "back", ""),
        ("{plan: [back, again]}", "contradictory-expectation", "again", "remove one"),
        ("{first: back, order: [again, back]}", "contradictory-expectation", "back", "change the"),
        ("{plan: none, offers: sorry}", "contradictory-expectation", "sorry", "only where nothing"),
        ("{plan: [], value: {back: 1}}", "contradictory-expectation", "back", "only where nothing"),
        ("{plan: none, first: back}", "contradictory-expectation", "back", "only where nothing"),
        ("{plan: [again, sorry], first: back}", "contradictory-expectation", "back", "unless it "),
        ("{plan: sorry, first: back}", "contradictory-expectation", "back", "unless it is a right"),
        ("{value: {back: 4,00}}", "stray-comma", "00", "inside { } a comma ends a value"),
        ("{value: {back: 1,234.50}}", "stray-comma", "234.50", "inside { } a comma ends a value"),
        ("{says: {sorry: sorry, we failed}}", "stray-comma", "we failed", "quotes around a text"),
    ],
)
def test_an_expectation_that_means_nothing_or_cannot_be_is_refused(
    expect: str, code: str, underlined: str, help_: str
) -> None:
    (found,) = found_in_scenarios(scenario("", expect))

    assert (found.code, found.underlined) == (code, underlined)
    assert help_ in found.help


def test_a_kind_without_a_colon_is_not_taken_for_the_rest_of_a_value() -> None:
    (found,) = found_in_scenarios(scenario("", "{withheld: {back: refused, again}}"))

    assert (found.code, found.help[:10]) == ("unknown-value", "use one of")


@pytest.mark.parametrize(
    "expect", ["{plan: [agian], first: back}", "{plan: [agian, sorry], first: back}"]
)
def test_a_plan_that_cannot_be_read_contradicts_nothing(expect: str) -> None:
    (found,) = found_in_scenarios(scenario("", expect))

    assert (found.code, found.underlined) == ("unknown-kind", "agian")


ENTITLED = """\
policy: rights
version: "1"
currencies: [USD]
remedies:
  back:
    {part: fix, title: Back, gives: money_now, group: whole, value: order.paid, say: Money.}
  again:
    {part: fix, title: Again, gives: exchange, group: whole, restores: true, value: 1, say: Again.}
  card:
    {part: apology, title: Card, group: whole, apology: {regret: true}, say: Sorry.}
define: {lost: order.total}
ranking: {loss: lost}
rules:
  - {id: right, when: {incident.kind: lost_package}, entitle: EFFECT}
  - {id: offer, offer: [back, again]}
"""
BOUGHT = """\
scenarios:
  - name: one
    given:
      incident: {kind: lost_package, order: {id: A, currency: USD, total: "90.00", paid: "9.00"}}
      customer: {}
    expect: EXPECT
"""


@pytest.mark.parametrize(
    ("right", "expect"),
    [
        ("back", "{plan: again, first: back}"),
        ("card", "{plan: card, first: again}"),
    ],
)
def test_the_first_fix_may_be_outside_the_plan_where_a_right_makes_it_so(
    tmp_path: Path, right: str, expect: str
) -> None:
    policy = Policy.from_text(ENTITLED.replace("EFFECT", right))

    outcome = run(policy, tmp_path, BOUGHT.replace("EXPECT", expect))

    assert outcome.report() == ""


def test_what_is_known_to_fail_is_fine_if_it_fails_and_only_then(
    policy: Policy, tmp_path: Path
) -> None:
    failing = run(policy, tmp_path, scenario("", "{first: back}", "    xfail: not yet\n"))
    passing = run(policy, tmp_path, scenario("", "{first: again}", "    xfail: not yet\n"))

    assert (failing.verdict, failing.is_fine) == ("xfailed", True)
    assert (passing.verdict, passing.is_fine) == ("xpassed", False)
    assert "marked as known to fail: not yet" in passing.report()


def test_a_reason_to_fail_is_not_empty() -> None:
    (found,) = found_in_scenarios(scenario("", "{first: back}", "    xfail: ''\n"))

    assert (found.code, found.underlined) == ("empty-value", "''")


@pytest.mark.parametrize("word", ["false", "true", "No", "'yes'", "off", "null", "~", "none", "0"])
def test_a_yes_or_a_no_is_no_reason_to_fail(word: str) -> None:
    (found,) = found_in_scenarios(scenario("", "{first: back}", f"    xfail: {word}\n"))

    assert (found.code, found.underlined) == ("wrong-cell", word)
    assert found.message.endswith(" is no reason")
    assert found.help.startswith("`xfail` is the reason why it fails; leave it out")


def test_a_scenario_that_cannot_be_decided_does_not_stop_the_others(
    policy: Policy, tmp_path: Path
) -> None:
    text = scenario("incident: {days_late: many}", "{first: again}")
    text += "  - name: two\n    given: {base: parcel}\n    expect: {first: again}\n"
    (tmp_path / "a.scenarios.yaml").write_text(text, encoding="utf-8")

    results = run_scenarios(policy, read_scenarios(policy, tmp_path))

    assert [each.scenario.name for each in results.outcomes] == ["two"]
    assert [each.scenario.name for each in results.faults] == ["one"]
    assert "a.scenarios.yaml:12:" in str(results.faults[0].error)
    assert (results.failed, results.are_fine) == ((), False)
