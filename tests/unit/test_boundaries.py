"""Boundary situations: around every threshold, and the condition turns where it is said to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pytest

from remedykit import Policy
from remedykit.authoring import Boundaries, Boundary, boundary_situations
from remedykit.authoring.boundaries.hosts import Hosts
from remedykit.authoring.golden.lines import decided_line
from support.engines import INSTALLED
from support.thresholds import moved, thresholds_of

EVERYTHING = """
policy: everything
version: "1"
currencies: [USD]
timezone: America/New_York
facts:
  order.gift_by: {type: date, means: x}
  order.waited: {type: duration, means: x}
  order.share: {type: number, means: x, at_least: 0, at_most: 1}
  customer.tags: {type: texts, means: x}
  order.note: {type: text, means: x}
params:
  few: {value: 3, why: x}
  places: {value: [north, south], why: x}
define:
  room: order.paid - order.refunded
  band:
    values: [low, high]
    first:
      - {when: {incident.value_affected: ..50.00}, value: low}
    else: high
remedies:
  refund: {part: fix, title: R, gives: money_now, value: room, say: x}
  credit: {part: fix, title: C, gives: money_later, value: 20.00, say: x,
    needs: {incident.items_affected: 2..}}
rules:
  - {id: dates, when: {order.gift_by: 2026-12-24..}, offer: refund}
  - {id: waits, when: {order.waited: 36 hours..}, offer: refund}
  - {id: shares, when: {order.share: 0.125<..<1}, offer: refund}
  - {id: lists, when: {customer.tags: [new, vip]}, offer: refund}
  - {id: words, when: {order.note: {in: places}}, offer: refund}
  - {id: times, when: {incident.delivered_at: 2026-11-03..}, offer: refund}
  - {id: costs, when: {incident.cost_affected: 5.00..9.00}, offer: refund}
  - {id: again, when: {case.deviation_level: few..}, offer: refund}
  - {id: sums, where: room >= 0.5 * order.total, offer: refund}
  - {id: late, when: {incident.days_late: {not: 2}}, offer: credit}
  - {id: bands, when: {band: low}, offer: refund}
  - {id: look, when: {remedy.value: 200.00..}, ask_approval: {of: any, by: lead}}
limits:
  - {id: cap, of: credit, at_most: 0.25 * order.total, over: reduce, why: x}
"""


@pytest.fixture(scope="module")
def everything() -> Policy:
    return Policy.from_text(EVERYTHING)


@pytest.fixture(scope="module")
def found(everything: Policy) -> Boundaries:
    return boundary_situations(everything)


def _of(found: Boundaries, clause: str) -> list[tuple[str, str, str, bool | None]]:
    return [(b.subject, b.side, b.value, b.truth) for b in found.reached if b.clause == clause]


def test_a_number_turns_one_step_beside_its_threshold(found: Boundaries) -> None:
    assert _of(found, "rule:shares") == [
        ("order.share", "below", "0.125", False),
        ("order.share", "at", "0.125", False),
        ("order.share", "above", "0.125", True),
        ("order.share", "below", "1", True),
        ("order.share", "at", "1", False),
        ("order.share", "unknown", "", None),
    ]


def test_what_no_fact_can_be_is_told(found: Boundaries) -> None:
    told = [each for each in found.unreached if each.clause == "rule:shares"]
    assert [(each.side, each.value) for each in told] == [("above", "1")]
    assert "no such value is allowed" in told[0].reason


@pytest.mark.parametrize(
    ("rule", "truths"),
    [
        ("dates", [False, True, True, None]),
        ("waits", [False, True, True, None]),
        ("times", [False, True, True, None]),
        ("again", [False, True, True]),
        ("costs", [False, True, True, True, True, False, None]),
        ("lists", [True, True, False, None]),
        ("words", [True, True, False, None]),
        ("sums", [False, True, True, None]),
    ],
)
def test_a_rule_turns_at_its_thresholds(
    found: Boundaries, rule: str, truths: list[bool | None]
) -> None:
    assert [truth for *_, truth in _of(found, f"rule:{rule}")] == truths


def test_a_define_is_met_through_a_remedy_that_reads_it(found: Boundaries) -> None:
    sides = [side for _, side, _, _ in _of(found, "define:band")]
    assert sides == ["below", "at", "above", "unknown"]


def test_the_worth_of_a_remedy_is_brought_to_a_threshold(
    found: Boundaries, everything: Policy
) -> None:
    worth = [b for b in found.reached if b.clause == "rule:look" and b.subject.startswith("value")]
    approvals = [
        any(remedy.approval for remedy in each.situation.decide(everything).remedies)
        for each in worth
    ]
    assert [each.truth for each in worth] == approvals == [False, True, True]


def test_a_cap_is_met_from_both_sides(found: Boundaries) -> None:
    assert [truth for *_, truth in _of(found, "limit:cap")] == [True, True, False]


def test_they_are_the_same_every_time(found: Boundaries) -> None:
    assert boundary_situations(Policy.from_text(EVERYTHING)) == found


_SLOWLY = pytest.param("nurture", marks=pytest.mark.slow)


@pytest.fixture(scope="module", params=["everything", "transactional", _SLOWLY])
def each_policy(request: pytest.FixtureRequest) -> tuple[Policy, Boundaries]:
    name: str = request.param
    policy = Policy.from_text(EVERYTHING) if name == "everything" else Policy.shipped(name)
    return policy, boundary_situations(policy)


def test_all_engines_find_each_condition_as_it_is_told(
    each_policy: tuple[Policy, Boundaries],
) -> None:
    policy, found = each_policy
    conditions = {host.clause: host.condition for host in Hosts.of(policy.checked).clauses}
    engines = [make(policy.checked) for make in INSTALLED.values()]
    looked = 0
    for each in found.reached:
        if each.clause in conditions and not each.subject.startswith(("value of", "cost of")):
            facts = each.situation.read(policy)
            truths = [engine.evaluate(facts).truth(conditions[each.clause]) for engine in engines]
            assert set(truths) == {each.truth}, each.name
            looked += 1
    assert looked > 20


def _tests(found: Boundaries) -> Iterator[list[Boundary]]:
    for _, group in groupby(found.reached, lambda each: (each.clause, each.place, each.subject)):
        yield list(group)


def test_conditions_turn_around_nearly_every_test(each_policy: tuple[Policy, Boundaries]) -> None:
    _, found = each_policy
    still = [group[0].name for group in _tests(found) if len({each.truth for each in group}) == 1]
    assert len(still) <= len(list(_tests(found))) // 50, still


@pytest.mark.parametrize("name", ["transactional", _SLOWLY])
def test_moving_any_threshold_by_one_unit_changes_a_line_at_its_boundaries(name: str) -> None:
    policy = Policy.shipped(name)
    boundaries = boundary_situations(policy).reached
    before = [(each, _decided(policy, each)) for each in boundaries]
    idle: list[str] = []
    for threshold in thresholds_of(policy.checked).values():
        other = moved(policy, threshold)
        # At its own boundaries first: one line is enough.
        near = [pair for pair in before if threshold.is_near(pair[0])]
        if all(_decided(other, each) == line for each, line in (*near, *before)):
            idle.append(threshold.name)
    assert idle == []


def _decided(policy: Policy, boundary: Boundary) -> str:
    return decided_line(boundary.situation.decide(policy))
