"""Targets: everything in a policy that a scenario can exercise, each with its place and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from remedykit.authoring.analysis.conditions import Wanted
from remedykit.authoring.coverage.parts import Part, parts_of_test
from remedykit.authoring.coverage.possible import Room
from remedykit.authoring.coverage.probes import Joined, Leaf, Probe, Turned
from remedykit.authoring.situations.goals import Goal
from remedykit.diagnostics import Place
from remedykit.explain.wording import worded
from remedykit.language.degree import walk
from remedykit.language.syntax import (
    And,
    Define,
    Expression,
    Limit,
    Not,
    Or,
    RemedyKind,
    RemedyRead,
    Rule,
)
from remedykit.language.types import Truth

Aspect = Literal[
    "fires", "applies", "reached", "offered", "first", "chosen", "true", "false", "unknown"
]

_ASPECTS: Mapping[Truth, Aspect] = {True: "true", False: "false", None: "unknown"}
# Of a remedy at hand, nothing else can be unknown.
_OPEN_PROPERTY = "remedy.refused_value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One thing that a scenario can exercise.

    Attributes:
        clause: what it belongs to: ``rule:``, ``limit:``, ``remedy:``, ``needs:``, ``states:`` or
            ``define:`` and its name.
        aspect: what must be seen of it: a rule that ``fires``; a rule or limit that ``applies`` to
            a remedy; a limit that is ``reached``; a remedy kind that is ``offered``, and that comes
            ``first`` in its part; a row that is ``chosen``; a test that is ``true``, ``false`` or
            ``unknown``.
        test: the test, or the row, in the words of the rule language; else empty.
        place: where it stands.
    """

    clause: str
    aspect: Aspect
    test: str = ""
    place: Place

    @property
    def title(self) -> str:
        """What to call its clause: ``rule late``."""
        return self.clause.replace(":", " ", 1)

    @property
    def name(self) -> str:
        """What is missing where it was not seen, such as ``rule late never fires``."""
        test = self.test if self.aspect == "chosen" else f"`{self.test}`"
        test = f": {test}" if self.test else ""
        return f"{self.title}{test} {_MISSING[self.aspect]}"


_MISSING: Mapping[Aspect, str] = {
    "fires": "never fires",
    "applies": "never applies to a remedy",
    "reached": "is never reached",
    "offered": "is never offered",
    "first": "never comes first",
    "chosen": "is never chosen",
    "true": "is never true",
    "false": "is never false",
    "unknown": "is never unknown",
}

Owner = Rule | Limit | RemedyKind | Define


class Clause(NamedTuple):
    """What targets belong to: its name among all (see `Target.clause`), and what it is."""

    name: str
    owner: Owner


class Origin(NamedTuple):
    """Where a target comes from: what must be so for it to be seen.

    Attributes:
        aspect: as `Target.aspect`.
        test: of a test or a part of one, the whole test as it stands in the condition.
        goal: the truth that the test, or the part, must have.
        rest: of a part, what the other parts of the test must be for it to matter.
        row: of a row, its place among the rows; that of "else" is after the last.
    """

    owner: Owner
    aspect: Aspect
    test: Expression | None = None
    goal: Goal | None = None
    rest: tuple[Goal, ...] = ()
    row: int | None = None


@dataclass(frozen=True, slots=True)
class TargetList:
    """Collects the targets of a policy; each is known by one bit.

    Attributes:
        currency: in which amounts are told.
        found: the targets so far, the first for the lowest bit.
        origins: where each comes from.
    """

    currency: str
    found: list[Target] = field(default_factory=list[Target])
    origins: list[Origin] = field(default_factory=list[Origin])

    def add(self, clause: Clause, aspect: Aspect) -> int:
        """Add a target of a clause as a whole and return its bit."""
        target = Target(clause=clause.name, aspect=aspect, place=clause.owner.place)
        return self._add(target, Origin(clause.owner, aspect))

    def add_row(self, clause: Clause, row: int, words: str, place: Place) -> int:
        """Add the target that a row is chosen and return its bit."""
        target = Target(clause=clause.name, aspect="chosen", test=words, place=place)
        return self._add(target, Origin(clause.owner, "chosen", row=row))

    def probe(self, clause: Clause, condition: Expression, room: Room) -> Probe:
        """Return what looks at a condition, with targets for all its tests.

        Args:
            clause: to which it belongs.
            condition: made of tests by `And`, `Or` and `Not`.
            room: where it is looked at; the truths that a test cannot have there are no targets.
        """
        match condition:
            case And(parts=parts):
                return Joined(tuple(self._parts(clause, parts, room, neutral=True)), False)
            case Or(parts=parts):
                return Joined(tuple(self._parts(clause, parts, room, neutral=False)), True)
            case Not(part=part):
                return Turned(self.probe(clause, part, room))
            case _:
                return self._leaf(clause, condition, room)

    def _parts(
        self, clause: Clause, parts: tuple[Expression, ...], room: Room, *, neutral: bool
    ) -> Iterator[Probe]:
        for number, part in enumerate(parts):
            beside = room
            for other in (*parts[:number], *parts[number + 1 :]):
                beside = beside.where(other, Wanted(holds=neutral, certain=False))
            yield self.probe(clause, part, beside)

    def _add(self, target: Target, origin: Origin) -> int:
        self.found.append(target)
        self.origins.append(origin)
        return 1 << (len(self.found) - 1)

    def _leaf(self, clause: Clause, test: Expression, room: Room) -> Leaf:
        truths = {
            truth: self._add_test(clause, test.place, test, Goal(test, truth))
            for truth in _truths(test, room)
        }
        parts = tuple((part, self._part(clause, test, part, room)) for part in parts_of_test(test))
        return Leaf(test, truths, parts)

    def _part(self, clause: Clause, test: Expression, part: Part, room: Room) -> int:
        beside = room.where(part.rest, Wanted(holds=not part.wanted, certain=False))
        if part.wanted not in _truths(part.test, beside):
            return 0
        rest = (Goal(part.rest, not part.wanted),)
        return self._add_test(clause, part.place, test, Goal(part.test, part.wanted), rest)

    def _add_test(
        self,
        clause: Clause,
        place: Place,
        test: Expression,
        goal: Goal,
        rest: tuple[Goal, ...] = (),
    ) -> int:
        words = worded(goal.condition, self.currency)
        aspect = _ASPECTS[goal.truth]
        target = Target(clause=clause.name, aspect=aspect, test=words, place=place)
        return self._add(target, Origin(clause.owner, aspect, test, goal, rest))


def _truths(test: Expression, room: Room) -> Iterator[Truth]:
    """Yield the truths that a test can have; of what a remedy is, nothing is proved."""
    reads = {node.name for node in walk(test) if isinstance(node, RemedyRead)}
    if not reads:
        yield from room.truths(test)
        return
    yield from (True, False)
    if _OPEN_PROPERTY in reads:
        yield None
