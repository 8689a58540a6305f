"""A concrete situation for a finding: built from facts, and read again before it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product

from remedykit.authoring.analysis.conditions import Box
from remedykit.authoring.analysis.material import Material
from remedykit.authoring.analysis.representatives import values_in
from remedykit.authoring.analysis.subjects import TRUE
from remedykit.authoring.analysis.value_sets import Words
from remedykit.authoring.situations.building import Built, Wanted, built
from remedykit.authoring.situations.fact_pools import Pools
from remedykit.authoring.situations.situation import Situation
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.language.degree import facts_read_by
from remedykit.language.syntax import Expression
from remedykit.language.types import Value
from remedykit.policy import Policy

# Modelling choices: how far is looked for a situation.
_MOST_BOXES = 4
_MOST_OF_BOX = 6
_MOST_OF_REST = 40

Holds = Callable[[ReferenceEvaluation], bool]
Shows = Callable[[Situation, ReferenceEvaluation], bool]


class RefutedError(Exception):
    """A situation that a finding is about, and in which it is not so: a fault of the analysis."""


@dataclass(frozen=True)
class Witnesses:
    """Looks for situations of one policy, and decides on them by the reference engine."""

    material: Material

    @cached_property
    def policy(self) -> Policy:
        """The policy, decided by the reference engine."""
        return self.material.policy.with_engine("reference")

    @cached_property
    def currency(self) -> str:
        """The currency of the orders in situations."""
        return (*self.material.checked.currencies, "USD")[0]

    def find(
        self, boxes: Iterable[Box], reads: Iterable[Expression], premise: Holds, shows: Shows
    ) -> Situation | None:
        """Return a situation in which a premise holds and a finding shows.

        Args:
            boxes: in one of which its facts lie.
            reads: the conditions that boxes leave open in part.
            premise: what the finding is about, such as that a rule acts.
            shows: what the finding says.

        Returns:
            The first that was found; ``None`` if none was, which proves nothing: what is required
            of several facts at once is only tried.

        Raises:
            RefutedError: if the premise holds and the finding does not show.
        """
        conditions = tuple(reads)
        for wanted in self._wanted(boxes, conditions):
            made = built(self.policy, wanted, self.currency)
            if not isinstance(made, Built):
                continue
            evaluation = ReferenceEvaluation(self.material.checked, made.facts)
            if not premise(evaluation):
                continue
            if not shows(made.situation, evaluation):
                raise RefutedError
            return made.situation
        return None

    def _wanted(self, boxes: Iterable[Box], conditions: tuple[Expression, ...]) -> Iterator[Wanted]:
        for box in islice(boxes, _MOST_BOXES):
            settled = list(islice(self._settled(box), _MOST_OF_BOX))
            yield from settled
            if settled and any(each.sort in {"rest", "define"} for each in box):
                free = self._free(conditions, settled[0])
                pools = [self._pools.values[name] for name in free]
                for values in islice(_spread(pools), _MOST_OF_REST):
                    more = dict(zip(free, values, strict=True))
                    yield from ({**each, **more} for each in settled)

    def _settled(self, box: Box) -> Iterator[Wanted]:
        """Yield values for the facts that a box is about."""
        facts = self.material.subjects.facts
        names: list[str] = []
        choices: list[tuple[Value | None, ...]] = []
        for subject, allowed in box.items():
            if subject.sort == "fact":
                names.append(subject.name)
                choices.append(values_in(allowed, facts[subject.name]))
        lists = _lists(box)
        # All first choices, then all second ones: facts that hang together move together.
        most = max(map(len, choices), default=1)
        for turn in range(most):
            together = [each[min(turn, len(each) - 1)] for each in choices]
            yield {**dict(zip(names, together, strict=True)), **lists}
        for values in product(*choices):
            yield {**dict(zip(names, values, strict=True)), **lists}

    def _free(self, conditions: tuple[Expression, ...], settled: Wanted) -> tuple[str, ...]:
        read = facts_read_by(conditions, self.material.subjects.defines)
        return tuple(sorted(read - settled.keys()))

    @cached_property
    def _pools(self) -> Pools:
        return Pools.of(self.material.checked, self.currency)


def _lists(box: Box) -> dict[str, tuple[str, ...] | None]:
    """Return the lists of texts that a box is about."""
    words: dict[str, tuple[str, ...] | None] = {}
    for subject, allowed in box.items():
        if subject.sort == "word":
            held = words.get(subject.name) or ()
            words[subject.name] = (*held, subject.word) if _is_true(allowed) else held
    for subject, allowed in box.items():
        if subject.sort == "list":
            words[subject.name] = words.get(subject.name, ()) if _is_true(allowed) else None
    return words


def _is_true(allowed: object) -> bool:
    return isinstance(allowed, Words) and TRUE in allowed.words


def _spread(pools: list[tuple[Value | None, ...]]) -> Iterator[tuple[Value | None, ...]]:
    """Yield combinations: of one place in all pools at first, then all there are."""
    for turn in range(max(map(len, pools), default=0)):
        yield tuple(pool[turn % len(pool)] for pool in pools)
    yield from product(*pools)
