"""Rule coverage: what counts as seen, and what is not asked for because it cannot be."""

from __future__ import annotations

import pytest

from remedykit import Policy
from support.rule_coverage import all_seen, decided, decided_on, of_rules, seen, targets

FACTS = """\
facts:
  order.tags: {type: texts, values: [gift, bulky, fragile], means: what is on the label}
  order.pieces: {type: int, at_least: 0, at_most: 20, means: how many pieces there are}
  order.room: {type: money, at_least: 0, means: what is left of a budget}
  order.stock: {type: bool, means: whether there is another one}
"""


def with_facts(*rules: str, more: str = "") -> Policy:
    return of_rules(*rules, more=FACTS + more)


# --- limits ---------------------------------------------------------------------------------------

ROOM = "limits:\n  - {id: most, of: again, at_most: order.room, over: withhold}\n"


def test_a_limit_whose_amount_is_unknown_is_not_reached() -> None:
    policy = with_facts("{id: all, offer: again}", more=ROOM)

    unknown = decided(policy)
    assert [(each.reason, each.rule) for each in unknown.withheld] == [("needs_fact", "most")]
    assert "limit:most reached" not in seen(policy, unknown)
    assert "limit:most reached" not in seen(policy, decided_on(policy, {"order.room": "5.00"}))
    assert "limit:most reached" in seen(policy, decided_on(policy, {"order.room": "4.99"}))


def test_a_limit_of_which_it_is_open_whether_it_holds_is_not_reached() -> None:
    limit = (
        "limits:\n"
        "  - {id: most, when: {customer.tier: gold}, of: again, at_most: 1.00, over: reduce}\n"
    )
    policy = of_rules("{id: all, offer: again}", more=limit)

    assert "limit:most reached" not in seen(policy, decided(policy))
    assert "limit:most reached" in seen(policy, decided(policy, {"tier": "gold"}))


def test_a_limit_is_not_reached_where_a_rule_of_its_name_forbids() -> None:
    limit = "limits:\n  - {id: same, of: again, at_most: 900.00, over: withhold}\n"
    policy = of_rules("{id: all, offer: again}", "{id: same, forbid: again}", more=limit)

    forbidden = decided(policy)
    assert [(each.reason, each.rule) for each in forbidden.withheld] == [("forbidden", "same")]
    assert "limit:same reached" not in seen(policy, forbidden)


# --- several words or ranges in one test ----------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "alternatives"),
    [
        ("{order.tags: [gift, bulky]}", ("order.tags: gift", "order.tags: bulky")),
        ("{order.pieces: [..5, 3..8]}", ("order.pieces: ..5", "order.pieces: 3..8")),
    ],
)
def test_a_list_of_alternatives_counts_as_they_do_when_written_one_by_one(
    test: str, alternatives: tuple[str, str]
) -> None:
    apart = ", ".join(f"{{{each}}}" for each in alternatives)
    policy = with_facts(
        f"{{id: list, when: {test}, todo: [call]}}",
        f"{{id: apart, when: {{any: [{apart}]}}, todo: [call]}}",
    )
    known: tuple[dict[str, object], ...] = (
        {"order.tags": ["gift", "bulky"], "order.pieces": 4},
        {"order.tags": ["gift", "fragile"], "order.pieces": 2},
        {"order.tags": ["bulky"], "order.pieces": 8},
        {"order.tags": [], "order.pieces": 9},
    )

    for own in known:
        found = seen(policy, decided_on(policy, own))
        one, other = (
            {each for each in alternatives if f"rule:{rule} {each} true" in found}
            for rule in ("list", "apart")
        )
        assert one == other
        assert len(one) == (1 if own in known[1:3] else 0)


def test_of_words_that_must_all_be_there_one_counts_where_it_alone_is_missing() -> None:
    policy = with_facts("{id: all, when: {order.tags: {all: [gift, bulky]}}, todo: [call]}")

    neither = seen(policy, decided_on(policy, {"order.tags": []}))
    assert neither == {"rule:all order.tags: {all: [gift, bulky]} false"}
    no_gift = seen(policy, decided_on(policy, {"order.tags": ["bulky"]}))
    assert no_gift == neither | {"rule:all order.tags: gift false"}


def test_words_below_not_are_seen_one_by_one_too() -> None:
    policy = with_facts("{id: on, when: {order.tags: {not: [gift, bulky]}}, todo: [call]}")

    both = seen(policy, decided_on(policy, {"order.tags": ["gift", "bulky"]}))
    assert both == {"rule:on order.tags: {not: [gift, bulky]} false"}
    gift = seen(policy, decided_on(policy, {"order.tags": ["gift"]}))
    assert gift == both | {"rule:on order.tags: gift true"}


def test_a_range_within_the_one_beside_it_is_not_asked_for() -> None:
    policy = with_facts("{id: over, when: {order.pieces: [..9, 3..4, 12]}, todo: [call]}")

    parts = {each for each in targets(policy) if "order.pieces: [" not in each}
    assert "rule:over order.pieces: ..9 true" in parts
    assert "rule:over order.pieces: 12 true" in parts
    assert "rule:over order.pieces: 3..4 true" not in parts


NEEDS_AND_STATES = """\
remedies:
  other:
    part: fix
    title: Another one
    gives: exchange
    value: 5.00
    needs: {order.stock: true}
    states: {order.room: {known: true}}
    say: Here.
"""


def test_what_a_remedy_needs_counts_only_where_it_can_state_what_it_states() -> None:
    policy = Policy.from_text(
        f'policy: shop\nversion: "1"\ncurrencies: [USD]\n{FACTS}{NEEDS_AND_STATES}'
        "rules:\n  - {id: all, offer: other}\n"
    )
    needs, states = "needs:other order.stock: true", "states:other order.room: {known: true}"

    neither = all_seen(policy, decided_on(policy, {"order.stock": False}))
    assert f"{needs} false" not in neither
    assert f"{states} false" not in neither
    room = {"order.stock": False, "order.room": "1.00"}
    assert f"{needs} false" in all_seen(policy, decided_on(policy, room))
    assert f"{states} false" in all_seen(policy, decided_on(policy, {"order.stock": True}))


# --- what cannot be -------------------------------------------------------------------------------

KINDS = """\
define:
  sort:
    values: [late, lost, other]
    {op}:
      - {{when: {{incident.kind: late_delivery}}, value: late}}
      - {{when: {{incident.kind: {second}}}, value: lost}}
    else: other
"""


@pytest.mark.parametrize(
    ("op", "second", "may_be_unknown"),
    [
        ("first", "lost_package", False),
        ("first", "[late_delivery, lost_package]", False),
        ("unique", "lost_package", False),
        ("unique", "[late_delivery, lost_package]", True),  # the two rows do not agree
    ],
)
def test_a_define_of_facts_that_are_always_known_is_asked_to_be_unknown_only_if_it_can_be(
    op: str, second: str, *, may_be_unknown: bool
) -> None:
    define = KINDS.format(op=op, second=second)
    policy = of_rules("{id: sorts, when: {sort: lost}, todo: [call]}", more=define)

    assert ("rule:sorts sort: lost unknown" in targets(policy)) is may_be_unknown
    assert "rule:sorts sort: lost false" in targets(policy)


@pytest.mark.parametrize(
    ("define", "may_be_unknown"),
    [
        ("{values: [a, b], first: [{when: {customer.tier: gold}, value: a}], else: b}", True),
        ("{type: number, first: [{when: {incident.kind: damaged}, value: 1}], else: 0}", False),
        ("{type: number, first: [{value: case.promises_broken * 2}], else: 0}", True),
        ("{type: number, sum: [{when: {incident.kind: damaged}, value: 1}]}", True),
        ("{count: [{when: {incident.kind: damaged}}]}", False),
        ("case.promises_broken", False),
        ("case.promises_broken * 2", True),
        ("max(case.promises_broken, 2)", False),
    ],
)
def test_a_define_is_asked_to_be_unknown_unless_that_is_proved_impossible(
    define: str, *, may_be_unknown: bool
) -> None:
    test = "x: a" if "values" in define else "x: 1.."
    policy = of_rules(
        f"{{id: reads, when: {{{test}}}, todo: [call]}}", more=f"define:\n  x: {define}\n"
    )

    asked = any(each.endswith("unknown") and " x: " in each for each in targets(policy))
    assert asked is may_be_unknown


def test_of_a_define_that_nothing_reads_nothing_is_asked_for() -> None:
    defines = """\
define:
  loyal: {customer.tenure_years: 3..}
  level:
    values: [high, low]
    first: [{when: {loyal: true}, value: high}]
    else: low
"""
    policy = of_rules("{id: late, when: {incident.days_late: 3..}, offer: again}", more=defines)
    read = of_rules("{id: late, when: {level: high}, offer: again}", more=defines)

    assert [each for each in targets(policy) if each.startswith("define:")] == []
    assert {each.split()[0] for each in targets(read) if each.startswith("define:")} == {
        "define:loyal",
        "define:level",
    }


COMPLETE = """\
define:
  hurry:
    values: [none, some]
    complete: true
    {op}:
      - [incident.days_late, customer.tier, value]
      - [..<3, gold, none]
      - [..<3, {{not: gold}}, some]
      - [3.., "-", some]
    else: none
"""


@pytest.mark.parametrize("op", ["first", "unique"])
def test_else_beside_rows_that_leave_nothing_is_not_asked_for(op: str) -> None:
    rule = "{id: hurries, when: {hurry: some}, todo: [call]}"
    policy = of_rules(rule, more=COMPLETE.format(op=op))
    gap = of_rules(
        rule,
        more=COMPLETE.format(op=op).replace("[3..,", "[4..,").replace("    complete: true\n", ""),
    )

    assert "define:hurry row 3 chosen" in targets(policy)
    assert "define:hurry else chosen" not in targets(policy)
    assert "define:hurry else chosen" in targets(gap)


def test_else_is_asked_for_where_the_rows_are_complete_for_known_facts_only() -> None:
    define = """\
define:
  told:
    values: [so, not_at_all]
    complete: true
    first: [{when: {incident.days_late: {known: true}}, value: so}]
    else: not_at_all
"""
    policy = of_rules("{id: tells, when: {told: so}, todo: [call]}", more=define)

    assert "define:told else chosen" in targets(policy)
    assert "define:told else chosen" in seen(policy, decided(policy))
