"""What was read without a finding, and need not be read with all care where it stands again.

A policy of a thousand rules has thousands of tests, but only some hundreds of different ones.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import assert_never

from remedykit.diagnostics import Place
from remedykit.language.source import Scalar
from remedykit.language.syntax import Between, Constant, Contains, EqualTo, ParamRead

CellTest = EqualTo | Between | Contains  # what one cell can write


@dataclass(frozen=True, slots=True)
class Repeated:
    """What was read while one set of names was in reach.

    Attributes:
        cells: tests of one cell with what was written, by the identity of the type, text and style.
        clean: names of facts with cells that no warning is due about.
        trees: expressions as Python's parser reads them, by their text.
    """

    cells: dict[tuple[int, str, str], tuple[CellTest, Scalar]] = field(
        default_factory=dict[tuple[int, str, str], tuple[CellTest, Scalar]]
    )
    clean: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    trees: dict[str, ast.expr] = field(default_factory=dict[str, ast.expr])


def standing_in(node: Scalar, test: CellTest, first: Scalar) -> CellTest:
    """Return the test of the cell `first` for another cell, `node`, in which the same is written.

    Both stand on one line and are written as they are read.
    """
    shift = node.column - first.column
    match test:
        case EqualTo(operand=operand):
            return EqualTo(_moved(operand, node, shift))
        case Between(low=low, high=high):
            return Between(
                None if low is None else _moved(low, node, shift),
                None if high is None else _moved(high, node, shift),
                test.low_excluded,
                test.high_excluded,
            )
        case Contains():
            return test
        case _ as unreachable:
            assert_never(unreachable)


def _moved(operand: Constant | ParamRead, node: Scalar, shift: int) -> Constant | ParamRead:
    begin, end = operand.place.column + shift, operand.place.end_column + shift
    place = Place(node.file, node.line, begin, node.line, end)
    if isinstance(operand, Constant):
        return Constant(operand.value, operand.type, place)
    return ParamRead(operand.name, operand.type, place)
