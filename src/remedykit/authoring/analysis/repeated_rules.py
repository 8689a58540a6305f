"""Rules and limits that say what others say already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from remedykit.authoring.analysis.conditions import Box
from remedykit.authoring.analysis.deeds import Deed, deeds_of
from remedykit.authoring.analysis.material import Acting, Material
from remedykit.authoring.analysis.report import Report, acts
from remedykit.authoring.analysis.subjects import Subject
from remedykit.authoring.analysis.value_sets import Words
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.language.syntax import Limit

# Numbers of rules: by what they do, a subject, and a word of it; ``None`` is about no words.
_Filed = Mapping[Hashable, Mapping[Subject | None, Mapping[str, Sequence[int]]]]


def report_repeated(report: Report) -> None:
    """Report duplicates, and rules that never do what another does not do anyway."""
    rules = _Rules.of(report.material)
    for number, acting in rules.able.items():
        broader = [other for other in rules.may_do_all(acting) if rules.does_all(other, acting)]
        twins = [other for other in broader if rules.does_all(acting, other)]
        earlier = [other for other in twins if _stands_before(other, acting)]
        wider = [other for other in broader if other not in twins]
        if earlier:
            _report_duplicate(report, acting, earlier[0], adds_up=rules.adds_up(number))
        elif wider and not rules.adds_up(number) and _source_is_kept(acting, wider[0]):
            _report_implied(report, acting, wider[0])


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules and limits that can act, and what each does.

    They are filed so that each is compared with few others. A box is filed under the subject of
    which it allows the fewest words, once for each of these. So whatever has a given point in it
    is found under one of the words of that point, or under none.
    """

    material: Material
    able: Mapping[int, Acting]
    deeds: Mapping[int, frozenset[Deed]]
    filed: _Filed

    @classmethod
    def of(cls, material: Material) -> _Rules:
        able = {each.number: each for each in material.acting if each.boxes}
        deeds = {number: deeds_of(each, material) for number, each in able.items()}
        filed: dict[Hashable, dict[Subject | None, defaultdict[str, list[int]]]] = {}
        for number, each in able.items():
            places = {place for box in each.boxes for place in _filed_under(box)}
            for key in {deed.key for deed in deeds[number]}:
                under = filed.setdefault(key, {})
                for subject, word in places:
                    under.setdefault(subject, defaultdict(list))[word].append(number)
        return cls(material, able, deeds, filed)

    def may_do_all(self, acting: Acting) -> Iterator[Acting]:
        """Yield the others that do one of its deeds and may act whenever it does, by number."""
        # Whichever deed it is: who does all of them does this one, too.
        key = next((deed.key for deed in self.deeds[acting.number]), None)
        found: set[int] = set()
        for subject, numbers in self.filed.get(key, {}).items():
            found.update(numbers.get(self._word(acting.boxes[0], subject), ()))
        yield from (self.able[number] for number in sorted(found - {acting.number}))

    def _word(self, box: Box, subject: Subject | None) -> str:
        """Return one word that a box allows of a subject; an empty one if that is none in sight."""
        if subject is None:
            return ""
        allowed = box.get(subject) or self.material.subjects.domain(subject)
        if isinstance(allowed, Words) and not allowed.excluded:
            return min(allowed.words, default="")
        return ""

    def does_all(self, other: Acting, acting: Acting) -> bool:
        """Return whether another rule does all that a rule does, whenever it does it."""
        done = self.deeds[other.number]
        for deed in self.deeds[acting.number]:
            if deed not in done and not any(deed.is_done_by(each) for each in done):
                return False
        return self.material.comparison.are_covered(acting.boxes, other.boxes)

    def adds_up(self, number: int) -> bool:
        """Return whether what a rule does counts beside the same done by another."""
        return any(deed.adds_up for deed in self.deeds[number])


def _filed_under(box: Box) -> Iterator[tuple[Subject | None, str]]:
    few = [
        (len(allowed.words), subject, allowed.words)
        for subject, allowed in box.items()
        if isinstance(allowed, Words) and not allowed.excluded and not allowed.unknown
    ]
    if not few:
        yield None, ""
        return
    _, subject, words = min(few, key=lambda each: (each[0], each[1][:3]))
    yield from ((subject, word) for word in words)


def _stands_before(first: Acting, second: Acting) -> bool:
    return (first.clause.place, first.number) < (second.clause.place, second.number)


def _source_is_kept(acting: Acting, other: Acting) -> bool:
    """Return whether a decision names the source of a rule without it, too."""
    if isinstance(acting.clause, Limit) or isinstance(other.clause, Limit):
        return True
    return acting.clause.source in {"", other.clause.source}


def _report_duplicate(report: Report, acting: Acting, other: Acting, *, adds_up: bool) -> None:
    example = _example(report, acting, other, "duplicate-rule")
    if example is not None:
        counts = "; its points count twice" if adds_up else ""
        report.warning(
            "duplicate-rule",
            acting.clause.place,
            f"{acting.title} does the same as {other.title}, on the same facts{counts}",
            help="keep one of the two, with the reason and the source of both",
            also=(other.clause.place, "it does the same"),
            example=example,
        )


def _report_implied(report: Report, acting: Acting, other: Acting) -> None:
    example = _example(report, acting, other, "implied-rule")
    if example is not None:
        report.warning(
            "implied-rule",
            acting.clause.place,
            f"{acting.title} adds nothing: whenever it acts, {other.title} does all that it does",
            help="delete it, or narrow the broader one if that was not meant",
            also=(other.clause.place, "the broader one"),
            example=example,
        )


def _example(report: Report, acting: Acting, other: Acting, code: str) -> tuple[str, ...] | None:
    def premise(evaluation: ReferenceEvaluation) -> bool:
        return acts(acting, evaluation)

    def shows(_: object, evaluation: ReferenceEvaluation) -> bool:
        return acts(other, evaluation)

    what = f"{code}: {acting.clause.id}, {other.clause.id}"
    return report.example(what, acting.boxes, (acting.clause.condition,), premise, shows)
