"""The exceptions of remedykit.

::

    RemedykitError
    ├── PolicyError      a policy's files are wrong; carries every diagnostic
    └── InputError       an incident, a customer, a case or a fact is wrong

Models built in Python raise pydantic's own ``ValidationError``; what is read from a file or
passed as facts raises ``InputError``. Wrong arguments raise ``TypeError`` or ``ValueError``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remedykit.diagnostics import Diagnostic


class RemedykitError(Exception):
    """Every exception that remedykit raises of its own."""


class PolicyError(RemedykitError):
    """A policy's files are wrong.

    Attributes:
        diagnostics: every fault found, in the order of file, line and column.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Keep every diagnostic; ``str(error)`` shows them all."""
        super().__init__(diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        """Return the whole story: every diagnostic with its quoted line."""
        return "\n\n".join(diagnostic.render() for diagnostic in self.diagnostics)


class InputError(RemedykitError, ValueError):
    """What was handed in to be decided is wrong: where, what, and how to mend it.

    Attributes:
        where: the place, such as ``incident.order.lines[0].price``.
        problem: what is wrong there, and what was expected.
    """

    def __init__(self, where: str, problem: str) -> None:
        """Say where and what; ``str(error)`` is ``where: problem``."""
        super().__init__(where, problem)
        self.where = where
        self.problem = problem

    def __str__(self) -> str:
        """Return ``where: problem``."""
        return f"{self.where}: {self.problem}"
