"""What follows from a timeline at later moments: found once, not folded anew."""

from datetime import UTC, datetime, timedelta

import pytest

from remedykit import Case, Policy
from remedykit.effects.candidates import Candidates
from remedykit.effects.layers import effects
from remedykit.effects.setting import Setting
from remedykit.explain.ahead.movers import Movers
from remedykit.facts.patterns import PlainMatcher
from remedykit.facts.steps import Steps, steps_of

AT = datetime(2026, 11, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEXT = """
policy: passing
version: "1"
currencies: [USD]
facts:
  case.silent: {after: contact, without: seller_answered, for: 48 hours, means: x}
  case.recent: {count: {event: contact, by: customer}, within: 1 day, means: x}
  case.ever: {count: contact, means: x}
remedies: {sorry: {part: apology, title: S, apology: {regret: true}, say: x}}
rules:
  - {id: always, where: order.total >= 0.00, offer: sorry}
  - {id: silent, when: {case.silent: true}, todo: [call]}
"""
POLICY = Policy.from_text(TEXT)


def test_steps_tell_the_last_of_several_values_at_one_moment_and_no_value_twice() -> None:
    later = [(AT, 1), (AT, 2), (AT + HOUR, 2), (AT + 2 * HOUR, 0), (AT + 2 * HOUR, 2)]
    steps = steps_of(0, later)
    assert steps == Steps((AT,), (0, 2))
    assert [steps.at(AT - HOUR), steps.at(AT), steps.at(AT + 3 * HOUR)] == [0, 2, 2]
    assert (steps.next(AT - HOUR), steps.next(AT)) == (AT, None)


def movers(*events: dict[str, object], at: datetime = AT) -> Movers:
    case = Case.model_validate({"events": events})
    order = {"id": "A", "currency": "USD", "total": "50.00"}
    facts = POLICY.read({"kind": "late_delivery", "order": order}, {}, case=case, at=at)
    return Movers(PlainMatcher.of(POLICY.checked), facts, at)


def test_a_fact_steps_only_where_its_value_changes() -> None:
    contacts = [
        {"type": "contact", "at": AT - each * HOUR, "hours": 1 + each} for each in (1, 2, 3)
    ]
    moving = movers(*contacts)
    assert moving.next("case.silent", AT) == AT + 45 * HOUR
    assert moving.next("case.silent", AT + 45 * HOUR) is None
    assert moving.next("case.recent", AT) == AT + 21 * HOUR
    assert moving.next("case.ever", AT) is None


def test_at_the_end_of_time_nothing_is_over_any_more() -> None:
    late = datetime.max.replace(tzinfo=UTC) - HOUR
    moving = movers({"type": "contact", "at": late}, at=late)
    assert moving.next("case.silent", late) is None
    assert moving.next("case.recent", late) is None
    assert moving.values(late + HOUR)["case.recent"] == 1


@pytest.mark.parametrize(("hours", "status"), [(4, "offered"), (5, "expired")])
def test_an_offer_has_expired_from_its_due_on(hours: int, status: str) -> None:
    offers = [
        {"type": "offer_made", "kind": kind, "at": AT - HOUR, "due": AT + due * HOUR}
        for kind, due in (("one", 5), ("other", 9))
    ]
    then = movers(*offers).then(AT + hours * HOUR)
    assert [each.status for each in then.offers] == [status, "offered"]
    assert then.values["case.deviation_level"] == (status == "expired")


def offers_and(rule: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Return how many instants are found where a hundred offers expire, and how many decided."""
    tried = list[Setting]()

    def counted(setting: Setting) -> Candidates:
        tried.append(setting)
        return effects(setting)

    policy = Policy.from_text(TEXT + rule)
    offers = [
        {"type": "offer_made", "kind": "x", "at": AT - each * HOUR, "due": AT + each * HOUR}
        for each in range(1, 101)
    ]
    order = {"id": "A", "currency": "USD", "total": "50.00"}
    incident = {"kind": "late_delivery", "order": order}
    decision = policy.decide(incident, {}, case={"events": offers}, at=AT)
    monkeypatch.setattr("remedykit.explain.ahead.search.effects", counted)
    return len(policy.upcoming(decision)), len(tried)


def test_nothing_is_decided_where_nothing_turns_or_no_rule_takes_notice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert offers_and("", monkeypatch) == (0, 0)
    fiftieth = "  - {id: r, when: {case.deviation_level: 50..}, todo: [look]}\n"
    assert offers_and(fiftieth, monkeypatch) == (1, 1)
    dead = "  - {id: r, when: {case.deviation_level: 50.., incident.kind: damaged}, todo: [look]}\n"
    assert offers_and(dead, monkeypatch) == (0, 0)
