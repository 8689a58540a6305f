"""Small changes of conditions and amounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from remedykit.authoring.mutation.edits_of_tests import edits_of_test
from remedykit.authoring.mutation.mutant import Edit, Operator
from remedykit.authoring.mutation.rebuilding import with_part, without
from remedykit.authoring.mutation.values import Beside, next_word
from remedykit.explain.wording import worded
from remedykit.language.degree import parts_of
from remedykit.language.syntax import (
    And,
    Arithmetic,
    Compare,
    Constant,
    DefineRead,
    Expression,
    Extreme,
    FactRead,
    In,
    IsKnown,
    Not,
    Or,
    Rounded,
    Shifted,
    Tested,
)
from remedykit.language.types import BOOL

_Comparison = Literal["<", "<=", ">", ">=", "==", "!="]
_BESIDE: dict[_Comparison, _Comparison] = {
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "==": "!=",
    "!=": "==",
}
_LONGEST = 60  # characters of a condition that is told


@dataclass(frozen=True, slots=True)
class ExpressionEdits:
    """Makes small changes of the expressions of one policy."""

    beside: Beside

    def among(self, *expressions: Expression) -> ExpressionEdits:
        """Return the same for constants among some expressions: whole ones stay whole there."""
        return replace(self, beside=self.beside.among(*expressions))

    def of_condition(self, condition: Expression) -> Iterator[Edit]:
        """Yield every small change of a condition; what is one single test can be dropped, too."""
        if not isinstance(condition, And | Or):
            always = And((), condition.place)
            yield self._edit("dropped", condition, always, f"without {self._told(condition)}")
        yield from self.of_part(condition)

    def of_amount(self, amount: Expression, words: tuple[str, ...] = ()) -> Iterator[Edit]:
        """Yield every small change of what gives a value.

        Args:
            amount: such as a cell of a table.
            words: the values that it can have, if they are words.
        """
        match amount:
            case Constant(value=str() as word):
                other = next_word(word, words, ())
                if other is not None:
                    yield self._side_by_side("value", amount, replace(amount, value=other))
            case _:
                yield from self.of_part(amount)

    def of_part(self, expression: Expression) -> Iterator[Edit]:
        """Yield every small change of an expression, outer ones first."""
        match expression:
            case And() | Or():
                yield from self._junction(expression)
                yield from self._parts(expression)
            case Not(part=part):
                yield self._edit("negated", expression, part, f"without not: {self._told(part)}")
                yield from self._parts(expression)
            case Tested():
                yield from edits_of_test(expression, self.beside)
            case Compare():
                yield from self._compared(expression)
            case In():
                yield from self._members(expression)
                yield from self._negated(expression)
            case IsKnown():
                yield from self._negated(expression)
            case FactRead() | DefineRead():
                if expression.type == BOOL:
                    yield from self._negated(expression)
            case _:
                yield from self._computed(expression)

    def _computed(self, expression: Expression) -> Iterator[Edit]:
        """Yield the changes of what gives an amount, a number or a time."""
        match expression:
            case Constant():
                for moved in self.beside.moved(expression):
                    yield self._side_by_side("value", expression, moved)
            case Extreme(op=op):
                turned = replace(expression, op="max" if op == "min" else "min")
                yield self._side_by_side("comparison", expression, turned)
                yield from self._parts(expression)
            case Rounded(operand=operand):  # the step that it is rounded to stays
                yield from self._inside(expression, 0, self.among(operand).of_part(operand))
            case Shifted():
                yield from self._shifted(expression)
            case Arithmetic(op="/", left=left):
                yield from self._inside(expression, 0, self.of_part(left))
                yield from self._divided(expression)
            case _:
                yield from self._parts(expression)

    def _parts(self, expression: Expression) -> Iterator[Edit]:
        for number, part in enumerate(parts_of(expression)):
            yield from self._inside(expression, number, self.of_part(part))

    def _inside(self, expression: Expression, number: int, edits: Iterator[Edit]) -> Iterator[Edit]:
        for edit in edits:
            yield replace(edit, whole=with_part(expression, number, edit.whole))

    # --- conditions ----------------------------------------------------------------------------

    def _junction(self, junction: And | Or) -> Iterator[Edit]:
        parts = junction.parts
        for number, part in enumerate(parts):
            if len(parts) > 1 or isinstance(junction, And):
                fewer = replace(junction, parts=without(parts, number))
                told = f"without {self._told(part)}"
                yield replace(self._edit("dropped", junction, fewer, told), place=part.place)
        if len(parts) > 1:
            place = junction.place
            turned = Or(parts, place) if isinstance(junction, And) else And(parts, place)
            told = "any instead of all" if isinstance(junction, And) else "all instead of any"
            yield self._edit("any-all", junction, turned, f"{told}: {self._told(junction)}")

    def _compared(self, compared: Compare) -> Iterator[Edit]:
        yield self._side_by_side("comparison", compared, replace(compared, op=_BESIDE[compared.op]))
        sides = (compared.left, compared.right)
        among = self.among(*sides)
        for number, (side, other) in enumerate(zip(sides, reversed(sides), strict=True)):
            if isinstance(side, Constant):
                for constant in among.constants(side, other):
                    new = with_part(compared, number, constant)
                    operator: Operator = "word" if isinstance(side.value, str) else "threshold"
                    yield self._side_by_side(operator, compared, new)
            else:
                yield from self._inside(compared, number, among.of_part(side))

    def constants(self, constant: Constant, other: Expression) -> Iterator[Constant]:
        """Yield what may stand instead of a constant that is compared with something."""
        yield from self.beside.moved(constant, other)
        match constant.value, other:
            case str() as word, FactRead() | DefineRead():
                known = next_word(word, other.type.values or (), ())
                if known is not None:
                    yield replace(constant, value=known)
            case _:
                pass

    def _members(self, member: In) -> Iterator[Edit]:
        """Yield a list that is written out with a word less, and with one more."""
        members = member.members
        if not isinstance(members, Constant) or not isinstance(members.value, tuple):
            return
        words = members.value
        for number, word in enumerate(words):
            if len(words) > 1:
                new = replace(member, members=replace(members, value=without(words, number)))
                yield self._edit("word", member, new, f"{self._told(member)}: without {word}")
        if words and isinstance(member.item, FactRead | DefineRead):
            other = next_word(words[-1], member.item.type.values or (), words)
            if other is not None:
                new = replace(member, members=replace(members, value=(*words, other)))
                yield self._edit("word", member, new, f"{self._told(member)}: with {other}")

    def _negated(self, condition: Expression) -> Iterator[Edit]:
        turned = Not(condition, condition.place)
        yield self._edit("negated", condition, turned, f"not: {self._told(condition)}")

    # --- amounts and times ---------------------------------------------------------------------

    def _divided(self, division: Arithmetic) -> Iterator[Edit]:
        """Yield a division by another number, which must not be 0."""
        if isinstance(division.right, Constant):
            for moved in self.beside.moved(division.right):
                if moved.value:
                    new = replace(division, right=moved)
                    yield self._side_by_side("value", division, new)

    def _shifted(self, shifted: Shifted) -> Iterator[Edit]:
        """Yield another time, or one more and one less of whole days or hours."""
        yield from self._inside(shifted, 0, self.of_part(shifted.time))
        count = shifted.count
        if isinstance(count, Constant) and isinstance(count.value, int):
            for value in (count.value - 1, count.value + 1):
                new = replace(shifted, count=replace(count, value=value))
                yield self._side_by_side("value", shifted, new)
        else:
            yield from self._inside(shifted, 1, self.of_part(count))

    # --- words ---------------------------------------------------------------------------------

    def _side_by_side(self, operator: Operator, old: Expression, new: Expression) -> Edit:
        return self._edit(operator, old, new, f"{self._worded(old)} -> {self._worded(new)}")

    def _edit(self, operator: Operator, old: Expression, new: Expression, change: str) -> Edit:
        return Edit(operator=operator, place=old.place, change=change, old=old, new=new, whole=new)

    def _told(self, expression: Expression) -> str:
        text = self._worded(expression)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"

    def _worded(self, expression: Expression) -> str:
        return worded(expression, self.beside.currency)
