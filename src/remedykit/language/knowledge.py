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


class Knowledge:
    """Tells which facts and defines are certainly known where a condition has come out one way.

    Sound, not complete: a name that is missing may still be known. What follows from each define is
    found once, in the order in which they read each other, however often they do.
    """

    def __init__(self, defines: Mapping[str, Define]) -> None:
        """Look at each define once.

        Args:
            defines: by name; each stands after those that it reads.
        """
        self._if: dict[tuple[str, bool], Names] = {}
        self._with: dict[str, Names] = {}
        for name, define in defines.items():
            body = define.body
            inside = NOTHING if isinstance(body, Cases) else self.known_with(body)
            self._with[name] = inside | {name}
            for truth in (True, False):
                inside = NOTHING if isinstance(body, Cases) else self.known_if(body, truth)
                self._if[name, truth] = inside | {name}

    def known_if(self, condition: Expression, truth: bool) -> Names:
        """Return what is certainly known where `condition` is definitely `truth`."""
        match condition:
            case Not(part=part):
                return self.known_if(part, not truth)
            case And(parts=parts) if truth:
                return _union(self.known_if(part, truth) for part in parts)
            case Or(parts=parts) if not truth:
                return _union(self.known_if(part, truth) for part in parts)
            case And(parts=parts) | Or(parts=parts):
                return _shared([self.known_if(part, truth) for part in parts])
            case Tested(
                subject=DefineRead() as read, test=EqualTo(operand=Constant(value=bool(wanted)))
            ):
                return self.known_if(read, wanted is truth)
            case Tested(subject=subject, test=test):
                return self.known_with(subject) if _needs_value(test, truth) else NOTHING
            case IsKnown(subject=subject):
                return self.known_with(subject) if truth else NOTHING
            case DefineRead(name=name):
                return self._if[name, truth]
            case _:
                return self.known_with(condition)

    def known_with(self, expression: Expression) -> Names:
        """Return what is certainly known where the value of `expression` is."""
        match expression:
            case FactRead(name=name):
                return frozenset({name})
            case DefineRead(name=name):
                return self._with[name]
            case And() | Or() | Not() | Tested() | IsKnown():
                return _shared([self.known_if(expression, truth) for truth in (True, False)])
            case _:
                # all else has a value only if each of its parts has one
                return _union(self.known_with(part) for part in parts_of(expression))


def _union(names: Iterable[Names]) -> Names:
    return NOTHING.union(*names)


def _shared(alternatives: list[Names]) -> Names:
    return alternatives[0].intersection(*alternatives) if alternatives else NOTHING


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
