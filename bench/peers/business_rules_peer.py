"""business-rules: rules as JSON over the methods of a class.

It has no way to say "not", to compare two facts or to look into a list: such atoms are given to it
as truth values, decided beforehand by one generated function, as its own variables are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from business_rules import actions, engine, operators, variables

from bench.peers.atoms import Atoms
from bench.peers.contender import Answer, Matcher, Plain, Task
from bench.peers.texts import Texts
from bench.peers.writing import PYTHON, Writer, identifier, words_of
from remedykit.language.syntax import (
    And,
    Between,
    Constant,
    EqualTo,
    Expression,
    FactRead,
    OneOf,
    Or,
    ParamRead,
    Test,
    Tested,
)
from remedykit.language.types import NUMERIC, Base

Condition = dict[str, Any]
_FIELDS = {
    Base.BOOL: operators.BooleanType,
    Base.TEXT: operators.StringType,
    **dict.fromkeys((*NUMERIC, Base.MONEY), operators.NumericType),
}


def prepare(task: Task) -> Matcher:
    """Return a list of rules that each note their name when they hold."""
    translation = _Translation(task)
    rules = [
        {
            "conditions": translation.condition(clause.condition),
            "actions": [{"name": "note", "params": {"rule": clause.id}}],
        }
        for clause in task.clauses
    ]
    truths, kind = translation.atoms.truths(), type("Read", (_Variables,), translation.methods)

    def match(facts: dict[str, Plain]) -> list[str]:
        found: list[str] = []
        engine.run_all(rules, kind(facts, truths(facts)), _Notes(found))
        return found

    return Matcher(form=Texts.of(task, PYTHON).form, match=match, answer=Answer.of)


class _Variables(variables.BaseVariables):
    def __init__(self, facts: dict[str, Plain], truths: list[Any]) -> None:
        self.facts = facts
        self.truths = truths


class _Notes(actions.BaseActions):
    def __init__(self, found: list[str]) -> None:
        self.found = found

    def note(self, rule: str) -> None:
        self.found.append(rule)


class _Translation:
    """Conditions as business-rules reads them, and the methods that they call."""

    def __init__(self, task: Task) -> None:
        self.atoms = Atoms(task.policy)
        self.methods: dict[str, Callable[[_Variables], object]] = {}
        self._writer = Writer(task.policy, PYTHON)

    def condition(self, expression: Expression) -> Condition:
        match expression:
            case And(parts=parts):
                return {"all": [self.condition(part) for part in parts]}
            case Or(parts=parts):
                return {"any": [self.condition(part) for part in parts]}
            case Tested(subject=FactRead() as subject, test=test) if subject.type.base in _FIELDS:
                return self._test(test, subject) or self._atom(expression)
            case _:
                return self._atom(expression)

    def _test(self, test: Test, subject: FactRead) -> Condition | None:
        match test:
            case EqualTo(operand=Constant(value=bool() as wanted)):
                return self._compare(subject, "is_true" if wanted else "is_false", "")
            case EqualTo(operand=operand):
                return self._compare(subject, "equal_to", self._constant(operand))
            case OneOf(tests=tests) if words := words_of(tests):
                return {"any": [self._compare(subject, "equal_to", word) for word in words]}
            case Between(low=low, high=high):
                ends: list[Condition] = []
                for end, sign, excluded in (
                    (low, "greater_than", test.low_excluded),
                    (high, "less_than", test.high_excluded),
                ):
                    if end is not None:
                        name = sign if excluded else f"{sign}_or_equal_to"
                        ends.append(self._compare(subject, name, self._constant(end)))
                return {"all": ends}
            case _:
                return None

    def _compare(self, subject: FactRead, sign: str, value: object) -> Condition:
        name = identifier(subject.name)
        field = _FIELDS[subject.type.base]
        self.methods[name] = variables.rule_variable(field)(lambda read: read.facts[name])
        return {"name": name, "operator": sign, "value": value}

    def _atom(self, expression: Expression) -> Condition:
        number = self.atoms.number(expression)
        name = f"atom_{number}"
        as_bool = variables.rule_variable(operators.BooleanType)
        self.methods[name] = as_bool(lambda read: bool(read.truths[number]))
        return {"name": name, "operator": "is_true", "value": ""}

    def _constant(self, operand: Constant | ParamRead) -> object:
        if isinstance(operand, Constant) and isinstance(operand.value, str):
            return operand.value
        text = self._writer.value(operand)
        return float(text) if "." in text else int(text)
