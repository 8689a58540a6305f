"""Small policies over facts with few values, so that every change of facts can be tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from remedykit import Policy
from strategies.handed_in import decided

# What each fact can be, all of it.
DOMAINS: Mapping[str, tuple[object, ...]] = {
    "order.late": tuple(range(7)),
    "order.trips": tuple(range(5)),
    "order.cents": tuple(f"0.0{each}" for each in range(6)),
    "order.gift": (False, True),
    "order.level": ("low", "middle", "high"),
}
DAYS = range(61)
_FACTS = """
  order.late: {type: int, at_least: 0, at_most: 6, unit: days, means: x}
  order.trips: {type: int, at_least: 0, at_most: 4, means: x}
  order.cents: {type: money, at_least: 0, at_most: 0.05, means: x}
  order.gift: {type: bool, means: x}
  order.level: {values: [low, middle, high], means: x}
"""
_TESTS = {
    "order.late": (
        "3..",
        "..2",
        "2..4",
        "5",
        "[1, 6]",
        "2<..",
        "{not: 4}",
        "limit..",
        "{known: true}",
    ),
    "order.trips": ("1..", "..1", "3", "2..3", "{known: false}"),
    "order.cents": ("0.03..", "..0.02", "0.02..0.04", "0.05"),
    "order.gift": ("true", "false"),
    "order.level": ("high", "[low, high]", "{not: low}"),
    "busy": ("true", "false"),
    "band": ("2..", "{not: 1}"),
    "stage": ("2", "4..", "..2"),
}
_WHERE = (
    "order.late >= 2 * order.trips",
    "order.late + order.trips <= 5",
    "order.trips > order.late - 3",
    "order.cents <= 0.04 - order.cents",
    "abs(order.late - 3) >= 2",
    "order.gift or order.late >= 4",
)
_VALUES = ("1.00", "order.cents", "order.cents * 2 - 0.03", "each * order.trips")
_LIMITS = ("0.03", "0.05 - order.cents", "each * order.late", "1.00")
# The same, of what is rounded to steps.
_STEPPED_WHERE = (
    "round_down(order.late, 3) == 3",
    "round_up(order.late, 4) - order.late >= 2",
    "round_up(order.trips, 2) > order.late - 2",
    "round_down(order.cents, 0.02) >= 0.02",
    "min(round_up(order.late, 2), 5 - order.late) >= 2",
    "stage == 2 or order.gift",
)
_STEPPED_VALUES = (
    "round_down(order.cents, 0.02)",
    "round_up(order.cents * 2, 0.03) - 0.03",
    "each * round_down(order.late, 2)",
    "each * stage",
)
_STEPPED_LIMITS = ("round_up(order.cents, 0.03)", "round_down(0.05 - order.cents, 0.02)", "0.03")
_HEAD = f"""
policy: small
version: "1"
currencies: [USD]
facts: {{{_FACTS.strip().replace(chr(10), ",")}}}
params: {{limit: {{value: 4, why: x}}, each: {{value: 0.01, unit: USD, type: money, why: x}}}}
define:
  busy: {{order.trips: 2.., order.late: 1..}}
  stage: round_down(order.late, 2)
  band:
    first:
      - {{when: {{order.level: low}}, value: 1}}
      - {{when: {{order.late: 4..}}, value: 3}}
    else: 2
"""


@st.composite
def _conditions(draw: DrawFn, where: tuple[str, ...]) -> str:
    names = draw(st.lists(st.sampled_from(sorted(_TESTS)), max_size=3, unique=True))
    tests = [f"{name}: {draw(st.sampled_from(_TESTS[name]))}" for name in names]
    parts = [f"when: {{{', '.join(tests)}}}"] if tests else []
    if draw(st.integers(0, 2)) == 0:
        name = draw(st.sampled_from(sorted(_TESTS)))
        parts.append(f"unless: {{{name}: {draw(st.sampled_from(_TESTS[name]))}}}")
    if not parts or draw(st.integers(0, 2)) == 0:
        parts.append(f"where: '{draw(st.sampled_from(where))}'")
    return ", ".join(parts)


@st.composite
def small_policies(draw: DrawFn) -> str:
    """Return the text of a policy that may offer ``wanted``, and may forbid or limit it."""
    stepped = draw(st.booleans())
    conditions = _conditions(_STEPPED_WHERE if stepped else _WHERE)
    needs = ", needs: {order.gift: true}" if draw(st.integers(0, 3)) == 0 else ""
    value = draw(st.sampled_from(_STEPPED_VALUES if stepped else _VALUES))
    lines = [
        f"  wanted: {{part: fix, title: W, gives: money_now, value: '{value}'{needs}, say: x}}",
        "  other: {part: fix, title: O, gives: exchange, value: 0.02, say: x}",
        "rules:",
    ]
    offering, forbidding = draw(st.integers(1, 3)), draw(st.integers(0, 2))
    for number in range(offering + forbidding):
        effect = "offer" if number < offering else "forbid"
        condition = draw(conditions)
        lines.append(f"  - {{id: r{number}, {condition}, {effect}: wanted}}")
    lines.append(f"  - {{id: other, {draw(conditions)}, offer: other}}")
    if draw(st.booleans()):
        lines.append(f"  - {{id: right, {draw(conditions)}, entitle: wanted}}")
    if draw(st.booleans()):
        over = draw(st.sampled_from(("reduce", "withhold")))
        lines.append("limits:")
        at_most = draw(st.sampled_from(_STEPPED_LIMITS if stepped else _LIMITS))
        lines.append(f"  - {{id: cap, of: any, at_most: '{at_most}', over: {over}, why: x}}")
    return _HEAD + "remedies:\n" + "\n".join(lines) + "\n"


@st.composite
def policies_in_steps(draw: DrawFn) -> str:
    """Return the text of a policy that offers ``wanted`` by one fact, rounded to steps.

    The fact is ``order.days``, one of `DAYS`. It counts in a condition, in what the remedy is
    worth, or in what it may come to at most.
    """
    times, plus = draw(st.sampled_from(("1", "2", "0.5", "-1"))), draw(st.integers(0, 5))
    step, far = draw(st.integers(2, 15)), draw(st.integers(0, 60))
    direction = draw(st.sampled_from(("up", "down")))
    stage = f"round_{direction}({times} * order.days + {plus}, {step})"
    compare = draw(st.sampled_from(("==", ">=", "<=", ">", "<")))
    drift = draw(st.sampled_from(("", " - order.days", " + order.days")))
    where, value, at_most = "order.days >= 0", "0.01", "1.00"
    match draw(st.sampled_from(("where", "value", "limit"))):
        case "where":
            where = f"stage{drift} {compare} {far}"
        case "value":
            value, at_most = f"each * (stage{drift})", f"{far / 100:.2f}"
        case _:
            value, at_most = f"{max(far, 1) / 100:.2f}", f"each * (stage{drift})"
    return f"""
policy: steps
version: "1"
currencies: [USD]
facts: {{order.days: {{type: int, at_least: 0, at_most: {DAYS[-1]}, means: x}}}}
params: {{each: {{value: 0.01, unit: USD, type: money, why: x}}}}
define: {{stage: '{stage}'}}
remedies:
  wanted: {{part: fix, title: W, gives: money_now, value: {value}, say: x}}
rules:
  - {{id: r, where: {where}, offer: wanted}}
limits:
  - {{id: cap, of: any, at_most: {at_most}, over: withhold, why: x}}
"""


Known = Mapping[str, object]


def known_facts() -> st.SearchStrategy[dict[str, object]]:
    """Return some of the facts, the others unknown."""
    return st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(values) for name, values in DOMAINS.items()}
    )


def situation(known: Known) -> dict[str, Any]:
    """Return what is handed in to decide on the policy's own facts, about some order."""
    order = {"id": "1", "currency": "USD", "total": "100.00"}
    incident = {"kind": "lost_package", "order": order}
    return {"incident": incident, "customer": {}, "case": {}, "facts": dict(known), "at": None}


def is_offered(policy: Policy, given: Mapping[str, Any]) -> bool:
    """Return whether the decision on what is handed in offers ``wanted``."""
    return any(remedy.kind == "wanted" for remedy in decided(policy, given).remedies)


def changes_of(known: Known, count: int) -> Iterator[dict[str, object]]:
    """Yield all changes of a number of facts."""
    for names in combinations(DOMAINS, count):
        for values in product(*(DOMAINS[name] for name in names)):
            changes = dict(zip(names, values, strict=True))
            if all(known.get(name) != value for name, value in changes.items()):
                yield changes
