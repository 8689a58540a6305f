"""What a stored policy looks like, and what is refused when one is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any, Literal

import pytest

from remedykit import Policy
from remedykit.language.node_forms import forms_of, shape_of
from remedykit.language.node_table import DamagedError, read_table, write_table
from remedykit.language.stored_policy import PolicyCodec
from remedykit.policy import shipped_names
from support.build import NOON
from support.error_cases import error_cases


@dataclass(frozen=True, slots=True)
class Leaf:
    word: Literal["one", "two"] | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    leaves: tuple[Leaf, ...]
    pairs: tuple[tuple[str, int], ...] = ()
    names: frozenset[str] = frozenset()
    share: Fraction | bool | None = None


FORMS = forms_of(Tree)
TREE = Tree(
    leaves=(Leaf("one", 1), Leaf(None, 1), Leaf("one", 1)),
    pairs=(("a", 2),),
    names=frozenset({"b", "a"}),
)
TABLE: list[list[Any]] = [
    ["atoms", ["one", None, "a", 2, "b"]],
    ["Leaf", [1, 1], [0, 1]],
    ["frozenset", [2], [2, 4]],
    ["tuple", [2], [2, 3]],
    ["tuple", [3, 1], [5, 6, 5, 8]],
    ["Tree", [9], [10], [7], [1]],
]


def read(table: object) -> object:
    return read_table(json.dumps(table), FORMS, shape_of(Tree))


def changed(group: int, column: int, to: object) -> list[list[Any]]:
    table = [list(each) for each in TABLE]
    table[group][column] = to
    return table


# --- the form ----------------------------------------------------------------------------------


def test_each_node_stands_once_and_before_what_it_is_part_of() -> None:
    assert json.loads(write_table(TREE, FORMS)) == TABLE
    assert read(TABLE) == TREE


def test_equal_nodes_become_one_object() -> None:
    back = read_table(write_table(TREE, FORMS), FORMS, shape_of(Tree))
    assert back.leaves[0] is back.leaves[2]


@pytest.mark.parametrize("share", [True, Fraction(1), None, Fraction(-1, 3)])
def test_equal_values_of_different_types_are_kept_apart(share: Fraction | bool | None) -> None:
    back = read_table(
        write_table(Tree(leaves=(Leaf(None, 1),), share=share), FORMS), FORMS, shape_of(Tree)
    )
    assert (type(back.share), back.share) == (type(share), share)
    assert type(back.leaves[0].count) is int


def test_a_time_of_another_zone_is_written_in_utc() -> None:
    forms = forms_of(datetime)
    texts = {
        write_table(NOON.astimezone(timezone(timedelta(hours=hours))), forms) for hours in (-5, 0)
    }
    (text,) = texts
    back = read_table(text, forms, shape_of(datetime))
    assert (back, back.tzinfo) == (NOON, UTC)


@pytest.mark.parametrize(
    "hint", [float, list[int], tuple[int, ...] | tuple[str, ...], Literal["a"] | int, Any]
)
def test_a_class_with_a_part_that_cannot_be_stored_is_refused_at_once(hint: object) -> None:
    with pytest.raises(TypeError, match="cannot be stored"):
        forms_of(hint)


def test_a_value_of_a_class_that_does_not_belong_is_not_written() -> None:
    with pytest.raises(KeyError, match="float"):
        write_table((1.5,), FORMS)


# --- damage ------------------------------------------------------------------------------------


DAMAGED: Mapping[str, object] = {
    "no table": 7,
    "nothing": [],
    "an object": {"atoms": [[1]]},
    "an unknown class": [*TABLE[:-1], ["system", [9]]],
    "a part of the whole": TABLE[:-1],
    "a fraction that is inexact": changed(0, 1, ["one", None, "a", 2.0, "b"]),
    "a list among the atoms": changed(0, 1, ["one", None, "a", 2, []]),
    "a word that is none of the words": changed(0, 1, ["three", None, "a", 2, "b"]),
    "a number for a word": changed(1, 2, [0, 3]),
    "a truth value for a number": changed(1, 1, [1, True]),
    "a text for a number": changed(1, 1, [1, "1"]),
    "a column that is too short": changed(1, 2, [0]),
    "a column too few": [*TABLE[:1], TABLE[1][:2], *TABLE[2:]],
    "a column too many": [*TABLE[:1], [*TABLE[1], [0, 1]], *TABLE[2:]],
    "a number of a node below 0": changed(1, 2, [0, -9]),
    "a node that comes later": changed(1, 2, [0, 9]),
    "a set for a list": changed(5, 1, [7]),
    "a number in a set of texts": changed(2, 2, [2, 3]),
    "a pair of three": [*TABLE[:3], ["tuple", [3], [2, 3, 3]], *TABLE[4:]],
    "a pair the wrong way round": changed(3, 2, [3, 2]),
    "fewer elements than are counted": changed(4, 1, [3, 2]),
    "more elements than are counted": changed(4, 1, [3, 0]),
    "a count below 0": changed(4, 1, [5, -1]),
    "a division by 0": [["Fraction", [1], [0]], *TABLE],
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_table_that_was_not_written_here_is_refused(what: str) -> None:
    with pytest.raises(DamagedError):
        read(DAMAGED[what])


@pytest.mark.parametrize("text", ["", "[", "[" * 100_000, "[NaN]", "null", '[["atoms",[1]]] x'])
def test_a_text_that_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(DamagedError):
        read_table(text, FORMS, shape_of(Tree))


@pytest.mark.parametrize("text", ["2026-11-23T12:00:00", "2026-11-23T12:00:00+01:00", "noon"])
def test_a_time_that_is_not_in_utc_is_refused(text: str) -> None:
    table = json.dumps([["atoms", [text]], ["datetime", [0]]])
    with pytest.raises(DamagedError):
        read_table(table, forms_of(datetime), shape_of(datetime))


def test_a_list_for_a_named_whole_is_refused() -> None:
    codec = PolicyCodec.from_classes()
    with pytest.raises(DamagedError):
        codec.policy_from_json('[["tuple",[0],[]]]')


# --- policies ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_policy_is_read_back_exactly(name: str) -> None:
    policy, codec = Policy.shipped(name), PolicyCodec.from_classes()
    text = codec.policy_to_json(policy.checked, policy.warnings)
    assert codec.policy_from_json(text) == (policy.checked, policy.warnings)
    assert text.isascii()


def test_diagnostics_of_every_code_are_read_back_exactly() -> None:
    codec, policy = PolicyCodec.from_classes(), Policy.shipped("transactional").checked
    # the other cases are made, and large
    cases = [case for case in error_cases() if case.recording.with_suffix(".yaml").exists()]
    warnings = tuple(item for case in cases for item in case.find())
    assert any(item.also for item in warnings)
    text = codec.policy_to_json(policy, warnings)
    assert codec.policy_from_json(text) == (policy, warnings)


def test_the_layout_names_each_class_with_its_parts() -> None:
    layout: Mapping[str, list[str]] = json.loads(PolicyCodec.from_classes().layout)
    assert sorted(layout["Offer"]) == ["basis", "outcomes"]
    assert list(layout) == sorted(layout)


def test_a_policy_has_one_text_whatever_the_hash_seed() -> None:
    script = (
        "from remedykit import Policy; from remedykit.language.stored_policy import PolicyCodec\n"
        "policy = Policy.shipped('nurture')\n"
        "print(PolicyCodec.from_classes().policy_to_json(policy.checked, policy.warnings))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1
