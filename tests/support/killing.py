"""Whether a fault in an engine shows: a fixed run of random decisions, compared with the reference.

What the reference says is found once; then each fault costs little more than its own answers.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from remedykit.engine.matching import Engine, Evaluation
from remedykit.engine.reference import ReferenceEngine
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy, Expression
from support import reads
from support.agreement import REMEDIES, every_part, parts_on_remedies, same
from support.chances import Rolled
from support.edges import edges
from support.policies import some_policy, some_rules
from support.pools import some_facts

# Processor time for one policy; the dearest takes a tenth of it without a fault.
MOST_SECONDS = 1
_FIRST = 25  # policies that show nearly every fault

Make = Callable[[CheckedPolicy], Engine]


@dataclass(frozen=True, slots=True)
class Decided:
    """What the reference says of some facts.

    Attributes:
        facts: the facts.
        answers: what `answers_of` gives for the reference.
    """

    facts: Facts
    answers: Sequence[object]


@dataclass(frozen=True, slots=True)
class Run:
    """A policy with the decisions that an engine has to get right.

    Attributes:
        policy: the policy.
        parts: the expressions whose values are compared.
        on_remedies: the conditions on ``remedy.*`` that are compared.
        decisions: the facts, and what the reference says of them.
    """

    policy: CheckedPolicy
    parts: Sequence[Expression]
    on_remedies: Sequence[Expression]
    decisions: Sequence[Decided]


def run_of(seed: int, *, decisions: int, rules: int = 6) -> Run:
    """Return a random policy with random decisions."""
    chance = Rolled(seed)
    return run_on(some_policy(chance, rules=rules), chance, decisions)


def runs() -> tuple[Run, ...]:
    """Return the fixed run that shows faults: many policies, few decisions on each.

    Those come first that show most faults, the dearest ones last.
    """
    few = tuple(run_on(some_rules(chance), chance, 24) for chance in map(Rolled, range(100, 260)))
    *edge, longest = edges()
    return (
        *(run_of(seed, decisions=24) for seed in range(_FIRST)),
        *(run_on(policy, Rolled(1), 20) for policy in edge),
        *(run_of(seed, decisions=24) for seed in range(_FIRST, 80)),
        *few,
        run_of(1000, decisions=50, rules=60),
        run_on(longest, Rolled(1), 5),
    )


def run_on(policy: CheckedPolicy, chance: Rolled, decisions: int) -> Run:
    """Return a policy with random decisions."""
    parts = tuple({id(part): part for _, part in every_part(policy)}.values())
    on_remedies = tuple(parts_on_remedies(policy))
    engine = ReferenceEngine(policy)
    facts = [some_facts(chance) for _ in range(decisions)]
    decided = tuple(
        Decided(each, tuple(_answers(engine.evaluate(each), parts, on_remedies, number)))
        for number, each in enumerate(facts)
    )
    return Run(policy, parts, on_remedies, decided)


def is_killed(make: Make, runs: Sequence[Run]) -> bool:
    """Whether an engine answers otherwise than the reference, raises, or does not come to an end.

    It is also enough that it reads what does not matter, or the same thing again: see `reads`.

    Args:
        make: makes the engine.
        runs: policies with decisions, tried in this order.
    """
    try:
        return (
            any(_differs(make, run) for run in runs[:_FIRST])
            or any(_is_slow(make, is_slow) for is_slow in reads.ALL)
            or any(_differs(make, run) for run in runs[_FIRST:])
        )
    except Exception:  # noqa: BLE001 - a fault may raise anything
        return True


def _differs(make: Make, run: Run) -> bool:
    with _limited():
        engine = make(run.policy)
        for number, decided in enumerate(run.decisions):
            evaluation = engine.evaluate(decided.facts)
            answers = _answers(evaluation, run.parts, run.on_remedies, number)
            for answer, expected in zip(answers, decided.answers, strict=True):
                if not same(expected, answer):
                    return True
    return False


def _is_slow(make: Make, is_slow: Callable[[Make], bool]) -> bool:
    with _limited():
        return is_slow(make)


def _answers(
    evaluation: Evaluation,
    parts: Sequence[Expression],
    on_remedies: Sequence[Expression],
    number: int,
) -> Iterator[object]:
    """Yield what an engine says: the clauses, the defines, and of some decisions every part."""
    yield evaluation.matches.definite
    yield evaluation.matches.possible
    for define in evaluation.policy.defines:
        yield evaluation.defined(define.name)
    if number % 8 == 0:
        about = evaluation.about(REMEDIES[number // 8 % len(REMEDIES)])
        of_either = evaluation if number % 16 else about
        for part in parts:
            yield of_either.value(part)
        for condition in on_remedies:
            yield about.truth(condition)


class _TooLong(Exception):  # noqa: N818 - a signal, not an error
    pass


@contextmanager
def _limited() -> Iterator[None]:
    """Stop what takes `MOST_SECONDS` of processor time."""

    def stop(_: int, __: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
