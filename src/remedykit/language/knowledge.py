"""Which facts must be known when a condition is definitely true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from remedykit.language.degree import parts_of
from remedykit.language.syntax import (
    AllOf,
    And,
    Cases,
    Constant,
    Define,
    DefineRead,
    EqualTo,
    Expression,
    FactRead,
    IsKnown,
    KnownTest,
    Not,
    NotTest,
    OneOf,
    Or,
    Test,
    Tested,
)

Names = frozenset[str]
NOTHING: Names = frozenset()


def known_if(condition: Expression, truth: bool, defines: Mapping[str, Define]) -> Names:
    """Return facts and defines that are certainly known where `condition` is definitely `truth`.

    Sound, not complete: a name that is missing may still be known.
    """
    match condition:
        case Not(part=part):
            return known_if(part, not truth, defines)
        case And(parts=parts) if truth:
            return _each(parts, truth, defines)
        case Or(parts=parts) if not truth:
            return _each(parts, truth, defines)
        case And(parts=parts) | Or(parts=parts):
            return _shared([known_if(part, truth, defines) for part in parts])
        case Tested(
            subject=DefineRead() as read, test=EqualTo(operand=Constant(value=bool(wanted)))
        ):
            return known_if(read, wanted is truth, defines)
        case Tested(subject=subject, test=test):
            return known_with(subject, defines) if _needs_value(test, truth) else NOTHING
        case IsKnown(subject=subject):
            return known_with(subject, defines) if truth else NOTHING
        case DefineRead(name=name):
            body = defines[name].body
            inside = NOTHING if isinstance(body, Cases) else known_if(body, truth, defines)
            return inside | {name}
        case _:
            return known_with(condition, defines)


def known_with(expression: Expression, defines: Mapping[str, Define]) -> Names:
    """Return facts and defines that are certainly known where the value of `expression` is."""
    match expression:
        case FactRead(name=name):
            return frozenset({name})
        case DefineRead(name=name):
            body = defines[name].body
            inside = NOTHING if isinstance(body, Cases) else known_with(body, defines)
            return inside | {name}
        case And() | Or() | Not() | Tested() | IsKnown():
            either = [known_if(expression, truth, defines) for truth in (True, False)]
            return _shared(either)
        case _:
            # all else has a value only if each of its parts has one
            return _union(known_with(part, defines) for part in parts_of(expression))


def _each(parts: tuple[Expression, ...], truth: bool, defines: Mapping[str, Define]) -> Names:
    return _union(known_if(part, truth, defines) for part in parts)


def _union(names: Iterable[Names]) -> Names:
    return NOTHING.union(*names)


def _shared(alternatives: list[Names]) -> Names:
    return frozenset.intersection(*alternatives) if alternatives else NOTHING


def _needs_value(test: Test, truth: bool) -> bool:
    """Whether a test can come out as `truth` only on a known value."""
    match test:
        case KnownTest(expected=expected):
            return expected is truth
        case NotTest(test=inner):
            return _needs_value(inner, not truth)
        case OneOf(tests=tests):
            combine = all if truth else any
            return combine(_needs_value(part, truth) for part in tests)
        case AllOf(tests=tests):
            combine = any if truth else all
            return combine(_needs_value(part, truth) for part in tests)
        case _:
            return True
