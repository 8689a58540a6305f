"""A composed policy as one file: it loads to the same, and says where each part is from."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from remedykit import Policy
from remedykit.authoring.composed_text import composed_text, rule_names, rule_text
from remedykit.diagnostics import Findings
from remedykit.language.bases import read_layers
from remedykit.language.composition import Composed
from remedykit.language.load import read_composed
from remedykit.policy import rules_folder, shipped_names
from support.command_line import EXAMPLES
from support.composed_cases import BASE, HEAD, OWN
from support.composing import SHIPPED, composed, found_in_folders, write

OVER = """\
params: {lost_after: {value: 5, why: "it's ours", override: true}}
rules:
  - {id: late.coupon, override: true, when: {incident.kind: late_delivery}, offer: gift}
without: [reship.last]
"""


def read(folder: Path) -> Composed:
    findings = Findings()
    found = read_composed(read_layers(folder, SHIPPED, findings), findings)
    assert found is not None
    return found


def text_of(files: Mapping[str, str]) -> str:
    with TemporaryDirectory() as scratch, contextlib.chdir(scratch):
        write(Path(), files)
        return composed_text(read(Path("own")))


@pytest.mark.parametrize(
    "folder",
    [*(rules_folder() / name for name in shipped_names()), EXAMPLES / "parcel-shop"],
    ids=lambda folder: folder.name,
)
def test_a_policy_that_is_shown_loads_to_the_same(folder: Path) -> None:
    text = composed_text(read(folder))
    policy = Policy.from_text(text)
    assert policy.digest == Policy.load(folder).digest
    assert policy.warnings == ()
    # Where a part is from is as long as the folder's own path.
    assert max(len(line) for line in text.splitlines() if not line.lstrip().startswith("#")) <= 100


def test_each_part_tells_where_it_is_from_and_what_it_overrides() -> None:
    base = (
        BASE.replace("lost_after..", "3..") + "  - {id: last, of: any, at_most: 1, over: reduce}\n"
    )
    base = base.replace(
        "rules:\n", "rules:\n  - {id: reship.last, adjust: {of: coupon, points: -5}}\n"
    )
    text = text_of({"own/policy.yaml": OWN + OVER, "base/policy.yaml": base})
    assert "# own/policy.yaml:1\npolicy: own\n" in text
    assert "# base/policy.yaml:3\ncurrencies: [USD]\n" in text
    assert (
        "  # own/policy.yaml:4, overrides base/policy.yaml:5\n"
        '  lost_after: {value: 5, why: "it\'s ours", unit: days, type: number}\n'
    ) in text
    assert "  # own/policy.yaml:6, overrides base/policy.yaml:27\n  - {id: late.coupon, " in text
    assert "reship.last" not in text
    assert "extends" not in text
    assert "override: true" not in text


def test_quotes_of_both_kinds_are_shown_as_they_are_read() -> None:
    written = r"""why: "it's \"ours\"\n", override: true"""
    over = OVER.replace("""why: "it's ours", override: true""", written)
    text = text_of({"own/policy.yaml": OWN + over, "base/policy.yaml": BASE})
    assert written.removesuffix(", override: true") in text


def test_what_is_sealed_is_shown_sealed() -> None:
    base = BASE.replace("value: 0.5}", "value: 0.5, sealed: true}").replace(
        "part_back: share * order.paid", "part_back: {value: share * order.paid, sealed: true}"
    )
    text = text_of({"own/policy.yaml": base})
    assert text.count("sealed: true") == base.count("sealed: true") == 6
    own = "params: {share: 0.6}\ndefine: {part_back: {override: true, value: order.paid}}\n"
    (first, second) = found_in_folders({"own/policy.yaml": OWN + own, "base/policy.yaml": text})
    assert {first.code, second.code} == {"sealed"}


def test_a_table_in_a_file_is_shown_with_its_rows() -> None:
    files = {
        "own/policy.yaml": f"{BASE.replace('policy: base', 'policy: own')}".replace(
            "rules:\n", "rules:\n  - {id: rows, table: rows.csv}\n"
        ),
        "own/rows.csv": "incident.days_late,offer,value,because\n"
        '3..,coupon,"min(4.00, order.paid)","Small, but # soon: yes"\n'
        '"[9, 10]","[gift, coupon]",-,-\n',
    }
    text = text_of(files)
    assert "rows.csv" not in text.replace("own/rows.csv", "")
    assert composed({"own/policy.yaml": text}).digest == composed(files).digest


def test_one_rule_is_shown_alone() -> None:
    nurture = read(rules_folder() / "nurture")
    text = rule_text(nurture, "lost.trace")
    assert text is not None
    assert text.startswith("# ")
    assert text.splitlines()[1] == "- id: lost.trace"
    assert rule_text(nurture, "lost.trac") is None
    assert "lost.trace" in rule_names(nurture)


def test_empty_sections_are_not_shown() -> None:
    text = text_of({"own/policy.yaml": f"{HEAD}rules: []\nparams: {{}}\nlimits:\n"})
    assert text == "# own/policy.yaml:1\npolicy: own\n# own/policy.yaml:2\nversion: '2'\n"
