"""The course of one remedy kind through a decision: what each layer made of it, and which clause.

The layers are run again as they ran for the decision, so that nothing told here contradicts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remedykit.effects.admitted import admitted
from remedykit.effects.candidates import Candidate, Candidates
from remedykit.effects.capped import capped, cut
from remedykit.effects.layers import effects
from remedykit.effects.limits import Hold, Limits
from remedykit.effects.offered import Claim, claims_by_kind
from remedykit.effects.properties import Properties, properties_of, properties_of_kind
from remedykit.effects.setting import Setting
from remedykit.language.syntax import Adjust, AskApproval, Forbid, Limit, RemedyKind, Rule
from remedykit.language.types import Truth
from remedykit.model.decision import Withheld
from remedykit.ranking.rank import rank
from remedykit.ranking.result import Ranked
from remedykit.ranking.tables import RankingTables


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """What the layers made of all remedies.

    Attributes:
        unlimited: the candidates before limits.
        limited: those within the limits, before points and approvals.
        found: what the ranking was given.
        ranked: what it made of it.
    """

    setting: Setting
    ranking_tables: RankingTables
    unlimited: tuple[Candidate, ...]
    limited: tuple[Candidate, ...]
    found: Candidates
    ranked: Ranked

    @classmethod
    def of(cls, setting: Setting) -> Layers:
        """Run the layers again."""
        tables = RankingTables.of(setting.policy)
        unlimited = admitted(setting).candidates
        found = effects(setting)
        return cls(
            setting=setting,
            ranking_tables=tables,
            unlimited=unlimited,
            limited=capped(unlimited, setting).candidates,
            found=found,
            ranked=rank(tables, setting.evaluation, found),
        )

    def course(self, kind: RemedyKind) -> Course:
        """Return the course of one remedy kind."""
        offered = (scored.candidate for scored in self.ranked.remedies)
        withheld = (*self.found.withheld, *self.ranked.withheld)
        return Course(
            layers=self,
            kind=kind,
            claims=tuple(claims_by_kind(self.setting).get(kind.name, ())),
            unlimited=_versions(kind, self.unlimited),
            limited=_versions(kind, self.limited),
            offered=next((each for each in offered if each.kind.name == kind.name), None),
            withheld=next((each for each in withheld if each.kind == kind.name), None),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What became of one remedy kind.

    Attributes:
        claims: what rules that hold, or may hold, claim.
        unlimited: the candidate before limits, what it falls back to, and so on; or nothing.
        limited: the same within the limits, before approvals.
        offered: as it is offered, if it is.
        withheld: that it is withheld, if it is.
    """

    layers: Layers
    kind: RemedyKind
    claims: tuple[Claim, ...]
    unlimited: tuple[Candidate, ...]
    limited: tuple[Candidate, ...]
    offered: Candidate | None
    withheld: Withheld | None

    def acted_on_by(self, clause: Rule | Limit) -> Properties | None:
        """Return the remedy as a clause saw it that acts on it; ``None`` if it does not.

        An effect acts unless it is about another remedy, is definitely false, or does not reach
        what it could act on: nothing is forbidden that the customer has a right to, nothing that
        is a right waits for an approval, and a limit acts on what is more than it allows.
        """
        match clause:
            case Limit():
                return next(self._limited_by(clause), None)
            case Rule(effect=Forbid()):
                return next(self._forbidden_by(clause), None)
            case Rule(effect=Adjust() | AskApproval()):
                return next(self._judged_by(clause), None)
            case _:
                return None

    def exceeded(self) -> Iterator[tuple[Candidate, Hold]]:
        """Yield each limit that a version alone exceeds, with the version as the limit saw it."""
        limits = Limits.of(self.layers.setting)
        standing = {version.claimed_as for version in self.limited}
        for version in self.unlimited:
            if version.owed:
                continue
            over = [hold for hold in limits.reducing(version) if version.value > hold.allowed]
            yield from ((version, hold) for hold in over)
            # What falls for want of facts alone is held against the rest as it surely would be.
            stands = version.claimed_as in standing
            counted = [hold for hold in over if stands or not hold.obstacle.is_open]
            left = cut(version, min((hold.allowed for hold in counted), default=version.value))
            for hold in limits.withholding(left):
                if left.value > hold.allowed:
                    yield left, hold

    def _limited_by(self, limit: Limit) -> Iterator[Properties]:
        facts = self.layers.setting.facts
        for version, hold in self.exceeded():
            if hold.limit == limit.id:
                yield properties_of(version, facts)
        if self.withheld is not None and self.withheld.rule == limit.id:
            # the plan had no room for it
            yield from (properties_of(version, facts) for version in self.limited)

    def _forbidden_by(self, rule: Rule) -> Iterator[Properties]:
        setting = self.layers.setting
        for claim in self.claims:
            remedy = properties_of_kind(self.kind, claim.basis, setting.facts)
            if not claim.entitled and _applies(rule, remedy, setting) is not False:
                yield remedy

    def _judged_by(self, rule: Rule) -> Iterator[Properties]:
        setting = self.layers.setting
        for version in self.limited:
            remedy = properties_of(version, setting.facts)
            stands = self.offered is None or version.claimed_as == self.offered.claimed_as
            match rule.effect:
                case Adjust() if stands and _applies(rule, remedy, setting) is True:
                    yield remedy
                case AskApproval() if (
                    not version.owed and _applies(rule, remedy, setting) is not False
                ):
                    yield remedy
                case _:
                    pass
            if stands and self.offered is not None:
                return  # what it would have fallen back to was never weighed


def _applies(rule: Rule, remedy: Properties, setting: Setting) -> Truth:
    """Return whether a rule holds and is about a remedy; ``None`` if unknown."""
    of = setting.tables.claimed_kinds[remedy.kind, remedy.basis]
    number = setting.tables.rule_numbers[rule.id]
    if not (of.forbidding | of.weighing) >> number & 1:
        return False
    return setting.applies(number, of, setting.evaluation.about(remedy.values))


def _versions(kind: RemedyKind, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the candidate of a kind, what it falls back to, what that falls back to, and so on."""
    version = next((each for each in candidates if each.kind.name == kind.name), None)
    found: list[Candidate] = []
    while version is not None:
        found.append(version)
        version = version.lower
    return tuple(found)
