"""What is never unknown, because it reads nothing but what is always known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from remedykit.authoring.analysis.conditions import ConditionReader
from remedykit.authoring.analysis.subjects import Subjects
from remedykit.language.degree import body_parts, parts_of
from remedykit.language.operands import operands_of
from remedykit.language.syntax import (
    And,
    Cases,
    Compare,
    Constant,
    Define,
    DefineRead,
    Expression,
    Extreme,
    FactRead,
    In,
    IsKnown,
    Not,
    Or,
    ParamRead,
    Row,
    Tested,
)

# Modelling choice: of larger tables it is left open whether two rows may contradict each other.
_MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Certainty:
    """Proves of the expressions of one policy that they are never unknown.

    Nothing is proved of arithmetic: what leaves the range of numbers or times is unknown.
    """

    reader: ConditionReader
    _kept: dict[str, bool] = field(default_factory=dict[str, bool])  # of defines

    @property
    def _subjects(self) -> Subjects:
        return self.reader.subjects

    def of(self, expression: Expression) -> bool:
        """Return whether an expression is proved to be known, whatever the facts are."""
        match expression:
            case Constant() | IsKnown():
                return True
            case FactRead(name=name):
                return self._subjects.facts[name].always_known
            case ParamRead(name=name):
                return name in self._subjects.params
            case DefineRead(name=name):
                return self._of_define(name)
            case Tested(subject=subject, test=test):
                return self.of(subject) and all(map(self.of, operands_of(test)))
            case And() | Or() | Not() | Compare() | In() | Extreme():
                return all(map(self.of, parts_of(expression)))
            case _:
                return False

    def _of_define(self, name: str) -> bool:
        known = self._kept.get(name)
        if known is None:
            known = self._kept[name] = self._of_body(self._subjects.defines[name])
        return known

    def _of_body(self, define: Define) -> bool:
        body = define.body
        if not all(map(self.of, body_parts(body))):
            return False
        if not isinstance(body, Cases):
            return True
        match body.op:
            case "first" | "count" | "max" | "min":
                # without `else`, it was proved that some row matches known facts
                return True
            case "unique":
                return self._agree(body.rows)
            case "sum":
                return False

    def _agree(self, rows: Sequence[Row]) -> bool:
        """Return whether no two rows match the same facts."""
        return len(rows) <= _MOST_ROWS and not any(
            self.reader.read(And((one.when, other.when), other.place)).boxes
            for one, other in combinations(rows, 2)
        )
