"""The durable matcher: what it answers where durable-rules would fail, and what it shares."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from remedykit import Policy
from remedykit.engine.durable.timeline import DurableMatcher
from remedykit.facts.patterns import PlainMatcher
from remedykit.facts.values import Happening
from remedykit.language.syntax import (
    Absence,
    CheckedPolicy,
    Constant,
    EventCount,
    EventPattern,
    ParamRead,
    Same,
)
from remedykit.language.types import DURATION, Value
from support.build import NOON, const, param_read
from support.chances import Rolled
from support.engines import needs_durable
from support.patterns import HOUR, of_patterns, some_happenings, some_patterns

pytestmark = needs_durable

PRINTED = EventPattern(types=("label_created",))
SCANNED = EventPattern(types=("scanned",))
DAY = 24 * HOUR


def absence(
    lasting: Constant | ParamRead | timedelta = DAY,
    *,
    after: EventPattern = PRINTED,
    without: EventPattern = SCANNED,
    same: Same | None = None,
) -> CheckedPolicy:
    length = const(lasting) if isinstance(lasting, timedelta) else lasting
    return of_patterns(Absence(after=after, without=without, same=same, lasting=length))


def count(within: timedelta | None = None) -> CheckedPolicy:
    return of_patterns(EventCount(of=SCANNED, within=None if within is None else const(within)))


def printed(at: datetime = NOON, parcel: int | None = None) -> Happening:
    return Happening(type="label_created", at=at, parcel=parcel)


def scanned(at: datetime = NOON, parcel: int | None = None) -> Happening:
    return Happening(type="scanned", at=at, by="carrier", parcel=parcel)


def answer(checked: CheckedPolicy, at: datetime | None, *events: Happening) -> Value | None:
    """Return what the durable matcher says of the first fact; the plain one says so, too."""
    found = DurableMatcher(checked).values(events, at)
    assert found == PlainMatcher.of(checked).values(events, at)
    return found["case.fact_0"]


def test_it_holds_to_the_microsecond() -> None:
    instant = timedelta(microseconds=1)
    assert answer(absence(), NOON + DAY - instant, printed()) is False
    assert answer(absence(), NOON + DAY, printed()) is True
    assert answer(count(DAY), NOON + DAY - instant, scanned()) == 1
    assert answer(count(DAY), NOON + DAY, scanned()) == 0


@pytest.mark.parametrize("centuries", [1, 5, 20])
def test_it_holds_to_the_microsecond_over_centuries(centuries: int) -> None:
    long, instant = timedelta(days=36_500 * centuries), timedelta(microseconds=1)
    then, now = datetime(1, 1, 1, tzinfo=NOON.tzinfo), datetime(1, 1, 1, tzinfo=NOON.tzinfo) + long
    assert answer(absence(long), now - instant, printed(then)) is False
    assert answer(absence(long), now, printed(then)) is True
    assert answer(absence(long * 1000), now, printed(then)) is False
    assert answer(absence(HOUR), now, printed(then)) is True
    assert answer(count(long), now - instant, scanned(then)) == 1
    assert answer(count(long), now, scanned(then)) == 0
    assert answer(count(HOUR), now, scanned(then)) == 0


def test_the_order_of_events_at_the_same_time_counts() -> None:
    assert answer(absence(), NOON + DAY, printed(), scanned()) is False
    assert answer(absence(), NOON + DAY, scanned(), printed()) is True


def test_an_event_can_begin_what_an_event_of_its_kind_ends() -> None:
    again = absence(after=SCANNED, without=SCANNED)
    assert answer(again, NOON + DAY, scanned()) is True
    assert answer(again, NOON + DAY, scanned(), scanned(NOON + HOUR)) is False


def test_only_the_same_parcel_ends_it() -> None:
    by_parcel = absence(same="parcel")
    both = (printed(parcel=0), printed(parcel=1), scanned(parcel=0))
    assert answer(by_parcel, NOON + DAY, *both) is True
    assert answer(by_parcel, NOON + DAY, *both, scanned(parcel=1)) is False
    assert answer(by_parcel, NOON + DAY, *both, scanned()) is None
    assert answer(by_parcel, NOON + DAY, printed(), scanned(parcel=0)) is None
    assert answer(by_parcel, NOON + DAY, printed(), scanned()) is None


def test_without_a_moment_it_is_unknown_unless_nothing_is_open() -> None:
    assert answer(absence(), None, printed()) is None
    assert answer(absence(), None, printed(), scanned()) is False
    assert answer(count(DAY), None, scanned()) is None
    assert answer(count(DAY), None) == 0
    assert answer(count(timedelta(0)), None, scanned()) is None
    assert answer(absence(timedelta(0)), None, printed()) is None
    assert answer(count(), None, scanned()) == 1


def test_a_duration_may_be_a_param() -> None:
    by_param = absence(param_read("patience", DURATION))  # of two hours
    assert answer(by_param, NOON + 2 * HOUR, printed()) is True
    assert answer(by_param, NOON + HOUR, printed()) is False


def test_what_is_no_duration_is_refused() -> None:
    with pytest.raises(TypeError, match="5 is no duration"):
        DurableMatcher(absence(const(5)))


def test_nobody_told_what_happened() -> None:
    assert DurableMatcher(absence()).values(None, NOON) == {"case.fact_0": None}


def test_thousands_of_events_are_no_matter() -> None:
    parcels = range(1000)
    events = [printed(parcel=n) for n in parcels] + [scanned(parcel=n) for n in parcels if n != 777]
    assert answer(absence(same="parcel"), NOON + DAY, *events) is True
    assert answer(absence(same="parcel"), NOON + DAY, *events, scanned(parcel=777)) is False
    assert answer(count(DAY), NOON, *events) == 999


def test_many_patterns_are_no_matter() -> None:
    patterns = [fact.pattern for seed in range(60) for fact in some_patterns(Rolled(seed)).timeline]
    checked = of_patterns(*patterns)
    durable, plain = DurableMatcher(checked), PlainMatcher.of(checked)
    for seed in range(10):
        events, at = some_happenings(Rolled(seed))
        assert durable.values(events, at) == plain.values(events, at)


def test_a_matcher_can_be_pickled_and_copied_and_the_copies_share_nothing() -> None:
    matcher = DurableMatcher(absence())
    pickled: DurableMatcher = pickle.loads(pickle.dumps(matcher))  # noqa: S301 - made here
    for other in (pickled, copy.copy(matcher), copy.deepcopy(matcher)):
        assert other._cell is not matcher._cell
        assert other.values([printed()], NOON + DAY) == {"case.fact_0": True}


def test_threads_that_share_a_matcher_get_what_one_alone_gets() -> None:
    checked = some_patterns(Rolled(4))
    durable, plain = DurableMatcher(checked), PlainMatcher.of(checked)
    told = [some_happenings(Rolled(seed)) for seed in range(40)]
    expected = [plain.values(*each) for each in told]

    def differing(thread: int) -> int:
        turns = [(thread * 5 + turn) % len(told) for turn in range(40)]
        return sum(durable.values(*told[turn]) != expected[turn] for turn in turns)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(differing, range(8))) == 0


LATE = """
policy: late
version: "1"
facts:
  case.not_scanned: {after: label_created, without: scanned, for: 48 hours, means: no scan yet}
remedies:
  no_scan: {part: explanation, explains: cause, title: No scan, say: No scan yet.}
rules:
  - {id: silent, when: {case.not_scanned: true}, offer: no_scan}
"""


def test_a_policy_reads_its_timeline_by_it() -> None:
    durable = Policy.from_text(LATE).with_engine("durable")
    incident = {"kind": "late_delivery", "order": {"id": "1", "currency": "USD"}}
    case = {"events": [{"type": "label_created", "at": NOON.isoformat()}]}

    found = [
        [remedy.kind for remedy in durable.decide(incident, {}, case=case, at=at).remedies]
        for at in (NOON + 47 * HOUR, NOON + 48 * HOUR)
    ]

    assert found == [[], ["no_scan"]]


def test_a_policy_that_it_decides_reads_and_decides_by_it_also_when_it_was_pickled() -> None:
    policy = Policy.from_text(LATE)
    durable = policy.with_engine("durable")
    copied: Policy = pickle.loads(pickle.dumps(durable))  # noqa: S301 - made here
    assert durable.decider.timeline is durable.reader.timeline
    for each in (durable.reader, durable.decider, copied.reader, copied.decider):
        assert isinstance(each.timeline, DurableMatcher)
    assert durable.with_engine("indexed").reader.timeline == policy.reader.timeline
