"""A policy cut down to what some of its expressions read: it is evaluated in no time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from remedykit.language.degree import body_parts, walk
from remedykit.language.operands import params_of
from remedykit.language.syntax import CheckedPolicy, DefineRead, Expression, ParamRead, Tested


def alone(policy: CheckedPolicy, expressions: Iterable[Expression]) -> CheckedPolicy:
    """Return a policy with the params and defines that expressions read, and no rules."""
    read, params = _names_in(expressions, policy)
    return replace(
        policy,
        params=tuple(each for each in policy.params if each.name in params),
        defines=tuple(each for each in policy.defines if each.name in read),
        rules=(),
        limits=(),
        remedies=(),
    )


def _names_in(
    expressions: Iterable[Expression], policy: CheckedPolicy
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the defines that expressions read, through others too, and params."""
    defines = {define.name: define for define in policy.defines}
    read, params = set[str](), set[str]()
    pending = list(expressions)
    while pending:
        for node in walk(pending.pop()):
            if isinstance(node, DefineRead) and node.name not in read:
                read.add(node.name)
                pending += body_parts(defines[node.name].body)
            if isinstance(node, ParamRead):
                params.add(node.name)
            if isinstance(node, Tested):
                params.update(each.name for each in params_of(node.test))
    return frozenset(read), frozenset(params)
