"""From a condition to boxes, one of which must hold: for each subject the values it may have.

A box is exact but for the subjects that stand for a whole condition (see `Subject`): these are
taken to be independent of everything else. So a box may be impossible that is not empty, but what
lies in an empty box cannot be, and what is said of all of a box is true of all facts in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from remedykit.authoring.analysis.identity import identity
from remedykit.authoring.analysis.single_tests import passing
from remedykit.authoring.analysis.subjects import FALSE, TRUE, Subject, Subjects
from remedykit.authoring.analysis.value_sets import (
    ValueSet,
    both,
    is_empty,
    is_within,
    minus,
    some_words,
)
from remedykit.diagnostics import Place
from remedykit.engine.indexed.conjunctions import as_test
from remedykit.language.syntax import (
    AllOf,
    And,
    Cases,
    Constant,
    Contains,
    DefineRead,
    EqualTo,
    Expression,
    FactRead,
    In,
    KnownTest,
    MemberOf,
    Not,
    NotTest,
    OneOf,
    Or,
    Test,
)
from remedykit.language.types import BOOL, Base

Box = Mapping[Subject, ValueSet]

# Modelling choice: a part of a condition that would make more is not taken apart.
MOST_CONJUNCTIONS = 64


class Atom(NamedTuple):
    """One test: the values that its subject may have, and where that is written."""

    subject: Subject
    allowed: ValueSet
    place: Place


class Clash(NamedTuple):
    """Two tests that exclude each other, or one twice that nothing passes."""

    first: Atom
    second: Atom


Conjunction = tuple[Atom, ...]
_TRUE: tuple[Conjunction, ...] = ((),)
_FALSE: tuple[Conjunction, ...] = ()


class Reading(NamedTuple):
    """A condition as boxes, and why other ways to meet it are none.

    Attributes:
        boxes: none of them empty.
        clashes: one for each conjunction that cannot hold.
    """

    boxes: tuple[Box, ...]
    clashes: tuple[Clash, ...]


class Wanted(NamedTuple):
    """Which truth a condition is to have.

    Attributes:
        holds: whether it is to hold, or not to hold.
        certain: whether definitely so; else "unknown" will do.
    """

    holds: bool
    certain: bool

    @property
    def turned(self) -> Wanted:
        """The same for the negation."""
        return Wanted(not self.holds, self.certain)


DEFINITELY, POSSIBLY = Wanted(holds=True, certain=True), Wanted(holds=True, certain=False)


@dataclass(frozen=True, slots=True)
class ConditionReader:
    """Reads the conditions of one policy."""

    subjects: Subjects
    _kept: dict[tuple[str, Wanted], tuple[Conjunction, ...]] = field(
        default_factory=dict[tuple[str, Wanted], tuple[Conjunction, ...]]
    )  # of defines, which many conditions read

    def read(self, condition: Expression, wanted: Wanted = DEFINITELY) -> Reading:
        """Return when a condition is as wanted."""
        boxes: list[Box] = []
        clashes: list[Clash] = []
        for conjunction in self.conjunctions(condition, wanted):
            made = _box(conjunction)
            if isinstance(made, Clash):
                clashes.append(made)
            else:
                boxes.append(made)
        return Reading(tuple(boxes), tuple(clashes))

    def conjunctions(self, condition: Expression, wanted: Wanted) -> tuple[Conjunction, ...]:
        """Return conjunctions of which one holds if and only if the condition is as wanted."""
        match condition:
            case Not(part=part):
                return self.conjunctions(part, wanted.turned)
            case And(parts=parts) | Or(parts=parts):
                ways = (self.conjunctions(part, wanted) for part in parts)
                if isinstance(condition, And) is wanted.holds:
                    found = _every(ways)
                else:
                    found = tuple(each for way in ways for each in way)
                if found is None or len(found) > MOST_CONJUNCTIONS:
                    return self._whole(condition, wanted)
                return found
            case Constant(value=bool() as value):
                return _TRUE if value is wanted.holds else _FALSE
            case _:
                return self._tested(condition, wanted)

    # --- tests on one subject ------------------------------------------------------------------

    def _tested(self, condition: Expression, wanted: Wanted) -> tuple[Conjunction, ...]:
        match _on_one(condition):
            case (FactRead(name=name, type=of), test) if of.base is Base.TEXTS:
                found = self._of_list(name, test, wanted, condition.place)
            case (FactRead(name=name), test):
                found = self._of_subject(Subject("fact", name), test, wanted, condition.place)
            case (DefineRead(name=name), test):
                body = self.subjects.defines[name].body
                if self.subjects.defines[name].type == BOOL and not isinstance(body, Cases):
                    found = self._of_condition(name, body, test, wanted)
                else:
                    found = self._of_subject(Subject("define", name), test, wanted, condition.place)
            case _:
                found = None
        return self._whole(condition, wanted) if found is None else found

    def _of_subject(
        self, subject: Subject, test: Test, wanted: Wanted, place: Place
    ) -> tuple[Conjunction, ...] | None:
        if self.subjects.is_list(subject):
            return None
        domain = self.subjects.domain(subject)
        passed = passing(test, domain, self.subjects)
        if passed is None:
            return None
        known = passed.known._replace(unknown=False)
        if not wanted.holds:
            known = minus(domain._replace(unknown=False), known)
        truth = passed.of_unknown
        with_unknown = truth is wanted.holds or (truth is None and not wanted.certain)
        allowed = known._replace(unknown=with_unknown and domain.unknown)
        if is_within(domain, allowed):
            return _TRUE
        return ((Atom(subject, allowed, place),),)

    def _of_condition(
        self, name: str, body: Expression, test: Test, wanted: Wanted
    ) -> tuple[Conjunction, ...] | None:
        """Return a test on a define that is a condition itself: the conditions of its truths."""
        domain = some_words(frozenset({TRUE, FALSE}), unknown=True)
        passed = passing(test, domain, self.subjects)
        if passed is None:
            return None
        words = passed.known if wanted.holds else minus(domain, passed.known)
        truth = passed.of_unknown
        with_unknown = truth is wanted.holds or (truth is None and not wanted.certain)
        true, false = (
            not is_empty(both(words, some_words(frozenset({word})))) for word in (TRUE, FALSE)
        )
        if true and false and with_unknown:
            return _TRUE
        if with_unknown and not true and not false:
            maybe = (Wanted(holds=True, certain=False), Wanted(holds=False, certain=False))
            return _every(self._defined(name, body, each) for each in maybe)
        certain = not with_unknown
        chosen = ((true, True), (false, False))
        ways = [self._defined(name, body, Wanted(h, certain)) for is_in, h in chosen if is_in]
        return tuple(each for way in ways for each in way)

    def _defined(self, name: str, body: Expression, wanted: Wanted) -> tuple[Conjunction, ...]:
        kept = self._kept.get((name, wanted))
        if kept is None:
            kept = self._kept[name, wanted] = self.conjunctions(body, wanted)
        return kept

    def _of_list(
        self, name: str, test: Test, wanted: Wanted, place: Place
    ) -> tuple[Conjunction, ...] | None:
        """Return a test on a list of texts."""
        match test:
            case NotTest(test=inner):
                return self._of_list(name, inner, wanted.turned, place)
            case OneOf(tests=tests) | AllOf(tests=tests):
                ways = [self._of_list(name, each, wanted, place) for each in tests]
                return _ways(ways, every=isinstance(test, AllOf) is wanted.holds)
            case MemberOf(param=param):
                words = self.subjects.value(param)
                if not isinstance(words, tuple):
                    return None
                ways = [self._contains(name, word, wanted, place) for word in words]
                return _ways(ways, every=not wanted.holds)
            case Contains(word=word):
                return self._contains(name, word, wanted, place)
            case KnownTest(expected=expected):
                return self._list_known(name, place, known=expected is wanted.holds)
            case _:
                return None

    def _contains(
        self, name: str, word: str, wanted: Wanted, place: Place
    ) -> tuple[Conjunction, ...]:
        held = some_words(frozenset({TRUE if wanted.holds else FALSE}))
        atom = Atom(Subject("word", name, word), held, place)
        known = self._list_known(name, place, known=True)
        certain = tuple((atom, *each) for each in known)
        if wanted.certain:
            return certain
        # Possible is what is certain, and every list that is unknown.
        return (*certain, *self._list_known(name, place, known=False))

    def _list_known(self, name: str, place: Place, *, known: bool) -> tuple[Conjunction, ...]:
        if self.subjects.facts[name].always_known:
            return _TRUE if known else _FALSE
        allowed = some_words(frozenset({TRUE if known else FALSE}))
        return ((Atom(Subject("list", name), allowed, place),),)

    # --- what is not taken apart ---------------------------------------------------------------

    def _whole(self, condition: Expression, wanted: Wanted) -> tuple[Conjunction, ...]:
        subject = Subject("rest", "", of=identity(condition))
        words = frozenset({TRUE if wanted.holds else FALSE})
        allowed = some_words(words, unknown=not wanted.certain)
        return ((Atom(subject, allowed, condition.place),),)


def _on_one(condition: Expression) -> tuple[FactRead | DefineRead, Test] | None:
    """Return the subject and the test of a condition that is a test on one fact or define."""
    match condition:
        case In(
            item=FactRead() | DefineRead() as item,
            members=Constant(value=tuple() as words) as members,
        ):
            places = (Constant(word, item.type, members.place) for word in words)
            return item, OneOf(tuple(EqualTo(each) for each in places))
        case _:
            return as_test(condition)


def _ways(
    ways: Iterable[tuple[Conjunction, ...] | None], *, every: bool
) -> tuple[Conjunction, ...] | None:
    known: list[tuple[Conjunction, ...]] = []
    for way in ways:
        if way is None:
            return None
        known.append(way)
    return _every(known) if every else tuple(each for way in known for each in way)


def _every(ways: Iterable[tuple[Conjunction, ...]]) -> tuple[Conjunction, ...] | None:
    """Return every combination of one conjunction of each, or ``None`` if these are too many."""
    found = _TRUE
    for way in ways:
        if len(found) * len(way) > MOST_CONJUNCTIONS:
            return None
        found = tuple((*one, *other) for one in found for other in way)
    return found


def _box(conjunction: Conjunction) -> Box | Clash:
    """Return the values that all atoms allow, or which two of them leave none."""
    box: dict[Subject, ValueSet] = {}
    for number, atom in enumerate(conjunction):
        before = box.get(atom.subject)
        allowed = atom.allowed if before is None else both(before, atom.allowed)
        if is_empty(allowed):
            return _clash(conjunction[:number], atom)
        box[atom.subject] = allowed
    return box


def _clash(before: Conjunction, atom: Atom) -> Clash:
    """Return an atom with an earlier one that excludes it, or with the last that narrows it."""
    same = [each for each in before if each.subject == atom.subject]
    alone = [each for each in same if is_empty(both(each.allowed, atom.allowed))]
    return Clash((alone or same or [atom])[-1], atom)
