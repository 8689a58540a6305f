"""What a scenario could expect that holds for one decision and not for another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from remedykit.authoring.scenarios.expectations import (
    NONE,
    Expectation,
    ExpectedApproval,
    ExpectedPayer,
    ExpectedReason,
    ExpectedText,
    ExpectedValue,
)
from remedykit.language.plain_json import Plain
from remedykit.model.decision import Decision, Remedy


def telling_expectation(wanted: Decision, other: Decision) -> Expectation | None:
    """Return an expectation that one decision meets and another one does not.

    The most telling one comes first: what is offered, then how, then what else is done. There is
    none where they differ only in what no scenario can expect, such as scores and costs.
    """
    return next(_expectations(wanted, other), None)


def _expectations(wanted: Decision, other: Decision) -> Iterator[Expectation]:
    yield from _offered(wanted, other)
    yield from _alike(wanted, other)
    yield from _besides(wanted, other)


def _offered(wanted: Decision, other: Decision) -> Iterator[Expectation]:
    here, there = _kinds(wanted), _kinds(other)
    lost = tuple(kind for kind in here if kind not in there)
    if lost:
        yield Expectation(offers=lost)
    gained = tuple(sorted(kind for kind in there if kind not in here))
    if gained:
        yield Expectation(not_offered=gained)
    if set(wanted.plan.remedies) != set(other.plan.remedies):
        yield Expectation(plan=wanted.plan.remedies)
    reasons = {(each.kind, each.reason) for each in other.withheld}
    for each in wanted.withheld:
        if (each.kind, each.reason) not in reasons:
            yield Expectation(withheld=(ExpectedReason(each.kind, each.reason),))


def _alike(wanted: Decision, other: Decision) -> Iterator[Expectation]:
    """Yield in what remedies differ that both decisions offer."""
    there = {remedy.kind: remedy for remedy in other.remedies}
    both = [(each, there[each.kind]) for each in wanted.remedies if each.kind in there]
    worth = tuple(_worth(here) for here, other_one in both if here.value != other_one.value)
    if worth and None not in worth:
        yield Expectation(value=tuple(each for each in worth if each is not None))
    for here, other_one in both:
        if set(here.approval) != set(other_one.approval):
            yield Expectation(approval=(ExpectedApproval(here.kind, here.approval),))
        if here.pays != other_one.pays:
            yield Expectation(pays=(ExpectedPayer(here.kind, here.pays),))
    order = _first_swapped(_kinds(wanted), _kinds(other))
    if order:
        yield Expectation(order=order)
    for here, other_one in both:
        if here.message and here.message != other_one.message:
            yield Expectation(says=(ExpectedText(here.kind, here.message, whole=True),))


def _besides(wanted: Decision, other: Decision) -> Iterator[Expectation]:
    here, there = (tuple(dict.fromkeys(e.to for e in each.hand_over)) for each in (wanted, other))
    if set(here) != set(there):
        yield Expectation(hand_over=here)
    if set(wanted.todo) != set(other.todo):
        yield Expectation(todo=wanted.todo)


def _kinds(decision: Decision) -> tuple[str, ...]:
    return tuple(remedy.kind for remedy in decision.remedies)


def _worth(remedy: Remedy) -> ExpectedValue | None:
    return None if remedy.value is None else ExpectedValue(remedy.kind, remedy.value.amount)


def _first_swapped(here: tuple[str, ...], there: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first two neighbours that stand the other way round in another order."""
    place = {kind: number for number, kind in enumerate(there)}
    known = [kind for kind in here if kind in place]
    for one, other in pairwise(known):
        if place[one] > place[other]:
            return one, other
    return ()


def written_expectation(expect: Expectation) -> dict[str, Plain]:
    """Return an expectation of `telling_expectation` as a scenario has it."""
    lists: tuple[tuple[str, tuple[str, ...] | None], ...] = (
        ("order", expect.order or None),
        ("plan", expect.plan),
        ("offers", expect.offers or None),
        ("not_offered", expect.not_offered or None),
        ("hand_over", expect.hand_over),
        ("todo", expect.todo),
        ("asks", expect.asks),
    )
    written: dict[str, Plain] = {
        key: list(words) or NONE for key, words in lists if words is not None
    }
    maps: tuple[tuple[str, dict[str, Plain]], ...] = (
        ("withheld", {each.kind: each.reason for each in expect.withheld}),
        ("value", {each.kind: each.amount for each in expect.value}),
        ("approval", {each.kind: list(each.roles) or NONE for each in expect.approval}),
        ("pays", {each.kind: each.payer for each in expect.pays}),
        ("says", {each.kind: {"exactly": each.text} for each in expect.says}),
    )
    written.update((key, found) for key, found in maps if found)
    return written
