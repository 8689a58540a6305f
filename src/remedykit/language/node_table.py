"""A tree of nodes as one table in JSON and back: each node once, those of a class side by side.

The JSON is a list of groups. A group is the name of a class and one list for each part that the
class has, with that part of every node. Nodes are numbered from 0 in the order in which they stand;
parts that are always whole numbers stand as they are, all others are numbers of nodes that stand
before. The last node is the whole. In the group ``atoms`` the list holds texts, truth values, whole
numbers and null themselves; in the groups ``tuple`` and ``frozenset`` one list tells how many
elements each has, and another has the numbers of all of them.

So reading takes a few steps a group and none a node, and equal nodes become one object.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from remedykit.language.node_forms import ATOMS, Form, Shape

_ATOMS = frozenset(of.__name__ for of in ATOMS)

Row = tuple[Any, ...]  # the name of a class, whole numbers and numbers of nodes; or an atom itself


class DamagedError(ValueError):
    """A text is not what was written here."""


# --- writing -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Numbering:
    """Numbers nodes as they are met, equal ones alike; parts before what they are parts of."""

    forms: Mapping[str, Form]
    rows: dict[Row, int] = field(default_factory=dict[Row, int])
    met: dict[int, int] = field(default_factory=dict[int, int])  # by identity, which is fast

    def number(self, value: Any) -> int:
        of = type(value).__name__
        if of in _ATOMS:
            row: Row = (of, value)  # with its type, because 1 and true are equal
        elif of == "tuple":
            row = (of, *map(self.number, value))
        elif of == "frozenset":
            row = (of, *map(self.number, sorted(value)))
        elif id(value) in self.met:  # it lives as long as the whole, so its identity is its own
            return self.met[id(value)]
        else:
            form = self.forms[of]
            parts = form.parts(value)
            row = (of, *parts[: form.whole], *map(self.number, parts[form.whole :]))
            number = self.met[id(value)] = self.rows.setdefault(row, len(self.rows))
            return number
        return self.rows.setdefault(row, len(self.rows))

    def groups(self) -> list[tuple[str, list[int]]]:
        """Return the numbers of each group, parts before what they are parts of."""
        groups: dict[tuple[int, str], list[int]] = {}
        heights: list[int] = []
        first = {of: 1 + form.whole for of, form in self.forms.items()}
        for number, row in enumerate(self.rows):
            of: str = row[0]
            if of in _ATOMS:
                key = (0, "atoms")
            else:
                parts: tuple[int, ...] = row[first.get(of, 1) :]
                key = (1 + max([heights[part] for part in parts], default=0), of)
            heights.append(key[0])
            groups.setdefault(key, []).append(number)
        return [(name, groups[height, name]) for height, name in sorted(groups)]


def write_table(value: object, forms: Mapping[str, Form]) -> str:
    """Return the one JSON text of a value that is made of these classes.

    Raises:
        KeyError: if it holds a value of another class.
    """
    numbering = _Numbering(forms)
    numbering.number(value)
    rows, groups = list(numbering.rows), numbering.groups()
    order = chain.from_iterable(numbers for _, numbers in groups)
    moved = {old: new for new, old in enumerate(order)}
    table = [
        [name, *_columns(forms.get(name), [rows[number] for number in numbers], moved)]
        for name, numbers in groups
    ]
    return json.dumps(table, separators=(",", ":"))


def _columns(form: Form | None, rows: list[Row], moved: Mapping[int, int]) -> list[list[Any]]:
    """Return the rows of one group by columns, with the final numbers of nodes."""
    if form is not None:
        _, *columns = zip(*rows, strict=True)
        others = [[moved[part] for part in column] for column in columns[form.whole :]]
        return [*map(list, columns[: form.whole]), *others]
    if rows[0][0] in _ATOMS:
        return [[atom for _, atom in rows]]
    return [[len(row) - 1 for row in rows], [moved[part] for _, *parts in rows for part in parts]]


# --- reading -----------------------------------------------------------------------------------


def read_table(text: str, forms: Mapping[str, Form], shape: Shape) -> Any:
    """Return the value that was written.

    Args:
        text: what `write_table` returned.
        forms: the classes that may occur in it; no other is ever made.
        shape: what the whole must be.

    Raises:
        DamagedError: if the text is no table, or one of no value of this shape.
    """
    nodes: list[object] = []
    try:
        for name, *columns in json.loads(text):
            nodes.extend(_nodes(name, columns, forms, nodes))
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise DamagedError(str(error)) from error
    if not nodes or not shape.fits(nodes[-1:]):
        raise DamagedError("the whole is missing")
    return nodes[-1]


def _nodes(
    name: str, columns: list[Any], forms: Mapping[str, Form], before: list[object]
) -> Iterable[object]:
    match name:
        case "atoms":
            atoms: list[object]
            (atoms,) = columns
            if not ATOMS.issuperset(map(type, atoms)):
                raise DamagedError("there is something among the atoms that is none")
            return atoms
        case "tuple":
            return _collected(tuple, columns, before)
        case "frozenset":
            return _collected(frozenset, columns, before)
        case _:
            return _made(forms[name], columns, before)


def _made(form: Form, columns: list[Any], before: list[object]) -> Iterable[object]:
    if len(columns) != len(form.shapes) or len(set(map(len, columns))) != 1:
        raise DamagedError("the columns of a group are not of one length, or there are too few")
    others = [_looked_up(column, before) for column in columns[form.whole :]]
    parts = [*columns[: form.whole], *others]
    if not all(map(Shape.fits, form.shapes, parts)):
        raise DamagedError("something has a part that it cannot have")
    return form.make(parts)


def _collected(
    of: Callable[[Iterable[object]], object], columns: list[Any], before: list[object]
) -> Iterable[object]:
    counts, numbers = columns
    if sum(counts) != len(numbers):
        raise DamagedError("there are more or fewer elements than are counted")
    elements = iter(_looked_up(numbers, before))
    return [of(islice(elements, count)) for count in counts]


def _looked_up(numbers: list[int], before: list[object]) -> list[object]:
    if numbers and min(numbers) < 0:
        raise DamagedError("a number of a node is below 0")
    return list(map(before.__getitem__, numbers))
