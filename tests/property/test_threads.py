"""Eight threads that share one policy get, each time, what one thread alone gets.

The policy that they share has never decided before, so that what it might prepare on first use is
prepared under their hands; the expected decisions are those of another copy of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from random import Random
from threading import Barrier

import pytest

from remedykit import Case, Customer, Decision, Incident, Policy
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.policy import rules_folder

THREADS = 8
OFTEN = 1e-5  # seconds until another thread gets its turn; as Python starts, it is 0.005
ALL_BYTES_EACH = 50  # decisions; between them only what is decided is compared, which is cheaper
DIFFERENT = {"nurture": 200, "transactional": 15}  # decisions among the expected ones, at least
ALONE = {name: Policy.shipped(name) for name in ("nurture", "transactional")}


@pytest.fixture(autouse=True)
def threads_change_often() -> Iterator[None]:
    """Let threads interleave within a decision, and not only between decisions."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(OFTEN)
    yield
    sys.setswitchinterval(before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is handed in: the same objects to every thread."""

    name: str
    incident: Incident
    customer: Customer
    case: Case | None
    at: datetime | None

    def decide(self, policy: Policy) -> Decision:
        """Return what a policy decides on it."""
        return policy.decide(self.incident, self.customer, case=self.case, at=self.at)


@dataclass(frozen=True, slots=True)
class Expected:
    """A situation with what one thread alone makes of it."""

    situation: Situation
    decision: Decision
    written: str

    @classmethod
    def alone(cls, situation: Situation, policy: Policy) -> Expected:
        """Decide on a situation with nobody else at work."""
        decision = situation.decide(policy)
        return cls(situation, decision, decision.to_json())

    def differs(self, policy: Policy, *, all_bytes: bool) -> bool:
        """Decide again; return whether something else comes out."""
        decision = self.situation.decide(policy)
        return decision != self.decision or (all_bytes and decision.to_json() != self.written)


def situations(name: str) -> Iterator[Situation]:
    """Yield every scenario of a shipped policy as it is, and with less and less that is known."""
    for scenario in read_scenarios(ALONE[name], rules_folder() / name):
        given = scenario.given
        incident = Incident.model_validate(given.incident)
        customer = Customer.model_validate(given.customer)
        case = None if given.case is None else Case.model_validate(given.case)
        stranger = Customer(id=customer.id)
        vague = Incident(kind=incident.kind, order=incident.order, affected=incident.affected)
        for knowing, handed, client, past, at in (
            ("all", incident, customer, case, scenario.at),
            ("no moment", incident, customer, case, None),
            ("no customer", incident, stranger, case, scenario.at),
            ("little", vague, customer, None, scenario.at),
        ):
            yield Situation(
                name=f"{scenario.name}, knowing {knowing}",
                incident=handed,
                customer=client,
                case=past,
                at=at,
            )


def in_threads(work: Callable[[int], list[str]]) -> list[str]:
    """Do some work in each thread, all starting at once; return the first that they found wrong."""
    start = Barrier(THREADS)

    def begin(number: int) -> list[str]:
        start.wait(timeout=60)
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        wrong = [each for found in pool.map(begin, range(THREADS)) for each in found]
    return wrong[:5]


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("nurture", 50),
        pytest.param("nurture", 5000, marks=pytest.mark.slow),
        pytest.param("transactional", 100_000, marks=pytest.mark.slow),
    ],
)
def test_threads_that_share_a_policy_decide_as_one_thread_alone(name: str, times: int) -> None:
    pool = [Expected.alone(each, ALONE[name]) for each in situations(name)]
    shared = Policy.shipped(name)

    def decide_many(thread: int) -> list[str]:
        chance = Random(thread)  # noqa: S311 - an order, no secret
        wrong: list[str] = []
        for turn in range(times):
            expected = chance.choice(pool)
            if expected.differs(shared, all_bytes=turn % ALL_BYTES_EACH == 0):
                wrong.append(f"thread {thread}, turn {turn}: {expected.situation.name}")
        return wrong

    assert len({expected.written for expected in pool}) >= DIFFERENT[name]
    assert in_threads(decide_many) == []


@pytest.mark.parametrize("times", [10, pytest.param(1000, marks=pytest.mark.slow)])
def test_threads_that_are_the_first_to_use_a_policy_decide_as_one_thread_alone(times: int) -> None:
    pool = [Expected.alone(each, ALONE["transactional"]) for each in situations("transactional")]
    for turn in range(times):
        shared = Policy.shipped("transactional")

        def decide_once(thread: int, turn: int = turn, shared: Policy = shared) -> list[str]:
            expected = pool[(turn * THREADS + thread) % len(pool)]
            differs = expected.differs(shared, all_bytes=True)
            return [f"thread {thread}, turn {turn}: {expected.situation.name}"] if differs else []

        assert in_threads(decide_once) == []


def test_threads_that_share_a_policy_tell_the_same_reasons_as_one_thread_alone() -> None:
    alone = ALONE["transactional"]
    decisions = [each.decide(alone) for each in situations("transactional")]
    told = [str(alone.why(decision)) for decision in decisions]
    shared = Policy.shipped("transactional")

    def tell_all(thread: int) -> list[str]:
        order = list(range(len(decisions)))
        Random(thread).shuffle(order)  # noqa: S311 - an order, no secret
        differing = [turn for turn in order if str(shared.why(decisions[turn])) != told[turn]]
        return [f"thread {thread}, situation {turn}" for turn in differing]

    assert in_threads(tell_all) == []
