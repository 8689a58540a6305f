"""`remedykit show`."""

from __future__ import annotations

from pathlib import Path

from remedykit import Policy
from support.command_line import EXAMPLES, run
from support.composed_cases import HEAD
from support.composing import write


def test_a_policy_is_printed_as_one_that_loads_to_the_same(tmp_path: Path) -> None:
    ran = run("show", EXAMPLES / "parcel-shop")
    assert (ran.code, ran.err) == (0, "")
    write(tmp_path, {"copy/policy.yaml": ran.out})
    assert Policy.load(tmp_path / "copy").digest == Policy.load(EXAMPLES / "parcel-shop").digest


def test_one_rule_is_printed_with_what_it_overrides() -> None:
    ran = run("show", EXAMPLES / "parcel-shop", "--rule", "lost.goods")
    origin, *rule = ran.out.splitlines()
    assert "/parcel-shop/policy.yaml:11, overrides shipped:nurture/parcels.yaml:" in origin
    assert rule[:3] == [
        "- id: lost.goods",
        "  when: {incident.kind: lost_package}",
        "  offer: reship",
    ]


def test_a_rule_that_is_not_there_is_told_with_one_that_is() -> None:
    ran = run("show", "nurture", "--rule", "lost.trac")
    assert ran.code == 2
    assert "there is no rule lost.trac" in ran.err
    assert "lost.trace" in ran.err


def test_a_faulty_policy_is_told_and_not_printed(tmp_path: Path) -> None:
    write(tmp_path, {"own/policy.yaml": f"{HEAD}extends: nurtur\n"})
    ran = run("show", tmp_path / "own")
    assert (ran.code, ran.out) == (1, "")
    assert "error[bad-base]" in ran.err


def test_a_policy_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert run("show", tmp_path / "nowhere").code == 2
