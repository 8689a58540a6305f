"""From the clauses of a policy to rules that durable-rules can hold: small, shared, in strata.

Negations are pushed down to the atoms, so that "is definitely false" is a literal like any other,
and only `and` and `or` are left: the same rules then tell what is definite, and what is possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal as Word

from remedykit.engine.durable.cell import MOST_EDGES, Patterns, Ruleset, Test, guarded
from remedykit.engine.matching import Clause
from remedykit.language.syntax import And, Constant, Expression, Not, Or

# Measured: with 16 nodes durable-rules refuses a rule. It tries each way in which a rule can hold.
MOST_NODES = 15
MOST_WAYS = 16
MOST_EDGES_OF_A_RULE = 40
ROOM = MOST_EDGES - 2  # beside the guard, and the condition of the rule that always fires


@dataclass(frozen=True, slots=True)
class Atom:
    """A condition that is not taken apart; with ``holds=False``, that it does not hold."""

    condition: Expression
    holds: bool


@dataclass(frozen=True, slots=True)
class Signal:
    """What a rule of an earlier stratum has found, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Junction:
    """All, or one, of some parts; there are at least two unless it is a constant without any."""

    op: Word["and", "or"]
    parts: tuple[Formula, ...]


Leaf = Atom | Signal
Formula = Leaf | Junction
Rule = tuple[Signal, Formula]
ALWAYS = Junction("and", ())
NEVER = Junction("or", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Rules that stand in one ruleset.

    Attributes:
        ruleset: the rules, by private names.
        reads: the name of each field, with the wire that it stands for.
        finds: by the name of each rule, the wire that it switches on.
    """

    ruleset: Ruleset
    reads: tuple[tuple[str, int], ...]
    finds: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All rules of a policy, joined by numbered wires: one an atom, then one a rule.

    Attributes:
        atoms: what the first wires stand for.
        wires: how many there are.
        shards: in an order in which each reads only wires that those before it switch on.
        always: the clauses that hold whatever the facts are, as a set of bits.
        clauses: by wire, the clauses that hold if it is on, as a set of bits.
    """

    atoms: tuple[Atom, ...]
    wires: int
    shards: tuple[Shard, ...]
    always: int
    clauses: Mapping[int, int]


def network_of(clauses: Sequence[Clause]) -> Network:
    """Return the rules of some clauses; equal conditions have one rule."""
    maker = _Maker()
    always, found = 0, dict[Signal, int]()
    for number, clause in enumerate(clauses):
        formula = formula_of(clause.condition, holds=True)
        if formula == ALWAYS:
            always |= 1 << number
        elif formula != NEVER:
            signal = maker.signal_of(maker.fitted(formula))
            found[signal] = found.get(signal, 0) | 1 << number
    leaves = (leaf for body in maker.bodies for leaf in _leaves(body))
    atoms = tuple(dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, Atom)))
    ends: list[Leaf] = [*atoms, *(Signal(number) for number in range(len(maker.bodies)))]
    wires = {end: wire for wire, end in enumerate(ends)}
    return Network(
        atoms=atoms,
        wires=len(wires),
        shards=tuple(_shard(rules, wires) for rules in _divided(maker.strata())),
        always=always,
        clauses={wires[signal]: bits for signal, bits in found.items()},
    )


def formula_of(condition: Expression, *, holds: bool) -> Formula:
    """Return a condition, or its negation, as and and or of atoms; constants go as far as they do.

    Right in Kleene's logic: there, too, ``not`` may be pushed inward.
    """
    match condition:
        case Not():
            return formula_of(condition.part, holds=not holds)
        case And() | Or():
            op: Word["and", "or"] = "and" if isinstance(condition, And) is holds else "or"
            return _joined(op, (formula_of(part, holds=holds) for part in condition.parts))
        case Constant(value=bool() as value):
            return ALWAYS if value is holds else NEVER
        case _:
            return Atom(condition, holds)


def _joined(op: Word["and", "or"], parts: Iterable[Formula]) -> Formula:
    neutral, decisive = (ALWAYS, NEVER) if op == "and" else (NEVER, ALWAYS)
    found: dict[Formula, None] = {}
    for part in parts:
        if part == decisive:
            return decisive
        same = isinstance(part, Junction) and part.op == op  # so is what is neutral, with no parts
        found |= dict.fromkeys(part.parts if isinstance(part, Junction) and same else (part,))
    if len(found) == 1:
        return next(iter(found))
    return Junction(op, tuple(found)) if found else neutral


@dataclass(frozen=True, slots=True)
class _Size:
    """How large a formula is in durable-rules."""

    nodes: int = 0
    edges: int = 1
    ways: int = 1

    @classmethod
    def of(cls, formula: Formula) -> _Size:
        if not isinstance(formula, Junction):
            return _Size()
        parts = [_Size.of(part) for part in formula.parts]
        nodes = 1 + sum(part.nodes for part in parts)
        edges = sum(part.edges for part in parts)
        if formula.op == "and":
            return _Size(nodes, edges, prod(part.ways for part in parts))
        # Each alternative has an edge to where they come together again.
        return _Size(nodes, edges + len(parts), sum(part.ways for part in parts))

    @property
    def fits(self) -> bool:
        """Whether it can be the condition of a rule, beside the guard."""
        return (
            self.nodes < MOST_NODES
            and self.edges <= MOST_EDGES_OF_A_RULE
            and self.ways <= MOST_WAYS
        )


class _Maker:
    """Divides formulas until each fits, and gives every one a signal.

    Attributes:
        bodies: the formula of each signal, by its number.
    """

    def __init__(self) -> None:
        self.bodies: list[Formula] = []
        self._numbers: dict[Formula, int] = {}

    def signal_of(self, body: Formula) -> Signal:
        """Return the signal of a formula that fits: the same for equal ones."""
        number = self._numbers.setdefault(body, len(self.bodies))
        if number == len(self.bodies):
            self.bodies.append(body)
        return Signal(number)

    def fitted(self, formula: Formula) -> Formula:
        """Return a formula that fits, with signals in place of what is too large."""
        if not isinstance(formula, Junction):
            return formula
        parts = [self.fitted(part) for part in formula.parts]
        while not _Size.of(Junction(formula.op, tuple(parts))).fits:
            large = [part for part in parts if isinstance(part, Junction)]
            if large:
                named = large[: (len(large) + 1) // 2]
                parts = [self.signal_of(part) if part in named else part for part in parts]
            else:
                batches = (parts[at : at + MOST_WAYS] for at in range(0, len(parts), MOST_WAYS))
                parts = [self.signal_of(_joined(formula.op, batch)) for batch in batches]
        return Junction(formula.op, tuple(parts))

    def strata(self) -> list[list[Rule]]:
        """Return the signals with their formulas: each reads only those of strata before it."""
        strata: list[list[Rule]] = []
        levels: dict[Leaf, int] = {}
        for number, body in enumerate(self.bodies):  # what a formula reads was made before it
            level = max(levels.get(leaf, -1) for leaf in _leaves(body)) + 1
            levels[Signal(number)] = level
            if level == len(strata):
                strata.append([])
            strata[level].append((Signal(number), body))
        return strata


def _leaves(formula: Formula) -> Iterable[Leaf]:
    if isinstance(formula, Junction):
        for part in formula.parts:
            yield from _leaves(part)
    else:
        yield formula


def _divided(strata: Iterable[Sequence[Rule]]) -> Iterable[Sequence[Rule]]:
    """Yield the rules of each stratum in as many groups as durable-rules needs."""
    for stratum in strata:
        begun: list[Rule] = []
        room = ROOM
        for rule in stratum:
            edges = _Size.of(rule[1]).edges
            if edges > room:
                yield begun
                begun, room = [], ROOM
            begun.append(rule)
            room -= edges
        yield begun


def _shard(rules: Sequence[Rule], wires: Mapping[Leaf, int]) -> Shard:
    names: dict[Leaf, str] = {}
    ruleset: dict[str, Patterns] = {}
    for place, (_, body) in enumerate(rules):
        for leaf in _leaves(body):
            names.setdefault(leaf, f"p{len(names)}")
        ruleset[f"r{place}"] = [{"m": guarded(_test(body, names))}]
    return Shard(
        ruleset=ruleset,
        reads=tuple((name, wires[leaf]) for leaf, name in names.items()),
        finds={f"r{place}": wires[signal] for place, (signal, _) in enumerate(rules)},
    )


def _test(formula: Formula, names: Mapping[Leaf, str]) -> Test:
    if isinstance(formula, Junction):
        return {f"${formula.op}": [_test(part, names) for part in formula.parts]}
    return {names[formula]: 1}
