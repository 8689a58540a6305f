"""Which params and defines an expression names, and which defines read one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from remedykit.language.degree import body_parts, walk
from remedykit.language.operands import params_of
from remedykit.language.syntax import Define, DefineRead, Expression, ParamRead, Tested


def names_used(expressions: Iterable[Expression | None]) -> frozenset[str]:
    """Return the params and defines that some expressions name; ``None`` names none.

    What these name in turn is not followed.
    """
    return frozenset(
        name
        for expression in expressions
        if expression is not None
        for part in walk(expression)
        for name in named_by(part)
    )


def with_their_readers(names: frozenset[str], defines: Iterable[Define]) -> frozenset[str]:
    """Return params and defines with the defines that read them, directly or through others.

    Args:
        names: of the params and defines.
        defines: all of the policy, in its order.
    """
    found = set(names)
    for define in defines if names else ():  # each reads only those before it
        if names_used(body_parts(define.body)) & found:
            found.add(define.name)
    return frozenset(found)


def named_by(part: Expression) -> Iterator[str]:
    """Yield the params and defines that an expression names itself; its parts are not entered."""
    match part:
        case ParamRead(name=name) | DefineRead(name=name):
            yield name
        case Tested(test=test):
            yield from (param.name for param in params_of(test))
        case _:
            pass
