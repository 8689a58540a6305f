"""From candidates to a ranked result: the three stages of the plan, then scores and order.

``docs/ranking.md`` explains it to users.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from remedykit.effects.candidates import Candidates, Cap
from remedykit.effects.setting import MOST_MINOR_UNITS
from remedykit.engine.matching import Evaluation
from remedykit.errors import InputError
from remedykit.facts.values import Facts
from remedykit.model.decision import HandOver, Withheld
from remedykit.model.words import Part
from remedykit.ranking.alternatives import Leftovers
from remedykit.ranking.caps import counted_by, with_room_for
from remedykit.ranking.fixes import choose_fixes, fulfils
from remedykit.ranking.groups import contenders, entitled
from remedykit.ranking.lineup import Lineup
from remedykit.ranking.order import in_order
from remedykit.ranking.perks import PerkStage, perk_gate
from remedykit.ranking.result import Ranked
from remedykit.ranking.score import Scale
from remedykit.ranking.stakes import stakes_of
from remedykit.ranking.tables import RankingTables
from remedykit.ranking.weighed import Weighed
from remedykit.ranking.words import apology_is_spent, choose_words

A_PERSON = "person"


def rank(tables: RankingTables, evaluation: Evaluation, candidates: Candidates) -> Ranked:
    """Choose the plan from the candidates, score them, and put them in order.

    Args:
        tables: of the policy whose ``ranking`` holds every number; its ``covers`` may demand a
            perk.
        evaluation: of that policy's defines and params, on the facts of the decision.
        candidates: remedies of that policy that may be offered, with the limits on them.

    Returns:
        Every candidate, either ranked or withheld with its reason; the order of the candidates
        makes no difference.

    Raises:
        InputError: if the plan adds up to an amount of more than 18 digits.
    """
    scale = Scale.of(tables, stakes_of(tables, evaluation))
    counted = counted_by(candidates.caps, candidates.candidates)
    ordered = sorted(candidates.candidates, key=lambda candidate: candidate.kind.name)
    weighed = [scale.weigh(candidate, counted) for candidate in ordered]
    leftovers = _choose(scale, evaluation, weighed, candidates.caps)
    lineup, fixes = leftovers.lineup, leftovers.fixes
    adequate = scale.is_adequate(fixes)
    _check_sums(lineup.remedies)
    planned = {remedy.name for remedy in lineup.remedies}
    left = [remedy for remedy in weighed if remedy.name not in planned]
    alternatives, withheld = leftovers.judged(left)
    remedies = in_order(lineup, adequate, alternatives)
    by_kind = {scored.candidate.kind.name: scored for scored in remedies}
    return Ranked(
        remedies=remedies,
        plan=tuple([by_kind[remedy.name] for remedy in lineup.remedies]),
        score=lineup.standing.total,
        adequate=adequate,
        withheld=tuple(withheld),
        hand_over=_hand_over(fixes, adequate),
        overridden_desire=_overridden(evaluation.facts, fixes),
        open_facts=_open_facts(scale, withheld),
    )


def _choose(
    scale: Scale, evaluation: Evaluation, weighed: Sequence[Weighed], caps: tuple[Cap, ...]
) -> Leftovers:
    """Go through the three stages; none looks back at an earlier one."""
    policy, facts = scale.tables.policy, evaluation.facts
    fixable: list[Weighed] = []
    words: list[Weighed] = []
    perks: list[Weighed] = []
    stages: Mapping[Part, list[Weighed]] = {
        "fix": fixable,
        "apology": words,
        "explanation": words,
        "perk": perks,
    }
    for remedy in contenders(weighed):
        stages[remedy.part].append(remedy)
    word_caps = with_room_for(caps, entitled(perks))
    fix_caps = with_room_for(word_caps, entitled(words))

    desired = _desired(facts) if policy.ranking.desired_first else None
    fixes = choose_fixes(scale, fixable, fix_caps, desired)
    fixed = Lineup.of(scale, ()).with_fixes(fixes)
    spent = apology_is_spent(facts, fixes)
    sayable = [w for w in words if not (spent and w.part == "apology" and not w.entitled)]
    said = fixed.with_words(choose_words(fixed, sayable, word_caps))
    gate = perk_gate(scale.tables, evaluation, fixed=bool(fixes))
    stage = PerkStage(
        before=said, caps=caps, allowed=gate is None, demanded="perk" in policy.covers
    )
    lineup = stage.choose(perks)
    return Leftovers(
        lineup=lineup,
        fixes=fixed.remedies,
        words=lineup.words,
        perks=lineup.perks,
        fix_caps=fix_caps,
        word_caps=word_caps,
        perk_stage=stage,
        perk_gate=gate,
        apology_is_spent=spent,
    )


def _check_sums(plan: Sequence[Weighed]) -> None:
    """Refuse what adds up to an amount that is higher than any amount may be."""
    totals = (sum([each.value for each in plan]), sum([each.cost for each in plan]))
    if max(totals) > MOST_MINOR_UNITS:
        raise InputError("incident", "its remedies add up to an amount of over 18 digits")


def _hand_over(fixes: tuple[Weighed, ...], adequate: bool) -> tuple[HandOver, ...]:
    if not fixes:
        return (HandOver(to=A_PERSON, reason="no_fix"),)
    if not adequate:
        return (HandOver(to=A_PERSON, reason="no_adequate_fix"),)
    return ()


def _open_facts(scale: Scale, withheld: Iterable[Withheld]) -> tuple[str, ...]:
    missing = {fact for item in withheld for fact in item.facts}
    return tuple(sorted(missing.union(scale.stakes.open_facts)))


def _desired(facts: Facts) -> str | None:
    desired = facts.values.get("incident.desired")
    return desired if isinstance(desired, str) else None


def _overridden(facts: Facts, fixes: tuple[Weighed, ...]) -> str | None:
    """Return what the customer asked for, where the fixes give something else."""
    desired = _desired(facts)
    return desired if fixes and not fulfils(fixes, desired) else None
