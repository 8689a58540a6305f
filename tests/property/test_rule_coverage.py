"""Rule coverage: what is not asked for because it cannot be is never seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from remedykit import Policy
from remedykit.authoring.coverage.measuring import measured
from remedykit.authoring.coverage.possible import Room
from remedykit.authoring.coverage.targets import Target
from remedykit.engine.matching import members
from remedykit.language.syntax import Expression
from remedykit.language.types import Truth
from remedykit.model.decision import Decision
from strategies.small_policies import known_facts, situation, small_policies

EXAMPLES = max(5, settings().max_examples // 4)  # each is measured twice

HEAD = """\
policy: shop
version: "1"
currencies: [USD]
facts:
  order.tags: {type: texts, values: [gift, bulky, fragile], means: x}
  order.pieces: {type: int, at_least: 0, at_most: 6, means: x}
  order.sort: {values: [a, b, c], means: x}
remedies:
  again: {part: fix, title: Again, gives: exchange, value: 5.00, say: Here.}
"""
OF_KINDS = (
    "{incident.kind: damaged}",
    "{incident.kind: [damaged, lost_package]}",
    "{incident.kind: {not: damaged}}",
)
OF_OWN = (
    "{order.pieces: 2..4}",
    "{order.pieces: [..3, 2..5]}",
    "{order.pieces: [..5, 2..3]}",
    "{order.pieces: {not: [0, 6]}}",
    "{order.pieces: {known: true}}",
    "{order.pieces: {known: false}}",
    "{order.tags: [gift, bulky]}",
    "{order.tags: {all: [gift, bulky]}}",
    "{order.tags: {not: [gift, bulky, fragile]}}",
    "{order.sort: [a, b]}",
    "{order.sort: {not: c}}",
    "{order.sort: a}",
)
OF_DEFINES = ("{one: x}", "{other: x}", "{other: {not: x}}", "{one: {known: true}}")


@st.composite
def policies(draw: DrawFn) -> str:
    """Return the text of a policy with defines by rows, and rules that read them."""
    rows, rules = st.sampled_from((*OF_KINDS, *OF_OWN)), st.sampled_from((*OF_OWN, *OF_DEFINES))
    lines = ["define:"]
    for name, tests in (("one", st.sampled_from(OF_KINDS)), ("other", rows)):
        cases = [
            f"{{when: {test}, value: {draw(st.sampled_from('xy'))}}}"
            for test in draw(st.lists(tests, min_size=1, max_size=4))
        ]
        op = draw(st.sampled_from(("first", "unique")))
        lines.append(f"  {name}: {{values: [x, y], {op}: [{', '.join(cases)}], else: y}}")
    lines.append("rules:")
    for number, effect in enumerate(("offer: again", "todo: [call]", "forbid: again")):
        alternatives = st.lists(rules, min_size=1, max_size=2).map(", ".join)
        when, unless = (f"{{any: [{draw(alternatives)}]}}" for _ in range(2))
        lines.append(f"  - {{id: r{number}, when: {when}, unless: {unless}, {effect}}}")
    return HEAD + "\n".join(lines) + "\n"


@st.composite
def facts(draw: DrawFn) -> dict[str, Any]:
    order = {"id": "1", "currency": "USD"}
    own = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "order.tags": st.lists(st.sampled_from(("gift", "bulky", "fragile")), unique=True),
                "order.pieces": st.integers(0, 6),
                "order.sort": st.sampled_from("abc"),
            },
        )
    )
    kind = draw(st.sampled_from(("damaged", "lost_package", "late_delivery")))
    return {"incident": {"kind": kind, "order": order}, "customer": {}, "facts": own}


def everything(_: Room, __: Expression) -> Iterator[Truth]:
    yield from (True, False, None)


def never(_: Room, __: Iterable[Expression]) -> bool:
    return False


def seen(policy: Policy, decisions: Iterable[Decision]) -> frozenset[Target]:
    coverage = measured(policy, decisions)
    return frozenset(coverage.targets[number] for number in members(coverage.seen))


def assert_nothing_else_is_seen(policy: Policy, decisions: tuple[Decision, ...]) -> None:
    """Measure once more with nothing proved: what is seen then was asked for before."""
    before = seen(policy, decisions)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Room, "truths", everything)
        patched.setattr(Room, "is_full_of", never)
        assert seen(policy, decisions) == before


@settings(max_examples=EXAMPLES)
@given(policies(), st.lists(facts(), min_size=1, max_size=12))
def test_what_rows_and_lists_leave_out_is_never_seen(
    text: str, given: list[dict[str, Any]]
) -> None:
    policy = Policy.from_text(text)
    assert_nothing_else_is_seen(policy, tuple(policy.decide(**each) for each in given))


@settings(max_examples=EXAMPLES)
@given(small_policies(), st.lists(known_facts(), min_size=1, max_size=12))
def test_what_small_policies_leave_out_is_never_seen(
    text: str, known: list[dict[str, object]]
) -> None:
    policy = Policy.from_text(text)
    assert_nothing_else_is_seen(policy, tuple(policy.decide(**situation(each)) for each in known))
