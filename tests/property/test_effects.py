"""What the effects must keep over random policies and facts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from remedykit.effects.admitted import admitted
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from support.build import decide, setting
from support.policies import KINDS, POOLS, each_hidden, facts, hidden, policies


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
        name = candidate.kind.name
        for cap in found.caps:
            if name in cap.kinds:
                assert candidate.value <= max(cap.at_most, candidate.floor)


@given(policy=policies(), known=facts())
def test_limits_only_take_away(policy: CheckedPolicy, known: Facts) -> None:
    before = {item.kind.name: item for item in admitted(setting(policy, known)).candidates}
    found = decide(policy, known)
    after = {item.kind.name: item for item in found.candidates}
    assert after.keys() <= before.keys()
    for name, candidate in before.items():
        if candidate.entitled:
            assert candidate.floor <= after[name].value <= candidate.value
            assert after[name].approval == ()
        elif name in after:
            assert after[name].value <= candidate.value
            assert after[name].cost <= candidate.cost
        else:
            assert name in [item.kind for item in found.withheld]


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
        assert not (item.facts and item.reason != "needs_fact")
