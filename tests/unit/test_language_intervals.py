"""Intervals that meet or overlap become one; the rest is proved over a grid in the properties."""

import pytest

from remedykit.language.intervals import Interval, united

UP_TO_2, BELOW_2 = Interval(0, False, 2, False), Interval(0, False, 2, True)
FROM_1, FROM_2, ABOVE_2 = (
    Interval(1, False, None, True),
    Interval(2, False, None, True),
    Interval(2, True, None, True),
)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((UP_TO_2, FROM_1), (Interval(0, False, None, True),)),
        ((BELOW_2, FROM_2), (Interval(0, False, None, True),)),
        ((BELOW_2, ABOVE_2), (BELOW_2, ABOVE_2)),
        ((FROM_1, FROM_2), (FROM_1,)),
        ((BELOW_2, Interval(1, False, 2, False)), (UP_TO_2,)),
        ((BELOW_2, Interval(1, False, 2, True)), (BELOW_2,)),
        ((UP_TO_2, Interval(1, False, 3, True)), (Interval(0, False, 3, True),)),
    ],
)
def test_what_overlaps_or_meets_is_one(
    items: tuple[Interval, ...], expected: tuple[Interval, ...]
) -> None:
    assert united(items) == expected
