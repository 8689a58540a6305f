"""Strategies for authors: what they draw is decided, and they draw what matters."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import Phase, find, given, seed, settings
from hypothesis import strategies as st

from remedykit import Case, Customer, Incident, Policy
from remedykit.authoring import Situation
from remedykit.strategies import cases, customers, incidents, situations
from strategies.handed_in import POLICIES

NURTURE = POLICIES["nurture"]
AGES = Policy.from_text("""
policy: ages
version: "1"
currencies: [USD]
facts:
  case.silent: {after: seller_asked, without: seller_answered, for: 36525 days, means: x}
remedies:
  refund: {part: fix, title: R, gives: money_now, value: 5.00, say: x}
rules:
  - {id: old, when: {case.age_days: "10000000..", case.silent: true}, offer: refund}
  - {id: waiting, when: {case.hours_waiting: "10000000000000.."}, offer: refund}
  - {id: early, when: {at: "..0002-01-01T00:00Z"}, offer: refund}
""")
_GENERATE_AND_SHRINK = settings(max_examples=10, database=None, derandomize=True)
_GENERATE = settings(max_examples=1000, database=None, derandomize=True, phases=[Phase.generate])
_GENERATE_SOME = settings(_GENERATE, max_examples=100)
LATE = {"incident.kind": "late_delivery", "incident.days_late": 2}


@pytest.mark.parametrize("name", sorted(POLICIES))
@given(data=st.data())
def test_every_situation_is_decided(name: str, data: st.DataObject) -> None:
    policy = POLICIES[name]
    situation = data.draw(situations(policy))
    assert situation.decide(policy).policy.name == name


@given(st.data())
def test_what_no_calendar_holds_is_not_drawn(data: st.DataObject) -> None:
    situation = data.draw(situations(AGES))
    assert situation.decide(AGES).policy.name == "ages"


@given(incidents(NURTURE), customers(NURTURE), cases(NURTURE))
def test_parts_drawn_apart_are_decided_together(
    incident: Incident, customer: Customer, case: Case
) -> None:
    assert NURTURE.decide(incident, customer, case=case).policy.name == "nurture"


@given(situations(NURTURE, **LATE))
def test_what_is_fixed_is_so(situation: Situation) -> None:
    values = situation.read(NURTURE).values
    assert {name: values[name] for name in LATE} == LATE


@given(situations(NURTURE, **LATE))
def test_a_fixed_fact_can_be_changed_alone(situation: Situation) -> None:
    assert situation.with_incident(days_late=3).read(NURTURE).values["incident.days_late"] == 3


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("incident.days_late", 3),
        ("customer.goodwill_12m", 10000),
        ("incident.hazardous", True),
        ("customer.tier", None),
    ],
)
def test_values_at_and_around_thresholds_and_unknown_ones_are_drawn(
    fact: str, value: object
) -> None:
    found = find(
        situations(NURTURE),
        lambda each: each.read(NURTURE).values[fact] == value,
        settings=_GENERATE,
    )
    assert found.read(NURTURE).values[fact] == value


def test_in_a_fair_part_of_all_situations_most_facts_are_known() -> None:
    unknown: list[int] = []

    @_GENERATE_SOME
    @given(situations(NURTURE, **LATE))
    def draw(situation: Situation) -> None:
        values = situation.read(NURTURE).values
        unknown.append(sum(values[name] is None for name in NURTURE.reads))

    draw()
    mostly_known = [number for number in unknown if number < len(NURTURE.reads) / 4]
    mostly_unknown = [number for number in unknown if number > len(NURTURE.reads) / 2]
    assert min(len(mostly_known), len(mostly_unknown)) > len(unknown) / 10


def test_they_shrink_to_a_situation_with_nothing_particular() -> None:
    found = find(situations(NURTURE), lambda _: True, settings=_GENERATE_AND_SHRINK)
    order = found.incident["order"]
    assert found.customer == {}
    assert found.case == {}
    assert order == {"id": "1", "currency": "USD"}


def test_what_fails_shrinks_to_what_it_takes() -> None:
    last: list[Situation] = []

    @seed(2)
    @settings(database=None, max_examples=500)
    @given(situations(NURTURE, **LATE))
    def refuse_gold(situation: Situation) -> None:
        values = situation.read(NURTURE).values
        last[:] = [situation]
        assert values["customer.tier"] != "gold" or values["incident.packaging_kept"] is not True

    with pytest.raises(AssertionError):
        refuse_gold()
    (found,) = last
    assert found.customer == {"tier": "gold"}
    assert found.case == {}
    assert found.incident.keys() - {"kind", "days_late", "order"} == {"packaging_kept"}


def test_a_fixed_fact_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"nurture has no fact incident\.days_lat; did you mean"):
        situations(NURTURE, **{"incident.days_lat": 2})


def test_a_fixed_fact_of_another_type_is_refused() -> None:
    with pytest.raises(ValueError, match=r"incident\.days_late: 'two' is text"):
        situations(NURTURE, **{"incident.days_late": "two"})


def test_fixed_facts_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="no situation has all of the fixed facts"):
        situations(NURTURE, **{"order.paid": "10.00", "order.refunded": "20.00"})


def test_without_hypothesis_it_is_said_what_to_install() -> None:
    code = "import sys; sys.modules['hypothesis'] = None; import remedykit.strategies"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "pip install 'remedykit[strategies]'" in done.stderr


MARKETPLACE = Policy.shipped("marketplace")


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("case.seller_silent", True),
        ("case.never_scanned", True),
        ("case.waiting_on", "seller"),
        ("case.turns_this_week", 2),
    ],
)
def test_timelines_come_to_what_only_they_tell(fact: str, value: object) -> None:
    found = find(
        situations(MARKETPLACE),
        lambda situation: situation.read(MARKETPLACE).values[fact] == value,
        settings=settings(_GENERATE, max_examples=3000),
    )
    assert found.case["events"]


@given(situations(MARKETPLACE, **{"case.seller_silent": True, "case.escalations": 0}))
@settings(max_examples=20)
def test_facts_of_a_timeline_can_be_fixed(situation: Situation) -> None:
    values = situation.read(MARKETPLACE).values
    assert (values["case.seller_silent"], values["case.escalations"]) == (True, 0)
