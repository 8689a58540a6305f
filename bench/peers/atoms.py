"""Atoms of conditions that plain Python decides.

For engines that cannot say, or cannot be trusted with, what an atom asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bench.peers.contender import Plain, Task
from bench.peers.texts import Texts
from bench.peers.writing import PYTHON, Writer
from remedykit.engine.matching import Clause
from remedykit.language.syntax import CheckedPolicy, Expression

Truths = Callable[[dict[str, Plain]], list[Any]]


class Atoms:
    """The atoms that were met so far, each numbered once."""

    def __init__(self, policy: CheckedPolicy) -> None:
        """Start without any."""
        self._policy = policy
        self._writer = Writer(policy, PYTHON)
        self._numbers: dict[str, int] = {}
        self._clauses: list[Clause] = []

    def number(self, atom: Expression) -> int:
        """Return the number of an atom, the same for those that ask the same."""
        text = self._writer.condition(atom)
        number = self._numbers.setdefault(text, len(self._numbers))
        if number == len(self._clauses):
            self._clauses.append(Clause(str(number), atom))
        return number

    def truths(self) -> Truths:
        """Return one function that decides all atoms, in the order of their numbers."""
        texts = Texts.of(Task(self._policy, tuple(self._clauses)), PYTHON)
        lines = ["def truths(facts):"]
        lines += [f'    {short} = facts["{short}"]' for _, short in texts.facts]
        lines += [f"    {name} = {text}" for name, text in texts.defines]
        lines += [f"    return [{', '.join(texts.conditions)}]"]
        truths: Truths = function("truths", lines)
        return truths


def function(name: str, lines: Sequence[str]) -> Any:
    """Return the function that some lines of Python define."""
    namespace: dict[str, Any] = {}
    code = compile("\n".join(lines), f"<generated {name}>", "exec")
    exec(code, namespace)  # noqa: S102 - these lines were written here, from a checked policy
    return namespace[name]
