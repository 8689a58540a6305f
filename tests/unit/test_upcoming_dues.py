"""When a due time changes with time alone, and when it only moves with the moment of decision."""

from datetime import UTC, datetime, timedelta

import pytest

from remedykit import Policy
from remedykit.model.upcoming import Upcoming

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)  # a Monday
OPENED = "2026-11-02T00:00:00Z"
HEAD = """
policy: dues
version: "1"
currencies: [USD]
timezone: UTC
calendars: {shop: {from: 2026-01-01, until: 2026-12-31, weekend: [saturday, sunday], holidays: []}}
define:
  deadline:
    first: [{when: {at: 2026-11-05..}, value: order.placed_at + days(40)}]
    else: order.placed_at + days(30)
remedies:
  again: {part: fix, title: A, gives: exchange, value: 3.00, say: x}
  money: {part: fix, title: M, gives: money_now, value: 3.00, due: at + days(2), say: x}
rules:
"""


def upcoming(*rules: str, most: int = 2, until: str = "2026-12-20") -> list[tuple[str, str, str]]:
    """Return the first instants, with why, and what changes then."""
    lines = "".join(f"  - {{id: r{number}, {rule}}}\n" for number, rule in enumerate(rules))
    policy = Policy.from_text(HEAD + lines)
    order = {"id": "A", "currency": "USD", "total": "50.00", "placed_at": OPENED}
    incident = {"kind": "late_delivery", "order": order, "needed_by": "2026-11-20T12:00:00Z"}
    case = {"events": [{"type": "contact", "at": OPENED}]}
    decision = policy.decide(incident, {}, case=case, at=AT)
    found = policy.upcoming(decision, most=most)
    return [_short(each) for each in found if each.at < datetime.fromisoformat(f"{until}T00:00Z")]


def _short(told: Upcoming) -> tuple[str, str, str]:
    at = told.at.isoformat().removeprefix("2026-").removesuffix("+00:00").removesuffix(":00")
    return at, told.because, "; ".join(told.changes)


ALWAYS = "where: order.total >= 0.00"
MOVING = f"{ALWAYS}, offer: {{again: {{due: at + days(2)}}}}"


def test_a_right_whose_due_time_steps_is_told_beside_an_offer_whose_due_time_moves() -> None:
    right = f"{ALWAYS}, entitle: {{again: {{due: order.placed_at + days(case.age_days)}}}}"
    assert upcoming(MOVING, right) == [
        (
            "11-03T00:00",
            "1 day since the case was opened",
            "again is due: 2026-11-02T00:00:00Z -> 2026-11-03T00:00:00Z",
        ),
        (
            "11-04T00:00",
            "2 days since the case was opened",
            "again is due: 2026-11-03T00:00:00Z -> 2026-11-04T00:00:00Z",
        ),
    ]


@pytest.mark.parametrize(("value", "told"), [("3.00", ""), ("4.00", "value of again: 3.00")])
def test_a_fixed_due_time_that_takes_the_place_of_a_moving_one_is_told(
    value: str, told: str
) -> None:
    better = f"{{again: {{due: order.placed_at + days(90), value: {value}}}}}"
    found = upcoming(f"when: {{case.age_days: 2..}}, offer: {better}", MOVING)
    ((at, because, changes),) = found
    assert (at, because) == ("11-04T00:00", "2 days since the case was opened")
    assert changes.startswith(told)
    assert changes.endswith("again is due: 2026-11-05T23:59:59.999999Z -> 2027-01-31T00:00:00Z")


def test_a_moving_due_time_that_takes_the_place_of_another_is_told() -> None:
    other = "when: {case.age_days: 1..}, offer: {again: {due: at + hours(6)}}"
    assert upcoming(other, MOVING) == [
        (
            "11-03T00:00",
            "1 day since the case was opened",
            "again is due: 2026-11-04T23:59:59.999999Z -> 2026-11-03T06:00:00Z",
        )
    ]


def test_a_due_time_that_moves_by_the_same_expression_is_no_change_whichever_rule_says_so() -> None:
    first = "when: {case.age_days: 0..1}, offer: {money: {due: at + days(2)}}"
    assert upcoming(first, "when: {case.age_days: 1..}, offer: money") == []


def test_a_due_time_that_comes_to_stand_where_it_has_moved_to_does_not_jump() -> None:
    right = f"{ALWAYS}, entitle: {{again: {{due: order.placed_at + days(9)}}}}"
    first = f"{ALWAYS}, entitle: {{again: {{due: at + days(2)}}}}"
    assert upcoming(first, right) == upcoming(right, first) == []


def test_a_due_time_that_jumps_beyond_a_fixed_one_is_told() -> None:
    working = f"{ALWAYS}, entitle: {{again: {{due: 'at + working_days(1, shop)'}}}}"
    fixed = f"{ALWAYS}, entitle: {{again: {{due: order.placed_at + days(5)}}}}"
    assert upcoming(working, fixed) == [
        (
            "11-06T00:00",
            "no longer: at + working_days(1, shop) < order.placed_at + days(5)",
            "again is due: 2026-11-06T23:59:59.999999Z -> 2026-11-07T00:00:00Z",
        )
    ]


def test_a_moving_due_time_that_the_calendar_no_longer_tells_is_told() -> None:
    working = f"{ALWAYS}, offer: {{again: {{due: 'at + working_days(25, shop)'}}}}"
    ((at, because, changes),) = upcoming(working)
    assert because == "no longer known: at + working_days(25, shop)"
    assert (at, changes) == ("11-27T00:00", "again is due: 2026-12-31T23:59:59.999999Z -> none")


def test_a_due_time_is_not_reckoned_from_the_moment_where_a_define_only_asks_for_it() -> None:
    rule = f"{ALWAYS}, offer: {{again: {{due: deadline}}}}"
    assert upcoming(rule) == [
        (
            "11-05T00:00",
            "from then on: at: 2026-11-05T00:00:00Z..; another value of deadline",
            "again is due: 2026-12-02T00:00:00Z -> 2026-12-12T00:00:00Z",
        )
    ]


def test_a_moving_due_time_that_gets_known_is_told() -> None:
    rule = f"{ALWAYS}, offer: {{again: {{due: 'at + working_days(-1, shop)'}}}}"
    early = Policy.from_text(
        f"{HEAD}  - {{id: r, {rule}}}\n".replace("from: 2026-01-01", "from: 2026-11-03")
    )
    order = {"id": "A", "currency": "USD", "total": "50.00"}
    decision = early.decide({"kind": "late_delivery", "order": order}, {}, at=AT)
    told = early.upcoming(decision, most=1)[0]
    assert told.because.startswith("from then on known: ")
    assert told.at - AT == timedelta(days=1, hours=23)
