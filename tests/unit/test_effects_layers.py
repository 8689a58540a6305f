"""Points, approvals, hand-overs and tasks; and all layers together."""

import pytest

from remedykit.effects.candidates import Candidate, Candidates
from remedykit.language.syntax import (
    Adjust,
    AskApproval,
    Forbid,
    HandOver,
    Limit,
    RemedyKind,
    Rule,
    Todo,
)
from remedykit.language.types import TEXT, Value
from remedykit.model.decision import HandOver as HandedOver
from support.build import (
    NEVER,
    at_least,
    both,
    decide,
    entitle,
    equals,
    facts,
    holds,
    kind,
    limit,
    money,
    of,
    offer,
    policy,
    remedy,
    rule,
)

CREDIT = kind("credit", value=money(1000), cost=money(500))
OFFER = rule("lost", offer("credit"))
CREDITS = of("credit")


def effects(values: dict[str, Value | None], *parts: RemedyKind | Rule | Limit) -> Candidates:
    return decide(policy(*parts), facts(values))


def credit(*parts: Rule | Limit, **values: Value | None) -> Candidate:
    (only,) = effects(values, CREDIT, OFFER, *parts).candidates
    return only


# --- points ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "expected"),
    [((), 0), ((5, -2), 3), ((15, 15), 20), ((-20, -1), -20), ((20, 20, -20), 20)],
)
def test_points_add_up_within_20(points: tuple[int, ...], expected: int) -> None:
    rules = [rule(f"r{index}", Adjust(CREDITS, given)) for index, given in enumerate(points)]
    assert expected == credit(*rules).points


def test_points_are_given_only_by_rules_that_definitely_hold() -> None:
    likes = rule("likes", Adjust(CREDITS, 5), when=holds("loyal"))
    assert credit(likes, loyal=True).points == 5
    assert credit(likes, loyal=False).points == 0
    assert credit(likes, loyal=None).points == 0
    assert effects({}, CREDIT, OFFER, likes).open_facts == ("loyal",)


def test_points_go_to_the_remedies_selected() -> None:
    assert credit(rule("other", Adjust(of("gift"), 5))).points == 0
    assert credit(rule("right", Adjust(of("credit", basis="entitlement"), 5))).points == 0
    by_basis = equals(remedy("basis", TEXT), "standard")
    assert credit(rule("basis", Adjust(CREDITS, 5), remedy_when=by_basis)).points == 5


# --- approvals ---------------------------------------------------------------------------------


def ask(name: str, by: str, low: int = 0) -> Rule:
    dear = at_least(remedy("value"), low)
    return rule(name, AskApproval(CREDITS, by), when=holds("asks"), remedy_when=dear)


def test_roles_that_must_approve_are_sorted_and_named_once() -> None:
    found = credit(ask("a", "manager"), ask("b", "lead"), ask("c", "lead"), asks=True)
    assert found.approval == ("lead", "manager")


def test_approval_is_asked_for_unless_it_surely_is_not_needed() -> None:
    assert credit(ask("a", "lead"), asks=None).approval == ("lead",)
    assert credit(ask("a", "lead"), asks=False).approval == ()
    assert credit(ask("a", "lead", 1001), asks=True).approval == ()
    assert effects({}, CREDIT, OFFER, ask("a", "lead")).open_facts == ("asks",)


def test_approval_looks_at_what_is_left_after_the_limits() -> None:
    cap = limit("cap", CREDITS, money(900))
    assert credit(ask("a", "lead", 901), cap, asks=True).approval == ()


def test_a_right_waits_for_nobody() -> None:
    found = effects({}, CREDIT, rule("law", entitle("credit")), ask("a", "lead"))
    assert found.candidates[0].approval == ()
    assert found.open_facts == ()


MORE = rule("more", offer("credit", value=money(3000), basis="goodwill"))
LAW = rule("law", entitle("credit", value=money(400)))


def test_what_would_make_a_right_wait_is_dropped() -> None:
    (waits,) = effects({"asks": True}, CREDIT, MORE, ask("a", "lead")).candidates
    assert (waits.value, waits.approval) == (3000, ("lead",))
    (right,) = effects({"asks": True}, CREDIT, LAW, MORE, ask("a", "lead")).candidates
    assert (right.value, right.rules, right.approval) == (400, ("law",), ())
    maybe = effects({}, CREDIT, LAW, MORE, ask("a", "lead"))
    assert maybe.candidates == (right,)
    assert maybe.open_facts == ("asks",)
    (both_,) = effects({"asks": False}, CREDIT, LAW, MORE, ask("a", "lead")).candidates
    assert (both_.value, both_.approval) == (3000, ())


def test_as_much_stands_on_top_of_a_right_as_waits_for_nobody() -> None:
    goodwill = rule("a", AskApproval(of("credit", basis="goodwill"), "lead"))
    (found,) = effects({}, CREDIT, OFFER, LAW, MORE, goodwill).candidates
    assert (found.value, found.rules, found.approval) == (1000, ("law", "lost"), ())


def test_goodwill_on_top_of_a_standard_offer_waits_for_approval() -> None:
    (found,) = effects({"asks": True}, CREDIT, OFFER, MORE, ask("a", "lead", 2000)).candidates
    assert (found.value, found.basis, found.approval) == (3000, "standard", ("lead",))
    assert found.lower is not None
    assert (found.lower.value, found.lower.approval) == (1000, ())


def test_points_go_to_each_claim_by_what_it_is_claimed_as() -> None:
    likes = rule("likes", Adjust(of("credit", basis="goodwill"), 5))
    (found,) = effects({}, CREDIT, OFFER, MORE, likes).candidates
    assert found.lower is not None
    assert (found.points, found.lower.points) == (5, 0)


# --- hand-over and tasks -----------------------------------------------------------------------


def test_an_incident_is_handed_over_unless_it_surely_is_not() -> None:
    desks = (
        rule("b", HandOver("desk"), when=holds("unknown")),
        rule("a", HandOver("lead")),
        rule("c", HandOver("nobody"), when=NEVER),
    )
    found = effects({}, *desks)
    assert found.hand_over == (
        HandedOver(to="lead", reason="rule", rule="a"),
        HandedOver(to="desk", reason="rule", rule="b"),
    )
    assert found.open_facts == ("unknown",)


def test_tasks_are_listed_once_if_their_rule_definitely_holds() -> None:
    work = (
        rule("a", Todo(("refile", "claim"))),
        rule("b", Todo(("claim",))),
        rule("c", Todo(("call",)), when=holds("unknown")),
        rule("d", Todo(("write",)), when=NEVER),
    )
    found = effects({}, *work)
    assert found.todo == ("claim", "refile")
    assert found.open_facts == ("unknown",)


# --- together ----------------------------------------------------------------------------------


def test_a_kind_stands_among_the_candidates_or_is_withheld_once() -> None:
    found = effects(
        {"value": 5},
        CREDIT,
        kind("b_gift", "perk", value=money(9)),
        kind("z_gift", "perk", value=money(9)),
        kind("a_gift", "perk", value=money(9)),
        rule("lost", offer("credit", "a_gift", "b_gift", "z_gift")),
        rule("no", Forbid(of("b_gift")), when=both(holds("x"), holds("y"))),
        limit("cap", of("a_gift"), money(0)),
        limit("perks", of("z_gift"), money(1), "withhold"),
    )
    assert [item.kind.name for item in found.candidates] == ["credit"]
    assert [(item.kind, item.part, item.reason) for item in found.withheld] == [
        ("a_gift", "perk", "over_limit"),
        ("b_gift", "perk", "needs_fact"),
        ("z_gift", "perk", "over_limit"),
    ]
    assert found.open_facts == ("x", "y")
