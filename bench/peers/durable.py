"""durable-rules: a Rete network in C, used only in the way in which it is sound.

Outside a narrow subset it crashes, hangs or is silently wrong. So all atoms are decided beforehand
by one generated function; it sees private names that are 1, and does the and, or and not. Rules
stand in rulesets of at most 60 conditions; each has one session, deleted after each decision, and
no thread of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from durable import engine

from bench.peers.atoms import Atoms
from bench.peers.contender import Answer, Matcher, Plain, Task
from bench.peers.texts import Texts
from bench.peers.writing import PYTHON
from remedykit.language.syntax import And, Expression, Not, Or

MOST_EDGES = 60  # conditions of a ruleset; with 65 true at once it fails
Body = dict[str, Any]


class _Host(engine.Host):
    """A host that starts no timers."""

    def _run(self) -> None:
        pass


def prepare(task: Task) -> Matcher:
    """Return rulesets that each note the names of the rules that fire."""
    atoms = Atoms(task.policy)
    found: list[str] = []
    shards: list[tuple[dict[str, Any], set[int]]] = []
    room = 0
    for number, clause in enumerate(task.clauses):
        used: set[int] = set()
        body = _body(clause.condition, atoms, used, wanted=True)
        if len(used) + 1 > room:
            shards.append(({"seen": _rule({"g": 1}, lambda _: None)}, set()))
            room = MOST_EDGES
        rules, atoms_read = shards[-1]
        rules[f"r{number}"] = _rule({"$and": [{"g": 1}, body]}, _note(found, clause.id))
        atoms_read |= used
        room -= len(used) + 1
    return _matcher(Texts.of(task, PYTHON), atoms, shards, found)


def _matcher(
    texts: Texts, atoms: Atoms, shards: list[tuple[dict[str, Any], set[int]]], found: list[str]
) -> Matcher:
    truths = atoms.truths()
    host = _Host({f"shard{place}": rules for place, (rules, _) in enumerate(shards)})
    asked = [
        (host.get_ruleset(f"shard{place}"), [(number, f"p{number}") for number in sorted(read)])
        for place, (_, read) in enumerate(shards)
    ]

    def match(facts: dict[str, Plain]) -> list[str]:
        found.clear()
        decided = truths(facts)
        for ruleset, read in asked:
            fact = {"sid": "s", "id": "q", "g": 1}
            for number, name in read:
                if decided[number]:
                    fact[name] = 1
            ruleset.do_actions(ruleset.assert_fact(fact), _complain)
            ruleset.delete_state("s")
        return list(found)

    return Matcher(form=texts.form, match=match, answer=Answer.of)


def _rule(test: Body, run: Callable[[Any], None]) -> dict[str, Any]:
    return {"all": [{"m": test}], "run": run}


def _note(found: list[str], name: str) -> Callable[[Any], None]:
    def note(_: object) -> None:
        found.append(name)

    return note


def _complain(error: BaseException | None, state: dict[str, Any] | None) -> None:
    if error is not None:
        raise error
    if state and "exception" in state:
        raise RuntimeError(state["exception"])


def _body(expression: Expression, atoms: Atoms, used: set[int], *, wanted: bool) -> Body:
    """Return a condition over atoms, with every negation pushed down to them."""
    match expression:
        case Not(part=part):
            return _body(part, atoms, used, wanted=not wanted)
        case And(parts=(part,)) | Or(parts=(part,)):
            return _body(part, atoms, used, wanted=wanted)
        case And(parts=parts) | Or(parts=parts):
            together = isinstance(expression, And) is wanted
            bodies = [_body(part, atoms, used, wanted=wanted) for part in parts]
            return {"$and" if together else "$or": bodies}
        case _:
            number = atoms.number(expression)
            used.add(number)
            name = {f"p{number}": 1}
            return name if wanted else {"$nex": name}
