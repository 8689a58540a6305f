"""What a field holds is told from its annotation."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal, Optional

import pytest
from pydantic import BaseModel

from remedykit.model.money import Money
from remedykit.model.shapes import Amount, Kind, Number, Shape, shape_of


class Thing(BaseModel):
    """A model."""


@pytest.mark.parametrize(
    ("annotation", "shape"),
    [
        pytest.param(bool, Shape(Kind.BOOL), id="bool"),
        pytest.param(int | None, Shape(Kind.INT), id="optional int"),
        pytest.param(Optional[Decimal], Shape(Kind.NUMBER), id="Decimal"),  # noqa: UP045 -- both ways
        pytest.param(Number | None, Shape(Kind.NUMBER), id="Number"),
        pytest.param(Amount, Shape(Kind.MONEY), id="Amount"),
        pytest.param(Amount | None, Shape(Kind.MONEY), id="optional Amount"),
        pytest.param(Money | None, Shape(Kind.MONEY), id="Money"),
        pytest.param(Annotated[str | None, "note"], Shape(Kind.TEXT), id="annotated"),
        pytest.param(Literal["a", "b"], Shape(Kind.TEXT, ("a", "b")), id="words"),
        pytest.param(date, Shape(Kind.DATE), id="date"),
        pytest.param(datetime, Shape(Kind.TIME), id="datetime"),
        pytest.param(timedelta, Shape(Kind.DURATION), id="timedelta"),
        pytest.param(tuple[str, ...], Shape(Kind.TEXTS), id="texts"),
        pytest.param(tuple[Literal["a"], ...], Shape(Kind.TEXTS, ("a",)), id="words in a tuple"),
        pytest.param(Sequence[str] | None, Shape(Kind.TEXTS), id="sequence"),
        pytest.param(Thing, Shape(Kind.MODEL), id="model"),
        pytest.param(Sequence[Thing | str], Shape(Kind.MODELS), id="models"),
        pytest.param(float, Shape(Kind.OTHER), id="float"),
        pytest.param(dict[str, int], Shape(Kind.OTHER), id="dict"),
        pytest.param(int | str, Shape(Kind.OTHER), id="int or str"),
        pytest.param(Literal[1, "a"], Shape(Kind.OTHER), id="mixed literal"),
        pytest.param(tuple[int, ...], Shape(Kind.OTHER), id="ints"),
        pytest.param(tuple[str, str], Shape(Kind.OTHER), id="pair"),
        pytest.param(tuple[str | int, ...], Shape(Kind.OTHER), id="mixed tuple"),
        pytest.param(tuple, Shape(Kind.OTHER), id="bare tuple"),
    ],
)
def test_an_annotation_has_a_shape(annotation: object, shape: Shape) -> None:
    assert shape_of(annotation) == shape
