"""Questions: unknown facts whose answer would change the decision."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from remedykit import Decision, Policy
from remedykit.explain.answers import possible_answers
from remedykit.language.types import Value
from remedykit.model.decision import Answer, Question
from support.tiny_policy import POLICY, TEXT, customer, incident, order


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
    assert "customer.predicted_ltv" in decision.open_facts
    assert "customer.predicted_ltv" not in asked(POLICY, decision)


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
        ("customer.tenure_years: [1, 4..]", (0, 1, 2, 4, 5)),
        (
            "customer.tenure_years: [0.25, 0.5..]",
            (0, Fraction(1, 4), Fraction(2, 5), Fraction(1, 2), Fraction(3, 2)),
        ),
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
            (HOURS_48 - timedelta(minutes=1), HOURS_48, HOURS_48 + timedelta(minutes=1)),
        ),
        ("type: duration", "when: {order.extra: {known: true}}", (timedelta(days=1),)),
        ("type: time", "when: {order.extra: {known: true}}", (datetime(2000, 1, 1, tzinfo=UTC),)),
        ("type: money", "when: {order.extra: {known: true}}", (1000,)),
        ("type: int, at_most: 7", "when: {order.extra: 7..}", (6, 7)),
        ("type: int, at_least: 0, at_most: 7", "when: {order.extra: {known: true}}", (0, 3, 7)),
        (
            "type: number",
            "where: order.extra * 999 >= 400",
            (
                Fraction(-5996, 10000),
                Fraction(4004, 10000),
                Fraction(4005, 10000),
                Fraction(14005, 10000),
            ),
        ),
        ("type: int", "where: 'min(order.extra, 500) >= 300'", (299, 300, 301, 500, 501)),
        (
            "type: int",
            "where: 'min(max(order.extra, 500), 900) >= 700'",
            (499, 500, 501, 700, 701, 900, 901),
        ),
        ("type: int", "where: abs(order.extra - 3) <= 2", (0, 1, 2, 3, 4, 5, 6)),
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


# --- what counts as a change --------------------------------------------------------------------


def small(rules: str, *, facts: str = "", limits: str = "", remedies: str = "") -> Policy:
    """Return a policy with a refund of 10.00 and a credit of 40.00, in which some rules matter."""
    return Policy.from_text(f"""
policy: small
version: "1"
currencies: [USD]
timezone: America/New_York
facts: {{{facts}}}
remedies:
  refund: {{part: fix, title: Refund, gives: money_now, group: money, value: 10.00, say: Sorry.}}
  credit: {{part: fix, title: Credit, gives: money_later, group: money, value: 40.00, say: Sorry.}}
{remedies}
rules:
  - {{id: base, when: {{incident.kind: lost_package}}, offer: refund}}
{rules}
limits: [{limits}]
""")


def ask(policy: Policy, fact: str, **known: object) -> dict[str, Answer]:
    """Return the answers to the question for a fact."""
    given = incident(days_late=None, promised_by=None, **known)
    question = asked(policy, policy.decide(given, customer(tier=None)))[fact]
    return {answer.value: answer for answer in question.answers}


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("offer: {refund: {value: 60.00}}", "value of refund: 10.00 USD -> 60.00 USD"),
        ("entitle: refund", "basis of refund: standard -> entitlement"),
        ("hand_over: desk", "no hand over to desk"),
        ("ask_approval: {of: refund, by: lead}", "approval of refund: none"),
    ],
)
def test_more_than_what_is_offered_may_change(rule: str, change: str) -> None:
    answers_ = ask(
        small(f"  - {{id: more, when: {{customer.tier: gold}}, {rule}}}"), "customer.tier"
    )
    told = {value for value, answer in answers_.items() if change in answer.changes}
    hinders = "hand_over" in rule or "approval" in rule
    assert told == ({*answers_} - {"gold"} if hinders else {"gold"})


def test_a_due_time_and_a_wish_that_is_not_fulfilled_are_changes() -> None:
    due = "{value: 11.00, due: order.label_created_at + hours(1)}"
    rule = f"  - {{id: more, when: {{customer.tier: gold}}, offer: {{refund: {due}}}}}"
    changes = ask(small(rule), "customer.tier")["gold"].changes
    assert "refund is due: none -> 2026-11-03T03:00:00Z" in changes
    read = "  - {id: wish, when: {incident.desired: goods}, todo: [look]}"
    assert ask(small(read), "incident.desired")["goods"].changes == ("overridden wish: goods",)


def test_what_joins_and_leaves_the_plan_is_told_where_it_is_offered_anyway() -> None:
    remedies = (
        "  voucher: {part: fix, title: V, gives: money_now, group: money, value: 10.00, say: x}"
    )
    rules = """
  - {id: other, when: {incident.kind: lost_package}, offer: voucher}
  - {id: better, when: {customer.tier: gold}, adjust: {of: voucher, points: 20}}"""
    gold = ask(small(rules, remedies=remedies), "customer.tier")["gold"]
    assert gold.changes == ("refund leaves the plan", "voucher joins the plan")
    assert (gold.offers, gold.withdraws) == ((), ())


def test_a_right_that_is_no_longer_to_be_confirmed_is_a_change() -> None:
    remedies = (
        "  back: {part: fix, title: B, gives: exchange, value: 10.00, say: x,"
        " needs: {incident.packaging_kept: true}}"
    )
    policy = small(
        "  - {id: law, when: {incident.kind: lost_package}, entitle: back}", remedies=remedies
    )
    assert ask(policy, "incident.packaging_kept")["true"].changes == ("back is confirmed",)


# --- where answers come from --------------------------------------------------------------------


def test_a_limit_that_just_bears_a_remedy_gives_answers() -> None:
    policy = small(
        "",
        facts="customer.used: {type: money, means: x, at_least: 0}",
        limits='{id: cap, of: refund, at_most: "15.00 - customer.used", over: withhold, why: x}',
    )
    answers_ = ask(policy, "customer.used")
    assert [value for value, answer in answers_.items() if answer.offers] == ["4.98"]
    assert [value for value, answer in answers_.items() if not answer.offers] == ["5.01"]


def test_an_amount_that_becomes_positive_gives_answers() -> None:
    policy = small(
        "  - {id: x, when: {incident.kind: lost_package},"
        " offer: {credit: {value: order.extra - 15.00}}}",
        facts="order.extra: {type: money, means: x, at_least: 0}",
    )
    offering = [value for value, answer in ask(policy, "order.extra").items() if answer.offers]
    assert offering[0] == "15.01"


def test_a_test_on_the_remedys_own_value_gives_answers() -> None:
    policy = small(
        """
  - {id: x, when: {incident.kind: lost_package}, offer: {credit: {value: 0.5 * order.extra}}}
  - {id: big, when: {remedy.value: 20.00..}, ask_approval: {of: credit, by: lead}}""",
        facts="order.extra: {type: money, means: x, at_least: 0}",
        limits="{id: cap, of: credit, at_most: 30.00, over: withhold, why: x}",
    )
    known = answers(policy, "order.extra", policy.decide(incident(), customer()))
    assert {3999, 4000, 6000, 6001} <= {*known}


def test_what_must_not_exceed_the_money_paid_gives_answers() -> None:
    policy = small("  - {id: x, when: {order.paid: ..500}, offer: credit}")
    bare = order(lines=[], label_created_at=None)
    paid = ask(policy, "order.paid", order=bare, affected=None)
    assert "refund" in paid["10.00"].offers
    assert ask(policy, "order.total", order=bare, affected=None)["10.00"] == paid["10.00"]


def test_a_text_that_another_fact_holds_is_an_answer_unless_it_is_personal() -> None:
    declared = "order.sku: {type: text, means: x}, order.wanted: {type: text, means: x%s}"
    rule = '  - {id: x, where: "order.sku == order.wanted", offer: credit}'
    for personal, shown in (("", "abc"), (", personal: true", "(personal)")):
        policy = small(rule, facts=declared % personal)
        decision = policy.decide(incident(), customer(), facts={"order.wanted": "abc"})
        first, other = asked(policy, decision)["order.sku"].answers
        assert (first.value, first.offers) == (shown, ("credit",))
        assert (other.value, other.offers) == ("something else", ())


def test_durations_are_told_in_whole_units() -> None:
    policy = small(
        "  - {id: x, when: {order.extra: 48 hours..}, offer: credit}",
        facts="order.extra: {type: duration, means: x}",
    )
    assert [*ask(policy, "order.extra")] == ["2879 minutes", "2 days"]
    known = policy.decide(incident(), customer(), facts={"order.extra": "2879 minutes"})
    assert "credit" not in {remedy.kind for remedy in known.remedies}


def test_numbers_are_told_as_decimals() -> None:
    policy = small(
        '  - {id: x, where: "order.extra * 999 >= 400", offer: credit}',
        facts="order.extra: {type: number, means: x, at_least: 0}",
    )
    assert [*ask(policy, "order.extra")] == ["0", "0.4005"]


# --- what is not asked --------------------------------------------------------------------------


def test_what_only_follows_from_other_facts_is_not_asked() -> None:
    policy = small("  - {id: x, when: {incident.items_affected: 2..}, offer: credit}")
    decision = policy.decide(incident(affected=None), customer())
    assert "incident.items_affected" in decision.open_facts
    assert "incident.items_affected" not in asked(policy, decision)


def test_the_worth_of_what_is_affected_is_asked() -> None:
    policy = small("  - {id: x, when: {incident.value_affected: 30.00..}, offer: credit}")
    yes = ask(policy, "incident.value_affected", affected=None)["30.00"]
    known = policy.decide(incident(affected=None, value_affected="30.00"), customer())
    assert yes.offers == ("credit",)
    assert yes.plan == known.plan.remedies


def test_the_moment_of_decision_is_not_asked() -> None:
    policy = small('  - {id: x, where: "at >= order.label_created_at + days(3)", offer: credit}')
    decision = policy.decide(incident(), customer())
    assert "at" in decision.open_facts
    assert "at" not in asked(policy, decision)


def test_what_would_contradict_what_is_known_is_not_asked() -> None:
    policy = small("  - {id: x, when: {order.first_scan_at: {known: true}}, offer: credit}")
    assert "order.first_scan_at" not in asked(policy, policy.decide(incident(), customer()))
    unscanned = policy.decide(incident(carrier_scanned=None), customer())
    assert "order.first_scan_at" not in unscanned.open_facts  # a test on `known` is never open


def test_an_answer_changes_what_follows_from_it() -> None:
    policy = small(
        """
  - {id: late, when: {incident.days_late: 5..}, offer: credit}
  - {id: came, where: "incident.delivered_at >= order.label_created_at", todo: [thank]}
  - {id: soon, where: "incident.delivered_at <= order.label_created_at", hand_over: desk}"""
    )
    at = datetime(2026, 11, 20, tzinfo=UTC)
    given = incident(days_late=None, carrier_scanned=None, promised_by="2026-11-04T00:00:00Z")
    decision = policy.decide(given, customer(), at=at)
    assert "credit" in {remedy.kind for remedy in decision.remedies}
    question = asked(policy, decision)["incident.delivered_at"]
    for answer in question.answers:
        moment = datetime.fromisoformat(answer.value)
        known = incident(
            days_late=None,
            carrier_scanned=None,
            promised_by="2026-11-04T00:00:00Z",
            delivered_at=moment,
        )
        then = policy.decide(known, customer(), at=at)
        late = "credit" in {remedy.kind for remedy in then.remedies}
        assert late is ("credit" not in answer.withdraws)
    assert {bool(answer.withdraws) for answer in question.answers} == {True, False}
