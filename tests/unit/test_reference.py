"""The reference engine: what it makes of a variant of a policy, without deciding all again."""

from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from support.loading import loaded


def _policy(few: int) -> CheckedPolicy:
    return loaded(
        f"params:\n  few: {{value: {few}, unit: days, why: house rule}}\n"
        "define:\n  late: {incident.days_late: few..}\n  lost: {incident.days_late: 9..}\n"
        "rules:\n  - {id: a, when: {late: true}, todo: [call]}\n"
    )


def test_a_variant_has_other_values_where_it_is_said_that_they_may_be_others() -> None:
    before = ReferenceEvaluation(_policy(3), Facts({"incident.days_late": 2}, "USD"))
    after = before.of_variant(_policy(2), {"few", "late"})

    assert (before.defined("late"), after.defined("late")) == (False, True)
    assert (before.matches.definite, after.matches.definite) == (0, 1)
    assert after.defined("lost") is False


def test_of_a_variant_nothing_else_is_looked_at_again() -> None:
    before = ReferenceEvaluation(_policy(3), Facts({"incident.days_late": 2}, "USD"))

    assert before.of_variant(_policy(2), {"few"}).defined("late") is False
