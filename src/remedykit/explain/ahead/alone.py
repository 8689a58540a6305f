"""A policy cut down to what some of its expressions read: it is evaluated in no time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from remedykit.language.degree import walk_through
from remedykit.language.names_used import named_by
from remedykit.language.syntax import CheckedPolicy, Expression


def alone(policy: CheckedPolicy, expressions: Iterable[Expression]) -> CheckedPolicy:
    """Return a policy with the params and defines that expressions read, and no rules."""
    nodes = walk_through(expressions, {define.name: define for define in policy.defines})
    names = {name for node in nodes for name in named_by(node)}
    return replace(
        policy,
        params=tuple(each for each in policy.params if each.name in names),
        defines=tuple(each for each in policy.defines if each.name in names),
        rules=(),
        limits=(),
        remedies=(),
    )
