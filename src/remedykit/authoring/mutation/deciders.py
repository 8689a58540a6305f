"""Making a mutant ready to decide: what its policy has prepared is taken over as far as can be."""

from __future__ import annotations

from dataclasses import replace

from remedykit.effects.tables import EffectTables
from remedykit.engine.reference import ReferenceEngine
from remedykit.explain.deciding import Decider
from remedykit.facts.patterns import PlainMatcher
from remedykit.language.names_used import names_used
from remedykit.language.occurrences import conditions_on_remedies
from remedykit.language.syntax import CheckedPolicy
from remedykit.ranking.tables import RankingTables


def mutant_decider(decider: Decider, mutant: CheckedPolicy, names: frozenset[str]) -> Decider:
    """Return what makes the decisions of a mutant.

    They keep the same facts as those of the policy, so that the two can be compared.

    Args:
        decider: of the policy.
        mutant: the policy with one change.
        names: the params and defines that may have another value in it.
    """
    same_kinds = mutant.remedies is decider.policy.remedies
    return replace(
        decider,
        policy=mutant,
        engine=ReferenceEngine(mutant),
        effect_tables=_effect_tables(decider, mutant, names),
        ranking_tables=decider.ranking_tables if same_kinds else RankingTables.of(mutant),
        timeline=PlainMatcher.of(mutant),
    )


def _effect_tables(decider: Decider, mutant: CheckedPolicy, names: frozenset[str]) -> EffectTables:
    """Return the tables of the policy where only conditions, params or defines are others.

    Of a condition they hold nothing but the rule that it belongs to. What tests on a remedy say
    about each kind they hold, too, and so what the params are that these tests read.
    """
    before, tables = decider.policy, decider.effect_tables
    if mutant.remedies is not before.remedies or mutant.limits is not before.limits:
        return EffectTables.of(mutant)
    if names and names_used(conditions_on_remedies(mutant)) & names:
        return EffectTables.of(mutant)
    claims = dict(tables.claims)
    for number, (old, new) in enumerate(zip(before.rules, mutant.rules, strict=True)):
        if old.effect is not new.effect or old.remedy_condition is not new.remedy_condition:
            return EffectTables.of(mutant)
        if old is not new and number in claims:
            claims[number] = tuple(replace(row, rule=new) for row in claims[number])
    return replace(tables, clauses=(*mutant.rules, *mutant.limits), claims=claims)
