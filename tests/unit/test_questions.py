"""Questions: unknown facts whose answer would change the decision."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from remedykit import Decision, Policy
from remedykit.explain.answers import possible_answers
from remedykit.language.types import Value
from remedykit.model.decision import Question
from support.tiny_policy import POLICY, TEXT, customer, incident


def asked(policy: Policy, decision: Decision) -> dict[str, Question]:
    return {question.fact: question for question in policy.questions(decision)}


def changed(old: str, new: str) -> Policy:
    assert old in TEXT
    return Policy.from_text(TEXT.replace(old, new))


def answers(policy: Policy, fact: str, decision: Decision | None = None) -> tuple[Value, ...]:
    decided = decision or policy.decide(incident(), customer())
    declaration = policy.schema.find(fact)
    assert declaration is not None
    return possible_answers(policy.checked, policy.facts_of(decided), declaration)


def test_an_unknown_precondition_is_asked_with_what_each_answer_unlocks() -> None:
    question = asked(POLICY, POLICY.decide(incident(), customer()))["incident.packaging_kept"]
    assert question.means == "whether the customer has the packaging"
    assert question.unlocks == ("return_for_refund",)
    yes, no = question.answers
    assert (yes.value, yes.offers, yes.withdraws) == ("true", ("return_for_refund",), ())
    assert (no.value, no.offers, no.withdraws) == ("false", (), ())


def test_every_answer_is_what_deciding_with_it_gives() -> None:
    decision = POLICY.decide(incident(), customer())
    known = POLICY.decide(incident(packaging_kept=True), customer())
    yes = asked(POLICY, decision)["incident.packaging_kept"].answers[0]
    before, after = ({r.kind for r in each.remedies} for each in (decision, known))
    assert set(yes.offers) == after - before
    assert yes.plan == known.plan.remedies


def test_what_unlocks_most_is_asked_first_and_then_by_name() -> None:
    decision = POLICY.decide(incident(days_late=None), customer(tenure_years=None))
    facts = [question.fact for question in POLICY.questions(decision)]
    assert facts[0] == "incident.days_late"
    unlocks = [-len(question.unlocks) for question in POLICY.questions(decision)]
    assert unlocks == sorted(unlocks)


def test_an_open_fact_that_changes_nothing_is_not_asked() -> None:
    decision = POLICY.decide(incident(), customer())
    assert "incident.functional_impact" in decision.open_facts
    assert "incident.functional_impact" not in asked(POLICY, decision)


def test_an_answer_that_takes_something_away_is_told() -> None:
    policy = changed(
        "offer: [reship, full_refund, return_for_refund, sincere, no_scan]",
        "entitle: [reship, full_refund, return_for_refund, sincere, no_scan]",
    )
    decision = policy.decide(incident(), customer())
    assert {r.kind: r.to_confirm for r in decision.remedies}["return_for_refund"]
    yes, no = asked(policy, decision)["incident.packaging_kept"].answers
    assert yes.withdraws == ()
    assert no.withdraws == ("return_for_refund",)


def test_ordered_answers_stand_around_the_thresholds_and_are_merged_where_they_agree() -> None:
    decision = POLICY.decide(incident(days_late=None), customer())
    question = asked(POLICY, decision)["incident.days_late"]
    assert [answer.value for answer in question.answers] == ["4", "5"]
    assert [bool(answer.offers) for answer in question.answers] == [False, True]


def test_a_threshold_is_found_through_defines_and_arithmetic() -> None:
    policy = Policy.from_text(
        TEXT.replace("incident.kind: lost_package, loyal: true}", "burden: 75.00..}").replace(
            "define:\n", "define:\n  burden: incident.value_affected + 2 * customer.predicted_ltv\n"
        )
    )
    assert answers(policy, "customer.predicted_ltv") == (749, 750, 751)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("customer.tenure_years: 3..5", (2, 3, 4, 5, 6)),
        ("customer.tenure_years: {not: 3<..}", (2, 3, 4)),
        ("customer.tenure_years: [1, 4..]", (0, 1, Fraction(5, 2), 4, 5)),
        ("customer.tenure_years: 0..", (0, 1)),
        ("customer.tenure_years: {known: true}", (1,)),
        ("order.channel: web", (1,)),
    ],
)
def test_answers_to_a_number_are_on_between_and_beside_the_thresholds(
    test: str, expected: tuple[Value, ...]
) -> None:
    assert (
        answers(
            changed("loyal: {customer.tenure_years: 3..", f"loyal: {{{test}"),
            "customer.tenure_years",
        )
        == expected
    )


def test_answers_to_words_are_those_declared_or_those_tested() -> None:
    policy = changed(
        "{customer.tier: gold}", "{incident.cause_code: [lost, stolen], customer.tier: gold}"
    )
    assert answers(policy, "order.channel") == ("web", "app")
    assert answers(policy, "incident.cause_code") == ("lost", "stolen", "something else")


def test_answers_to_a_list_are_none_each_and_all_of_its_words() -> None:
    policy = changed("{customer.tier: gold}", "{incident.evidence: [photo, {all: [note, photo]}]}")
    expected = ((), ("note",), ("photo",), ("note", "photo"))
    assert answers(policy, "incident.evidence") == expected


def test_answers_to_a_time_stand_around_the_moment_that_matters() -> None:
    policy = changed(
        "rules:\n",
        "rules:\n  - {id: soon, when: {incident.kind: lost_package},"
        " where: incident.needed_by <= order.label_created_at + hours(48), todo: [hurry]}\n",
    )
    shown = [str(answer) for answer in answers(policy, "incident.needed_by")]
    assert shown == [
        "2026-11-05 01:59:59+00:00",
        "2026-11-05 02:00:00+00:00",
        "2026-11-05 02:00:01+00:00",
    ]


DAY = date(2026, 11, 23)
HOURS_48 = timedelta(hours=48)


@pytest.mark.parametrize(
    ("declared", "test", "expected"),
    [
        (
            "type: date",
            "when: {order.extra: 2026-11-23..}",
            (DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)),
        ),
        ("type: date", "when: {order.extra: {known: true}}", (date(2000, 1, 1),)),
        (
            "type: duration",
            "when: {order.extra: 48 hours..}",
            (HOURS_48 - timedelta(seconds=1), HOURS_48, HOURS_48 + timedelta(seconds=1)),
        ),
        ("type: duration", "when: {order.extra: {known: true}}", (timedelta(days=1),)),
        ("type: time", "when: {order.extra: {known: true}}", (datetime(2000, 1, 1, tzinfo=UTC),)),
        ("type: money", "when: {order.extra: {known: true}}", (1000,)),
        ("type: int, at_most: 7", "when: {order.extra: 7..}", (6, 7)),
        ("type: text", "when: {order.extra: {in: regions}}", ("east", "west", "something else")),
        ("type: text", "when: {order.extra: {not: east}}", ("east", "something else")),
        ("type: text", "where: order.extra == 'east'", ("east", "something else")),
        ("type: text", "where: order.extra in regions", ("east", "west", "something else")),
        ("type: texts", "when: {order.extra: {not: east}}", ((), ("east",))),
    ],
)
def test_answers_to_facts_of_every_type(
    declared: str, test: str, expected: tuple[Value, ...]
) -> None:
    text = TEXT.replace("params:\n", "params:\n  regions: {value: [west, east], why: x}\n")
    text = text.replace("facts:\n", f"facts:\n  order.extra: {{{declared}, means: x}}\n")
    rule = f"  - {{id: more, {test}, todo: [x]}}\n"
    policy = Policy.from_text(text.replace("rules:\n", f"rules:\n{rule}"))
    assert answers(policy, "order.extra") == expected
