"""Small changes of a test on one subject: its thresholds, its ends, its words, its sense."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import assert_never

from remedykit.authoring.mutation.mutant import Edit, Operator
from remedykit.authoring.mutation.rebuilding import replaced, without
from remedykit.authoring.mutation.values import Beside, next_word
from remedykit.diagnostics import Place
from remedykit.explain.thresholds import Axis
from remedykit.explain.wording import worded
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
    Subject,
    Test,
    Tested,
)
from remedykit.language.types import Base

_End = Constant | ParamRead | None


def edits_of_test(tested: Tested, beside: Beside) -> Iterator[Edit]:
    """Yield every small change of a test on a subject, the test itself kept."""
    changes = _Changes(tested.subject, tested.place, beside.among(tested.subject))
    for each in changes.of(tested.test):
        new = replace(tested, test=each.test)
        before, after = worded(tested, beside.currency), worded(new, beside.currency)
        change = f"{tested.subject.name}: {each.told}" if each.told else f"{before} -> {after}"
        yield Edit(
            operator=each.operator, place=each.place, change=change, old=tested, new=new, whole=new
        )


@dataclass(frozen=True, slots=True)
class _Changed:
    """A test that was changed; `told` says how, where both tests side by side would not."""

    operator: Operator
    place: Place
    test: Test
    told: str = ""


@dataclass(frozen=True, slots=True)
class _Changes:
    """Changes the tests on one subject."""

    subject: Subject
    place: Place
    beside: Beside

    def of(self, test: Test) -> Iterator[_Changed]:
        """Yield every small change of a test, its sense turned round last."""
        yield from self._inside(test)
        match test:
            case KnownTest(expected=expected):
                yield _Changed("negated", self.place, KnownTest(not expected))
            case EqualTo(operand=Constant(value=bool() as value) as constant):
                turned = EqualTo(replace(constant, value=not value))
                yield _Changed("negated", constant.place, turned)
            case NotTest(test=inner):
                yield _Changed("negated", self.place, inner)
            case _:
                yield _Changed("negated", self.place, NotTest(test))

    def _inside(self, test: Test) -> Iterator[_Changed]:
        match test:
            case EqualTo(operand=Constant() as constant):
                yield from self._equal(constant)
            case Between():
                yield from self._between(test)
            case Contains(word=word):
                other = next_word(word, self.subject.type.values or (), ())
                if other is not None:
                    yield _Changed("word", self.place, Contains(other))
            case OneOf(tests=tests) | AllOf(tests=tests):
                yield from self._list(test, tests)
            case NotTest(test=inner):
                for each in self._inside(inner):
                    yield replace(each, test=NotTest(each.test))
            case EqualTo() | MemberOf() | KnownTest():
                pass
            case _ as unreachable:
                assert_never(unreachable)

    # --- one value -----------------------------------------------------------------------------

    def _equal(self, constant: Constant) -> Iterator[_Changed]:
        for moved in self.beside.moved(constant, self.subject):
            yield _Changed("threshold", constant.place, EqualTo(moved))
        word = constant.value
        if not isinstance(word, str):
            return
        other = next_word(word, self.subject.type.values or (), ())
        if other is not None:
            new = EqualTo(replace(constant, value=other))
            yield _Changed("word", constant.place, new)
            yield _Changed("word", constant.place, OneOf((EqualTo(constant), new)))

    # --- a range -------------------------------------------------------------------------------

    def _between(self, test: Between) -> Iterator[_Changed]:
        """Yield a range with its ends moved, in and excluded, each range of values once."""
        seen = {self._range(test)}
        for each in (*self._moved(test), *_turned(test)):
            changed = each.test
            if isinstance(changed, Between) and not _is_empty(changed):
                values = self._range(changed)
                if values not in seen:
                    seen.add(values)
                    yield each

    def _moved(self, test: Between) -> Iterator[_Changed]:
        if isinstance(test.low, Constant):
            for low in self.beside.moved(test.low, self.subject):
                yield _Changed("threshold", test.low.place, replace(test, low=low))
        if isinstance(test.high, Constant):
            for high in self.beside.moved(test.high, self.subject):
                yield _Changed("threshold", test.high.place, replace(test, high=high))

    def _range(self, test: Between) -> object:
        """Return the values that a range has: of whole units the same however it is written."""
        low = self._end(test.low, test.low_excluded, 1)
        return low, self._end(test.high, test.high_excluded, -1)

    def _end(self, end: _End, excluded: bool, inwards: int) -> object:
        if isinstance(end, Constant):
            number = Axis(end.type.base).number(end.value)
            if number is not None and self.beside.is_whole(self.subject):
                beyond = floor(number) + 1 if inwards > 0 else ceil(number) - 1
                within = ceil(number) if inwards > 0 else floor(number)
                return beyond if excluded else within
            return number, excluded
        return end, excluded

    # --- a list --------------------------------------------------------------------------------

    def _list(self, test: OneOf | AllOf, tests: tuple[Test, ...]) -> Iterator[_Changed]:
        for number, part in enumerate(tests):
            if len(tests) > 1:
                fewer = replace(test, tests=without(tests, number))
                told = f"without {self._told(part)}"
                yield _Changed("word", _place_of(part, self.place), fewer, told)
            if _word_of(part) is None:
                for each in self._inside(part):
                    changed = replace(test, tests=replaced(tests, number, each.test))
                    yield replace(each, test=changed, told="")
        yield from self._added(test, tests)
        if self.subject.type.base is Base.TEXTS and len(tests) > 1:
            turned = AllOf(tests) if isinstance(test, OneOf) else OneOf(tests)
            yield _Changed("any-all", self.place, turned)

    def _added(self, test: OneOf | AllOf, tests: tuple[Test, ...]) -> Iterator[_Changed]:
        words = [word for word in map(_word_of, tests) if word is not None]
        if isinstance(test, AllOf) or not words:
            return
        other = next_word(words[-1], self.subject.type.values or (), words)
        if other is not None:
            last = tests[-1]
            more = replace(test, tests=(*tests, _with_word(last, other)))
            yield _Changed("word", _place_of(last, self.place), more, f"with {other}")

    def _told(self, test: Test) -> str:
        told = worded(Tested(self.subject, test, self.place), self.beside.currency)
        return told.removeprefix(f"{self.subject.name}: ")


def _turned(test: Between) -> Iterator[_Changed]:
    """Yield a range with its ends excluded where they are in, and in where they are excluded."""
    if test.low is not None:
        low = replace(test, low_excluded=not test.low_excluded)
        yield _Changed("comparison", test.low.place, low)
    if test.high is not None:
        high = replace(test, high_excluded=not test.high_excluded)
        yield _Changed("comparison", test.high.place, high)


def _is_empty(test: Between) -> bool:
    """Return whether no value lies in a range, as far as its constants tell."""
    if not isinstance(test.low, Constant) or not isinstance(test.high, Constant):
        return False
    axis = Axis(test.low.type.base)
    low, high = axis.number(test.low.value), axis.number(test.high.value)
    if low is None or high is None:
        return False
    return low > high or (low == high and (test.low_excluded or test.high_excluded))


def _word_of(test: Test) -> str | None:
    match test:
        case EqualTo(operand=Constant(value=str() as word)) | Contains(word=word):
            return word
        case _:
            return None


def _with_word(test: Test, word: str) -> Test:
    match test:
        case EqualTo(operand=Constant() as constant):
            return EqualTo(replace(constant, value=word))
        case _:
            return Contains(word)


def _place_of(test: Test, otherwise: Place) -> Place:
    match test:
        case EqualTo(operand=operand):
            return operand.place
        case MemberOf(param=param):
            return param.place
        case _:
            return otherwise
