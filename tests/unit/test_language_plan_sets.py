"""How many sets of fixes a plan may be chosen from."""

import pytest

from support.loading import codes

NAMES = "abcdefghij"


def policy(when: str, *, groups: dict[str, str] | None = None, more: str = "") -> str:
    kinds = "".join(
        f"  {name}: {{part: fix, gives: exchange, group: {(groups or {}).get(name, name)},"
        " value: 1, say: Here.}\n"
        for name in NAMES
    )
    rule = f"  - {{id: it, {when}offer: [{', '.join(NAMES)}]}}\n"
    return f"remedies:\n  sorry: {{part: apology, say: Sorry.}}\n{kinds}rules:\n{rule}{more}"


def test_ten_fixes_in_ten_groups_are_too_many() -> None:
    assert codes(policy("")) == ["too-many-sets"]


def test_one_pair_in_a_group_makes_few_enough() -> None:
    # two to the eighth, times three for the pair: 768; with two pairs 576; with a triple 512
    assert codes(policy("", groups={"a": "b"})) == ["too-many-sets"]
    assert codes(policy("", groups={"a": "b", "c": "d"})) == ["too-many-sets"]
    assert codes(policy("", groups={"a": "c", "b": "c"})) == []


def test_offers_of_several_rules_count_together() -> None:
    half = "  - {id: half, when: {incident.kind: damaged}, entitle: [a, b, c, d, e, sorry]}\n"
    text = policy("", more=half).replace("offer: [a, b, c, d, e, ", "offer: [")

    assert codes(text) == ["too-many-sets"]


@pytest.mark.parametrize(
    "when",
    [
        "when: {incident.kind: damaged}, ",
        "when: {incident.kind: [damaged, defective]}, ",
        "when: {incident.kind: {not: damaged}}, ",
        "when: {incident.kind: damaged, customer.risk_flag: false}, ",
        "where: incident.kind == 'damaged', ",
        "unless: {incident.kind: damaged}, ",
    ],
)
def test_a_rule_counts_for_the_kinds_of_incident_it_may_fire_for(when: str) -> None:
    assert codes(policy(when)) == ["too-many-sets"]


def test_rules_for_different_kinds_of_incident_do_not_add_up() -> None:
    text = policy("when: {incident.kind: damaged}, ").replace("[a, b, c, d, e, ", "[")
    more = (
        "  - {id: other, when: {incident.kind: [defective, wrong_item]}, offer: [a, b, c, d, e]}\n"
    )

    assert codes(text + more) == []


def test_other_effects_do_not_count() -> None:
    assert codes(policy("").replace("offer: [", "forbid: [")) == []
