"""What «why?» tells never contradicts the decision."""

from typing import Any

import pytest
from hypothesis import assume, given, settings

from remedykit import Policy
from remedykit.explain.why import RemedyWhy
from remedykit.language.syntax import AskApproval
from remedykit.model.decision import Remedy, Withheld
from strategies.handed_in import POLICIES, decided, situations

BUILT_IN = {"money_back", "no_fix", "perk_ceiling", "perk_when", "plan", "refused"}
BUILT_IN |= {"repeated_apology"}


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=max(10, settings().max_examples // 2))
@given(given_=situations())
def test_what_is_told_is_what_was_decided(name: str, given_: dict[str, Any]) -> None:
    policy = POLICIES[name]
    try:
        decision = decided(policy, given_)
    except ValueError:  # times that contradict each other
        assume(False)
        raise
    why = policy.why(decision)
    offered = {remedy.kind: remedy for remedy in decision.remedies}
    withheld = {each.kind: each for each in decision.withheld}
    assert [each.kind for each in why.remedies] == [*offered, *withheld]
    for each in why.remedies:
        if each.kind in offered:
            check_offered(policy, offered[each.kind], each)
        else:
            check_withheld(withheld[each.kind], each)


def check_offered(policy: Policy, remedy: Remedy, told: RemedyWhy) -> None:
    acting = {rule.id: rule for rule in told.rules}
    assert all(rule.acts for rule in told.rules)
    assert {*remedy.rules} <= {*acting}
    asking = {
        rule.effect.by
        for rule in policy.checked.rules
        if rule.id in acting and isinstance(rule.effect, AskApproval)
    }
    if not told.happened:  # nothing was cut, and nothing fell back to a lesser right
        assert asking == {*remedy.approval}
        assert not any(rule.does == "limits" for rule in told.rules)
    if {rule.does for rule in told.rules if rule.id in remedy.rules} == {"offers"}:
        assert not any(rule.does == "forbids" and not rule.detail for rule in told.rules)
    if told.happened and remedy.value is not None:
        assert str(remedy.value) in told.happened


def check_withheld(withheld: Withheld, told: RemedyWhy) -> None:
    assert told.happened or withheld.facts
    assert told.score is None
    rule = withheld.rule
    if rule in BUILT_IN or rule.startswith(("needs:", "states:")):
        return
    by_id = {each.id: each for each in told.rules}
    if withheld.reason in {"forbidden", "over_limit"}:
        assert by_id[rule].acts
    assert rule in by_id
    for fact in withheld.facts:
        assert fact in told.standing
