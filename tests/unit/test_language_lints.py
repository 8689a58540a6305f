"""Warnings about tests that cannot be meant."""

import pytest

from support.loading import codes

DECLARED = """
facts:
  order.score: {type: number, means: a score}
  order.gift_by: {type: date, means: a date}
  order.mode: {type: text, values: [only], means: a mode}
  order.parts: {type: int, at_least: 1, at_most: 3, means: parts}
params:
  three: {value: 3}
  price: {value: {USD: 5.00}}
define:
  it: """


@pytest.mark.parametrize(
    "test",
    [
        "{order.parts: 0..}",
        "{order.parts: [1, 2, 3]}",
        "{order.parts: ..three}",
        "{order.parts: 0<..<4}",
        "{order.parts: {not: 4..}}",
        "{order.score: [..5, 3..]}",
        "{order.total: 0..}",
        "{order.gift_by: [..2026-11-23, 2026-11-23<..]}",
        "{customer.risk_flag: [true, {not: true}]}",
        "{order.country: [US, {not: US}]}",
        "{order.mode: only}",
    ],
)
def test_a_test_that_lets_every_value_through_is_warned_of(test: str) -> None:
    assert codes(f"{DECLARED}{test}\n") == ["always-true"]


@pytest.mark.parametrize(
    "test",
    [
        "{order.parts: 4..}",
        "{order.parts: 0}",
        "{order.parts: 1<..<2}",
        "{order.parts: {not: [1, 2..]}}",
        "{order.score: {not: [..5, 3..]}}",
        "{order.total: ..<0}",
        "{customer.risk_flag: {not: [true, false]}}",
        "{order.country: {not: [US, {not: US}]}}",
        "{order.mode: {not: only}}",
    ],
)
def test_a_test_that_lets_no_value_through_is_warned_of(test: str) -> None:
    assert codes(f"{DECLARED}{test}\n") == ["never-true"]


@pytest.mark.parametrize(
    "test",
    [
        "{order.score: [..<5, 5<..]}",
        "{order.score: [..<three, three<..]}",
        "{order.parts: [..<2, 2<..]}",
        "{order.total: [..<5.00, 5.00<..]}",
        "{order.gift_by: [..<2026-11-23, 2026-11-23<..]}",
    ],
)
def test_a_threshold_left_out_on_both_sides_is_warned_of(test: str) -> None:
    assert codes(f"{DECLARED}{test}\n") == ["gap-at-threshold"]


@pytest.mark.parametrize(
    "test",
    [
        "{order.country: [US, CA]}",
        "{order.country: [{not: [US, CA]}, US]}",
        "{customer.tier: gold}",
        "{order.parts: 2..}",
        "{order.parts: [1, 3]}",
        "{order.parts: {not: 2}}",
        "{order.parts: {known: true}}",
        "{order.parts: [{known: false}, 1..]}",
        "{order.score: {not: 5}}",
        "{order.score: [..<5, 6<..]}",
        "{order.total: [..<price, price<..]}",
        "{order.total: {not: price..}}",
        "{order.total: price}",
        "{incident.evidence: [photo, {not: photo}]}",
        "{incident.evidence: {all: [photo, video]}}",
        "{customer.tier: [gold, {known: false}]}",
        "{customer.tier: {not: {known: true}}}",
    ],
)
def test_what_may_be_meant_is_not_warned_of(test: str) -> None:
    assert codes(f"{DECLARED}{test}\n") == []
