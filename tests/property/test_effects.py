"""What the effects must keep over random policies and facts."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from remedykit.effects.admitted import STAGES, admitted, is_clear
from remedykit.effects.candidates import Candidate
from remedykit.effects.offered import claims_by_kind
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy, Entitle
from remedykit.model.words import BASES
from support.build import decide, setting
from support.policies import policies
from support.pools import KINDS, POOLS, each_hidden, facts, hidden


@settings(max_examples=2 * settings().max_examples)  # the one promise that all rules rest on
@given(policy=policies(known=False), known=facts(), data=st.data())
def test_hiding_facts_adds_no_candidate_and_raises_no_value(
    policy: CheckedPolicy, known: Facts, data: st.DataObject
) -> None:
    """The invariant hiding-adds-nothing of the layers before limits."""
    before = {item.kind.name: item for item in admitted(setting(policy, known)).candidates}
    for fewer in (data.draw(hidden(known)), *each_hidden(known)):
        for candidate in admitted(setting(policy, fewer)).candidates:
            if not (candidate.entitled and candidate.to_confirm):
                assert candidate.kind.name in before
                assert candidate.value <= before[candidate.kind.name].value


@given(policy=policies(), known=facts())
def test_a_kind_is_offered_or_withheld_but_never_both(policy: CheckedPolicy, known: Facts) -> None:
    found = decide(policy, known)
    offered = [item.kind.name for item in found.candidates]
    withheld = [item.kind for item in found.withheld]
    assert sorted({*offered, *withheld}) == sorted(offered + withheld)
    assert sorted(offered) == offered
    assert sorted(withheld) == withheld


@given(policy=policies(), known=facts())
def test_no_limit_is_exceeded_but_by_a_right(policy: CheckedPolicy, known: Facts) -> None:
    found = decide(policy, known)
    for candidate in found.candidates:
        for version in versions(candidate):
            for cap in found.caps:
                if cap.counts(version):
                    assert version.owed or version.value <= cap.at_most


@given(policy=policies(), known=facts())
def test_limits_only_take_away(policy: CheckedPolicy, known: Facts) -> None:
    before = {item.kind.name: item for item in admitted(setting(policy, known)).candidates}
    found = decide(policy, known)
    after = {item.kind.name: item for item in found.candidates}
    assert after.keys() <= before.keys()
    for name, candidate in before.items():
        if candidate.entitled:
            assert after[name].entitled
            assert versions(candidate)[-1].value <= after[name].value <= candidate.value
        elif name in after:
            assert after[name].value <= candidate.value
            assert after[name].cost <= max(version.cost for version in versions(candidate))
        else:
            assert name in [item.kind for item in found.withheld]


@given(policy=policies(), known=facts())
def test_a_right_stands_on_its_own_terms_whatever_else_there_is(
    policy: CheckedPolicy, known: Facts
) -> None:
    """Other offers, bars, refusals, limits and approvals take nothing of it and do not delay it."""
    rights = tuple(rule for rule in policy.rules if isinstance(rule.effect, Entitle))
    alone = decide(replace(policy, rules=rights, limits=()), replace(known, offers=()))
    found = {item.kind.name: item for item in decide(policy, known).candidates}
    for right in alone.candidates:
        *on_top, lowest = versions(found[right.kind.name])
        terms = lowest._replace(points=0, rules=right.rules, source=right.source)
        assert terms == right
        assert set(right.rules) <= set(lowest.rules)
        for version in on_top:
            assert version.value > right.value
            assert version.entitled
            assert not version.owed
            assert not version.approval
            assert right.due is None or (version.due is not None and version.due <= right.due)


@given(policy=policies(), known=facts())
def test_what_is_worth_less_rests_on_a_stronger_claim(policy: CheckedPolicy, known: Facts) -> None:
    for candidate in decide(policy, known).candidates:
        stack = versions(candidate)
        assert candidate.basis == stack[-1].claimed_as
        for upper, lower in pairwise(stack):
            assert upper.value > lower.value
            assert BASES.index(upper.claimed_as) > BASES.index(lower.claimed_as)
            assert set(lower.rules) < set(upper.rules)


@given(policy=policies(known=False), known=facts(), data=st.data())
def test_nothing_waits_any_more_when_all_that_it_waits_for_is_answered(
    policy: CheckedPolicy, known: Facts, data: st.DataObject
) -> None:
    for item in admitted(setting(policy, known)).withheld:
        if item.reason == "needs_fact":
            answers = {name: data.draw(st.sampled_from(POOLS[name][1])) for name in item.facts}
            told = replace(known, values={**known.values, **answers})
            then = {each.kind: each.reason for each in admitted(setting(policy, told)).withheld}
            assert then.get(item.kind) != "needs_fact"


@given(policy=policies(), known=facts())
def test_the_order_of_limits_never_matters(policy: CheckedPolicy, known: Facts) -> None:
    turned = replace(policy, limits=tuple(reversed(policy.limits)))
    found, again = decide(policy, known), decide(turned, known)
    assert found.candidates == again.candidates
    assert found.caps == again.caps


@given(policy=policies(), known=facts())
def test_what_is_open_is_unknown_and_every_waiting_remedy_names_an_open_fact(
    policy: CheckedPolicy, known: Facts
) -> None:
    found = decide(policy, known)
    assert list(found.open_facts) == sorted(set(found.open_facts))
    assert all(name in POOLS and known.values[name] is None for name in found.open_facts)
    for item in found.withheld:
        assert item.kind in KINDS
        assert set(item.facts) <= set(found.open_facts)
        assert bool(item.facts) == (item.reason == "needs_fact")


@given(policy=policies(), known=facts())
def test_what_is_clear_at_a_glance_passes_every_stage(policy: CheckedPolicy, known: Facts) -> None:
    ground = setting(policy, known)
    for claims in claims_by_kind(ground).values():
        for claim in claims:
            if is_clear(claim, ground):
                assert [stage(claim, ground) for stage in STAGES] == [None] * len(STAGES)


def versions(candidate: Candidate) -> list[Candidate]:
    """Return a candidate and all that it falls back to."""
    return [candidate, *(versions(candidate.lower) if candidate.lower else [])]
