"""A stored policy is read back exactly, whatever it holds; anything else is refused."""

from __future__ import annotations

from dataclasses import is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remedykit.diagnostics import Diagnostic, Place, Quote
from remedykit.language import syntax, types
from remedykit.language.canonical import digest_of
from remedykit.language.node_forms import Shape
from remedykit.language.node_table import DamagedError, read_table, write_table
from remedykit.language.stored_policy import PolicyCodec
from remedykit.language.syntax import CheckedPolicy
from strategies.nodes import nodes
from support.policies import policies
from support.tiny_policy import POLICY

CODEC = PolicyCodec.from_classes()
NODES: set[type] = {
    of
    for module in (syntax, types)
    for of in vars(module).values()
    if isinstance(of, type) and is_dataclass(of)
} | {Diagnostic, Place, Quote}
CLASSES = {of.__name__: of for of in NODES}
TEXT = CODEC.policy_to_json(POLICY.checked, POLICY.warnings)


def test_no_class_of_the_tree_is_left_out() -> None:
    assert len(CLASSES) == len(NODES)  # each has a name of its own
    assert set(CLASSES) <= set(CODEC.forms)


@pytest.mark.parametrize("name", sorted(CLASSES))
@settings(max_examples=5)
@given(data=st.data())
def test_a_node_of_each_class_is_read_back_exactly(name: str, data: st.DataObject) -> None:
    node = data.draw(nodes(CLASSES[name], CODEC.forms))
    text = write_table(node, CODEC.forms)
    back = read_table(text, CODEC.forms, Shape(frozenset({CLASSES[name]})))
    assert back == node
    # 1, true and 1/1 are equal, their texts are not
    assert write_table(back, CODEC.forms) == text


@settings(max_examples=30)
@given(policies())
def test_a_policy_is_read_back_exactly_and_means_the_same(policy: CheckedPolicy) -> None:
    text = CODEC.policy_to_json(policy, ())
    back, warnings = CODEC.policy_from_json(text)
    assert (back, warnings) == (policy, ())
    assert digest_of(back) == digest_of(policy)
    assert CODEC.policy_to_json(back, warnings) == text


@settings(max_examples=200)
@given(st.integers(0, len(TEXT) - 1), st.sampled_from(["", "0", "-", ",", "[", '"', "1.5"]))
def test_a_changed_text_is_refused_or_still_is_a_policy(at: int, change: str) -> None:
    text = TEXT[:at] + change + TEXT[at + 1 :]
    try:
        policy, warnings = CODEC.policy_from_json(text)
    except DamagedError:
        return
    assert isinstance(policy, CheckedPolicy)
    assert all(isinstance(warning, Diagnostic) for warning in warnings)


@given(st.integers(0, len(TEXT) - 1))
def test_a_text_that_breaks_off_is_refused(length: int) -> None:
    with pytest.raises(DamagedError):
        CODEC.policy_from_json(TEXT[:length])
