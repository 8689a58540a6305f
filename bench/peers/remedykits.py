"""Remedykit's own engines, as the comparison sees them."""

from __future__ import annotations

from collections.abc import Iterable

from bench.peers.contender import Answer, Matcher, Task
from remedykit.engine.engines import engine_named
from remedykit.engine.matching import EngineName, Matches, clauses, members
from remedykit.facts.values import Facts


def reference(task: Task) -> Matcher:
    """Return the reference engine: the meaning of the language, in no hurry."""
    return _matcher(task, "reference")


def indexed(task: Task) -> Matcher:
    """Return the indexed engine, the default; it answers with sets of bits."""
    return _matcher(task, "indexed")


def listed(task: Task) -> Matcher:
    """Return the indexed engine, with the ids of its answer listed while the clock runs.

    A decision needs no such list: it reads the sets of bits. Other engines have it.
    """
    bare = _matcher(task, "indexed")
    ids = [clause.id for clause in clauses(task.policy)]

    def match(facts: Facts) -> tuple[list[str], list[str]]:
        found = bare.match(facts)
        return [ids[n] for n in members(found.definite)], [ids[n] for n in members(found.possible)]

    def answer(found: tuple[list[str], list[str]]) -> Answer:
        return _answer(task, *found)

    return Matcher(form=bare.form, match=match, answer=answer)


def _matcher(task: Task, name: EngineName) -> Matcher:
    engine = engine_named(name, task.policy)
    ids = [clause.id for clause in clauses(task.policy)]

    def form(facts: Facts) -> Facts:
        return facts

    def match(facts: Facts) -> Matches:
        return engine.evaluate(facts).matches

    def answer(found: Matches) -> Answer:
        definite, possible = members(found.definite), members(found.possible)
        return _answer(task, (ids[n] for n in definite), (ids[n] for n in possible))

    return Matcher(form=form, match=match, answer=answer)


def _answer(task: Task, definite: Iterable[str], possible: Iterable[str]) -> Answer:
    asked = frozenset(clause.id for clause in task.clauses)  # not those that test nothing
    return Answer(asked.intersection(definite), asked.intersection(possible))
