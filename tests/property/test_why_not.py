"""«Why not?»: every answer holds when it is decided again, and no smaller one is missed."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from remedykit import Policy
from remedykit.explain.why_not import FactChange, WhyNot
from strategies.handed_in import POLICIES, decided, situations, with_answer
from strategies.small_policies import (
    DAYS,
    DOMAINS,
    Known,
    changes_of,
    is_offered,
    known_facts,
    policies_in_steps,
    situation,
    small_policies,
)

EXAMPLES = max(5, settings().max_examples // 5)
# What follows from the affected lines: no fields then, so the lines would have to be others.
OF_LINES = {
    "incident.cost_affected",
    "incident.final_sale",
    "incident.hazardous",
    "incident.items_affected",
    "incident.part_available",
    "incident.part_cost",
    "incident.perishable",
    "incident.replacement_in_stock",
    "incident.return_cost",
    "incident.value_affected",
}


def own_changes(told: WhyNot) -> list[dict[str, object]]:
    """Return the answers that change the small policy's own facts only, in their order."""
    changes = [{each.fact: each.after for each in nearest.changes} for nearest in told.nearest]
    return [
        {fact: own_value(fact, text) for fact, text in each.items()}
        for each in changes
        if each.keys() <= DOMAINS.keys()
    ]


def own_value(fact: str, text: str) -> object:
    return next(each for each in DOMAINS[fact] if str(each).lower() == text)


def with_changes(policy: Policy, given: dict[str, Any], changes: Iterable[FactChange]) -> Any:
    for each in changes:
        given = with_answer(policy, given, each.fact, each.after)
    return given


def distance(known: Known, changes: Known) -> Fraction:
    """Return how far changes are, by the definition in the documentation."""
    total = Fraction(0)
    for fact, value in changes.items():
        before = known.get(fact)
        if before is None:
            continue
        if fact in {"order.late", "order.trips", "order.cents"}:
            total += abs(Fraction(str(value)) - Fraction(str(before)))
        else:
            total += 1
    return total


def asked(policy: Policy, known: Known, most: int = 100) -> WhyNot:
    return policy.why_not(decided(policy, situation(known)), "wanted", most=most)


@settings(max_examples=EXAMPLES)
@given(text=small_policies(), known=known_facts())
def test_the_smallest_change_of_one_fact_is_found_for_each_fact_that_has_one(
    text: str, known: Known
) -> None:
    policy = Policy.from_text(text)
    assume(not is_offered(policy, situation(known)))
    expected: dict[str, Fraction] = {}
    for changes in changes_of(known, 1):
        if is_offered(policy, situation({**known, **changes})):
            (fact,) = changes
            gap = distance(known, changes)
            expected[fact] = min(gap, expected.get(fact, gap))
    found = own_changes(asked(policy, known))
    assert {min(one): distance(known, one) for one in found if len(one) == 1} == expected


@settings(max_examples=EXAMPLES)
@given(text=policies_in_steps(), now=st.none() | st.sampled_from(DAYS))
def test_the_smallest_change_is_found_where_a_fact_counts_in_steps(
    text: str, now: int | None
) -> None:
    policy = Policy.from_text(text)
    known: Known = {} if now is None else {"order.days": now}
    assume(not is_offered(policy, situation(known)))
    enough = [days for days in DAYS if is_offered(policy, situation({"order.days": days}))]
    nearest = min((abs(days - (now or 0)) for days in enough), default=None)
    told = asked(policy, known, most=1).nearest
    found = [int(change.after) for each in told for change in each.changes]
    if now is None:
        assert bool(found) == bool(enough)
        assert {*found} <= {*enough}
    else:
        assert [abs(days - now) for days in found] == ([] if nearest is None else [nearest])


@settings(max_examples=EXAMPLES)
@given(text=small_policies(), known=known_facts())
def test_where_one_fact_is_not_enough_but_two_are_all_pairs_of_such_facts_are_found(
    text: str, known: Known
) -> None:
    policy = Policy.from_text(text)
    assume(not is_offered(policy, situation(known)))
    ones = changes_of(known, 1)
    assume(not any(is_offered(policy, situation({**known, **one})) for one in ones))
    expected = {
        frozenset(two)
        for two in changes_of(known, 2)
        if is_offered(policy, situation({**known, **two}))
    }
    found = own_changes(asked(policy, known))
    assert {frozenset(two) for two in found if len(two) == 2} == expected


@settings(max_examples=EXAMPLES)
@given(text=small_policies(), known=known_facts(), most=st.integers(1, 5))
def test_every_answer_holds_is_minimal_and_comes_in_order(
    text: str, known: Known, most: int
) -> None:
    policy, now = Policy.from_text(text), situation(known)
    told = asked(policy, known, most)
    assert told.offered == is_offered(policy, now)
    assert len(told.nearest) <= most
    assert bool(told.blocked) == (not told.offered and not told.nearest)
    for each in told.nearest:
        again = decided(policy, with_changes(policy, now, each.changes))
        assert each.remedy in again.remedies
        for count in range(len(each.changes)):
            for fewer in combinations(each.changes, count):
                assert not is_offered(policy, with_changes(policy, now, fewer))
    sets = [frozenset(change.fact for change in each.changes) for each in told.nearest]
    assert not any(one < other for one in sets for other in sets)
    order = [(len(each), distance(known, each)) for each in own_changes(told)]
    assert order == sorted(order)


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=max(5, settings().max_examples // 10), deadline=None)
@given(given_=situations(), data=st.data())
def test_an_answer_handed_in_has_the_remedy_offered(
    name: str, given_: dict[str, Any], data: st.DataObject
) -> None:
    policy = POLICIES[name]
    try:
        before = decided(policy, given_)
    except ValueError:  # times that contradict each other
        assume(False)
        raise
    offered = {remedy.kind for remedy in before.remedies}
    kinds = [each.name for each in policy.checked.remedies if each.name not in offered]
    kind = data.draw(st.sampled_from(kinds))
    told = policy.why_not(before, kind)
    assert policy.why_not(before, kind) == told
    for nearest in told.nearest:
        facts = {each.fact for each in nearest.changes}
        if "affected" in given_["incident"] and facts & OF_LINES:
            continue
        paid = next(each.value for each in before.facts if each.name == "order.paid")
        now = given_ if paid is None else with_answer(policy, given_, "order.paid", str(paid))
        after = with_changes(policy, now, nearest.changes)
        assert nearest.remedy in decided(policy, after).remedies
