"""Expectations that no decision can meet at once."""

from __future__ import annotations

from collections.abc import Iterator

from remedykit.authoring.scenarios.expectations import NONE, Expectation
from remedykit.authoring.scenarios.vocabulary import Vocabulary
from remedykit.diagnostics import Findings
from remedykit.language.fields import Fields
from remedykit.language.source import Mapping, Node, Scalar, Sequence

_CODE = "contradictory-expectation"
_OFFERED = ("first", "order", "plan", "offers", "value", "says", "approval", "pays")
_NOT_OFFERED = ("not_offered", "withheld")


def report_contradictions(
    fields: Fields, expect: Expectation, words: Vocabulary, findings: Findings
) -> None:
    """Report what cannot be at once.

    Args:
        fields: what is expected as it is written, for the places.
        expect: the same as it was read.
        words: the remedy kinds of the policy.
        findings: where faults are reported.
    """
    _kinds_both_ways(fields, findings)
    if expect.nothing:
        _nothing_and_something(fields, findings)
    elif expect.plan == () and not [*_named(fields.node_of("plan"))]:  # else: what it names is
        _empty_plan_and_something(fields, findings)  # wrong, and was reported
    _first_is_not_first(fields, expect, words, findings)
    _first_is_not_in_the_plan(fields, words, findings)
    _two_of_a_group(fields, words, findings)


def _kinds_both_ways(fields: Fields, findings: Findings) -> None:
    offered = {node.text: node for key in _OFFERED for node in _named(fields.node_of(key))}
    for key in _NOT_OFFERED:
        for node in _named(fields.node_of(key)):
            if node.text in offered:
                findings.error(
                    _CODE,
                    node.place,
                    f"`{node.text}` cannot be both offered and not offered",
                    help="remove one of the two",
                    also=(offered[node.text].place, "here it is expected to be offered"),
                )


def _nothing_and_something(fields: Fields, findings: Findings) -> None:
    for key in _OFFERED:
        for node in _named(fields.node_of(key)):
            entry = fields.by_key["nothing"]
            findings.error(
                _CODE,
                entry.key.place,
                f"nothing can be offered and `{node.text}`, too",
                help="remove one of the two",
                also=(node.place, "here it is expected to be offered"),
            )
            return


def _empty_plan_and_something(fields: Fields, findings: Findings) -> None:
    """Report what is to be offered beside an empty plan.

    A plan takes every part that it can have: any fix before none, as many words as can be said,
    and perks only after a fix. So what it leaves out has a rival in it, or is withheld.
    """
    for key in _OFFERED:
        for node in _named(fields.node_of(key)):
            findings.error(
                _CODE,
                node.place,
                f"`{node.text}` cannot be offered while the plan is empty",
                help="a plan is empty only where nothing is offered: remove one of the two",
                also=(fields.by_key["plan"].key.place, "here the plan is expected to be empty"),
            )
            return


def _first_is_not_first(
    fields: Fields, expect: Expectation, words: Vocabulary, findings: Findings
) -> None:
    fixes = [node for node in _named(fields.node_of("order")) if node.text in words.fixes]
    first = fields.node_of("first")
    if expect.first in {node.text for node in fixes[1:]} and first is not None:
        findings.error(
            _CODE,
            first.place,
            f"`{expect.first}` is to be the first fix, and `order` has another before it",
            help="remove `first`, or change the order",
            also=(fixes[0].place, "this fix comes before it"),
        )


def _first_is_not_in_the_plan(fields: Fields, words: Vocabulary, findings: Findings) -> None:
    """Report a first fix that the plan does not have, where it could not come first.

    Fixes of the plan come before alternatives, but for a right that another fix stands in for. In
    a plan without a fix nothing but another part of its group can have kept it out.
    """
    plan = {node.text for node in _named(fields.node_of("plan"))}
    if not plan or not plan <= words.kinds.keys():
        return
    kinds = [words.kinds[name] for name in plan]
    has_fix = any(kind.part == "fix" for kind in kinds)
    groups = {kind.group for kind in kinds}
    for node in _named(fields.node_of("first")):
        first = node.text
        if first not in words.fixes or first in {*plan, *words.rights}:
            continue
        if has_fix or words.kinds[first].group not in groups:
            findings.error(
                _CODE,
                node.place,
                f"`{first}` is to be the first fix, and `plan` does not have it",
                help="remove one of the two: the first fix is in the plan, unless it is a right",
                also=(fields.by_key["plan"].key.place, "this plan is expected"),
            )


def _two_of_a_group(fields: Fields, words: Vocabulary, findings: Findings) -> None:
    seen: dict[str, Scalar] = {}
    for node in _named(fields.node_of("plan")):
        kind = words.kinds.get(node.text)
        if kind is None:
            continue
        before = seen.setdefault(kind.group, node)
        if before.text != node.text:
            findings.error(
                _CODE,
                node.place,
                f"a plan has at most one remedy of the group `{kind.group}`",
                help="remove one of the two",
                also=(before.place, "this is of the same group"),
            )


def _named(node: Node | None) -> Iterator[Scalar]:
    """Yield the remedy kinds that an expectation names."""
    match node:
        case Scalar(text=text) if text != NONE:
            yield node
        case Sequence(items=items):
            yield from (item for item in items if isinstance(item, Scalar))
        case Mapping(entries=entries):
            yield from (entry.key for entry in entries)
        case _:
            pass
