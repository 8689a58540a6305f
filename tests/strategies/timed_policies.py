"""Small policies that read the time, over moments on whole hours: every hour can be tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from remedykit import Decision, Policy

HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)
# On the night between the first two of these days the clocks of New York go back.
FIRST = datetime(2026, 10, 31, 12, tzinfo=UTC)
HOURS = 24 * 4
_ZONE = ZoneInfo("America/New_York")
_TESTS = (
    "incident.days_late: 1..",
    "incident.days_late: 1..2",
    "incident.days_late: {not: 2}",
    "incident.days_late: [0, 3..]",
    "case.age_days: 2..",
    "case.age_days: {not: 1..3}",
    "case.hours_waiting: 30..",
    "case.hours_waiting: [..3, 50<..60]",
    "case.waiting_on: customer",
    "case.waiting_on: {not: [seller, nobody]}",
    "case.deviation_level: 1..",
    "case.promises_broken: 1..",
    "case.not_scanned: true",
    "case.not_scanned: false",
    "case.unanswered: true",
    "case.recent: 1",
    "case.recent: 2..",
    "at: 2026-11-02..",
    "late: true",
    "late: false",
    "burden: 3..",
    "burden: {known: false}",
    "deadline: ..2026-11-03",
    "until: true",
)
_WHERE = (
    "at >= order.placed_at + hours(30)",
    "at > incident.needed_by",
    "at < incident.needed_by",
    "at == incident.needed_by",
    "at + days(1) <= incident.needed_by",
    "at - days(1) >= order.placed_at",
    "at + working_days(2, shop) <= incident.needed_by",
    "incident.needed_by - working_days(1, shop) < at",
    "at - incident.needed_by >= order.waited",
    "incident.needed_by - (at - order.placed_at) <= order.placed_at + days(1)",
    "abs(at - incident.needed_by) <= order.waited",
    "max(at, incident.needed_by) < order.placed_at + days(3)",
    "at >= order.placed_at + days(incident.days_late)",
    "deadline < incident.needed_by",
    "deadline == incident.needed_by + hours(3)",
    "known(deadline)",
    "at - hours(2) > deadline",
    "burden * 2 > incident.days_late + 3",
    "incident.days_late >= case.age_days",
    "case.hours_waiting >= 24 * incident.days_late",
    "case.hours_waiting - 5 * case.recent > 20",
    "at >= order.placed_at + hours(case.hours_waiting)",
)
_VALUES = (
    "1.00",
    "each * (1 + incident.days_late)",
    "each * round_up(incident.days_late, 2) + 0.10",
    "min(each * (1 + case.age_days), 0.03)",
    "each * round_down(case.hours_waiting, 7)",
    "each * (1 + case.recent)",
    "each * burden",
)
_DUES = (
    "order.placed_at + days(9)",
    "order.placed_at + days(incident.days_late)",
    "at + hours(30)",
    "at + working_days(1, shop)",
    "deadline",
)
_EFFECTS = (
    "offer: {money: {value: 0.07}}",
    "forbid: money",
    "hand_over: desk",
    "todo: [call]",
    "ask_approval: {of: money, by: lead}",
    "entitle: {again: {due: order.placed_at + days(20)}}",
    "adjust: {of: again, points: 20}",
)
_AGAIN_DUE = (
    "order.placed_at + days(4)",
    "order.placed_at + days(3 + case.age_days)",
    "order.placed_at + days(90)",
    "incident.needed_by",
    "deadline",
    "at + days(2)",
    "at + hours(30)",
    "at + working_days(1, shop)",
)
HEAD = """
policy: timed
version: "1"
currencies: [USD]
timezone: America/New_York
facts:
  order.waited: {type: duration, means: x}
  case.not_scanned:
    {after: label_created, without: scanned, same: parcel, for: 36 hours, means: x}
  case.unanswered: {after: [contact, seller_asked], without: seller_answered, for: 2 days, means: x}
  case.recent: {count: [contact, seller_asked, promise_made], within: 1 day, means: x}
calendars: {shop: {until: 2027-06-30, from: 2026-01-01, weekend: [saturday, sunday], holidays: []}}
params: {each: {value: 0.01, unit: USD, type: money, why: x}}
define:
  late: {incident.days_late: 2.., incident.kind: late_delivery}
  until: at <= deadline + hours(5)
  burden:
    sum:
      - {when: {incident.days_late: 1..}, value: 1}
      - {when: {at: 2026-11-02..}, value: 2}
      - {when: {order.waited: 1 day..}, value: incident.days_late}
  deadline:
    first:
      - {when: {incident.days_late: 2..}, value: order.placed_at + hours(75)}
      - {when: {order.waited: 1 day..}, value: incident.needed_by}
    else: order.placed_at + days(2)
remedies:
"""


@st.composite
def timed_policies(draw: DrawFn) -> str:
    """Return the text of a policy whose rules, amounts and due times depend on the moment."""
    value, due = draw(st.sampled_from(_VALUES)), draw(st.sampled_from(_DUES))
    days = draw(st.sampled_from((0, 1, 2.5)))
    money = f"value: '{value}', due: '{due}', resolved_in_days: {days}"
    lines = [
        f"  money: {{part: fix, title: M, gives: money_now, {money}, say: x}}",
        "  again: {part: fix, title: A, gives: exchange, value: 0.03, due: at + days(2), say: x}",
        "  sorry: {part: apology, title: S, apology: {regret: true}, say: x}",
        "  why: {part: explanation, title: W, explains: cause, say: x}",
        "  soon: {part: explanation, title: N, explains: status, say: x}",
        "  gift: {part: perk, title: G, gives: money_later, value: 2.00, cost: 0.10, say: x}",
        "rules:",
        "  - {id: always, where: order.total >= 0.00, offer: [sorry, why, soon, gift]}",
        "  - {id: news, where: order.total >= 0.00, adjust: {of: soon, points: 1}}",
        "  - {id: dear, where: order.total >= 0.00, adjust: {of: gift, points: -6}}",
        f"  - {{id: first, {draw(_conditions())}, offer: money}}",
        f"  - {{id: second, {draw(_conditions())}, offer: again}}",
    ]
    effects = st.one_of(st.sampled_from(_EFFECTS), _claims())
    for number, effect in enumerate(draw(st.lists(effects, max_size=4))):
        lines.append(f"  - {{id: r{number}, {draw(_conditions())}, {effect}}}")
    if draw(st.booleans()):
        lines.append("limits:")
        cap = "'0.02 + each * incident.days_late'"
        lines.append(
            f"  - {{id: cap, {draw(_conditions())}, of: money, at_most: {cap},"
            f" over: {draw(st.sampled_from(('reduce', 'withhold')))}, why: x}}"
        )
    return HEAD + "\n".join(lines) + "\n"


@st.composite
def _claims(draw: DrawFn) -> str:
    """Return one more claim on a remedy that has a due time of its own."""
    verb, due = draw(st.sampled_from(("offer", "entitle"))), draw(st.sampled_from(_AGAIN_DUE))
    return f"{verb}: {{again: {{due: '{due}', value: {draw(st.sampled_from(('0.03', '0.04')))}}}}}"


@st.composite
def _conditions(draw: DrawFn) -> str:
    form = draw(st.integers(0, 5))
    if form == 5:
        return "where: order.total >= 0.00"
    parts = [f"when: {{{draw(st.sampled_from(_TESTS))}}}"] if form != 1 else []
    parts += [f"where: '{draw(st.sampled_from(_WHERE))}'"] if form < 2 else []
    return ", ".join(parts)


def moments(first: int, last: int, start: datetime = FIRST) -> st.SearchStrategy[str]:
    """Return moments so many whole hours after another one."""
    return st.integers(first, last).map(lambda hours: (start + hours * HOUR).isoformat())


_EVENTS: tuple[Mapping[str, object], ...] = (
    {"type": "contact"},
    {"type": "contact", "by": "shop"},
    {"type": "seller_asked"},
    {"type": "seller_answered"},
    {"type": "offer_made", "kind": "money", "by": "shop"},
    {"type": "promise_made", "by": "shop"},
    {"type": "label_created", "parcel": "1"},
    {"type": "label_created"},
    {"type": "scanned", "parcel": "1"},
    {"type": "scanned", "parcel": "2"},
    {"type": "escalated"},
)


@st.composite
def timelines(draw: DrawFn, at: datetime = FIRST) -> list[dict[str, object]]:
    """Return what happened until a moment; some offers and promises are due later."""
    events = list[dict[str, object]]()
    for event in draw(st.lists(st.sampled_from(_EVENTS), max_size=5)):
        due = {}
        if event["type"] in {"offer_made", "promise_made"} and draw(st.booleans()):
            due = {"due": draw(moments(0, HOURS, at))}
        events.append({**event, **due, "at": draw(moments(-60, 0, at))})
    return events


@st.composite
def timed_situations(draw: DrawFn) -> dict[str, Any]:
    """Return what is handed in, all moments on whole hours, some of them unknown."""
    times = {
        "placed_at": draw(moments(-96, -60)),
        "promised_by": draw(moments(-48, 48)),
        "needed_by": draw(moments(-24, 120)),
        "discovered_at": draw(moments(-72, 0)),
    }
    times.pop(draw(st.sampled_from(("", "", "", *times))), None)
    lines = [{"id": "1", "price": "10.00"}]
    order: dict[str, object] = {"id": "A", "currency": "USD", "lines": lines}
    order |= {"placed_at": times.pop("placed_at")} if "placed_at" in times else {}
    told = st.fixed_dictionaries({"events": timelines()})
    summed = st.fixed_dictionaries({}, optional={"opened_at": moments(-40, 0)})
    return {
        "incident": {"kind": "late_delivery", "order": order, "affected": ["1"], **times},
        "case": draw(st.one_of(told, told, summed)),
        "facts": {"order.waited": draw(st.sampled_from(("6 hours", "36 hours")))},
    }


def decided_at(policy: Policy, given: Mapping[str, Any], at: datetime) -> Decision:
    """Decide what was handed in at a moment."""
    return policy.decide(given["incident"], {}, case=given["case"], facts=given["facts"], at=at)


def _days_later(at: datetime, days: int) -> datetime:
    """Return the same time of day in New York so many days later."""
    local = at.astimezone(_ZONE).replace(tzinfo=None, fold=0) + timedelta(days=days)
    return local.replace(tzinfo=_ZONE).astimezone(UTC)


def _a_working_day_later(at: datetime) -> datetime:
    """Return the same time of day on the next day that is no Saturday and no Sunday."""
    weekday = at.astimezone(_ZONE).weekday()
    return _days_later(at, max(1, 7 - weekday) if weekday > 3 else 1)


# What the due times that read `at` come to, by a way of their own.
_RECKONED: tuple[Callable[[datetime], datetime], ...] = (
    lambda at: _days_later(at, 2),
    lambda at: at + 30 * HOUR,
    _a_working_day_later,
)


def _other_dues(before: Decision, after: Decision) -> bool:
    """Return whether a remedy of both has another due time that has not just moved with time."""
    now, then = ({each.kind: each.due for each in one.remedies} for one in (before, after))
    return any(
        now[kind] != then[kind]
        and not any(
            before.at is not None
            and after.at is not None
            and (reckoned(before.at), reckoned(after.at)) == (now[kind], then[kind])
            for reckoned in _RECKONED
        )
        for kind in now.keys() & then.keys()
    )


def outcome(decision: Decision) -> object:
    """Return what counts of a decision: all that may change, but for due times."""
    kinds = {
        each.kind: (each.in_plan, each.value, each.basis, each.to_confirm, each.approval)
        for each in decision.remedies
    }
    desks = frozenset(each.to for each in decision.hand_over)
    return kinds, desks, decision.todo, decision.overridden_desire


def brute_force(policy: Policy, given: Mapping[str, Any]) -> Iterator[datetime]:
    """Yield the instants at which a decision changes: each hour is tried, and just after it."""
    before = decided_at(policy, given, FIRST)
    for hours in range(HOURS + 1):
        for at in (FIRST + hours * HOUR, FIRST + hours * HOUR + MICROSECOND):
            after = decided_at(policy, given, at)
            if outcome(before) != outcome(after) or _other_dues(before, after):
                yield at
            before = after
