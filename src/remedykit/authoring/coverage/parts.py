"""The parts of one test that are to be seen on their own: words of a list, ends of a range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from remedykit.diagnostics import Place
from remedykit.language.operands import operands_of
from remedykit.language.syntax import (
    AllOf,
    Between,
    Constant,
    DefineRead,
    EqualTo,
    Expression,
    FactRead,
    In,
    NotTest,
    OneOf,
    RemedyRead,
    Subject,
    Test,
    Tested,
)
from remedykit.language.types import TEXT


class Part(NamedTuple):
    """A part of a test, as a test of its own.

    Attributes:
        test: on the same subject.
        rest: the other parts of the test, as a test on the same subject.
        wanted: the truth with which it makes a difference: of a list, each member must once be the
            one that holds; of a range, each end must once be what excludes. It has no say where
            another part is so, too.
        place: where it stands, as narrowly as it is known.
    """

    test: Tested
    rest: Tested
    wanted: bool
    place: Place


def parts_of_test(test: Expression) -> Iterator[Part]:
    """Yield the parts of a test that has several."""
    match test:
        case Tested(subject=subject, test=inner, place=place):
            yield from _parts(subject, inner, place)
        case In(
            item=FactRead() | DefineRead() | RemedyRead() as item,
            members=Constant(value=tuple() as words, place=place),
        ):
            equals = tuple(EqualTo(Constant(word, TEXT, place)) for word in words)
            yield from _parts(item, OneOf(equals), test.place)
        case _:
            pass


def _parts(subject: Subject, test: Test, place: Place) -> Iterator[Part]:
    match test:
        case OneOf(tests=tests) | AllOf(tests=tests) if len(tests) > 1:
            for number, each in enumerate(tests):
                rest = replace(test, tests=(*tests[:number], *tests[number + 1 :]))
                part, others = Tested(subject, each, place), Tested(subject, rest, place)
                yield Part(part, others, isinstance(test, OneOf), _place_of(each, place))
        case Between(low=low, high=high) if low is not None and high is not None:
            from_low = replace(test, high=None, high_excluded=False)
            to_high = replace(test, low=None, low_excluded=False)
            for end, other in ((from_low, to_high), (to_high, from_low)):
                part, others = Tested(subject, end, place), Tested(subject, other, place)
                yield Part(part, others, False, _place_of(end, place))
        case NotTest(test=inner):
            yield from _parts(subject, inner, place)
        case _:
            pass


def _place_of(test: Test, default: Place) -> Place:
    """Return where the first value stands that a test compares with."""
    return next((operand.place for operand in operands_of(test)), default)
