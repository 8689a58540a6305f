"""What scenarios may not expect at once, because no decision can show it."""

from __future__ import annotations

from hypothesis import given

from strategies.ranking import Situation, situations


@given(situations())
def test_a_plan_is_empty_only_where_nothing_is_offered(situation: Situation) -> None:
    ranked = situation.ranked()

    assert ranked.plan or not ranked.remedies


@given(situations())
def test_the_first_fix_is_in_the_plan_but_for_rights_and_what_a_group_keeps_out(
    situation: Situation,
) -> None:
    ranked = situation.ranked()
    fixes = [one for one in ranked.remedies if one.candidate.kind.part == "fix"]
    planned = [one.candidate.kind for one in ranked.plan]

    for first in fixes[:1]:
        is_right = first.candidate.basis == "entitlement"
        has_fix = any(kind.part == "fix" for kind in planned)
        is_kept_out = not has_fix and first.candidate.kind.group in {one.group for one in planned}
        assert first.in_plan or is_right or is_kept_out
