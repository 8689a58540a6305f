"""From the tests of all conjunctions on one subject to its table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from math import ceil, floor, lcm
from typing import Any, NamedTuple, assert_never

from remedykit.engine.indexed.tables import (
    FractionTable,
    ListTable,
    RangeTable,
    Table,
    Unknown,
    WordTable,
)
from remedykit.engine.indexed.tests import Operand, Passes, function_of_test
from remedykit.engine.matching import set_of
from remedykit.language.syntax import (
    AllOf,
    Between,
    Contains,
    DefineRead,
    EqualTo,
    FactRead,
    KnownTest,
    MemberOf,
    NotTest,
    OneOf,
    Test,
)
from remedykit.language.types import ORDERED, Base, Value

# Equal to no text and no truth value, and it holds no word.
_NO_NAMED_WORD = ()


class NamingTest(NamedTuple):
    """A test for a table, with all values and words that it names.

    Attributes:
        is_refusal: on a list, whether it wants none of the words rather than one of them.
    """

    test: Test
    named: tuple[Any, ...]
    is_refusal: bool


Asked = Sequence[tuple[FactRead | DefineRead, NamingTest]]
# By conjunction: the tests on one subject, all of which must hold.
Tests = Mapping[int, Sequence[NamingTest]]


def for_table(
    subject: FactRead | DefineRead, test: Test, before: Asked, operand: Operand
) -> NamingTest | None:
    """Return a test as a table can answer it, or ``None`` if none can.

    All that it compares with must be known. On a list of texts it must be one that wants one of
    some words, or that wants none of them, and a conjunction can have one of the first only.

    Args:
        subject: what is tested.
        test: the test.
        before: other tests of the same conjunction, with what they test.
        operand: gives what tests compare with.
    """
    named = _named(test, operand)
    if named is None:
        return None
    is_refusal = isinstance(test, NotTest)
    found = NamingTest(test, named, is_refusal)
    if subject.type.base is not Base.TEXTS:
        return found
    if not _is_wish(test.test if isinstance(test, NotTest) else test):
        return None
    other_wish = any(read.name == subject.name and not each.is_refusal for read, each in before)
    return None if other_wish and not is_refusal else found


def table_of(
    subject: FactRead | DefineRead, tests: Tests, everything: int, operand: Operand
) -> Table:
    """Return the table of one subject.

    Args:
        subject: it.
        tests: made by `for_table`.
        everything: all conjunctions, those without a test on the subject included.
        operand: gives what tests compare with.
    """
    tested = set_of(tests)
    untested = everything & ~tested
    if subject.type.base is Base.TEXTS:
        return _list_table(tests, tested, untested)
    if subject.type.base not in ORDERED:
        return _word_table(tests, tested, untested, operand)
    line = _line(tests, untested, operand)
    return (
        _fraction_table(tested, line) if _may_be_fraction(subject) else _range_table(tested, line)
    )


def _word_table(tests: Tests, tested: int, untested: int, operand: Operand) -> WordTable:
    other, unknown = untested, _Unknown(untested)
    turned: defaultdict[Any, int] = defaultdict(int)  # by value: those it decides unlike `other`
    for number, each in tests.items():
        passes = _together(each, operand)
        holds = passes(_NO_NAMED_WORD)
        other |= bool(holds) << number
        for test in each:
            for value in test.named:
                turned[value] |= (passes(value) is not holds) << number
        unknown.add(number, passes)
    by_value = {value: other ^ conjunctions for value, conjunctions in turned.items()}
    return WordTable(tested, unknown.made(), by_value, other)


class _Line(NamedTuple):
    """What is left of the conjunctions along an order.

    Attributes:
        cuts: every value that some test names, ascending.
        left: below the first cut, at it, between it and the second, and so on.
        unknown: what is left while the subject is unknown.
    """

    cuts: Sequence[Any]
    left: Sequence[int]
    unknown: Unknown


def _line(tests: Tests, untested: int, operand: Operand) -> _Line:
    cuts = sorted({cut for each in tests.values() for test in each for cut in test.named})
    # Below the first cut is place 0, the first cut is place 1, above it is place 2, and so on.
    places: dict[Any, int] = {cut: 2 * index + 1 for index, cut in enumerate(cuts)}
    unknown = _Unknown(untested)
    turned = [untested, *(0 for _ in range(2 * len(cuts)))]  # by place: those that change there
    for number, each in tests.items():
        passes = _together(each, lambda read: places[operand(read)])
        before = False
        for place in _changes(places[cut] for test in each for cut in test.named):
            holds = passes(place) is True
            turned[place] ^= (holds is not before) << number
            before = holds
        unknown.add(number, passes)
    return _Line(cuts, tuple(accumulate(turned, int.__xor__)), unknown.made())


def _may_be_fraction(subject: FactRead | DefineRead) -> bool:
    """Return whether a value may lie between two whole numbers, as no fact's amount does."""
    base = subject.type.base
    return base is Base.NUMBER or (base is Base.MONEY and isinstance(subject, DefineRead))


def _range_table(tested: int, line: _Line) -> RangeTable:
    starts = (start for cut in line.cuts for start in _first_values(cut))
    return RangeTable(tested, line.unknown, *_steps(starts, line.left))


def _first_values(cut: int | Fraction | date | timedelta) -> tuple[Any, ...]:
    """Return the first value that is not below a cut, then the first above it, if there is one."""
    if isinstance(cut, int | Fraction):
        return ceil(cut), floor(cut) + 1
    try:
        return cut, cut + type(cut).resolution
    except OverflowError:
        return (cut,)


def _fraction_table(tested: int, line: _Line) -> FractionTable:
    parts = lcm(*(cut.denominator for cut in line.cuts))
    points = (int(2 * cut * parts) for cut in line.cuts)
    starts = (start for point in points for start in (point, point + 1))
    return FractionTable(tested, line.unknown, parts, *_steps(starts, line.left))


def _steps(starts: Iterable[Any], left: Sequence[int]) -> tuple[Sequence[Any], Sequence[int]]:
    """Return the starts from which on something else is left, and what is left.

    Args:
        starts: ascending; where two are equal, no value lies between them.
        left: below the first start, from it on, and so on.
    """
    kept: list[Any] = []
    steps = [left[0]]
    for start, from_it in dict(zip(starts, left[1:], strict=False)).items():
        if from_it != steps[-1]:
            kept.append(start)
            steps.append(from_it)
    return tuple(kept), tuple(steps)


def _list_table(tests: Tests, tested: int, untested: int) -> ListTable:
    wishing = 0
    wanted: defaultdict[str, int] = defaultdict(int)
    refused: defaultdict[str, int] = defaultdict(int)
    for number, each in tests.items():
        for test in each:
            wishing |= (not test.is_refusal) << number
            for word in test.named:
                (refused if test.is_refusal else wanted)[word] |= 1 << number
    return ListTable(
        tested=tested,
        unknown=Unknown(definite=untested, possible=untested | tested),
        other=untested | tested & ~wishing,
        wanted=dict(wanted),
        tolerated={word: ~conjunctions for word, conjunctions in refused.items()},
    )


class _Unknown:
    """Gathers what is left while the subject is unknown."""

    def __init__(self, untested: int) -> None:
        self._definite = self._possible = untested

    def add(self, number: int, passes: Passes) -> None:
        truth = passes(None)
        self._definite |= (truth is True) << number
        self._possible |= (truth is not False) << number

    def made(self) -> Unknown:
        return Unknown(self._definite, self._possible)


def _changes(places: Iterable[int]) -> Iterator[int]:
    """Yield where a test may change its mind: at the first place, at each of its cuts, after it."""
    yield 0
    for place in sorted(set(places)):
        yield place
        yield place + 1


def _together(tests: Sequence[NamingTest], operand: Operand) -> Passes:
    if len(tests) == 1:
        return function_of_test(tests[0].test, operand)
    return function_of_test(AllOf(tuple(each.test for each in tests)), operand)


def _named(test: Test, operand: Operand) -> tuple[Any, ...] | None:
    """Return every value and word that a test names; ``None`` if one of them is unknown."""
    match test:
        case EqualTo():
            return _all_of(operand(test.operand))
        case Between():
            ends = tuple(operand(end) for end in (test.low, test.high) if end is not None)
            return None if None in ends else ends
        case OneOf() | AllOf():
            named: list[Any] = []
            for each in test.tests:
                found = _named(each, operand)
                if found is None:
                    return None
                named += found
            return tuple(named)
        case NotTest():
            return _named(test.test, operand)
        case MemberOf():
            return _all_of(operand(test.param))
        case Contains():
            return (test.word,)
        case KnownTest():
            return ()
        case _ as unreachable:
            assert_never(unreachable)


def _all_of(value: Value | None) -> tuple[Any, ...] | None:
    """Return a value, or the words of a list; ``None`` for what is unknown."""
    return value if value is None or isinstance(value, tuple) else (value,)


def _is_wish(test: Test) -> bool:
    """Return whether a test wants one of the words that it names to be in a list."""
    match test:
        case Contains() | MemberOf():
            return True
        case OneOf():  # with nothing to choose from it fails, even while the list is unknown
            return bool(test.tests) and all(map(_is_wish, test.tests))
        case _:
            return False
