"""The three-valued connectives, by their whole tables."""

import pytest

from remedykit.language.kleene import all_of, any_of, negated
from remedykit.language.types import Truth

TRUTHS: tuple[Truth, ...] = (True, False, None)
AND: dict[tuple[Truth, Truth], Truth] = {
    (True, True): True,
    (True, False): False,
    (True, None): None,
    (False, True): False,
    (False, False): False,
    (False, None): False,
    (None, True): None,
    (None, False): False,
    (None, None): None,
}


@pytest.mark.parametrize("left", TRUTHS)
@pytest.mark.parametrize("right", TRUTHS)
def test_and_is_kleenes(left: Truth, right: Truth) -> None:
    assert AND[left, right] is all_of((left, right))


@pytest.mark.parametrize("left", TRUTHS)
@pytest.mark.parametrize("right", TRUTHS)
def test_or_is_and_turned_round(left: Truth, right: Truth) -> None:
    assert negated(AND[negated(left), negated(right)]) is any_of((left, right))


def test_nothing_to_hold_is_true_and_nothing_to_choose_from_is_false() -> None:
    assert all_of(()) is True
    assert any_of(()) is False


def test_the_opposite_of_unknown_is_unknown() -> None:
    assert [negated(truth) for truth in TRUTHS] == [False, True, None]
