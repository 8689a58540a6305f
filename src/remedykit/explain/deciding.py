"""From facts to a decision: match, effects, ranking, and the decision written out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from remedykit.effects.candidates import Candidates
from remedykit.effects.layers import effects
from remedykit.effects.setting import Setting
from remedykit.effects.tables import EffectTables
from remedykit.engine.engines import matcher_named
from remedykit.engine.matching import Engine
from remedykit.explain.reads import facts_needed
from remedykit.explain.writing import WritingTables
from remedykit.facts.patterns import PatternMatcher
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from remedykit.model.decision import Decision
from remedykit.ranking.rank import rank
from remedykit.ranking.result import Ranked
from remedykit.ranking.tables import RankingTables


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """A policy with all that can be made ready before any facts are known.

    Attributes:
        policy: the checked policy.
        engine: evaluates it.
        reads: names of the facts that its decisions can depend on; a decision keeps these and no
            others.
        effect_tables: the policy prepared for its effects.
        ranking_tables: the policy prepared for the ranking of remedies.
        writing_tables: the policy prepared for the writing of its decisions.
        timeline: tells what follows from the timeline by the policy.
    """

    policy: CheckedPolicy
    engine: Engine
    reads: tuple[str, ...]
    effect_tables: EffectTables
    ranking_tables: RankingTables
    writing_tables: WritingTables
    timeline: PatternMatcher

    @classmethod
    def of(cls, policy: CheckedPolicy, engine: Engine) -> Decider:
        """Make a policy ready."""
        reads = facts_needed(policy)
        return cls(
            policy=policy,
            engine=engine,
            reads=reads,
            effect_tables=EffectTables.of(policy),
            ranking_tables=RankingTables.of(policy),
            writing_tables=WritingTables.of(policy, reads),
            timeline=matcher_named(engine.name, policy),
        )

    def __reduce__(self) -> tuple[Callable[..., Decider], tuple[CheckedPolicy, Engine]]:
        """Make ready anew where it is unpickled."""
        return Decider.of, (self.policy, self.engine)

    def settle(self, facts: Facts) -> Setting:
        """Return facts with what the engine makes of them: the ground of a decision."""
        return Setting.of(self.effect_tables, self.engine.evaluate(facts))

    def decide(self, facts: Facts) -> Decision:
        """Return the decision on facts; the same facts give the same decision."""
        setting = self.settle(facts)
        return self.decided(setting, effects(setting))

    def decided(self, setting: Setting, found: Candidates) -> Decision:
        """Return the decision on what an engine and the effects made of facts.

        What the rules have said is in `found`: of `setting` only the facts and the values of
        params and defines are read.
        """
        ranked = rank(self.ranking_tables, setting.evaluation, found)
        return self.writing_tables.written(setting.evaluation, found, ranked)

    def ranked(self, setting: Setting, found: Candidates) -> Ranked:
        """Return the remedies of the decision on settled facts; nothing is written."""
        return rank(self.ranking_tables, setting.evaluation, found)
