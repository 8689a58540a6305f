"""When time alone changes a decision: each fact that moves, and each side of its boundaries."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from remedykit import Decision, InputError, Policy

AT = datetime(2026, 11, 20, 15, tzinfo=UTC)  # ten in the morning in New York, a Friday
MICROSECOND = timedelta(microseconds=1)
HEAD = """
policy: later
version: "1"
currencies: [USD]
timezone: America/New_York
calendars: {shop: {from: 2026-01-01, until: 2027-06-30, weekend: [saturday, sunday], holidays: []}}
params:
  patience: {value: 36 hours, type: duration, why: x}
  each: {value: 0.50, unit: USD, type: money, why: x}
facts:
  order.waited: {type: duration, means: x}
  case.not_scanned:
    {after: label_created, without: scanned, same: parcel, for: patience, means: x}
  case.recent: {count: {event: contact, by: customer}, within: 2 days, means: x}
define:
  late: {incident.days_late: 3..}
  burden: incident.days_late + case.age_days
remedies:
  sorry: {part: apology, title: S, apology: {regret: true}, say: x}
  money: {part: fix, title: M, gives: money_now, value: 2.00, resolved_in_days: 1.5, say: x}
  again: {part: fix, title: A, gives: exchange, value: 3.00, say: x}
  cause: {part: explanation, title: W, explains: cause, say: x}
  news: {part: explanation, title: N, explains: status, say: x}
  gift: {part: perk, title: G, gives: money_later, value: 20.00, cost: 1.00, say: x}
rules:
  - {id: always, where: order.total >= 0.00, offer: sorry}
"""
TIMES = {
    "promised_by": "2026-11-18T12:00:00Z",
    "needed_by": "2026-11-23T00:00:00Z",
    "discovered_at": "2026-11-19T14:00:00Z",
}


def decided(
    rules: str,
    *,
    events: tuple[Mapping[str, object], ...] = (),
    case: Mapping[str, object] | None = None,
    at: datetime | None = AT,
    placed_at: str | None = "2026-11-10T12:00:00Z",
    head: str = HEAD,
    **fields: object,
) -> tuple[Policy, Decision]:
    """Decide by a policy with some rules."""
    policy = Policy.from_text(head + rules)
    order = {
        "id": "A",
        "currency": "USD",
        "placed_at": placed_at,
        "lines": [{"id": "1", "price": "90.00"}],
    }
    incident = {"kind": "late_delivery", "order": order, "affected": ["1"], **TIMES, **fields}
    told = {"events": [*events]} if case is None else case
    own = {"order.waited": "30 hours"}
    return policy, policy.decide(incident, {}, case=told, facts=own, at=at)


def when(test: str, effect: str = "offer: money", name: str = "r") -> str:
    return f"  - {{id: {name}, when: {{{test}}}, {effect}}}\n"


def where(condition: str, effect: str = "offer: money", name: str = "r") -> str:
    return f"  - {{id: {name}, where: '{condition}', {effect}}}\n"


def instants(found: tuple[Policy, Decision], most: int = 8) -> list[tuple[str, str]]:
    """Return when something changes, as short as it can be told, and why."""
    policy, decision = found
    return [(_short(each.at), each.because) for each in policy.upcoming(decision, most=most)]


def _short(at: datetime) -> str:
    text = at.isoformat().removesuffix("+00:00").removeprefix("2026-").removesuffix(":00")
    return text.replace(":00.000001", "+")  # a microsecond later


# --- each fact that moves -----------------------------------------------------------------------


def test_days_late_grow_with_each_day_after_the_promised_time() -> None:
    assert instants(decided(when("incident.days_late: 3..4"))) == [
        ("11-21T12:00", "3 days after the promised time"),
        ("11-23T12:00", "5 days after the promised time"),
    ]
    assert instants(decided(when("incident.days_late: 3..4"), promised_by=AT.isoformat())) == [
        ("11-23T15:00", "3 days after the promised time"),
        ("11-25T15:00", "5 days after the promised time"),
    ]


def test_days_late_stand_still_once_it_is_delivered_or_where_they_are_only_told() -> None:
    rule = when("incident.days_late: 3..")
    assert instants(decided(rule, delivered_at="2026-11-19T12:00:00Z")) == []
    assert instants(decided(rule, promised_by=None, days_late=2)) == []
    told = decided(rule, days_late=2)
    assert instants(told) == [("11-21T12:00", "3 days after the promised time")]


def test_a_case_grows_older_however_it_is_told() -> None:
    rule = when("case.age_days: 2")
    expected = [
        ("11-21T09:00", "2 days since the case was opened"),
        ("11-22T09:00", "3 days since the case was opened"),
    ]
    contact = {"type": "contact", "at": "2026-11-19T09:00:00Z"}
    assert instants(decided(rule, events=(contact,))) == expected
    assert instants(decided(rule, case={"opened_at": "2026-11-19T09:00:00Z"})) == expected
    assert instants(decided(rule, case={})) == []


ASKED = {"type": "seller_asked", "at": "2026-11-19T15:30:00Z"}


def test_hours_of_waiting_grow_until_who_is_waited_for_has_nothing_to_do_any_more() -> None:
    rule = when("case.hours_waiting: 48..")
    assert instants(decided(rule, events=(ASKED,))) == [
        ("11-21T15:30", "48 hours since the customer asked the seller")
    ]
    offer = {
        "type": "offer_made",
        "at": "2026-11-20T10:00:00Z",
        "kind": "money",
        "due": "2026-11-22T12:30:00Z",
    }
    assert instants(decided(rule, events=(offer,))) == [
        ("11-22T10:00", "48 hours since money was offered"),
        ("11-22T12:30", "the offer of money expires"),
    ]


def test_an_offer_expires_and_a_promise_is_broken_at_its_due() -> None:
    offer = {
        "type": "offer_made",
        "at": "2026-11-20T10:00:00Z",
        "kind": "again",
        "due": "2026-11-20T20:00:00Z",
    }
    promise = {
        "type": "promise_made",
        "at": "2026-11-20T11:00:00Z",
        "by": "seller",
        "due": "2026-11-21T08:00:00Z",
    }
    events = (offer, promise)
    assert instants(decided(when("case.deviation_level: 1"), events=events)) == [
        ("11-20T20:00", "the offer of again expires"),
        ("11-21T08:00", "the time of a promise of the seller is over"),
    ]
    anonymous = {**promise, "by": None}
    assert instants(decided(when("case.promises_broken: 1.."), events=(anonymous,))) == [
        ("11-21T08:00", "the time of a promise is over")
    ]
    assert instants(decided(when("case.waiting_on: customer"), events=(offer,))) == [
        ("11-20T20:00", "the offer of again expires")
    ]
    assert instants(decided(when("case.hours_waiting: 5.."), events=(promise,))) == [
        ("11-20T16:00", "5 hours since a promise of the seller was made")
    ]
    kept = {"type": "promise_kept", "at": "2026-11-20T12:00:00Z"}
    assert instants(decided(when("case.promises_broken: 1.."), events=(promise, kept))) == []


def test_of_what_is_due_at_one_instant_only_that_is_told_which_moves_the_fact() -> None:
    told = {"at": "2026-11-20T10:00:00Z", "due": "2026-11-20T20:00:00Z"}
    events = (
        {"type": "promise_made", "by": "seller", **told},
        {"type": "claim_filed", **told},
        {"type": "offer_made", "kind": "again", **told},
    )
    expires, broken = "the offer of again expires", "the time of a promise of the seller is over"
    expected = {
        "case.waiting_on: customer": expires,
        "case.promises_broken: 1..": broken,
        "case.deviation_level: 2..": f"{broken}; {expires}",
    }
    for test, because in expected.items():
        assert instants(decided(when(test), events=events)) == [("11-20T20:00", because)]


def test_a_reason_says_who_did_what_time_is_reckoned_from() -> None:
    head = HEAD.replace("{event: contact, by: customer}", "{event: contact, by: shop}")
    contact = {"type": "contact", "at": "2026-11-19T10:00:00Z", "by": "shop"}
    another = {**contact, "by": "customer"}  # it is not counted
    found = decided(when("case.recent: 0"), events=(contact, another), head=head)
    assert instants(found) == [("11-21T10:00", "2 days since the shop got in touch")]


def test_an_absence_begins_at_the_very_end_of_its_time() -> None:
    label = {"type": "label_created", "at": "2026-11-19T12:00:00Z", "parcel": "1"}
    assert instants(decided(when("case.not_scanned: true"), events=(label,))) == [
        ("11-21T00:00", "36 hours since the label of a parcel was printed")
    ]
    scan = {"type": "scanned", "at": "2026-11-19T18:00:00Z", "parcel": "1"}
    assert instants(decided(when("case.not_scanned: true"), events=(label, scan))) == []


def test_an_event_leaves_a_count_at_the_very_end_of_its_window() -> None:
    contacts = tuple(
        {"type": "contact", "at": f"2026-11-{day}:00:00Z"} for day in ("19T10", "19T20", "20T09")
    )
    assert instants(decided(when("case.recent: ..1"), events=contacts)) == [
        ("11-21T20:00", "2 days since the customer got in touch")
    ]


# --- the moment of decision in comparisons ------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("at >= incident.needed_by", [("11-23T00:00", "incident.needed_by is reached")]),
        ("at > incident.needed_by", [("11-23T00:00+", "incident.needed_by has passed")]),
        ("at < incident.needed_by", [("11-23T00:00", "incident.needed_by is reached")]),
        ("incident.needed_by >= at", [("11-23T00:00+", "incident.needed_by has passed")]),
        (
            "at == incident.needed_by",
            [
                ("11-23T00:00", "incident.needed_by is reached"),
                ("11-23T00:00+", "incident.needed_by has passed"),
            ],
        ),
        (
            "at >= incident.discovered_at + hours(25)",  # reached just now
            [],
        ),
        (
            "at <= incident.discovered_at + hours(25)",
            [("11-20T15:00+", "incident.discovered_at + hours(25) has passed")],
        ),
        (
            "at - incident.discovered_at >= order.waited",
            [("11-20T20:00", "from then on: at - incident.discovered_at >= order.waited")],
        ),
        (
            "at + days(1) <= incident.needed_by",
            [("11-22T00:00+", "no longer: at + days(1) <= incident.needed_by")],
        ),
        (
            "at - incident.needed_by > -order.waited",
            [("11-21T18:00+", "from then on: at - incident.needed_by > -order.waited")],
        ),
        (
            "abs(at - incident.needed_by) <= order.waited",
            [
                ("11-21T18:00", "from then on: abs(at - incident.needed_by) <= order.waited"),
                ("11-24T06:00+", "no longer: abs(at - incident.needed_by) <= order.waited"),
            ],
        ),
        (
            "max(at, incident.needed_by) > incident.needed_by",
            [("11-23T00:00+", "from then on: max(at, incident.needed_by) > incident.needed_by")],
        ),
        (  # twice as fast
            "at - incident.discovered_at >= incident.needed_by - at",
            [
                (
                    "11-21T07:00",
                    "from then on: at - incident.discovered_at >= incident.needed_by - at",
                )
            ],
        ),
        ("at >= order.placed_at", []),
        ("at >= incident.needed_by + days(400)", []),  # beyond the horizon
    ],
)
def test_the_moment_of_decision_passes_times(
    condition: str, expected: list[tuple[str, str]]
) -> None:
    assert instants(decided(where(condition))) == expected


def test_a_day_begins_where_the_policy_lives() -> None:
    found = instants(decided(when("at: 2026-11-22..2026-11-23")))
    assert [at for at, _ in found] == ["11-22T05:00", "11-24T05:00"]


def test_working_days_jump_where_a_local_day_ends() -> None:
    # On Friday, Saturday and Sunday, the next working day is Monday: at the same time of day.
    found = decided(
        where("at + working_days(1, shop) < incident.needed_by"), needed_by="2026-11-23T20:00:00Z"
    )
    assert [at for at, _ in instants(found)] == [
        *("11-20T20:00", "11-21T05:00", "11-21T20:00", "11-22T05:00", "11-22T20:00")
    ]


@pytest.mark.parametrize(
    ("at", "condition", "needed_by", "expected"),
    [
        # The clocks skip an hour on 8 March: 2:30 becomes 3:30, and 3:00 comes before that.
        (
            "2026-03-07T00:00Z",
            "at + days(1) >= incident.needed_by",
            "2026-03-08T07:30Z",
            ["03-07T07:30", "03-07T08:00", "03-07T08:30"],
        ),
        # They show an hour twice on 1 November; the first is meant.
        (
            "2026-10-31T00:00Z",
            "at + days(1) >= incident.needed_by",
            "2026-11-01T06:30Z",
            ["10-31T06:00"],
        ),
        (
            "2026-11-01T00:00Z",
            "at + days(1) == incident.needed_by",
            "2026-11-02T06:30Z",
            ["11-01T05:30", "11-01T05:30+", "11-01T06:30", "11-01T06:30+"],
        ),
        # Backwards: the later it is, the earlier is what is counted from it.
        (
            "2026-03-07T00:00Z",
            "incident.needed_by - (at - incident.discovered_at) - days(1) < incident.promised_by",
            "2026-03-11T12:00Z",
            ["03-09T12:00+"],
        ),
    ],
)
def test_days_are_counted_by_the_clocks_of_the_policy(
    at: str, condition: str, needed_by: str, expected: list[str]
) -> None:
    found = decided(
        where(condition),
        at=datetime.fromisoformat(at),
        placed_at=None,
        promised_by="2026-03-08T12:00Z",
        needed_by=needed_by,
        discovered_at="2026-03-07T12:00Z" if "discovered" in condition else None,
    )
    assert [each for each, _ in instants(found)] == expected


# --- the ranking's clock ------------------------------------------------------------------------

WORDS = """
  - {id: words, where: order.total >= 0.00, offer: [money, cause, news, gift]}
  - {id: better, where: order.total >= 0.00, adjust: {of: news, points: 1}}
  - {id: dear, where: order.total >= 0.00, adjust: {of: gift, points: -6}}
"""


def test_the_ranking_asks_whether_an_apology_comes_in_time_and_a_recovery_is_slow() -> None:
    policy, decision = decided(WORDS, discovered_at=AT.isoformat())
    late, slow = policy.upcoming(decision)
    assert late.at == AT + timedelta(hours=24) + MICROSECOND
    assert late.because == "more than 1 day since the discovery"
    assert late.changes == ("cause leaves the plan", "news joins the plan")
    assert slow.at == AT + timedelta(days=1.5) + MICROSECOND  # and as long until the money is there
    assert slow.because == "more than 36 hours since the discovery"
    assert slow.offers == ("gift",)


def test_without_a_discovery_the_ranking_has_no_clock() -> None:
    assert instants(decided(WORDS, discovered_at=None)) == []


# --- amounts and what else may change -----------------------------------------------------------


def test_an_amount_may_change_with_every_day() -> None:
    value = 'offer: {money: {value: "each * incident.days_late * 0.2"}}'
    policy, decision = decided(where("order.total >= 0.00", value))
    first, second, *_ = found = policy.upcoming(decision)
    assert len(found) == 8
    assert (_short(first.at), first.changes) == ("11-21T12:00", (change("0.20", "0.30"),))
    assert (_short(second.at), second.changes) == ("11-22T12:00", (change("0.30", "0.40"),))
    assert len(policy.upcoming(decision, most=1000)) == 400  # one a day, until the horizon


def change(before: str, after: str) -> str:
    return f"value of money: {before} USD -> {after} USD"


def test_an_amount_that_no_longer_grows_is_no_change() -> None:
    rounded = 'offer: {money: {value: "min(each * round_up(burden, 3), 4.00)"}}'
    found = decided(where("order.total >= 0.00", rounded), case={"opened_at": AT.isoformat()})
    policy, decision = found
    assert [each.changes for each in policy.upcoming(decision)] == [
        (change("1.50", "3.00"),),
        (change("3.00", "4.00"),),
    ]
    assert instants(found)[0] == ("11-21T15:00", "1 day since the case was opened")


def test_what_a_remedy_is_worth_is_tested_as_it_grows() -> None:
    offer = 'offer: {money: {value: "each * incident.days_late"}}'
    approval = when("remedy.value: 2.20..", "ask_approval: {of: money, by: lead}", "s")
    policy, decision = decided(where("order.total >= 0.00", offer) + approval)
    (asks,) = [each for each in policy.upcoming(decision) if len(each.changes) > 1]
    assert asks.because == "5 days after the promised time"
    assert asks.changes == (change("2.00", "2.50"), "approval of money: lead")
    assert (asks.offers, asks.withdraws) == ((), ())


def test_limits_hand_overs_and_due_times_that_are_reckoned_from_facts_change() -> None:
    rules = where("order.total >= 0.00") + when("late: true", "hand_over: desk", "s")
    policy, decision = decided(rules)
    assert [each.changes for each in policy.upcoming(decision)] == [("hand over to desk",)]
    limit = (
        "limits: [{id: l, of: money, at_most: each * incident.days_late, over: reduce, why: x}]\n"
    )
    policy, decision = decided(where("order.total >= 0.00") + limit)
    assert [(_short(each.at), each.changes) for each in policy.upcoming(decision)] == [
        ("11-21T12:00", (change("1.00", "1.50"),)),
        ("11-22T12:00", (change("1.50", "2.00"),)),
    ]
    due = "{money: {due: order.placed_at + days(incident.days_late)}}"
    policy, decision = decided(where("order.total >= 0.00", f"offer: {due}"))
    first, second, *_ = policy.upcoming(decision)
    assert first.changes == ("money is due: 2026-11-12T12:00:00Z -> 2026-11-13T12:00:00Z",)
    assert _short(second.at) == "11-22T12:00"


def test_a_due_time_that_is_reckoned_from_the_moment_of_decision_is_no_change() -> None:
    due = "offer: {money: {due: at + days(2)}}"
    assert instants(decided(where("order.total >= 0.00", due))) == []
    right = when("late: true", "entitle: {money: {due: order.placed_at + days(30)}}", "s")
    policy, decision = decided(where("order.total >= 0.00", due) + right)
    (only,) = policy.upcoming(decision)
    assert only.changes == (  # a right of the same value has a due of its own
        "basis of money: standard -> entitlement",
        "money is due: 2026-11-23T11:59:59.999999Z -> 2026-12-10T12:00:00Z",
    )
    until = when("incident.days_late: ..2", "offer: {money: {value: 3.00, due: at + days(2)}}")
    always = where(
        "order.total >= 0.00", "entitle: {money: {due: order.placed_at + days(30)}}", "s"
    )
    policy, decision = decided(until + always)
    (only,) = policy.upcoming(decision)  # what it was just before, and what it is from then on
    assert only.changes == (
        change("3.00", "2.00"),
        "money is due: 2026-11-23T11:59:59.999999Z -> 2026-12-10T12:00:00Z",
    )


# --- several instants, and the ends -------------------------------------------------------------


def test_each_instant_is_told_against_the_one_before_it() -> None:
    rules = when("incident.days_late: 3..") + when("incident.days_late: 4..", "offer: again", "s")
    policy, decision = decided(rules + where("at > incident.needed_by", "forbid: again", "t"))
    first, second, third = policy.upcoming(decision)
    assert (first.offers, first.withdraws, first.plan) == (("money",), (), ("money", "sorry"))
    assert (second.offers, second.withdraws) == (("again",), ("money",))
    assert (third.offers, third.withdraws, third.plan) == (("money",), ("again",), first.plan)
    assert policy.upcoming(decision, most=2) == (first, second)


def test_what_passes_at_one_instant_is_told_together() -> None:
    rules = when("incident.days_late: 3..") + when("case.age_days: 5..", "hand_over: desk", "s")
    found = decided(rules, case={"opened_at": "2026-11-16T12:00:00Z"})
    assert instants(found) == [
        ("11-21T12:00", "3 days after the promised time; 5 days since the case was opened")
    ]


def test_a_decision_without_its_moment_has_nothing_upcoming() -> None:
    assert instants(decided(when("incident.days_late: 3.."), at=None)) == []


def test_at_the_end_of_time_nothing_overflows() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    rules = where("at + days(2) > incident.needed_by")
    rules += when("case.not_scanned: true", name="s") + when("case.hours_waiting: 3..", name="t")
    label = {"type": "label_created", "at": last - timedelta(hours=1), "parcel": "1"}
    asked = {"type": "seller_asked", "at": last - timedelta(minutes=1)}
    assert instants(decided(rules, at=last, events=(label, asked))) == []


def test_a_discovery_at_the_end_of_time_leaves_the_ranking_no_time_to_look_at() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    half_a_day, a_day = timedelta(hours=12), timedelta(days=1)
    for discovered, at in ((last, AT), (last - half_a_day, AT), (last - half_a_day, last)):
        assert instants(decided(WORDS, discovered_at=discovered, at=at)) == []
    late = decided(WORDS, discovered_at=last - a_day - MICROSECOND, at=last - a_day)
    ((_, because),) = instants(late)  # the clock goes as far as there is time
    assert because == "more than 1 day since the discovery"


def test_a_stored_decision_tells_the_same() -> None:
    policy, decision = decided(when("case.hours_waiting: 48.."), events=(ASKED,))
    found = policy.upcoming(decision)
    text = decision.to_json(upcoming=found)
    assert text.endswith(
        '"upcoming":[{"at":"2026-11-21T15:30:00Z","because":"48 hours since the customer asked the '
        'seller","offers":["money"],"withdraws":[],"plan":["money","sorry"],"changes":[]}]}'
    )
    assert policy.upcoming(Decision.from_json(text)) == found
    with pytest.raises(InputError, match=r"decision\.upcoming"):
        Decision.from_json(text.replace('"changes":[]}]}', '"changes":7}]}'))


def test_what_cannot_be_asked_for_is_refused() -> None:
    policy, decision = decided(when("incident.days_late: 3.."))
    with pytest.raises(ValueError, match="most=0 is less than 1"):
        policy.upcoming(decision, most=0)
    with pytest.raises(InputError, match="digest"):
        Policy.shipped("nurture").upcoming(decision)


@pytest.mark.parametrize(
    ("measure", "gauge", "expected"),
    [
        ("perk_when", "{incident.days_late: ..4}", [("11-23T12:00", ("gift",), ())]),
        (
            "loss",
            "each * incident.days_late",  # what the fix is worth until the fourth day
            [("11-23T12:00", (), ("hand over to person",))],
        ),
        ("risk", "incident.days_late * 50", []),  # it weighs on every plan with a fix alike
    ],
)
def test_what_the_ranking_measures_by_brings_an_instant_where_it_turns_the_decision(
    measure: str, gauge: str, expected: list[tuple[str, tuple[str, ...], tuple[str, ...]]]
) -> None:
    head = HEAD.replace("remedies:\n", f"  gauge: {gauge}\nremedies:\n")
    rules = where("order.total >= 0.00", "offer: [money, gift]")
    ranking = f"ranking: {{{measure}: gauge}}\n"
    policy, decision = decided(rules + ranking, head=head, discovered_at=None)
    found = [each for each in policy.upcoming(decision) if _short(each.at) < "12-01"]
    assert [(_short(each.at), each.withdraws, each.changes) for each in found] == expected


def test_the_merchants_own_work_that_comes_and_goes_is_a_change() -> None:
    policy, decision = decided(when("incident.days_late: 3..4", "todo: [call]"))
    come, gone = policy.upcoming(decision)
    assert (come.at, come.changes) == (datetime(2026, 11, 21, 12, tzinfo=UTC), ("todo call",))
    assert (gone.at, gone.changes) == (datetime(2026, 11, 23, 12, tzinfo=UTC), ("no todo call",))
