"""What is announced for later is what happens then, and nothing happens before."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from remedykit import Decision, Policy
from remedykit.explain.ahead.movers import Movers
from remedykit.explain.ahead.search import HORIZON, UpcomingSearch
from remedykit.explain.changes import changes_between, todo_changes
from remedykit.facts.patterns import PlainMatcher
from remedykit.facts.retold import moment_of
from remedykit.model.upcoming import Upcoming
from strategies.handed_in import AT, POLICIES, decided, situations
from strategies.timed_policies import (
    FIRST,
    HEAD,
    HOUR,
    HOURS,
    MICROSECOND,
    brute_force,
    decided_at,
    moments,
    timed_policies,
    timed_situations,
    timelines,
)

REMEDY = "  money: {part: fix, title: M, gives: money_now, value: 1.00, say: x}\n"
pytestmark = pytest.mark.no_cover  # it runs the same code thousands of times


@settings(max_examples=max(5, settings().max_examples // 2))  # each decides some 200 times
@given(text=timed_policies(), given_=timed_situations())
def test_no_change_is_missed_and_none_is_announced_that_is_none(
    text: str, given_: dict[str, Any]
) -> None:
    note(text)
    policy = Policy.from_text(text)
    decision = decided_at(policy, given_, FIRST)
    search = UpcomingSearch.of(policy.decider)
    last = FIRST + HOURS * HOUR + MICROSECOND
    found = search.upcoming(policy.facts_of(decision), decision, until=last)
    assert [each.at for each in found] == [*brute_force(policy, given_)]


@given(given_=timed_situations(), hours=st.integers(0, 24 * 9), micro=st.booleans())
def test_facts_move_as_they_are_read_at_a_later_moment(
    given_: dict[str, Any], hours: int, micro: bool
) -> None:
    policy = Policy.from_text(f"{HEAD}{REMEDY}rules: []\n")
    own, case = given_["facts"], given_["case"]
    first, then = (
        policy.read(given_["incident"], {}, case=case, facts=own, at=at)
        for at in (FIRST, FIRST + hours * HOUR + micro * MICROSECOND)
    )
    moved = Movers(PlainMatcher.of(policy.checked), first, FIRST).then(moment_of(then) or FIRST)
    assert moved.values == then.values
    assert moved.offers == then.offers


def told(before: Decision, after: Decision) -> tuple[object, ...]:
    """What differs between two decisions; due times reckoned from the moment do not."""
    now, then = ({each.kind for each in one.remedies} for one in (before, after))
    changes = (*changes_between(before, after), *todo_changes(before, after))
    return then - now, now - then, [each for each in changes if " is due: " not in each]


def announced(upcoming: Upcoming) -> tuple[object, ...]:
    changes = [each for each in upcoming.changes if " is due: " not in each]
    return {*upcoming.offers}, {*upcoming.withdraws}, changes


LOOKING = {"nurture": POLICIES["nurture"], "marketplace": Policy.shipped("marketplace")}
FROM_EVENTS = ("label_created_at", "first_scan_at")


@st.composite
def situations_about_now(draw: DrawFn) -> dict[str, Any]:
    """Return what is handed in, with times of the last days and of the next ones that agree.

    The policies that look at the time have something upcoming in most of them.
    """
    given_ = draw(situations())
    times = {"promised_by": (-60, 48), "needed_by": (-48, 96), "discovered_at": (-60, 0)}
    incident = {
        **given_["incident"],
        "kind": draw(st.sampled_from(("late_delivery", "lost_package"))),
    }
    incident |= {name: draw(moments(*hours, AT)) for name, hours in times.items()}
    for name in ("days_late", "delivered_at", "carrier_scanned"):  # not delivered yet, nor given
        incident.pop(name, None)
    order = {name: told for name, told in incident["order"].items() if name not in FROM_EVENTS}
    order["placed_at"] = draw(moments(-300, -110, AT))
    if draw(st.booleans()):
        case: dict[str, object] = {"events": draw(timelines(AT))}
    else:
        case = {"opened_at": draw(moments(-100, 0, AT))}
        order["label_created_at"] = draw(moments(-110, 0, AT))
    return {**given_, "incident": {**incident, "order": order}, "case": case}


NOTHING = (set[str](), set[str](), list[str]())


@pytest.mark.parametrize("name", LOOKING)
@settings(max_examples=max(5, settings().max_examples // 4))
@given(
    given_=situations_about_now(),
    percent=st.integers(0, 99),
)
def test_nothing_changes_until_the_first_instant_and_then_what_was_announced_does(
    name: str, given_: Mapping[str, Any], percent: int
) -> None:
    policy = LOOKING[name]

    def decided_then(at: datetime) -> Decision:
        return decided(policy, {**given_, "at": at})

    start, before = AT, decided_then(AT)
    found = policy.upcoming(before, most=2)
    for each in found:
        between = start + (each.at - start) * percent // 100
        just_before, after = decided_then(each.at - MICROSECOND), decided_then(each.at)
        assert told(before, decided_then(between)) == NOTHING
        assert told(before, just_before) == NOTHING
        assert announced(each) == told(just_before, after)
        assert any((each.offers, each.withdraws, each.changes))
        assert each.plan == after.plan.remedies
        start, before = each.at, after
    if len(found) < 2:
        until = AT + HORIZON
        assert told(before, decided_then(start + (until - start) * percent // 100)) == NOTHING
        assert told(before, decided_then(until)) == NOTHING


def test_it_goes_on_after_an_instant_as_from_there() -> None:
    policy = POLICIES["nurture"]
    order = {"id": "A", "currency": "USD", "total": "80.00"}
    incident = {"kind": "late_delivery", "order": order, "promised_by": "2026-11-20T12:00:00Z"}
    given_ = {"incident": incident, "customer": {}, "case": None, "facts": {}, "at": AT}
    first, *others = policy.upcoming(decided(policy, given_))
    assert first.at - AT < timedelta(days=1)
    assert tuple(others) == policy.upcoming(decided(policy, {**given_, "at": first.at}))
