"""Hypothesis strategies for every class that a stored policy can hold, from its shape alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from remedykit.language.node_forms import ATOMS, SEQUENCES, Form, Shape
from support.chances import Drawn

Strategy = st.SearchStrategy[Any]

_TEXTS = st.sampled_from(["", "gold", "atoms", 'say "no"\\', "\u202eZürich\n火", "\U0001f4e6\x00"])
_EXACT: Mapping[str, Strategy] = {
    "NoneType": st.none(),
    "bool": st.booleans(),
    "int": st.sampled_from([0, 1, -1, 7, 10**18]),  # 0 and 1 are equal to false and true
    "str": _TEXTS | st.text(max_size=3),
    "Fraction": st.sampled_from([Fraction(1, 3), Fraction(-7, 20), Fraction(1), Fraction(0)]),
    "date": st.dates(),
    "datetime": st.datetimes(timezones=st.just(UTC)),
    "timedelta": st.timedeltas(),
}


@st.composite
def nodes(draw: DrawFn, of: type, forms: Mapping[str, Form], depth: int = 2) -> Any:
    """Return a value of this class, with so many levels of nested conditions at most."""
    if of.__name__ in _EXACT:
        return draw(_EXACT[of.__name__])
    form = forms[of.__name__]
    if form.names == ("text",):  # an enumeration
        return draw(st.from_type(of))
    parts = {
        name: draw(values(shape, forms, depth - 1))
        for name, shape in zip(form.names, form.shapes, strict=True)
    }
    return of(**parts)


@st.composite
def values(draw: DrawFn, shape: Shape, forms: Mapping[str, Form], depth: int) -> Any:
    """Return a value of this shape."""
    pick = Drawn(draw).pick
    of = pick(_types(shape, forms, depth))
    if shape.words and of in ATOMS and of.__name__ != "NoneType":
        return pick(sorted(shape.words, key=repr))
    if of not in SEQUENCES:
        return draw(nodes(of, forms, depth))
    if shape.parts:
        return tuple(draw(values(part, forms, depth)) for part in shape.parts)
    assert shape.element is not None
    elements = draw(st.lists(values(shape.element, forms, depth), max_size=2))
    return of(elements)


def _types(shape: Shape, forms: Mapping[str, Form], depth: int) -> list[type]:
    """The types to choose from: at the bottom, those that nest no further."""
    types = sorted(shape.types, key=lambda of: of.__name__)
    flat = [of for of in types if of not in _reached(of, forms)]
    return flat if flat and depth <= 0 else types


def _reached(start: type, forms: Mapping[str, Form]) -> set[type]:
    reached: set[type] = set()
    to_do = [start]
    while to_do:
        form = forms.get(to_do.pop().__name__)
        for shape in form.shapes if form else ():
            found = {*shape.types, *(shape.element.types if shape.element else ())} - reached
            reached |= found
            to_do.extend(found)
    return reached
