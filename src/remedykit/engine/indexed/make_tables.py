"""From the tests of all conjunctions on one subject to its table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, assert_never

from remedykit.engine.indexed.tables import ListTable, RangeTable, Table, Unknown, WordTable
from remedykit.engine.indexed.tests import Operand, Passes, function_of_test
from remedykit.language.syntax import (
    AllOf,
    Between,
    Constant,
    Contains,
    EqualTo,
    KnownTest,
    MemberOf,
    NotTest,
    OneOf,
    ParamRead,
    Test,
)
from remedykit.language.types import ORDERED, Base, FactType

# By conjunction: the tests on one subject, all of which must hold.
Tests = Mapping[int, Sequence[Test]]

_NO_NAMED_WORD = ()  # equal to no text and no truth value, and it holds no word


def table_of(subject: FactType, tests: Tests, everything: int, operand: Operand) -> Table:
    """Return the table of one subject.

    Args:
        subject: its type.
        tests: each of them one that `fits`.
        everything: all conjunctions, those without a test on the subject included.
        operand: gives what tests compare with.
    """
    tested = sum(1 << number for number in tests)
    if subject.base is Base.TEXTS:
        return _list_table(tests, tested, everything & ~tested, operand)
    together = {number: AllOf(tuple(each)) for number, each in tests.items()}
    if subject.base in ORDERED:
        return _range_table(together, tested, everything & ~tested, operand)
    return _word_table(together, tested, everything & ~tested, operand)


def fits(subject: FactType, test: Test, before: Sequence[Test], operand: Operand) -> bool:
    """Return whether a table can answer a test.

    All that it compares with must be known. On a list of texts it must be one that wants one of
    some words, or that wants none of them, and a conjunction can have one of the first only.

    Args:
        subject: the type of the subject.
        test: the test.
        before: other tests of the same conjunction on the same subject.
        operand: gives what tests compare with.
    """
    if any(operand(read) is None for read in _operands(test)):
        return False
    if subject.base is not Base.TEXTS:
        return True
    words = _words(_without_not(test), operand)
    is_wish = not isinstance(test, NotTest)
    return words is not None and not (is_wish and any(not isinstance(t, NotTest) for t in before))


def _word_table(
    tests: Mapping[int, AllOf], tested: int, untested: int, operand: Operand
) -> WordTable:
    other, unknown = untested, _Unknown(untested)
    turned: defaultdict[Any, int] = defaultdict(int)  # by value: those it decides unlike `other`
    for number, test in tests.items():
        passes = function_of_test(test, operand)
        holds = passes(_NO_NAMED_WORD)
        other |= bool(holds) << number
        for value in _named(test, operand):
            turned[value] |= (passes(value) is not holds) << number
        unknown.add(number, passes)
    by_value = {value: other ^ conjunctions for value, conjunctions in turned.items()}
    return WordTable(tested, unknown.made(), by_value, other)


def _range_table(
    tests: Mapping[int, AllOf], tested: int, untested: int, operand: Operand
) -> RangeTable:
    cuts = sorted({cut for test in tests.values() for cut in _named(test, operand)})
    # Below the first cut is place 0, the first cut is place 1, above it is place 2, and so on.
    places = {cut: 2 * index + 1 for index, cut in enumerate(cuts)}
    unknown = _Unknown(untested)
    turned = [untested, *(0 for _ in range(2 * len(cuts)))]  # by place: those that change there
    for number, test in tests.items():
        passes = function_of_test(test, lambda read: places[operand(read)])
        before = False
        for place in _changes(places[cut] for cut in _named(test, operand)):
            holds = bool(passes(place))
            turned[place] ^= (holds is not before) << number
            before = holds
        unknown.add(number, passes)
    return RangeTable(tested, unknown.made(), tuple(cuts), tuple(accumulate(turned, int.__xor__)))


def _list_table(tests: Tests, tested: int, untested: int, operand: Operand) -> ListTable:
    wishing = 0
    wanted: defaultdict[str, int] = defaultdict(int)
    refused: defaultdict[str, int] = defaultdict(int)
    for number, each in tests.items():
        for test in each:
            is_wish = not isinstance(test, NotTest)
            wishing |= is_wish << number
            for word in _words(_without_not(test), operand) or ():
                (wanted if is_wish else refused)[word] |= 1 << number
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


def _named(test: Test, operand: Operand) -> Iterator[Any]:
    """Yield every value that a test on one value names."""
    for read in _operands(test):
        value = operand(read)
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


def _operands(test: Test) -> Iterator[Constant | ParamRead]:
    match test:
        case EqualTo():
            yield test.operand
        case Between():
            yield from (end for end in (test.low, test.high) if end is not None)
        case MemberOf():
            yield test.param
        case OneOf() | AllOf():
            for each in test.tests:
                yield from _operands(each)
        case NotTest():
            yield from _operands(test.test)
        case Contains() | KnownTest():
            pass
        case _ as unreachable:
            assert_never(unreachable)


def _without_not(test: Test) -> Test:
    return test.test if isinstance(test, NotTest) else test


def _words(test: Test, operand: Operand) -> frozenset[str] | None:
    """Return the words of which a test wants one in a list; ``None`` if it wants something else."""
    match test:
        case Contains():
            return frozenset({test.word})
        case MemberOf():
            return frozenset(_named(test, operand))
        case OneOf():
            found = [_words(each, operand) for each in test.tests]
            known = [words for words in found if words is not None]
            return frozenset[str]().union(*known) if len(known) == len(found) else None
        case _:
            return None
