"""What the functions of the indexed engine read: the values of one decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Literal

from remedykit.language.types import Truth, Value


class _Mark(Enum):
    NOT_YET = "not yet"


NOT_YET: Literal[_Mark.NOT_YET] = _Mark.NOT_YET
Slot = Value | Literal[_Mark.NOT_YET] | None


class Frame:
    """The facts of one decision, and the values of defines as far as they were wanted.

    Attributes:
        values: facts by name.
        defines: the value of each define by its place in the policy; `NOT_YET` until it is wanted.
        remedy: values of ``remedy.*`` by name, where there is a remedy at hand.
    """

    __slots__ = ("defines", "remedy", "values")

    def __init__(
        self,
        values: Mapping[str, Value | None],
        defines: list[Slot],
        remedy: Mapping[str, Value | None],
    ) -> None:
        self.values = values
        self.defines = defines
        self.remedy = remedy


Function = Callable[[Frame], Value | None]
Condition = Callable[[Frame], Truth]
