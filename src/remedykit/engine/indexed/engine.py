"""The default engine: everything about a policy made ready once, then looked up."""

from __future__ import annotations

from collections.abc import Mapping

from remedykit.engine.indexed.frames import NOT_YET, Frame, Function, Slot
from remedykit.engine.indexed.functions import Functions
from remedykit.engine.indexed.index import Index
from remedykit.engine.indexed.make_index import index_of
from remedykit.engine.matching import EngineName, Matches
from remedykit.facts.values import Facts
from remedykit.language.occurrences import amounts_and_placeholders, conditions_on_remedies
from remedykit.language.syntax import CheckedPolicy, Expression
from remedykit.language.types import Truth, Value

_NO_REMEDY: Mapping[str, Value | None] = {}


class IndexedEngine:
    """Decides every clause by a bit index, and evaluates by functions made of the expressions.

    Nothing about it changes once it is made: any number of threads may use one. It can be pickled;
    it is made anew where it is unpickled.
    """

    name: EngineName = "indexed"

    def __init__(self, policy: CheckedPolicy) -> None:
        self._policy = policy
        currencies = {code for param in policy.params for code, _ in param.by_currency}
        self._by_currency = {code: _Ready(policy, code) for code in currencies}
        # Of a policy that says in which currencies it decides, nothing is made ready for others.
        self._elsewhere = None if currencies and policy.currencies else _Ready(policy, "")

    def __reduce__(self) -> tuple[type[IndexedEngine], tuple[CheckedPolicy]]:
        return IndexedEngine, (self._policy,)

    def evaluate(self, facts: Facts) -> IndexedEvaluation:
        """Return what the policy says about `facts`."""
        ready = self._by_currency.get(facts.currency, self._elsewhere)
        if ready is None:
            ready = _Ready(self._policy, facts.currency)
        frame = Frame(facts.values, ready.no_defines.copy(), _NO_REMEDY)
        for landmark in ready.functions.landmarks:
            landmark(frame)
        return IndexedEvaluation(facts, ready, frame, ready.index.matches(frame))


class IndexedEvaluation:
    """What the policy says about the facts of one decision.

    Attributes:
        facts: the facts.
        matches: the clauses that hold.
    """

    __slots__ = ("_frame", "_ready", "facts", "matches")

    def __init__(self, facts: Facts, ready: _Ready, frame: Frame, matches: Matches) -> None:
        self.facts = facts
        self.matches = matches
        self._ready = ready
        self._frame = frame

    @property
    def policy(self) -> CheckedPolicy:
        """What is evaluated."""
        return self._ready.policy

    def value(self, expression: Expression) -> Value | None:
        """Return the exact value of an expression, or ``None`` if it is unknown."""
        function = self._ready.by_identity.get(id(expression))
        if function is None:
            function = self._ready.functions.of(expression)
        return function(self._frame)

    def truth(self, expression: Expression) -> Truth:
        """Return whether a condition holds, or ``None`` if that is unknown."""
        value = self.value(expression)
        return None if value is None else value is True

    def defined(self, name: str) -> Value | None:
        """Return the value of the define `name`."""
        return self._ready.functions.defined(name)(self._frame)

    def about(self, remedy: Mapping[str, Value | None]) -> IndexedEvaluation:
        """Return the same evaluation with values for ``remedy.*``; elsewhere they are unknown."""
        frame = Frame(self._frame.values, self._frame.defines, remedy)
        return IndexedEvaluation(self.facts, self._ready, frame, self.matches)


class _Ready:
    """A policy made ready for decisions in one currency.

    Attributes:
        functions: makes a function of any expression.
        by_identity: those of the expressions that are evaluated besides the index.
        no_defines: the values of defines before any is computed.
    """

    def __init__(self, policy: CheckedPolicy, currency: str) -> None:
        self.policy = policy
        self.functions = Functions(policy, currency)
        self.index: Index = index_of(policy, self.functions)
        self.by_identity: dict[int, Function] = {
            id(each): self.functions.of(each)
            for each in (*amounts_and_placeholders(policy), *conditions_on_remedies(policy))
        }
        self.no_defines: list[Slot] = [NOT_YET for _ in policy.defines]
