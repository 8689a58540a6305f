"""The rules split by hand: for each kind of incident only those that can hold for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench.peers.contender import Answer, Matcher, Task
from bench.peers.writing import split
from remedykit.engine.matching import Clause
from remedykit.facts.values import Facts
from remedykit.language.syntax import (
    And,
    Constant,
    EqualTo,
    Expression,
    FactRead,
    NotTest,
    OneOf,
    Test,
    Tested,
)
from remedykit.model.words import INCIDENT_KINDS

KIND = "incident.kind"


def split_by_kind(prepare: Callable[[Task], Matcher]) -> Callable[[Task], Matcher]:
    """Return an engine that asks another one, prepared once a kind of incident."""

    def prepare_each(task: Task) -> Matcher:
        matchers: dict[str, Matcher] = {
            kind: prepare(_about(task, kind)) for kind in INCIDENT_KINDS
        }
        matches: dict[str, Callable[[Any], Any]] = {
            kind: matcher.match for kind, matcher in matchers.items()
        }
        always: dict[str, frozenset[str]] = {kind: _always(task, kind) for kind in INCIDENT_KINDS}

        def form(facts: Facts) -> tuple[str, Any]:
            kind = str(facts.values[KIND])
            return kind, matchers[kind].form(facts)

        def match(formed: tuple[str, Any]) -> tuple[str, Any]:
            kind, facts = formed
            return kind, matches[kind](facts)

        def answer(matched: tuple[str, Any]) -> Answer:
            kind, found = matched
            told = matchers[kind].answer(found)
            return Answer(told.definite | always[kind], told.possible | always[kind])

        return Matcher(form=form, match=match, answer=answer)

    return prepare_each


def _about(task: Task, kind: str) -> Task:
    """Return the clauses that can hold for a kind, without what they ask about it."""
    left = ((clause, remaining(clause, kind)) for clause in task.clauses)
    return Task(
        task.policy,
        tuple(
            Clause(clause.id, And(parts, clause.condition.place)) for clause, parts in left if parts
        ),
    )


def _always(task: Task, kind: str) -> frozenset[str]:
    return frozenset(clause.id for clause in task.clauses if remaining(clause, kind) == ())


def remaining(clause: Clause, kind: str) -> tuple[Expression, ...] | None:
    """Return what is left to ask once the kind is known; ``None`` if it cannot hold for it."""
    left: list[Expression] = []
    for part in split(clause.condition):
        match part:
            case Tested(subject=FactRead(name=name), test=test) if name == KIND:
                if not _passes(test, kind):
                    return None
            case _:
                left.append(part)
    return tuple(left)


def _passes(test: Test, kind: str) -> bool:
    match test:
        case EqualTo(operand=Constant(value=value)):
            return value == kind
        case OneOf(tests=tests):
            return any(_passes(each, kind) for each in tests)
        case NotTest(test=inner):
            return not _passes(inner, kind)
        case _:
            raise TypeError(f"no policy measured asks for the kind with {test!r}")
