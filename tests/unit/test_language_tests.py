"""Tests on facts and defines where the golden cases and the conformance data do not reach."""

import pytest

from remedykit.language.intervals import point_of
from remedykit.language.syntax import Cases
from support.loading import codes, found, loaded

ZONE = "timezone: America/New_York\n"


@pytest.mark.parametrize(
    "test",
    [
        "2026-02-30",
        "..2026-02-30",
        "2026-02-30..2026-03-01",
        "[2026-02-30, 2026-03-01]",
    ],
)
def test_a_day_that_does_not_exist_is_told_once(test: str) -> None:
    (item,) = found(f"{ZONE}define:\n  it: {{order.placed_at: {test}}}\n")

    assert (item.code, item.underlined) == ("wrong-cell", "2026-02-30")


def test_the_last_day_of_all_has_an_end() -> None:
    assert codes(f"{ZONE}define:\n  it: {{order.placed_at: 9999-12-31}}\n") == []


def test_a_day_needs_a_time_zone() -> None:
    assert codes("define:\n  it: {order.placed_at: ..2026-11-23}\n") == ["needs-timezone"]


def test_a_range_may_hold_one_value() -> None:
    assert codes("define:\n  it: {incident.days_late: 5..5}\n") == []


@pytest.mark.parametrize("test", ["{incident.days_late: p..}", "{order.country: {in: p}}"])
def test_a_param_with_a_fault_of_its_own_is_not_told_again(test: str) -> None:
    assert codes(f"params: {{p: {{unit: days}}}}\ndefine:\n  it: {test}\n") == ["missing-key"]


@pytest.mark.parametrize(
    "test",
    [
        "{any: [{order.score: 3..}, {order.score: ..3}]}",
        "{customer.tier: [{not: gold}, gold]}",
        "{customer.tier: [{not: gold}, {not: vip}]}",
        "{order.country: [{not: [US, CA]}, US, CA]}",
    ],
)
def test_alternatives_that_leave_nothing_out_are_always_true(test: str) -> None:
    facts = "facts: {order.score: {type: number, means: a score}}\n"

    assert codes(f"{facts}define:\n  it: {test}\n") == ["always-true"]


@pytest.mark.parametrize(
    "test",
    [
        "{any: [{incident.days_late: 3..}, {order.total: ..3}]}",
        "{any: [{incident.days_late: 3.., order.total: 5..}, {incident.days_late: ..2}]}",
        "{any: [{incident.days_late: 3..}]}",
        "{customer.tier: [{not: [gold, vip]}, gold]}",
    ],
)
def test_alternatives_that_leave_something_out_are_fine(test: str) -> None:
    assert codes(f"define:\n  it: {test}\n") == []


@pytest.mark.parametrize("count", ["2 * incident.trips", "incident.trips", "wait", "3"])
def test_days_may_be_counted_by_anything_that_may_be_whole(count: str) -> None:
    params = "params: {wait: {value: 3}}\n"

    assert codes(f"{ZONE}{params}define:\n  it: at > order.placed_at + days({count})\n") == []


def test_hours_may_be_counted_by_a_number() -> None:
    assert codes("define:\n  it: at > order.placed_at + hours(incident.hours_spent)\n") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("params: {best: {value: gold, type: text}}\ndefine: {it: customer.tier == best}\n", ""),
        (
            "params: {best: {value: golden, type: text}}\ndefine: {it: customer.tier == best}\n",
            "unknown-value",
        ),
    ],
)
def test_a_text_param_is_held_to_the_values_of_the_fact(text: str, code: str) -> None:
    assert codes(text) == ([code] if code else [])


@pytest.mark.parametrize(
    "text",
    [
        "  it: order.total * incident.trips > 5\n",
        "  loss: order.total * incident.trips\n  it: {loss: 5..}\n",
    ],
)
def test_a_define_that_is_a_condition_is_linear(text: str) -> None:
    assert codes(f"define:\n{text}") == ["not-linear"]


def test_outcomes_that_are_texts_of_facts_may_be_any_text() -> None:
    rows = "{first: [{when: {order.total: 5..}, value: customer.country}], else: order.country}"
    (read,) = loaded(f"define:\n  it: {rows}\n").defines

    assert isinstance(read.body, Cases)
    assert read.type.values is None


def test_outcomes_that_are_quoted_words_are_the_values_of_the_define() -> None:
    rows = """{first: [{when: {order.total: 5..}, value: "'slow'"}], else: "'fast'"}"""
    (read,) = loaded(f"define:\n  it: {rows}\n").defines

    assert read.type.values == ("fast", "slow")


def test_after_many_circles_no_more_are_looked_for() -> None:
    circles = "".join(f"  d{number}: d{number}\n" for number in range(99))

    assert set(codes(f"define:\n{circles}")) == {"define-cycle"}


@pytest.mark.parametrize("value", ["gold", True, ("gold",)])
def test_what_has_no_order_lies_on_no_scale(value: str | bool | tuple[str, ...]) -> None:
    assert point_of(value) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{unique: [{when: {order.risky: true}, value: 1}], else: 2}", ["unknown-in-text"]),
        ("order.sent + days(order.wait)", ["unknown-in-text"]),
        ("{first: [{when: {order.risky: true}, value: 1}], else: 2}", []),
        ("order.wait + 1", []),
    ],
)
def test_a_define_of_known_facts_may_still_be_unknown(body: str, expected: list[str]) -> None:
    text = f"""{ZONE}
facts:
  order.risky: {{type: bool, default: false, means: a risk}}
  order.wait: {{type: int, default: 1, means: days to wait}}
  order.sent: {{type: time, default: 2026-11-23, means: when it was sent}}
define:
  inner: {body}
  it: {{first: [{{when: {{order.risky: true}}, value: inner}}], else: inner}}
remedies:
  sorry: {{part: apology, say: "It is {{it}}."}}
"""
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "rules:\n  - {id: it, hand_ovr: desk}\n",
        "rules:\n  - {iid: it, hand_over: desk}\n",
        "remedies:\n  it: {prt: apology, say: We are sorry.}\n",
        "params: {it: {valu: 5}}\n",
    ],
)
def test_a_misspelt_key_is_not_told_again_as_missing(text: str) -> None:
    assert codes(text) == ["unknown-key"]


def test_a_cost_that_reads_a_protected_fact_would_rank_by_it() -> None:
    cost = "{type: money, first: [{when: {order.country: US}, value: 5}], else: 9}"
    kind = "{part: fix, gives: exchange, value: 5, cost: price, say: Here.}"

    assert codes(f"define:\n  price: {cost}\nremedies:\n  it: {kind}\n") == ["protected-fact"]


def test_doubled_braces_around_what_is_no_name_are_meant() -> None:
    assert codes('remedies:\n  it: {part: apology, say: "Dear {{nobody}}, sorry."}\n') == []


def test_an_amount_with_too_many_decimals_is_told_once() -> None:
    kind = "{part: fix, gives: exchange, value: 5.001, say: Here.}"

    assert codes(f"remedies:\n  it: {kind}\n") == ["money-decimals"]
