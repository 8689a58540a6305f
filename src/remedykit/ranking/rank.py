"""From candidates to a ranked result: the three stages of the plan, then scores and order.

``docs/ranking.md`` explains it to users.
"""

from __future__ import annotations

from collections.abc import Iterable

from remedykit.effects.candidates import Candidates
from remedykit.effects.setting import MOST_MINOR_UNITS
from remedykit.engine.matching import Evaluation
from remedykit.errors import InputError
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from remedykit.model.decision import HandOver, Withheld
from remedykit.ranking.alternatives import Alternative, Leftovers
from remedykit.ranking.caps import with_room_for
from remedykit.ranking.fixes import choose_fixes, fulfils
from remedykit.ranking.groups import contenders, entitled
from remedykit.ranking.lineup import line_up
from remedykit.ranking.order import in_order
from remedykit.ranking.perks import PerkStage, perk_gate
from remedykit.ranking.result import Ranked
from remedykit.ranking.score import Scale, Weighed
from remedykit.ranking.stakes import stakes_of
from remedykit.ranking.words import apology_is_spent, choose_words

_A_PERSON = "person"


def rank(
    policy: CheckedPolicy, facts: Facts, evaluation: Evaluation, candidates: Candidates
) -> Ranked:
    """Choose the plan from the candidates, score them, and put them in order.

    Args:
        policy: its ``ranking`` holds every number; its ``covers`` may demand a perk.
        facts: the facts of the decision.
        evaluation: of the same policy's defines and params on the same facts.
        candidates: what may be offered, with the limits on it.

    Returns:
        Every candidate, either ranked or withheld with its reason; the order of the candidates
        makes no difference.

    Raises:
        InputError: if the plan adds up to an amount of more than 18 digits.
    """
    scale = Scale(policy.ranking, stakes_of(policy, facts, evaluation))
    ordered = sorted(candidates.candidates, key=lambda candidate: candidate.kind.name)
    weighed = tuple(scale.weigh(candidate) for candidate in ordered)
    leftovers = _choose(policy, facts, evaluation, scale, weighed, candidates)
    lineup = leftovers.lineup
    _check_sums(lineup.remedies)
    planned = {remedy.name for remedy in lineup.remedies}
    judged = leftovers.judged(remedy for remedy in weighed if remedy.name not in planned)
    withheld = tuple(item for item in judged if isinstance(item, Withheld))
    remedies = in_order(scale, lineup, [item for item in judged if isinstance(item, Alternative)])
    by_kind = {scored.candidate.kind.name: scored for scored in remedies}
    return Ranked(
        remedies=remedies,
        plan=tuple(by_kind[remedy.name] for remedy in lineup.remedies),
        score=scale.worth(lineup.remedies).total,
        adequate=scale.is_adequate(lineup.fixes),
        withheld=withheld,
        hand_over=_hand_over(scale, lineup.fixes),
        overridden_desire=_overridden(facts, lineup.fixes),
        open_facts=_open_facts(scale, withheld),
    )


def _choose(
    policy: CheckedPolicy,
    facts: Facts,
    evaluation: Evaluation,
    scale: Scale,
    weighed: tuple[Weighed, ...],
    candidates: Candidates,
) -> Leftovers:
    """Go through the three stages; none looks back at an earlier one."""
    able = contenders(weighed)
    perks = tuple(remedy for remedy in able if remedy.part == "perk")
    words = tuple(remedy for remedy in able if remedy.part in ("apology", "explanation"))
    word_caps = with_room_for(candidates.caps, entitled(perks))
    fix_caps = with_room_for(word_caps, entitled(words))

    desired = _desired(facts) if policy.ranking.desired_first else None
    fixes = choose_fixes(scale, [r for r in able if r.part == "fix"], fix_caps, desired)
    spent = apology_is_spent(facts, fixes)
    sayable = [w for w in words if not (spent and w.part == "apology" and not w.candidate.entitled)]
    said = choose_words(scale, fixes, sayable, word_caps)
    gate = perk_gate(policy, facts, evaluation, fixed=bool(fixes))
    stage = PerkStage(
        scale=scale,
        before=(*fixes, *said),
        caps=candidates.caps,
        allowed=gate is None,
        demanded="perk" in policy.covers,
    )
    lineup = line_up(scale, fixes=fixes, words=said, perks=stage.choose(perks))
    return Leftovers(
        scale=scale,
        lineup=lineup,
        fix_caps=fix_caps,
        word_caps=word_caps,
        perk_stage=stage,
        perk_gate=gate,
        apology_is_spent=spent,
    )


def _check_sums(plan: Iterable[Weighed]) -> None:
    """Refuse what adds up to an amount that is higher than any amount may be."""
    candidates = [remedy.candidate for remedy in plan]
    for total in (sum(each.value for each in candidates), sum(each.cost for each in candidates)):
        if total > MOST_MINOR_UNITS:
            raise InputError("incident", "its remedies add up to an amount of over 18 digits")


def _hand_over(scale: Scale, fixes: tuple[Weighed, ...]) -> tuple[HandOver, ...]:
    if not fixes:
        return (HandOver(to=_A_PERSON, reason="no_fix"),)
    if not scale.is_adequate(fixes):
        return (HandOver(to=_A_PERSON, reason="no_adequate_fix"),)
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
