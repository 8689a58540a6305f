"""What the ranking of a policy needs that does not depend on the facts: made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from remedykit.effects.candidates import Candidate
from remedykit.effects.tables import NONE_SAID
from remedykit.facts.values import Facts
from remedykit.language.occurrences import defines_of_ranking
from remedykit.language.syntax import Apology, CheckedPolicy, Ranking, RemedyKind
from remedykit.model.words import Gives, Resource
from remedykit.ranking.curves import IntegerCurve

_QUARTERS = 4  # of a step of effort: catalogues say halves and quarters, hardly ever thirds


class Pace(NamedTuple):
    """How fast and easy a fix is.

    Attributes:
        resolved_in_days: until it has taken effect.
        effort_0_to_5: the customer's.
        days: the same as `resolved_in_days`; an integer, if it is whole: compared ten times as
            fast.
        speed: how fast it is, in thousandths.
        effort: the same as `effort_0_to_5` in quarters of it, likewise.
        ease: how little that is, in thousandths.
    """

    resolved_in_days: Fraction
    effort_0_to_5: Fraction
    days: int | Fraction
    speed: int
    effort: int | Fraction
    ease: int

    @classmethod
    def of(
        cls,
        resolved_in_days: Fraction,
        effort_0_to_5: Fraction,
        speed: IntegerCurve,
        effort: IntegerCurve,
    ) -> Pace:
        """Return the pace of a fix by the ranking's curves."""
        return cls(
            resolved_in_days,
            effort_0_to_5,
            _simple(resolved_in_days),
            speed.height(resolved_in_days),
            _simple(_QUARTERS * effort_0_to_5),
            effort.height(effort_0_to_5),
        )


def _simple(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingTables:
    """A policy prepared for its ranking.

    Attributes:
        match: thousandths by what was lost and what is given.
        reject: the ranking's curve of that name in integers; so are the next three.
        words: by the name of each apology and explanation, the thousandths that it is worth at
            any time; an apology that comes in time is worth more.
        paces: how fast and easy each fix is on the catalogue's terms, by its name.
        reads: the facts that each define of the ranking reads, sorted.
    """

    policy: CheckedPolicy
    match: Mapping[Resource, Mapping[Gives, int]]
    reject: IntegerCurve
    accept: IntegerCurve
    speed: IntegerCurve
    effort: IntegerCurve
    words: Mapping[str, int]
    paces: Mapping[str, Pace]
    reads: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, policy: CheckedPolicy) -> RankingTables:
        """Prepare a policy."""
        ranking = policy.ranking
        speed, effort = IntegerCurve.of(ranking.speed), IntegerCurve.of(ranking.effort)
        wanted = defines_of_ranking(policy)
        return cls(
            policy=policy,
            match={lost: dict(row) for lost, row in ranking.match},
            reject=IntegerCurve.of(ranking.reject),
            accept=IntegerCurve.of(ranking.accept),
            speed=speed,
            effort=effort,
            words={
                kind.name: _words(ranking, kind)
                for kind in policy.remedies
                if kind.part in ("apology", "explanation")
            },
            paces={
                kind.name: Pace.of(
                    kind.terms.resolved_in_days or NONE_SAID,
                    kind.terms.effort_0_to_5 or NONE_SAID,
                    speed,
                    effort,
                )
                for kind in policy.remedies
                if kind.part == "fix"
            },
            reads={
                define.name: tuple(sorted(define.reads))
                for define in policy.defines
                if define.name in wanted
            },
        )

    @property
    def ranking(self) -> Ranking:
        """How the policy scores."""
        return self.policy.ranking

    def pace_of(self, fix: Candidate) -> Pace:
        """Return how fast and easy a fix is."""
        days, effort = fix.resolved_in_days, fix.effort_0_to_5
        pace = self.paces[fix.kind.name]
        # To compare fractions takes longer than all the rest; the catalogue's are the very same.
        if pace.resolved_in_days is days and pace.effort_0_to_5 is effort:
            return pace
        return Pace.of(days, effort, self.speed, self.effort)

    def unknown_behind(self, define: str, facts: Facts) -> tuple[str, ...]:
        """Return the unknown facts that a define of the ranking reads, sorted."""
        return tuple(fact for fact in self.reads[define] if facts.values.get(fact) is None)


def _words(ranking: Ranking, kind: RemedyKind) -> int:
    if kind.part == "apology":
        return _apology(ranking, kind.apology or Apology())
    return dict(ranking.explains).get(kind.explains, 0) if kind.explains else 0


def _apology(ranking: Ranking, apology: Apology) -> int:
    weights = ranking.apology
    intensity = (
        weights.responsibility * apology.responsibility
        + weights.regret * apology.regret
        + weights.repentance * apology.repentance
        + weights.named_owner * apology.named_owner
    )
    return weights.empathy * apology.empathy + weights.intensity * intensity // 1000
