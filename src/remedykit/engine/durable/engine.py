"""The third engine: which clauses hold is found by durable-rules, a Rete network in C."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from remedykit.engine.durable.cell import LAST, Ask, Cell
from remedykit.engine.durable.network import Network, network_of
from remedykit.engine.matching import EngineName, Matches, clauses
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy, Expression
from remedykit.language.types import Truth, Value


class DurableEngine:
    """Decides every clause by durable-rules.

    What is its own: how `and`, `or` and `not` are combined, in all clauses, for what is definite
    and for what is possible. What is not: values, defines and atoms (tests, comparisons, ``known``
    and truth values that are read) are the reference's, because durable-rules can be trusted with
    none of them. A fault of the reference there is a fault here, too; the index would show it.

    Any number of threads may use one: they take turns. It can be pickled and copied; the copy has
    rulesets of its own.

    Raises:
        ModuleNotFoundError: if durable-rules is not installed; says what to install.
    """

    name: EngineName = "durable"

    def __init__(self, policy: CheckedPolicy) -> None:
        self._policy = policy
        self._network = network_of(clauses(policy))
        self._cell = Cell([shard.ruleset for shard in self._network.shards])

    def __reduce__(self) -> tuple[type[DurableEngine], tuple[CheckedPolicy]]:
        return DurableEngine, (self._policy,)

    def evaluate(self, facts: Facts) -> DurableEvaluation:
        """Return what the policy says about `facts`.

        Raises:
            RuntimeError: if durable-rules failed; the next decision is made with new rulesets.
        """
        reference = ReferenceEvaluation(self._policy, facts)
        truths = _truths(self._network, reference)
        with self._cell.opened() as ask:
            definite = _holding(self._network, [truth is True for truth in truths], ask)
            possible = definite
            if None in truths:
                possible = _holding(self._network, [truth is not False for truth in truths], ask)
        return DurableEvaluation(reference, Matches(definite, possible))


class DurableEvaluation:
    """What the policy says about the facts of one decision.

    Attributes:
        matches: the clauses that hold, as durable-rules found them.
    """

    __slots__ = ("_reference", "matches")

    def __init__(self, reference: ReferenceEvaluation, matches: Matches) -> None:
        self.matches = matches
        self._reference = reference

    @property
    def policy(self) -> CheckedPolicy:
        """What is evaluated."""
        return self._reference.policy

    @property
    def facts(self) -> Facts:
        """What it is evaluated for."""
        return self._reference.facts

    def value(self, expression: Expression) -> Value | None:
        """Return the exact value of an expression, as the reference has it."""
        return self._reference.value(expression)

    def truth(self, expression: Expression) -> Truth:
        """Return whether a condition holds, as the reference has it."""
        return self._reference.truth(expression)

    def defined(self, name: str) -> Value | None:
        """Return the value of the define `name`, as the reference has it."""
        return self._reference.defined(name)

    def about(self, remedy: Mapping[str, Value | None]) -> DurableEvaluation:
        """Return the same evaluation with values for ``remedy.*``; elsewhere they are unknown."""
        return DurableEvaluation(self._reference.about(remedy), self.matches)


def _truths(network: Network, evaluation: ReferenceEvaluation) -> list[Truth]:
    """Return whether each atom holds."""
    truths: list[Truth] = []
    for atom in network.atoms:
        truth = evaluation.truth(atom.condition)
        truths.append(truth if atom.holds or truth is None else not truth)
    return truths


def _holding(network: Network, atoms: Sequence[bool], ask: Ask) -> int:
    """Return the clauses that hold where some atoms are true, as a set of bits."""
    holding = network.always
    on = [*atoms, *[False] * (network.wires - len(atoms))]
    for place, shard in enumerate(network.shards):
        fields = {name: 1 for name, wire in shard.reads if on[wire]}
        if fields:  # else nothing can fire
            for rule, _ in ask(place, [{LAST: 1, **fields}]):
                wire = shard.finds[rule]
                on[wire] = True
                holding |= network.clauses.get(wire, 0)
    return holding
