"""Whether an engine answers as the reference does: clauses, every part of them, and values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from remedykit.engine.matching import Engine, Evaluation, Matches, clauses
from remedykit.engine.reference import ReferenceEngine
from remedykit.facts.values import Facts
from remedykit.language.degree import body_parts, walk
from remedykit.language.occurrences import amounts_and_placeholders, conditions_on_remedies
from remedykit.language.syntax import CheckedPolicy, Expression
from remedykit.language.types import Value
from support.chances import Chance
from support.pools import some_facts
from support.written import condition_line, told

# Properties of a remedy at hand, for conditions on ``remedy.*``; what is not told is unknown.
REMEDIES: tuple[Mapping[str, Value | None], ...] = (
    {},
    {
        "remedy.kind": "gift",
        "remedy.part": "perk",
        "remedy.gives": "exchange",
        "remedy.group": "money",
        "remedy.basis": "goodwill",
        "remedy.refused": False,
        "remedy.refused_value": 0,
        "remedy.value": 500,
        "remedy.cost": Fraction(2501, 2),
    },
    {
        "remedy.kind": "refund",
        "remedy.part": "fix",
        "remedy.gives": "money_now",
        "remedy.group": "refund",
        "remedy.basis": "standard",
        "remedy.refused": True,
        "remedy.refused_value": None,
        "remedy.value": 2500,
        "remedy.cost": None,
    },
)


@dataclass(frozen=True, slots=True, repr=False)
class Difference:
    """Where an engine answers otherwise.

    Attributes:
        policy: the policy.
        facts: the facts.
        what: the clause, the define, or where the expression stands.
        expression: what was asked; ``None`` for the clauses as a whole.
        expected: what the reference says.
        found: what the engine says.
    """

    policy: CheckedPolicy
    facts: Facts
    what: str
    expression: Expression | None
    expected: object
    found: object

    def __str__(self) -> str:
        facts = told(self.facts.values, self.policy.schema, self.facts.currency)
        lines = [f"{self.what}: {self.expected!r} expected, {self.found!r} found"]
        if self.expression is not None:
            defines = {item.name: item for item in self.policy.defines}
            lines.append(condition_line(self.what, self.expression, defines))
        lines.append(f'"currency": "{self.facts.currency}", "cases": [[{facts}, ...]]')
        return "\n".join(lines)

    __repr__ = __str__  # what pytest and Hypothesis show


class Subject:
    """One policy with the engine that is compared, made ready for many decisions.

    Args:
        policy: the policy.
        make: makes the engine that is compared.
    """

    def __init__(self, policy: CheckedPolicy, make: Callable[[CheckedPolicy], Engine]) -> None:
        self._policy = policy
        self._reference = ReferenceEngine(policy)
        self._engine = make(policy)
        self._parts = tuple(every_part(policy))
        self._about_remedies = tuple(parts_on_remedies(policy))

    def difference(self, facts: Facts, *, parts: bool) -> Difference | None:
        """Return the first difference for some facts, or ``None`` if there is none.

        Args:
            facts: of one decision.
            parts: whether every part is compared too, not only clauses and defines.
        """
        expected, found = self._reference.evaluate(facts), self._engine.evaluate(facts)
        if expected.matches != found.matches:
            return self._of_clauses(facts, expected.matches, found.matches)
        for define in self._policy.defines:
            right, answer = expected.defined(define.name), found.defined(define.name)
            if not same(right, answer):
                return Difference(self._policy, facts, define.name, None, right, answer)
        return self._of_parts(facts, expected, found) if parts else None

    def _of_clauses(self, facts: Facts, expected: Matches, found: Matches) -> Difference:
        for number, clause in enumerate(clauses(self._policy)):
            right, answer = expected.truth(number), found.truth(number)
            if right is not answer:
                where = (self._policy, facts, clause.id, clause.condition)
                return Difference(*where, right, answer)
        return Difference(self._policy, facts, "bits of no clause", None, expected, found)

    def _of_parts(self, facts: Facts, expected: Evaluation, found: Evaluation) -> Difference | None:
        for what, part in self._parts:
            right, answer = expected.value(part), found.value(part)
            if not same(right, answer):
                return Difference(self._policy, facts, what, part, right, answer)
        for condition in self._about_remedies:
            for remedy in REMEDIES:
                truth = expected.about(remedy).truth(condition)
                answer = found.about(remedy).truth(condition)
                if truth is not answer:
                    asked = f"about {remedy.get('remedy.kind')}"
                    return Difference(self._policy, facts, asked, condition, truth, answer)
        return None


def first_difference(
    subject: Subject, chance: Chance, decisions: int, *, parts_of: int = 8
) -> Difference | None:
    """Return the first difference among so many decisions on random facts, if there is one.

    Args:
        subject: the policy and the engine.
        chance: makes the facts.
        decisions: how many.
        parts_of: of so many decisions one is compared part by part.
    """
    for number in range(decisions):
        found = subject.difference(some_facts(chance), parts=number % parts_of == 0)
        if found is not None:
            return found
    return None


def every_part(policy: CheckedPolicy) -> Iterator[tuple[str, Expression]]:
    """Yield every expression that an engine may be asked about, with all that it consists of."""
    for what, whole in _wholes(policy):
        for part in walk(whole):
            yield what, part


def parts_on_remedies(policy: CheckedPolicy) -> Iterator[Expression]:
    """Yield every condition that may read ``remedy.*``, with all that it consists of."""
    for whole in conditions_on_remedies(policy):
        yield from walk(whole)


def _wholes(policy: CheckedPolicy) -> Iterator[tuple[str, Expression]]:
    for clause in clauses(policy):
        yield clause.id, clause.condition
    for define in policy.defines:
        yield from ((f"define {define.name}", part) for part in body_parts(define.body))
    yield from (("an amount or text", each) for each in amounts_and_placeholders(policy))


def same(expected: object, found: object) -> bool:
    """Whether two values are the same; of equal numbers one may be a whole `Fraction`."""
    return expected == found and isinstance(expected, bool) is isinstance(found, bool)
