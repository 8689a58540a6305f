"""«Why not?»: the smallest changes of facts that would have a remedy kind offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from remedykit import Decision, InputError, Policy
from remedykit.explain.time_words import apart_text
from remedykit.explain.why_not import WhyNot
from support.tiny_policy import POLICY, TEXT, customer, incident, order

pytestmark = pytest.mark.no_cover  # smaller tests cover what these run

SHOP = """
policy: shop
version: "1"
currencies: [USD]
facts:
  customer.age: {type: int, personal: true, at_least: 0, means: years}
  customer.need: {type: bool, protected: true, means: needs care}
  order.channel: {values: [web, app, shop], means: where it was bought}
  order.waited: {type: duration, means: how long}
  order.gift_by: {type: date, means: when it is a gift}
  order.weight: {type: number, at_least: 0, means: of the parcel}
  order.note: {type: text, means: what the customer wrote}
remedies:
  refund: {part: fix, title: Refund, gives: money_now, value: 20.00, say: Money.}
  credit: {part: fix, title: Credit, gives: money_later, value: 15.00, say: Credit.}
  again: {part: fix, title: Again, gives: exchange, value: 10.00, say: Again.}
  never: {part: fix, title: Never, gives: exchange, value: 10.00, say: Never.}
  orphan: {part: fix, title: Orphan, gives: exchange, value: 10.00, say: Orphan.}
rules:
"""


def shop(*rules: str) -> Policy:
    """Return a policy with these rules; the kinds that none of them offers only warn."""
    return Policy.from_text(SHOP + "".join(f"  - {{id: r{n}, {r}}}\n" for n, r in enumerate(rules)))


def decide(
    policy: Policy, *, at: datetime | None = None, case: Any = None, own: Any = None, **known: Any
) -> Decision:
    placed = {"id": "A", "currency": "USD", "total": "40.00"}
    given = {"kind": "lost_package", "order": placed} | known
    return policy.decide(given, {"tier": "silver"}, facts=own or {}, at=at, case=case)


def texts(why_not: WhyNot) -> list[str]:
    return [each.text for each in why_not.nearest]


def test_it_tells_alternatives_in_one_line_the_smaller_change_first() -> None:
    policy = shop(
        "when: {incident.days_late: 5..}, offer: refund",
        "when: {customer.tier: gold}, offer: refund",
    )
    told = policy.why_not(decide(policy, days_late=2), "refund")
    assert told.text == "tier gold instead of silver, or 3 more days late"
    tier, late = told.nearest
    assert [(each.fact, each.before, each.after) for each in late.changes] == [
        ("incident.days_late", "2", "5")
    ]
    assert str(tier) == "tier gold instead of silver (customer.tier: silver -> gold)"
    assert not tier.changes[0].is_told
    assert late.remedy == decide(policy, days_late=5).remedies[0]


def test_what_is_offered_needs_no_change() -> None:
    told = POLICY.why_not(POLICY.decide(incident(), customer()), "reship")
    assert told.offered
    assert not told.nearest
    assert not told.blocked
    assert "it is offered already: nothing need be otherwise" in str(told)
    assert "it is offered already: nothing need be otherwise" in told._repr_html_()


def test_one_day_less_or_more_is_said_in_the_singular() -> None:
    policy = shop("when: {incident.days_late: ..2}, offer: refund")
    assert texts(policy.why_not(decide(policy, days_late=3), "refund")) == ["1 fewer day late"]


def test_an_unknown_fact_need_only_be_told() -> None:
    policy = shop("when: {incident.days_late: 5.., order.channel: [web, shop]}, offer: refund")
    (told,) = policy.why_not(decide(policy), "refund").nearest
    late, channel = told.changes
    assert late.is_told
    assert late.text == "days late turns out to be 5 or more"
    assert channel.text == "channel turns out to be web or shop"
    assert str(channel).endswith("(order.channel: unknown -> web)")


@pytest.mark.parametrize(
    ("test", "told", "after"),
    [
        ("incident.days_late: ..2", "days late turns out to be 2 or less", "2"),
        ("incident.days_late: 2..4", "days late turns out to be 2 to 4", "2"),
        ("incident.days_late: 3", "days late turns out to be 3", "3"),
        ("incident.days_late: {known: true}", "days late becomes known", "1"),
        (
            "order.gift_by: ..2026-11-20",
            "gift by turns out to be 2026-11-20 or earlier",
            "2026-11-20",
        ),
        (
            "order.gift_by: 2026-11-20..",
            "gift by turns out to be 2026-11-20 or later",
            "2026-11-20",
        ),
        ("order.waited: 48 hours..", "waited turns out to be 2 days or more", "2 days"),
        ("order.weight: 2.5<..", "weight turns out to be 2.51 or more", "2.51"),
        ("order.note: {known: true}", "note becomes known", "something else"),
        ("order.note: torn", "note turns out to be torn", "torn"),
        ("order.channel: {known: true}", "channel becomes known", "web"),
    ],
)
def test_what_would_do_as_well_is_told(test: str, told: str, after: str) -> None:
    policy = shop(f"when: {{{test}}}, offer: refund")
    (found,) = policy.why_not(decide(policy), "refund").nearest
    assert (found.text, found.changes[0].after) == (told, after)


def test_the_bounds_that_are_told_are_those_there_are() -> None:
    # A fifth of 0.02 is less than half a cent, and what is affected is part of an order of 40.00.
    policy = shop("offer: {refund: {value: incident.value_affected / 5}}")
    told = policy.why_not(decide(policy), "refund")
    assert texts(told) == ["value affected turns out to be 0.03 USD to 40.00 USD"]


def test_of_many_words_three_are_named() -> None:
    policy = shop("when: {incident.kind: {not: lost_package}}, offer: refund")
    (told,) = policy.why_not(decide(policy), "refund").nearest
    kinds = "delivered_not_received, late_delivery, missing_item or another"
    assert told.text == f"kind of incident {kinds} instead of lost_package"


def test_an_amount_is_told_with_its_currency_and_a_list_by_its_words() -> None:
    policy = shop(
        "when: {order.total: 50.00..}, offer: refund",
        "when: {incident.evidence: photo}, offer: credit",
    )
    decision = decide(policy, evidence=["letter"])
    assert texts(policy.why_not(decision, "refund")) == ["total 50.00 USD instead of 40.00 USD"]
    (listed,) = texts(policy.why_not(decision, "credit"))
    assert listed == "evidence [letter, photo] instead of [letter]"


# --- what goes in steps ---


CAPPED = """
policy: capped
version: "1"
currencies: [USD]
facts: {order.weight: {type: number, at_least: 0, means: of the parcel}}
define:
  weeks: round_down(incident.days_late, 7)
  part: "round_down(0.1 * order.total, 5)"
remedies:
  refund: {part: fix, title: Refund, gives: money_now, value: "VALUE", say: Money.}
rules:
  - {id: r, WHEN, offer: refund}
limits:
  - {id: l, of: any, at_most: "CAP", over: withhold}
"""


def capped(
    *, value: str = "5.00", cap: str = "900.00", when: str = "when: {incident.kind: lost_package}"
) -> Policy:
    """Return a policy of one refund under a cap."""
    return Policy.from_text(
        CAPPED.replace("VALUE", value).replace("CAP", cap).replace("WHEN", when)
    )


DOWN = "round_down(0.1 * order.total, 5)"
UP = "round_up(0.1 * order.total, 5) - 5"
SAWTOOTH = "0.1 * order.total - round_down(0.1 * order.total, 5)"  # up to 5.00, and down again


@pytest.mark.parametrize(
    ("value", "cap", "total", "nearest"),
    [
        (DOWN, "10.00", "40.00", "50.00"),
        (DOWN, "10.00", "450.00", "149.99"),
        (UP, "10.00", "40.00", "50.01"),
        (UP, "90.00", "9000.00", "950.00"),
        ("part", "10.00", "40.00", "50.00"),
        ("20.00", "round_down(0.1 * order.total, 8)", "40.00", "240.00"),
        (SAWTOOTH, "4.00", "70000.00", "70000.05"),  # half a cent
        (SAWTOOTH, "4.00", "70045.00", "70040.04"),  # not quite 4.005
    ],
)
def test_where_an_amount_goes_in_steps_the_nearest_step_that_will_do_is_found(
    value: str, cap: str, total: str, nearest: str
) -> None:
    policy = capped(value=value, cap=cap)
    placed = {"id": "A", "currency": "USD", "paid": "9999.00", "total": total}
    told = policy.why_not(decide(policy, order=placed), "refund")
    assert texts(told) == [f"total {nearest} USD instead of {total} USD"]


WEEKS_DOWN = "round_down(incident.days_late, 7)"
WEEKS_UP = "round_up(incident.days_late, 7)"
TENT = f"min({WEEKS_DOWN}, 40 - incident.days_late)"  # up in steps, and down on a line


@pytest.mark.parametrize(
    ("when", "late", "nearest"),
    [
        (f'where: "{WEEKS_DOWN} == 14"', 1, ["14"]),
        (f'where: "{WEEKS_DOWN} == 14"', 30, ["20"]),
        (f'where: "{WEEKS_DOWN} >= 14"', 1, ["14"]),
        (f'where: "{WEEKS_UP} > 14"', 1, ["15"]),
        (f'where: "{WEEKS_UP} - incident.days_late >= 3"', 27, ["25"]),
        (f'where: "{WEEKS_UP} - incident.days_late >= 3"', 7000, ["7001"]),
        (f'where: "{TENT} >= 20"', 0, []),
        (f'where: "{TENT} >= 14"', 99, ["26"]),
        ("when: {weeks: 14}", 1, ["14"]),
        ("when: {weeks: 14..21}", 99, ["27"]),
    ],
)
def test_where_a_condition_goes_in_steps_the_nearest_step_that_will_do_is_found(
    when: str, late: int, nearest: list[str]
) -> None:
    policy = capped(when=when)
    found = policy.why_not(decide(policy, days_late=late), "refund").nearest
    assert [change.after for each in found for change in each.changes] == nearest


def test_an_unknown_fact_that_counts_in_steps_is_told_with_both_its_bounds() -> None:
    policy = capped(when="when: {weeks: 14}")
    told = policy.why_not(decide(policy), "refund")
    assert texts(told) == ["days late turns out to be 14 to 20"]


def test_a_number_with_decimals_goes_in_steps_too() -> None:
    policy = capped(when='where: "round_up(order.weight * 3, 0.5) >= 2"')
    told = policy.why_not(decide(policy, own={"order.weight": "0.1"}), "refund")
    assert texts(told) == ["weight 0.5001 instead of 0.1"]


# --- times ---

ZONED = SHOP.replace("facts:", "timezone: America/New_York\nfacts:", 1)


def zoned(rule: str) -> Policy:
    """Return a policy of one rule in New York."""
    return Policy.from_text(f"{ZONED}  - {{id: r, {rule}}}\n")


def placed_at(moment: str | None) -> dict[str, str]:
    placed = {"id": "A", "currency": "USD", "total": "40.00"}
    return placed if moment is None else placed | {"placed_at": moment}


IN_DECEMBER = "from: 2026-12-05, until: 2026-12-10, offer: refund"


@pytest.mark.parametrize(
    ("rule", "moment", "told"),
    [
        (IN_DECEMBER, None, "it turns out to be placed on 2026-12-05 to 2026-12-10"),
        (
            "when: {order.placed_at: 2026-12-05T00:00..}, offer: refund",
            None,
            "it turns out to be placed on 2026-12-05 or later",
        ),
        (
            "when: {order.placed_at: ..2026-12-05T14:30}, offer: refund",
            None,
            "it turns out to be placed at 2026-12-05 14:30 or earlier",
        ),
        (
            IN_DECEMBER,
            "2026-11-02T10:17:33-05:00",
            "placed on 2026-12-05 instead of 2026-11-02 10:17:33",
        ),
        (
            IN_DECEMBER,
            "2026-12-14T10:00:00-05:00",
            "placed on 2026-12-10 instead of 2026-12-14 10:00",
        ),
        (IN_DECEMBER, "2026-12-02T00:00:00-05:00", "placed at 3 days later"),
        (
            "when: {order.placed_at: 2026-12-05T14:30..}, offer: refund",
            "2026-12-04T10:30:00-05:00",
            "placed at 1 day and 4 hours later",
        ),
    ],
)
def test_times_are_told_as_days_and_hours_of_the_policys_time_zone(
    rule: str, moment: str | None, told: str
) -> None:
    policy = zoned(rule)
    decision = policy.decide({"kind": "lost_package", "order": placed_at(moment)}, {})
    assert texts(policy.why_not(decision, "refund")) == [told]


def test_without_a_time_zone_times_are_told_in_utc() -> None:
    policy = shop("when: {order.placed_at: 2026-12-05T00:00Z..}, offer: refund")
    told = policy.why_not(decide(policy), "refund")
    assert texts(told) == ["it turns out to be placed at 2026-12-05 00:00 UTC or later"]


@pytest.mark.parametrize(
    ("test", "told"),
    [
        ("48 hours<..", "48 hours and 1 minute or more"),
        ("90 minutes..", "1 hour and 30 minutes or more"),
        ("..3 days", "3 days or less"),
    ],
)
def test_durations_are_told_in_days_or_else_in_hours_and_minutes(test: str, told: str) -> None:
    policy = shop(f"when: {{order.waited: {test}}}, offer: refund")
    found = policy.why_not(decide(policy), "refund")
    assert texts(found) == [f"waited turns out to be {told}"]


@pytest.mark.parametrize(
    ("apart", "told"),
    [
        (timedelta(seconds=1), "1 second"),
        (timedelta(days=32, hours=13, minutes=42, seconds=27), "about 32 days and 14 hours"),
        (timedelta(days=1, hours=23, minutes=59), "about 2 days"),
        (timedelta(hours=5, minutes=20), "5 hours and 20 minutes"),
    ],
)
def test_a_difference_is_told_in_its_two_largest_units(apart: timedelta, told: str) -> None:
    assert apart_text(apart) == told


# --- what may change ---


def test_the_moment_of_decision_is_told_where_it_is_unknown() -> None:
    policy = shop(
        "when: {incident.kind: lost_package}, where: at > incident.needed_by, offer: refund",
        "when: {incident.kind: damaged}, offer: refund",
    )
    decision = decide(policy, needed_by="2026-11-22T15:00:00Z")
    (told,) = policy.why_not(decision, "refund").nearest
    assert told.text == "decided at 2026-11-22 15:00:01 UTC or later"
    (change,) = told.changes
    assert (change.fact, change.is_told) == ("at", True)
    later = datetime.fromisoformat(change.after)
    assert told.remedy in decide(policy, needed_by="2026-11-22T15:00:00Z", at=later).remedies


def test_an_unknown_time_is_thought_after_what_has_happened() -> None:
    rule = "when: {order.placed_at: {known: true}}, where: at > incident.needed_by, offer: refund"
    policy = shop(rule)
    order = placed_at("2026-11-02T10:00:00Z")
    (told,) = policy.why_not(decide(policy, order=order), "refund").nearest
    assert {change.fact: change.after for change in told.changes} == {
        "at": "2026-11-02T10:00:00Z",
        "incident.needed_by": "2026-11-02T09:59:59Z",
    }


LINES: dict[str, Any] = {
    "order": {"id": "A", "currency": "USD", "lines": [{"id": "1", "price": "40.00"}]},
    "affected": ["1"],
}


def test_what_is_affected_is_never_worth_more_than_the_order() -> None:
    test = "incident.value_affected: 100.00.., order.total: ..50.00"
    policy = shop(f"when: {{{test}}}, offer: refund")
    told = policy.why_not(decide(policy, **LINES), "refund")
    assert not told.nearest
    both = shop("when: {incident.value_affected: 100.00..}, offer: refund")
    assert texts(both.why_not(decide(both, **LINES), "refund")) == [
        "value affected 100.00 USD instead of 40.00 USD and total 100.00 USD instead of 40.00 USD"
    ]


def test_the_lines_of_an_order_sold_at_a_discount_may_be_worth_more_than_its_total() -> None:
    policy = shop("when: {incident.value_affected: 100.00..}, offer: refund")
    reduced = {**LINES, "order": {**LINES["order"], "total": "30.00"}}
    told = policy.why_not(decide(policy, **reduced), "refund")
    assert texts(told) == ["value affected 100.00 USD instead of 40.00 USD"]


def test_where_a_fact_follows_from_the_lines_it_says_that_they_would_have_to_be_others() -> None:
    policy = shop("when: {incident.value_affected: ..30.00, customer.tier: gold}, offer: refund")
    told = policy.why_not(decide(policy, **LINES), "refund")
    (nearest,) = told.nearest
    assert [(each.fact, each.of_lines) for each in nearest.changes] == [
        ("customer.tier", False),
        ("incident.value_affected", True),
    ]
    note = "where this follows from the affected lines, the lines would have to be others"
    assert str(told).count(note) == 1
    assert f"40.00 -> 30.00\n     {note}" in str(told)


@pytest.mark.parametrize(
    ("rules", "clause"),
    [
        (["when: {incident.days_late: {known: false}}, offer: refund"], "a test of its own"),
        (["unless: {incident.days_late: {known: true}}, offer: refund"], "a test of its own"),
        (["where: not known(incident.days_late), offer: refund"], "a test of its own"),
        (["offer: refund", "when: {incident.days_late: {known: true}}, forbid: refund"], "r1"),
    ],
)
def test_what_would_have_to_be_unknown_is_named(rules: list[str], clause: str) -> None:
    policy = shop(*rules)
    told = policy.why_not(decide(policy, days_late=2), "refund")
    (blocked,) = told.blocked
    assert blocked == (
        f"r0: {clause} stands in the way: incident.days_late would have to be unknown, "
        "and what is known stays known"
    )


def test_what_need_not_be_unknown_is_searched() -> None:
    ways = "[{incident.days_late: {known: false}}, {incident.days_late: 5..}]"
    policy = shop(f"when: {{any: {ways}}}, offer: refund")
    assert texts(policy.why_not(decide(policy, days_late=2), "refund")) == ["3 more days late"]
    late = shop("unless: {incident.days_late: {known: true}, order.note: x}, offer: refund")
    told = late.why_not(decide(late, days_late=2, own={"order.note": "x"}), "refund")
    assert texts(told) == ["note something else instead of x"]


def test_the_kind_of_incident_changes_only_if_nothing_else_will_do() -> None:
    policy = shop(
        "when: {incident.kind: damaged}, offer: refund",
        "when: {incident.kind: defective}, offer: again",
        "when: {customer.tier: gold, incident.days_late: 3..}, offer: refund",
    )
    decision = decide(policy, days_late=1)
    assert texts(policy.why_not(decision, "refund")) == [
        "tier gold instead of silver and 2 more days late"
    ]
    assert texts(policy.why_not(decision, "again")) == [
        "kind of incident defective instead of lost_package"
    ]


def test_protected_facts_and_ids_never_change() -> None:
    policy = shop(
        "when: {customer.need: true}, entitle: refund", "when: {order.id: B}, offer: again"
    )
    decision = decide(policy)
    refund, again = (policy.why_not(decision, kind) for kind in ("refund", "again"))
    assert not refund.nearest
    assert refund.blocked == (
        (
            "r0: a test of its own stands in the way, "
            "and depends only on what does not change: customer.need"
        ),
    )
    assert "order.id" in again.blocked[0]


def test_a_personal_fact_is_not_shown() -> None:
    policy = shop("when: {customer.age: 65..}, offer: refund")
    (told,) = policy.why_not(decide(policy, own={"customer.age": 41}), "refund").nearest
    assert told.changes[0].before == "(personal)"
    assert told.text == "age 65 instead of what it is"
    assert "41" not in str(told)


def test_what_follows_from_times_changes_through_them_and_is_told() -> None:
    policy = shop("when: {incident.days_late: 5..}, offer: refund")
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    decision = decide(policy, promised_by="2026-11-21T12:00:00Z", at=now)
    later, earlier = policy.why_not(decision, "refund").nearest
    assert later.text == "decided 3 days later"
    assert earlier.text == "promised by 3 days earlier"
    assert [str(each) for each in later.follows] == [
        "3 more days late (incident.days_late: 2 -> 5)"
    ]
    assert "     then incident.days_late: 2 -> 5" in str(policy.why_not(decision, "refund"))


def test_the_moment_of_decision_never_gets_earlier() -> None:
    policy = shop("when: {incident.days_late: ..1}, offer: refund")
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    decision = decide(policy, promised_by="2026-11-21T12:00:00Z", at=now)
    facts = {
        change.fact
        for each in policy.why_not(decision, "refund").nearest
        for change in each.changes
    }
    assert facts == {"incident.promised_by", "incident.delivered_at"}


def test_promises_change_how_often_the_recovery_failed_but_past_offers_stay() -> None:
    policy = shop("when: {case.deviation_level: 2..}, offer: refund")
    case = {"offers": [{"kind": "credit", "status": "refused"}]}
    (told,) = policy.why_not(decide(policy, case=case), "refund").nearest
    assert told.text == "1 more promise broken"
    assert [each.fact for each in told.follows] == ["case.deviation_level"]


def test_what_was_refused_stays_refused() -> None:
    policy = shop("when: {incident.kind: lost_package}, offer: refund")
    case = {"offers": [{"kind": "refund", "value": "20.00", "status": "refused"}]}
    told = policy.why_not(decide(policy, case=case), "refund")
    assert told.standing == "withheld, refused (refused)"
    assert told.blocked == (
        "r0: the customer refused it before, and what it is worth depends on nothing",
    )
    assert told.blocked[0] in str(told)


def test_of_no_affected_unit_nothing_can_be_said() -> None:
    policy = shop(
        "when: {incident.hazardous: true}, offer: refund",
        "when: {incident.items_affected: 2..}, offer: credit",
    )
    decision = decide(policy, affected=[])
    assert texts(policy.why_not(decision, "refund")) == [
        "hazardous true instead of false and items affected 1 instead of 0"
    ]
    assert texts(policy.why_not(decision, "credit")) == ["items affected 2 instead of 0"]


# --- what holds back ---


def test_what_forbids_must_go() -> None:
    policy = Policy.from_text(TEXT)
    decision = policy.decide(incident(), customer(), facts={"order.channel": "app"})
    told = policy.why_not(decision, "full_refund")
    assert told.standing == "withheld, forbidden (no.app.refund)"
    assert texts(told) == ["channel web instead of app"]


def test_what_takes_its_room_in_the_plan_must_go_too() -> None:
    policy = shop(
        "when: {order.weight: 5..}, offer: again",
        "when: {order.channel: [web, app]}, offer: refund",
        "when: {order.note: beside}, forbid: refund",
    )
    decision = decide(policy, own={"order.weight": "1", "order.channel": "web", "order.note": "x"})
    for_again = policy.why_not(decision, "again", most=9).nearest
    own = [{change.fact: change.after for change in each.changes} for each in for_again]
    assert {"order.channel": "shop", "order.weight": "5"} in own
    assert {"order.note": "beside", "order.weight": "5"} in own


def test_a_ceiling_leaves_room_if_less_was_given_or_more_was_bought() -> None:
    policy = Policy.from_text(TEXT.replace("over: reduce", "over: withhold"))
    decision = policy.decide(incident(), customer())
    told = policy.why_not(decision, "credit")
    assert told.standing == "withheld, over_limit (goodwill.cap)"
    assert texts(told) == ["total 74.98 USD instead of 60.00 USD"]  # 20 % are 14.996
    short = policy.decide(incident(order=order(total="74.97")), customer())
    assert policy.why_not(short, "credit").text == "total 74.98 USD instead of 74.97 USD"


def test_what_no_rule_offers_cannot_come() -> None:
    policy = shop("when: {incident.kind: lost_package}, offer: refund")
    told = policy.why_not(decide(policy), "orphan")
    assert told.blocked == ("no rule of the policy offers it",)
    assert (told.tried, told.gave_up) == (0, False)


def test_what_is_always_forbidden_says_so() -> None:
    policy = shop(
        "when: {incident.days_late: 1..}, offer: never",
        "forbid: never",
    )
    told = policy.why_not(decide(policy, days_late=3), "never")
    assert told.blocked == ("r0: r1 stands in the way, whatever the facts are",)


def test_where_more_than_three_facts_would_have_to_change_none_are_told() -> None:
    policy = shop(
        "when: {customer.tier: gold, incident.days_late: 3.., order.channel: app, "
        "incident.severity: major}, offer: refund"
    )
    told = policy.why_not(decide(policy, days_late=1), "refund")
    (blocked,) = told.blocked
    assert blocked.startswith("no change of up to 3 facts that would offer it was found; ")
    assert blocked.endswith(f"{told.tried} situations were tried")


# --- arguments and views ---


def test_another_policys_decision_is_refused() -> None:
    with pytest.raises(InputError, match="digest"):
        shop("offer: refund").why_not(POLICY.decide(incident(), customer()), "refund")


def test_wrong_arguments_are_refused_with_their_value() -> None:
    decision = POLICY.decide(incident(), customer())
    with pytest.raises(ValueError, match="kind='full_refnd'; did you mean 'full_refund'"):
        POLICY.why_not(decision, "full_refnd")
    with pytest.raises(ValueError, match="most=0 is less than 1"):
        POLICY.why_not(decision, "full_refund", most=0)


def test_in_a_notebook_it_is_a_list_with_everything_escaped() -> None:
    policy = shop('when: {order.note: "<b>"}, offer: refund', "offer: again")
    html = policy.why_not(decide(policy), "refund")._repr_html_()
    assert "<li>note turns out to be &lt;b&gt; (order.note: unknown -&gt; &lt;b&gt;)" in html
    assert "20.00 USD" in html
    none = policy.why_not(decide(policy), "orphan")._repr_html_()
    assert "<li>no rule of the policy offers it</li>" in none


def test_the_condition_of_all_perks_must_hold_for_a_perk() -> None:
    perks = TEXT.replace("covers: [perk]\n", "").replace("limits:", GATE)
    policy = Policy.from_text(perks.replace("remedies:", DESERVED, 1))
    told = policy.why_not(policy.decide(incident(), customer()), "credit")
    assert told.standing == "withheld, forbidden (perk_when)"
    assert texts(told) == ["tier vip instead of gold and channel turns out to be web"]


DESERVED = """\
  deserved: {order.channel: web, customer.tier: vip}
remedies:"""
GATE = """\
  - {id: likes.credit, adjust: {of: credit, points: 20}}
ranking: {perk_when: deserved}
limits:"""


def test_a_search_that_ends_early_says_so() -> None:
    names = [f"order.f{number}" for number in range(12)]
    facts = "".join(f"  {name}: {{values: [a, b, c, d, e], means: x}}\n" for name in names)
    ways = ", ".join(
        f"{{{', '.join(f'{each}: a' for each in names[n : n + 4])}}}" for n in range(9)
    )
    text = SHOP.replace("  order.note", f"{facts}  order.note")
    policy = Policy.from_text(f"{text}  - {{id: r0, when: {{any: [{ways}]}}, offer: refund}}\n")
    told = policy.why_not(decide(policy, own=dict.fromkeys(names, "e")), "refund")
    assert told.gave_up
    (blocked,) = told.blocked
    assert blocked.endswith(f"{told.tried} situations were tried, which is where the search ends")


def test_what_a_search_that_ended_early_has_found_is_told_with_a_warning() -> None:
    policy = shop("when: {customer.tier: gold}, offer: refund")
    told = replace(policy.why_not(decide(policy), "refund"), gave_up=True)
    assert str(told).endswith("there may be smaller changes")
