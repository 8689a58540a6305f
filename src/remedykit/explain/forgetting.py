"""Which known fact would have to be unknown, where a condition asks for what is not known."""

from __future__ import annotations

from remedykit.facts.values import Facts
from remedykit.language.syntax import (
    And,
    Expression,
    FactRead,
    IsKnown,
    KnownTest,
    Not,
    NotTest,
    Or,
    Tested,
)


def to_forget(condition: Expression, facts: Facts, *, wanted: bool) -> str:
    """Return a known fact without whose being unknown a condition cannot come out as wanted.

    ``""`` where none is found: the condition may come out so, whatever is known.

    Args:
        condition: reads facts.
        facts: those that are known stay known.
        wanted: how it should come out.
    """
    match condition:
        case Not(part=part):
            return to_forget(part, facts, wanted=not wanted)
        case Tested(test=NotTest(test=test)):
            inside = Tested(condition.subject, test, condition.place)
            return to_forget(inside, facts, wanted=not wanted)
        case Tested(subject=FactRead(name=name), test=KnownTest(expected=expected)):
            return name if expected != wanted and facts.values[name] is not None else ""
        case IsKnown(subject=FactRead(name=name)):
            return name if not wanted and facts.values[name] is not None else ""
        case And(parts=parts) | Or(parts=parts):
            found = [
                to_forget(part, facts, wanted=wanted) for part in parts if not _is_always(part)
            ]
            each_must = isinstance(condition, And) == wanted
            return next(filter(None, found), "") if each_must or all(found) else ""
        case _:
            return ""


def _is_always(condition: Expression) -> bool:
    return isinstance(condition, And) and not condition.parts
