"""The ranking against brute force over all sets, and what holds of every ranking."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from remedykit.effects.candidates import Candidate
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.language.ranking_defaults import default_ranking
from remedykit.model.words import Basis, Gives
from remedykit.ranking.result import Scored
from remedykit.ranking.stakes import stakes_of
from remedykit.ranking.tables import RankingTables
from strategies.ranking import Situation, situations
from support import brute_force
from support.ranking_builders import candidate, held_back, kinds, planned, ranked


@given(situations())
def test_the_plan_is_the_best_of_all_sets(situation: Situation) -> None:
    fixes, words, perks = brute_force.plan(
        situation.policy.ranking,
        situation.facts,
        situation.candidates,
        situation.caps,
        perks_allowed=situation.perks_allowed,
        perk_demanded="perk" in situation.policy.covers,
    )
    expected = {one.kind.name: one for one in (*fixes, *words, *perks)}
    assert {one.candidate.kind.name: one.candidate for one in situation.ranked().plan} == expected


@given(situations())
def test_every_score_is_what_brute_force_says_it_adds(situation: Situation) -> None:
    judge = brute_force.Judge(
        situation.policy.ranking, situation.facts, situation.caps, situation.candidates
    )
    plan = situation.ranked().plan
    for place, scored in enumerate(plan):
        before = tuple(one.candidate for one in plan[:place])
        added = judge.value((*before, scored.candidate)) - judge.value(before)
        assert scored.score == added


@given(situations())
def test_an_alternative_is_scored_at_its_rivals_place(situation: Situation) -> None:
    judge = brute_force.Judge(
        situation.policy.ranking, situation.facts, situation.caps, situation.candidates
    )
    result = situation.ranked()
    plan = [one.candidate for one in result.plan]
    for scored in result.remedies:
        if not scored.in_plan:
            before = tuple(plan[: _place_of_rival(plan, scored.candidate)])
            added = judge.value((*before, scored.candidate)) - judge.value(before)
            assert scored.score == added


def _place_of_rival(plan: list[Candidate], alternative: Candidate) -> int:
    of_group = [one for one in plan if one.kind.group == alternative.kind.group]
    of_part = [one for one in plan if one.kind.part == alternative.kind.part]
    rivals = of_group or (of_part if alternative.kind.part in ("apology", "explanation") else [])
    assert rivals, "an alternative without a rival would be in the plan"
    return plan.index(rivals[0])


@given(situations())
def test_the_scores_of_the_plan_add_up_to_its_own(situation: Situation) -> None:
    result = situation.ranked()
    assert sum(scored.score for scored in result.plan) == result.score
    for scored in result.remedies:
        assert sum(scored.breakdown) == scored.score


@given(situations())
def test_no_candidate_is_lost(situation: Situation) -> None:
    result = situation.ranked()
    listed = Counter([*kinds(result), *held_back(result)])
    assert listed == Counter(one.kind.name for one in situation.candidates)


@given(situations(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_makes_no_difference(situation: Situation, shuffler: Random) -> None:
    shuffled = list(situation.candidates)
    shuffler.shuffle(shuffled)
    assert replace(situation, candidates=tuple(shuffled)).ranked() == situation.ranked()


@given(situations())
def test_the_list_runs_from_entitlements_over_the_plan_to_what_is_inadequate(
    situation: Situation,
) -> None:
    def place(scored: Scored) -> tuple[object, ...]:
        if scored.candidate.entitled:
            section = 0
        elif scored.in_plan:
            section = 1
        else:
            section = 2 if scored.adequate else 3
        return (section, -scored.score, scored.candidate.cost, scored.candidate.kind.name)

    remedies = situation.ranked().remedies
    assert sorted(remedies, key=place) == list(remedies)
    assert [scored.rank for scored in remedies] == list(range(1, len(remedies) + 1))
    for part in ("apology", "explanation", "fix", "perk"):
        ranks = [one.rank_in_part for one in remedies if one.candidate.kind.part == part]
        assert ranks == list(range(1, len(ranks) + 1))


@given(situations())
def test_no_entitlement_is_withheld_and_each_is_in_the_plan_or_a_choice(
    situation: Situation,
) -> None:
    result = situation.ranked()
    groups = {one.candidate.kind.name: one.candidate.kind.group for one in result.plan}
    for one in situation.candidates:
        if one.entitled:
            scored = next(it for it in result.remedies if it.candidate in versions(one))
            assert scored.in_plan != (scored.choice_of is not None)
            if scored.choice_of is not None:
                assert groups[scored.choice_of] == one.kind.group


@given(situations())
def test_all_that_is_offered_is_a_claim_on_its_own_terms(situation: Situation) -> None:
    claims = [version for one in situation.candidates for version in versions(one)]
    assert all(scored.candidate in claims for scored in situation.ranked().remedies)


@given(situations())
def test_what_waits_for_a_fact_names_it_and_only_then(situation: Situation) -> None:
    result = situation.ranked()
    for item in result.withheld:
        assert bool(item.facts) == (item.reason == "needs_fact")
        assert set(item.facts) <= set(result.open_facts)


@given(situations())
def test_a_limit_in_doubt_keeps_out_what_a_certain_one_does_and_only_says_so(
    situation: Situation,
) -> None:
    certain = replace(situation, caps=tuple(cap._replace(facts=()) for cap in situation.caps))
    result, surely = situation.ranked(), certain.ranked()
    assert (result.remedies, result.plan) == (surely.remedies, surely.plan)
    assert held_back(result).keys() == held_back(surely).keys()


def versions(one: Candidate) -> list[Candidate]:
    return [one, *(versions(one.lower) if one.lower else [])]


def _doubled(one: Candidate) -> Candidate:
    lower = None if one.lower is None else _doubled(one.lower)
    return one._replace(value=2 * one.value, cost=2 * one.cost, lower=lower)


@given(situations())
def test_doubling_all_money_changes_nothing(situation: Situation) -> None:
    money = ("incident.out_of_pocket", "incident.value_affected", "order.total")
    doubled = replace(
        situation,
        candidates=tuple(_doubled(one) for one in situation.candidates),
        caps=tuple(cap._replace(at_most=2 * cap.at_most) for cap in situation.caps),
        facts=replace(
            situation.facts,
            values={
                name: 2 * value
                if name in (*money, "customer.predicted_ltv") and isinstance(value, int)
                else value
                for name, value in situation.facts.values.items()
            },
            offers=tuple(
                replace(offer, value=None if offer.value is None else 2 * offer.value)
                for offer in situation.facts.offers
            ),
        ),
    )
    assert [(one.candidate.kind.name, one.score) for one in doubled.ranked().remedies] == [
        (one.candidate.kind.name, one.score) for one in situation.ranked().remedies
    ]


_DAYS: tuple[Fraction | int, ...] = (0, 1, Fraction(3, 2), 5)
_MATCH_ORDER: tuple[Gives, ...] = ("psychological", "money_later", "reperform", "money_now")


@st.composite
def rivals(draw: st.DrawFn, basis: Basis) -> list[Candidate]:
    """Draw fixes of one group and basis that all restore function."""
    return [
        candidate(
            f"fix_{number}",
            gives=draw(st.sampled_from((*_MATCH_ORDER, "exchange"))),
            value=draw(st.sampled_from((400, 3000, 6000, 6100))),
            cost=draw(st.sampled_from((0, 1000, 6000))),
            days=draw(st.sampled_from(_DAYS)),
            effort=draw(st.sampled_from((0, 1, 5))),
            basis=basis,
            restores=True,
            group="make_whole",
        )
        for number in range(draw(st.integers(2, 5)))
    ]


@given(st.data(), st.sampled_from(("entitlement", "standard", "goodwill")))
def test_what_is_better_in_nothing_worse_is_never_below(data: st.DataObject, basis: Basis) -> None:
    fixes = data.draw(rivals(basis))
    result = {one.candidate.kind.name: one for one in ranked(fixes).remedies}
    match = dict(dict(default_ranking("resolve").match)["goods"])
    for better in fixes:
        for worse in fixes:
            if (
                match[better.kind.gives] >= match[worse.kind.gives]
                and better.value >= worse.value
                and better.cost <= worse.cost
                and better.resolved_in_days <= worse.resolved_in_days
                and better.effort_0_to_5 <= worse.effort_0_to_5
            ):
                above, below = result[better.kind.name], result[worse.kind.name]
                assert above.score >= below.score
                assert above.score == below.score or above.rank < below.rank


@given(situations())
def test_a_plan_has_at_most_one_of_a_group_and_no_more_than_the_caps(situation: Situation) -> None:
    plan = [one.candidate for one in situation.ranked().plan]
    assert len({one.kind.group for one in plan}) == len(plan)
    for cap in situation.caps:
        counted = [one for one in plan if cap.counts(one)]
        free = [one for one in counted if not one.owed]
        if sum(one.value for one in counted) > cap.at_most:
            assert sum(one.value for one in free) == 0


@given(situations())
def test_perks_never_influence_fixes_and_words(situation: Situation) -> None:
    without = replace(
        situation,
        candidates=tuple(
            one for one in situation.candidates if one.kind.part != "perk" or one.entitled
        ),
    )
    names = [name for name in planned(situation.ranked()) if not name.startswith("perk")]
    assert names == [name for name in planned(without.ranked()) if not name.startswith("perk")]


@given(situations())
def test_fixes_and_perks_stay_within_150_percent_of_the_loss(situation: Situation) -> None:
    plan = [one.candidate for one in situation.ranked().plan]
    given_away = sum(one.value for one in plan if one.kind.part in ("fix", "perk"))
    evaluation = ReferenceEvaluation(situation.policy, situation.facts)
    loss = stakes_of(RankingTables.of(situation.policy), evaluation).loss
    if any(one.kind.part == "perk" and not one.owed for one in plan):
        assert Fraction(given_away, loss) <= Fraction(3, 2)
