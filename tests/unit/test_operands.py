"""What tests name, and whether they ask what is known."""

from __future__ import annotations

import pytest

from remedykit.language.operands import asks_what_is_known
from remedykit.language.syntax import AllOf, EqualTo, KnownTest, NotTest, OneOf, Test
from remedykit.language.types import INT
from support.build import const, fact, is_known, passes

_KNOWN, _HIGH = KnownTest(expected=True), EqualTo(const(3))


@pytest.mark.parametrize(
    ("test", "asks"),
    [
        (_KNOWN, True),
        (_HIGH, False),
        (NotTest(_KNOWN), True),
        (NotTest(_HIGH), False),
        (OneOf((_HIGH, NotTest(_KNOWN))), True),
        (AllOf((_HIGH, _HIGH)), False),
    ],
)
def test_a_test_asks_what_is_known_wherever_the_question_stands(test: Test, asks: bool) -> None:
    assert asks_what_is_known(passes(fact("incident.days_late", INT), test)) is asks


def test_so_does_the_word_of_expressions() -> None:
    assert asks_what_is_known(is_known(fact("incident.days_late", INT)))
