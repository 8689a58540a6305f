"""Named results: their order, their types and what they read."""

import pytest

from remedykit.language.syntax import Cases, Define
from remedykit.language.types import Base
from support.loading import codes, loaded


def define(text: str, name: str = "it") -> Define:
    policy = loaded(f"define:\n{text}")
    return next(item for item in policy.defines if item.name == name)


def test_each_define_stands_after_those_it_reads() -> None:
    policy = loaded("define:\n  a: b + c\n  b: c + order.total\n  c: order.paid\n")

    assert [item.name for item in policy.defines] == ["c", "b", "a"]


def test_a_define_reads_facts_through_others_too() -> None:
    read = define(
        "  it: {other: true}\n  other: {any: [{incident.days_late: 3..}, {order.total: 5..}]}\n"
    )

    assert read.reads == {"incident.days_late", "order.total"}


def test_a_define_reads_what_stands_in_each_part_of_its_rows() -> None:
    read = define(
        "  it:\n"
        "    first:\n"
        "      - {when: {order.total: 5..}, where: incident.days_late > 3,"
        " unless: {customer.risk_flag: true}, value: order.paid}\n"
        "    else: order.refunded\n"
    )

    assert read.reads == {
        "order.total",
        "incident.days_late",
        "customer.risk_flag",
        "order.paid",
        "order.refunded",
    }


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("{incident.days_late: 3..}", Base.BOOL),
        ("{when: {incident.days_late: 3..}, where: order.total > 5}", Base.BOOL),
        ("order.total", Base.MONEY),
        ("incident.days_late", Base.INT),
        ("2 * incident.days_late", Base.NUMBER),
        ("5", Base.NUMBER),
        ("{type: money, value: 5}", Base.MONEY),
        ("{type: number, value: incident.days_late}", Base.NUMBER),
        ("at > order.placed_at", Base.BOOL),
        ("order.label_created_at - order.placed_at", Base.DURATION),
        ("customer.tier", Base.TEXT),
        ("incident.evidence", Base.TEXTS),
        ("{first: [{when: {order.total: 5..}, value: order.paid}], else: 1}", Base.MONEY),
        ("{first: [{when: {order.total: 5..}, value: 1}], else: incident.trips}", Base.NUMBER),
        ("{first: [{when: {order.total: 5..}, value: true}], else: false}", Base.BOOL),
        ("{count: [{when: {order.total: 5..}}]}", Base.NUMBER),
        ("{sum: [{when: {order.total: 5..}, value: order.paid}]}", Base.MONEY),
        (
            "{max: [{when: {order.total: 5..}, value: order.placed_at}], else: order.placed_at}",
            Base.TIME,
        ),
        ("{values: [a, b], first: [{when: {order.total: 5..}, value: a}], else: b}", Base.TEXT),
    ],
)
def test_the_type_of_a_define_follows_from_its_outcomes(text: str, base: Base) -> None:
    assert define(f"  it: {text}\n").type.base is base


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("5", 0),
        ("{first: [{when: {incident.days_late: 3..}, value: 2}], else: 1}", 0),
        ("order.total", 1),
        ("0.5 * order.total - order.paid", 1),
        ("min(order.total, order.paid)", 1),
        ("incident.cause_confidence * order.total", 2),
        ("{first: [{when: {incident.days_late: 3..}, value: order.total}], else: 1}", 1),
    ],
)
def test_how_often_facts_are_multiplied_is_known(text: str, degree: int) -> None:
    assert define(f"  it: {text}\n").degree == degree


def test_a_fact_may_be_multiplied_by_a_define_with_constant_outcomes() -> None:
    share = "  share: {first: [{when: {incident.days_late: 3..}, value: 0.5}], else: 1}\n"
    rule = "rules:\n  - {id: a, where: share * order.total > 5, hand_over: desk}\n"

    assert loaded(f"define:\n{share}{rule}").rules


def test_outcomes_that_are_words_never_name_defines() -> None:
    words = "{values: [late, early], first: [{when: {order.total: 5..}, value: late}], else: early}"
    policy = loaded(f"define:\n  late: {{band: late}}\n  band: {words}\n")

    assert [item.name for item in policy.defines] == ["band", "late"]


def test_a_typed_word_outcome_never_names_a_define_without_rows() -> None:
    read = define("  it: {values: [gold, it], value: it}\n")

    assert not isinstance(read.body, Cases)


@pytest.mark.parametrize(
    "text",
    [
        "  gold: {customer.tier: gold}\n",
        "  gold: customer.tier == 'gold'\n",
        '  gold: customer.tier == "gold"\n',
        "  total: order.total + 5\n",
        "  late: {incident.days_late: [1, 5..]}\n",
        "  vip: {any: [{customer.tier: vip}, {order.total: 5..}]}\n",
    ],
)
def test_a_define_may_be_named_like_a_value_or_like_a_part_of_a_fact(text: str) -> None:
    assert codes(f"define:\n{text}") == []


@pytest.mark.parametrize(
    "text",
    [
        "  it: it + 1\n",
        "  it: {it: true}\n",
        "  it: {any: [{order.total: 5..}, {it: true}]}\n",
        "  it: {where: it}\n",
        "  it: {unless: {it: true}}\n",
        "  it: {first: [{when: {it: true}, value: true}], else: false}\n",
        "  it: {first: [{when: {order.total: 5..}, value: it}], else: false}\n",
        "  it: {first: [{when: {order.total: 5..}, value: true}], else: it}\n",
        "  it: other\n  other: not it\n",
    ],
)
def test_a_circle_is_found_wherever_a_define_may_be_read(text: str) -> None:
    assert codes(f"define:\n{text}") == ["define-cycle"]


def test_two_circles_are_told_both_and_others_are_still_checked() -> None:
    text = "  a: b\n  b: a\n  c: c\n  d: incident.days_lte > 3\n"

    assert codes(f"define:\n{text}") == ["define-cycle", "define-cycle", "unknown-fact"]


def test_a_chain_of_thirty_two_is_read() -> None:
    chain = "".join(f"  d{n}: d{n + 1} + 1\n" for n in range(10, 41))

    assert len(loaded(f"define:\n{chain}  d41: order.total\n").defines) == 32
