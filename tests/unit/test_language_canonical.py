"""The digest of a policy changes with its meaning and with nothing else."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from remedykit import Policy
from remedykit.language.canonical import digest_of, form_of
from remedykit.language.syntax import CheckedPolicy
from support.build import param, policy
from support.loading import loaded

BODY = """timezone: Europe/Berlin
covers: [apology]
facts:
  order.gift: {type: bool, means: a gift, default: false}
  case.quiet: {after: contact, without: [seller_answered, resolved], for: 2 days, means: silence}
  case.offers: {count: {event: offer_made, by: shop, kind: refund}, within: 1 days, means: offers}
params:
  lost_after: {value: 5, unit: days, why: house rule}
define:
  lost: {incident.days_late: lost_after..}
  band: {values: [x, y], first: [{when: {lost: true}, value: x}], else: y}
remedies:
  sorry: {part: apology, say: We are sorry.}
  refund: {part: fix, gives: money_now, value: 0.5 * order.total, say: Here you are.}
rules:
  - {id: a, when: {lost: true}, offer: [sorry, refund], because: It is lost.}
  - {id: b, when: {customer.risk_flag: true, remedy.refused: false}, forbid: refund}
limits:
  - {id: cap, of: {basis: goodwill}, at_most: 20, over: reduce, why: house rule}
ranking: {objective: retain, small_loss: 10}
guarded_words: {shipped: incident.carrier_scanned}
"""
DIGEST = loaded(BODY).digest


def _sections(text: str) -> list[str]:
    sections: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.startswith((" ", "-")):
            sections[-1] += line
        else:
            sections.append(line)
    return sections


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("facts:", "# a comment\n\nfacts:"),
        ("{incident.days_late: lost_after..}", "{ incident.days_late: 'lost_after..' }"),
        ("[sorry, refund]", "[refund, sorry]"),
        ("0.5 * order.total", "(1 / 2) * order.total"),
        ("at_most: 20", "at_most: 20.00"),
        ("[seller_answered, resolved]", "[resolved, seller_answered]"),
        ("after: contact", "after: {event: [contact]}"),
        ("for: 2 days", "for: 48 hours"),
    ],
)
def test_how_a_policy_is_written_leaves_its_digest(old: str, new: str) -> None:
    assert BODY.count(old) == 1
    assert loaded(BODY.replace(old, new)).digest == DIGEST


def test_the_order_of_sections_leaves_the_digest() -> None:
    assert loaded("".join(reversed(_sections(BODY)))).digest == DIGEST


def test_how_a_policy_is_spread_over_files_leaves_its_digest() -> None:
    sections = _sections(BODY)

    assert loaded("", *sections).digest == DIGEST
    assert loaded("", *reversed(sections)).digest == DIGEST


def test_the_order_of_rules_leaves_the_digest() -> None:
    lines = BODY.splitlines(keepends=True)
    first = next(index for index, line in enumerate(lines) if line.startswith("  - {id: a"))
    lines[first : first + 2] = [lines[first + 1], lines[first]]

    assert loaded("".join(lines)).digest == DIGEST


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Europe/Berlin", "Europe/Paris"),
        ("covers: [apology]", "covers: [fix]"),
        ("default: false", "default: true"),
        ("means: a gift,", "means: a present,"),
        ("{value: 5, unit: days", "{value: 6, unit: days"),
        ("lost_after..}", "lost_after<..}"),
        ("value: x}], else: y", "value: y}], else: y"),
        ("values: [x, y]", "values: [x, y, z]"),
        ("We are sorry.", "We are very sorry."),
        ("0.5 * order.total", "0.6 * order.total"),
        ("money_now", "money_later"),
        ("because: It is lost.", "because: It is gone."),
        ("id: a,", "id: c,"),
        ("customer.risk_flag: true", "customer.risk_flag: false"),
        ("remedy.refused: false", "remedy.refused: true"),
        ("forbid: refund", "forbid: sorry"),
        ("at_most: 20", "at_most: 21"),
        ("over: reduce", "over: withhold"),
        ("{basis: goodwill}", "any"),
        ("objective: retain", "objective: resolve"),
        ("small_loss: 10", "small_loss: 11"),
        ("after: contact", "after: trip"),
        ("[seller_answered, resolved]", "resolved"),
        ("for: 2 days", "same: by, for: 2 days"),
        ("for: 2 days", "for: 3 days"),
        ("by: shop", "by: seller"),
        (", kind: refund}", "}"),
        ("within: 1 days, ", ""),
    ],
)
def test_whatever_changes_the_meaning_or_a_text_changes_the_digest(old: str, new: str) -> None:
    assert BODY.count(old) == 1
    assert loaded(BODY.replace(old, new)).digest != DIGEST


def _tree(value: Any) -> Any:
    """Return the canonical form as lists, maps, texts, whole numbers, truth values and nulls."""
    if is_dataclass(value):
        left_out = {"place", "digest", "measure_params"}
        names = [each.name for each in fields(value) if each.name not in left_out]
        return {"": type(value).__name__} | {name: _tree(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_tree(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    return [type(value).__name__, str(value)]


@pytest.mark.parametrize(
    "checked", [loaded(BODY), Policy.shipped("nurture").checked], ids=lambda each: each.name
)
def test_the_digest_is_that_of_the_plain_tree_as_json(checked: CheckedPolicy) -> None:
    text = json.dumps(_tree(checked), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    assert checked.digest == hashlib.sha256(text.encode()).hexdigest()


def test_values_of_different_types_have_different_digests() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    values = (True, 1, "1", "true", noon, noon.date(), ("1",), noon - noon)

    assert len({digest_of(policy(param("x", value))) for value in values}) == len(values)


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="float has no canonical form"):
        digest_of(policy(param("x", 0.5)))  # type: ignore[arg-type] # that is the point


def test_a_node_has_a_form_of_its_own() -> None:
    first, second = loaded(BODY).rules
    assert form_of(first) == form_of(loaded(BODY).rules[0])
    assert form_of(first) != form_of(second)
