"""Calendars as they are read, kept and told."""

from __future__ import annotations

from datetime import date

import pytest

from remedykit import Policy
from remedykit.diagnostics import Findings
from remedykit.engine.matching import EngineName
from remedykit.explain.wording import worded
from remedykit.language.calendars import warn_of_ends
from remedykit.language.stored_policy import PolicyCodec
from remedykit.language.syntax import Cases, Holiday
from support.build import calendar
from support.engines import EACH_ENGINE
from support.loading import loaded

SHOP = """
policy: shop
version: "1"
currencies: [USD]
timezone: America/New_York
calendars:
  us:
    weekend: [sunday, saturday]
    holidays: {2026-12-25: Christmas Day, 2026-11-26: Thanksgiving}
    source: 5 U.S.C. 6103
    from: 2026-01-01
    until: 2026-12-31
  carrier: {weekend: sunday, holidays: [2026-12-25], from: 2026-11-01, until: 2026-12-31}
params:
  share: {value: [{value: 20%, until: 2026-06-30}]}
remedies:
  refund: {part: fix, title: A refund, gives: money_now, value: 5.00, say: We pay it back.}
rules:
  - id: refund
    entitle: {refund: {due: "order.placed_at + working_days(2, us)"}}
"""
POLICY = Policy.from_text(SHOP)
ORDER = {"id": "A", "currency": "USD", "total": "60.00"}


def test_a_calendar_is_kept_in_order_of_time() -> None:
    carrier, us = POLICY.checked.calendars

    assert (us.name, us.first, us.last) == ("us", date(2026, 1, 1), date(2026, 12, 31))
    assert us.weekend == (5, 6)
    assert us.holidays == (
        Holiday(date(2026, 11, 26), "Thanksgiving"),
        Holiday(date(2026, 12, 25), "Christmas Day"),
    )
    assert us.source == "5 U.S.C. 6103"
    assert (carrier.weekend, carrier.holidays) == ((6,), (Holiday(date(2026, 12, 25), ""),))


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("2026-11-26: Thanksgiving", "2026-11-27: Thanksgiving"),
        ("[sunday, saturday]", "[sunday]"),
        ("until: 2026-12-31", "until: 2026-12-30"),
        ("working_days(2, us)", "working_days(2, carrier)"),
    ],
)
def test_what_changes_working_days_changes_the_digest(written: str, changed: str) -> None:
    assert Policy.from_text(SHOP.replace(written, changed, 1)).digest != POLICY.digest


def test_a_stored_policy_keeps_its_calendars_and_periods() -> None:
    codec = PolicyCodec.from_classes()

    text = codec.policy_to_json(POLICY.checked, ())

    assert codec.policy_from_json(text) == (POLICY.checked, ())


@pytest.mark.parametrize("engine", EACH_ENGINE)
def test_what_is_due_in_working_days_is_due_on_one(engine: EngineName) -> None:
    order = {**ORDER, "placed_at": "2026-11-25T12:00:00-05:00"}

    decision = POLICY.with_engine(engine).decide({"kind": "lost_package", "order": order}, {})

    assert [str(remedy.due) for remedy in decision.remedies] == ["2026-11-30 17:00:00+00:00"]


def test_working_days_are_worded_with_their_calendar() -> None:
    define = loaded(
        "timezone: America/New_York\n"
        "calendars: {us: {weekend: [], from: 2026-01-01, until: 2026-12-31}}\n"
        "define:\n  soon: order.placed_at - working_days(2, us)\n"
    ).defines[0]

    assert not isinstance(define.body, Cases)
    assert worded(define.body, "USD") == "order.placed_at - working_days(2, us)"


@pytest.mark.parametrize(
    ("today", "warned"),
    [
        (date(2025, 12, 31), []),
        (date(2026, 1, 1), ["ends on 2026-12-31"]),
        (date(2026, 12, 31), ["ends on 2026-12-31"]),
        (date(2027, 1, 1), ["ended on 2026-12-31"]),
    ],
)
def test_a_calendar_is_warned_of_less_than_365_days_before_its_end(
    today: date, warned: list[str]
) -> None:
    findings = Findings()

    warn_of_ends([calendar("us", date(2026, 1, 1), date(2026, 12, 31))], today, findings)

    said = [each.message for each in findings.sorted()]
    assert said == [
        f"the calendar `us` {each}, and beyond it no working day is known" for each in warned
    ]
