"""What the ranking of a policy needs that does not depend on the facts: made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from remedykit.facts.values import Facts
from remedykit.language.syntax import Apology, CheckedPolicy, Ranking, RemedyKind
from remedykit.model.words import Gives, Resource
from remedykit.ranking.curves import IntegerCurve


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingTables:
    """A policy prepared for its ranking.

    Attributes:
        match: thousandths by what was lost and what is given.
        reject: the ranking's curve of that name in integers; so are the next three.
        words: by the name of each apology and explanation, the thousandths that it is worth at
            any time; an apology that comes in time is worth more.
        reads: the facts that each define of the ranking reads, sorted.
    """

    policy: CheckedPolicy
    match: Mapping[Resource, Mapping[Gives, int]]
    reject: IntegerCurve
    accept: IntegerCurve
    speed: IntegerCurve
    effort: IntegerCurve
    words: Mapping[str, int]
    reads: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, policy: CheckedPolicy) -> RankingTables:
        """Prepare a policy."""
        ranking = policy.ranking
        wanted = {ranking.loss, ranking.risk, ranking.perk_when}
        return cls(
            policy=policy,
            match={lost: dict(row) for lost, row in ranking.match},
            reject=IntegerCurve.of(ranking.reject),
            accept=IntegerCurve.of(ranking.accept),
            speed=IntegerCurve.of(ranking.speed),
            effort=IntegerCurve.of(ranking.effort),
            words={
                kind.name: _words(ranking, kind)
                for kind in policy.remedies
                if kind.part in ("apology", "explanation")
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
