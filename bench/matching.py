"""Matching: which rules hold. Every engine, on the same rules and the same facts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from bench.contenders import CONTENDERS, OURS, REFERENCE
from bench.measuring import Rounds, in_turns, rotated
from bench.peers.contender import Answer, Matcher, Task, plain
from bench.policies import Drawn, incidents, load, policy_text
from remedykit import Policy
from remedykit.facts.values import Facts

CHUNK = 12  # incidents of a round; each round takes others
SLOW_S = 0.2  # what takes longer for a chunk takes part in the first rounds only
SLOW_ROUNDS = 3


class AnswersDifferError(Exception):
    """Two engines disagree: nothing is timed, for one of them does not do the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All engines on one policy.

    Attributes:
        rules: how many rules the policy has.
        growing: whether the matches grow along with the rules.
        known: whether all facts were known, and so all engines could take part.
        clauses: how many conditions were decided: rules, limits, needs and states.
        matching: how many rules possibly hold, on average.
        rounds: seconds an incident, by engine.
    """

    rules: int
    growing: bool
    known: bool
    clauses: int
    matching: float
    rounds: Rounds

    def as_json(self) -> dict[str, Any]:
        """Return it for programs: microseconds, and ratios to remedykit."""
        return {
            "rules": self.rules,
            "growing": self.growing,
            "known": self.known,
            "clauses": self.clauses,
            "matching": round(self.matching, 1),
            "engines": {
                name: {
                    "microseconds": round(self.rounds.median_s(name) * 1e6, 2),
                    "ratio": round(self.rounds.ratio(name, OURS), 3),
                }
                for name in self.rounds.seconds
            },
        }


def read_facts(policy: Policy, drawn: Sequence[Drawn]) -> list[Facts]:
    """Return the facts of drawn incidents, as a policy reads them."""
    return [
        policy.reader.facts(
            json.loads(each.incident), json.loads(each.customer), own=each.own, at=each.at
        )
        for each in drawn
    ]


def compare(rules: int, *, growing: bool, rounds: int) -> list[Comparison]:
    """Check that all engines agree on a policy, then measure them.

    Returns:
        Two comparisons: of all engines on known facts, and of those with three truth values on
        facts some of which are unknown.

    Raises:
        AnswersDifferError: if two engines disagree.
    """
    policy = load(policy_text(rules, growing=growing))
    task = Task.of(policy.checked)
    prepared = [(each, prepare(task)) for each in CONTENDERS if (prepare := each.load())]
    compared: list[Comparison] = []
    for known in (True, False):
        matchers = {each.name: ready for each, ready in prepared if known or each.three_valued}
        facts = read_facts(policy, incidents(CHUNK * rounds, known=known))
        matching = mean(_checked(matchers, each) for each in facts)
        compared.append(
            Comparison(
                rules=rules,
                growing=growing,
                known=known,
                clauses=len(task.clauses),
                matching=matching,
                rounds=_timed(matchers, facts),
            )
        )
    return compared


def _checked(matchers: Mapping[str, Matcher], facts: Facts) -> int:
    """Return how many rules possibly hold, once all engines have given the reference's answer."""
    answers = {name: each.answer(each.match(each.form(facts))) for name, each in matchers.items()}
    expected = answers[REFERENCE]
    for name, answer in answers.items():
        if answer != expected:
            raise AnswersDifferError(_told(name, answer, expected, facts))
    return sum(name.startswith("rule:") for name in expected.possible)


def _told(name: str, answer: Answer, expected: Answer, facts: Facts) -> str:
    wrong = sorted((answer.definite ^ expected.definite) | (answer.possible ^ expected.possible))
    return f"{name} differs from the reference about {', '.join(wrong)}\non {plain(facts)}"


def _timed(matchers: Mapping[str, Matcher], facts: Sequence[Facts]) -> Rounds:
    """Measure each engine on a few incidents a round; seconds are those of one incident."""
    rounds = Rounds({})
    slow: set[str] = set()
    for turn, start in enumerate(range(0, len(facts), CHUNK)):
        works = {
            name: _work(matchers[name], facts[start : start + CHUNK])
            for name in rotated(list(matchers), turn)
            if name not in slow or turn < SLOW_ROUNDS
        }
        once = in_turns(works, 1)
        slow |= {name for name, took in once.seconds.items() if took[0] > SLOW_S}
        rounds = rounds.merged(once)
    return Rounds({name: [each / CHUNK for each in rounds.seconds[name]] for name in matchers})


def _work(matcher: Matcher, facts: Sequence[Facts]) -> Callable[[], None]:
    formed, match = [matcher.form(each) for each in facts], matcher.match

    def work() -> None:
        for each in formed:
            match(each)

    return work
