"""durable-rules as it is used here: the C extension itself, and a clear word if it is not there.

Its own layer in Python is left out: that starts threads, swallows what actions raise, gives up an
action after ten seconds by the wall clock, and calls what Python 3.12 warns of.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

_EXTENSION = "durable_rules_engine"
_TOO_NEW = (3, 13)  # it could be built there, but uses what that Python has no more
_MISSING = (
    "the engine `durable` needs the package durable-rules: pip install 'remedykit[durable]'. "
    "It is built where it is installed, with a C compiler; Python 3.11 and 3.12 can have it, "
    "3.13 and newer cannot"
)


class Native(Protocol):
    """The functions of the C extension that are used; each raises `error` if it cannot do its work.

    A handle stands for a ruleset, an offset for the session that a fact belongs to.
    """

    @property
    def error(self) -> type[Exception]:
        """What it raises: tells a number, and no more."""
        ...

    def create_ruleset(self, name: str, definition: str) -> int:
        """Return the handle of a new ruleset; it lives until it is deleted."""
        ...

    def delete_ruleset(self, handle: int) -> None:
        """Free a ruleset."""
        ...

    def assert_fact(self, handle: int, message: str) -> tuple[int, int]:
        """Take a fact; return 0 if a pattern has room for it, and its session."""
        ...

    def start_action_for_state(self, handle: int, offset: int) -> tuple[str, str] | None:
        """Return the state and what fires first, or ``None`` if nothing does."""
        ...

    def complete_and_start_action(self, handle: int, offset: int) -> str | None:
        """Return what fires next, or ``None``."""
        ...

    def delete_state(self, handle: int, sid: str) -> None:
        """Forget a session. Something must have fired in it: otherwise memory is corrupted."""
        ...


def is_installed() -> bool:
    """Return whether durable-rules is there, and this Python can import it."""
    return sys.version_info < _TOO_NEW and find_spec(_EXTENSION) is not None


def load() -> Native:
    """Return durable-rules.

    Raises:
        ModuleNotFoundError: if it is not installed; says what to install.
    """
    if not is_installed():
        raise ModuleNotFoundError(_MISSING, name=_EXTENSION)
    return cast("Native", import_module(_EXTENSION))
